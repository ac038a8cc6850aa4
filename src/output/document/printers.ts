import type { PrintDocument } from './contract.ts';
import { type DocumentFormat, type Format, formatOf, formats } from './formats.ts';

export type { DocumentFormat } from './formats.ts';

/** A format with its printer, loaded when it prints. */
export interface Printer extends Format {
  readonly load: () => Promise<PrintDocument>;
}

/** The printer of each format: a file in `print/`, a line here and one in `formats.ts`. */
const loads: Readonly<Record<DocumentFormat, Printer['load']>> = {
  text: async () => (await import('./print/text.ts')).printText,
  json: async () => (await import('./print/json.ts')).printJson,
  md: async () => (await import('./print/markdown.ts')).printMarkdown,
  tex: async () => (await import('./print/latex.ts')).printLatex,
  html: async () => (await import('./print/html.ts')).printHtml,
  typst: async () => (await import('./print/typst.ts')).printTypst,
  docx: async () => (await import('./print/docx.ts')).printDocx,
  xlsx: async () => (await import('./print/xlsx.ts')).printXlsx,
  csv: async () => (await import('./print/csv.ts')).printCsv,
};

/** Every format with its printer. */
export const printers = formats.map((format) => ({ ...format, load: loads[format.id] }));

/** The printer of a name. */
export function printerOf(format: DocumentFormat): Printer {
  return { ...formatOf(format), load: loads[format] };
}
