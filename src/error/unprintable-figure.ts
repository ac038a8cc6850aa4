/** Why a figure, or the report, has no file of a format on this machine. */
export interface UnprintableFigure {
  readonly format: string;
  readonly why: 'chinese-font' | 'font' | 'library' | 'browser';
  /** Letters that no font of the machine has, or what the system said of the library or the browser. */
  readonly found: string;
}
