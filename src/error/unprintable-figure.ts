/** Why a figure has no file of a format on this machine. */
export interface UnprintableFigure {
  readonly format: string;
  readonly why: 'chinese-font' | 'font' | 'library';
  /** Letters that no font of the machine has, or what the system said of the library. */
  readonly found: string;
}
