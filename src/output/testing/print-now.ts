import { tableDocument } from '../document/blocks.ts';
import type { Document, PrintStyle } from '../document/contract.ts';
import { printCsv } from '../document/print/csv.ts';
import { printHtml } from '../document/print/html.ts';
import { printJson } from '../document/print/json.ts';
import { printLatex } from '../document/print/latex.ts';
import { printMarkdown } from '../document/print/markdown.ts';
import { printText } from '../document/print/text.ts';
import { printTypst } from '../document/print/typst.ts';
import type { DocumentFormat } from '../document/printers.ts';
import type { Language } from '../format/text-key.ts';
import type { TableModel } from '../table/contract.ts';

/** Formats whose printer gives text at once. */
export type TextFormat = Exclude<DocumentFormat, 'docx' | 'xlsx'>;

const printers: Readonly<Record<TextFormat, (document: Document, style: PrintStyle) => string>> = {
  text: printText,
  json: printJson,
  md: printMarkdown,
  tex: printLatex,
  html: printHtml,
  typst: printTypst,
  csv: printCsv,
};

/** Every format whose printer gives text. */
export const textFormats = Object.keys(printers) as readonly TextFormat[];

/** A document as text at once, for tests: printers are loaded already. */
export function printNow(document: Document, format: TextFormat, language: Language): string {
  return printers[format](document, { language });
}

/** One table as a document of its own. */
export function printTable(table: TableModel, format: TextFormat, language: Language): string {
  return printNow(tableDocument(table), format, language);
}
