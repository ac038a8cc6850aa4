import { type FormattedTable, formatTable } from '../../format/format-table.ts';
import { type NumberStyle, publishedStyle, terminalStyle } from '../../format/number-style.ts';
import { type Language, languageTag } from '../../format/text-key.ts';
import type { TableModel } from '../../table/contract.ts';
import { csvTable } from './csv-table.ts';
import { escapeMarkup } from './escape.ts';
import { htmlTable } from './html-table.ts';
import { latexTable } from './latex-table.ts';
import { markdownTable } from './markdown-table.ts';
import { tableStyle } from './table-style.ts';
import { textTable } from './text-table.ts';

export type TableFormat = 'text' | 'md' | 'tex' | 'html' | 'csv';

/** A table as a file of one format: caption, notes and the synthetic-data note included, one trailing newline. */
export function renderTable(table: TableModel, format: TableFormat, language: Language, style?: NumberStyle): string {
  const used = style ?? (format === 'text' || format === 'csv' ? terminalStyle : publishedStyle);
  const formatted = formatTable(table, language, used);
  switch (format) {
    case 'text':
      return textTable(formatted);
    case 'md':
      return markdownTable(formatted);
    case 'tex':
      return latexTable(formatted);
    case 'html':
      return htmlDocument(formatted);
    case 'csv':
      return csvTable(formatted);
  }
}

/** One table as an HTML document of its own. */
function htmlDocument(table: FormattedTable): string {
  return htmlPage({ language: table.language, title: table.caption, style: tableStyle, body: htmlTable(table) });
}

/** A plain page in the type of a journal, light or dark as the reader's system is set. */
export function htmlPage(page: { language: Language; title: string; style: string; body: string }): string {
  const fonts =
    page.language === 'zh'
      ? "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif"
      : "'Source Serif 4',Charter,'Bitstream Charter','Times New Roman','Noto Serif CJK SC',serif";
  return [
    '<!doctype html>',
    `<html lang="${languageTag(page.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeMarkup(page.title)}</title>`,
    `<style>:root{color-scheme:light dark}body{margin:2rem;font:16px/1.5 ${fonts}}${page.style}</style>`,
    '</head>',
    '<body>',
    `${page.body}</body>`,
    '</html>',
    '',
  ].join('\n');
}
