import { createRequire } from 'node:module';
import iconv from 'iconv-lite';
import type { Dice } from './mutate.ts';
import { workbookParts, zipOf } from './workbook.ts';

const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');

/** A table that a generator knows: names, and cells that are text, numbers or missing. */
export interface TrueTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A file of the corpus with what it was made of. */
export interface CorpusFile {
  readonly ending: string;
  readonly bytes: Buffer;
  readonly label: string;
}

const cities = ['北京', '上海市', '呼和浩特', '亳州', '鄂尔多斯市', '泸州'];
const western = ['Zürich', 'Genève', 'São Paulo', 'Århus', 'Málaga', 'Köln'];
const plain = ['Bern', 'a b', 'x/y', '007', '1_11', '1e3', 'NA city', '+7', '12%', '1/2', "O'Hara", '#1'];
const awkward = ['a,b', 'a;b', 'a|b', 'say "x"', 'two\nlines', '"', 'a\tb', '<b>', 'A&B', '&amp;', '=x'];
const headers = ['id', 'GDP (yuan)', 'x1', 'X1', 'share %', 'a b', '2015', 'x_y', 'rate'];
const chineseHeaders = ['城市', '地区生产总值(万元)', '常住人口/万人', '年份', '第三产业占GDP比重(%)'];

export type Script = 'plain' | 'chinese' | 'western' | 'awkward';

/** A table of random size and cells whose letters a script allows. */
export function trueTable(roll: Dice, script: Script): TrueTable {
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)];
  const names =
    script === 'chinese'
      ? [...headers, ...chineseHeaders]
      : script === 'western'
        ? [...headers, 'région', 'Größe']
        : headers;
  const width = 2 + roll(6);
  const header: string[] = [];
  while (header.length < width) {
    const name =
      script === 'awkward' && roll(4) === 0
        ? `${pick(headers)} ${pick(['"q"', 'a,b', 'of; all', '<c>', 'R&D'])}`
        : pick(names);
    if (!header.includes(name)) header.push(name);
  }
  const texts =
    script === 'chinese'
      ? [...plain, ...cities]
      : script === 'western'
        ? [...plain, ...western, ...western]
        : script === 'awkward'
          ? [...plain, ...awkward]
          : plain;
  const isNumeric = header.map((_, j) => j > 0 && roll(3) > 0);
  const rows = Array.from({ length: 3 + roll(12) }, (_, i) =>
    header.map((_, j) => {
      // The first column always has text, so that no row is blank.
      if (j > 0 && roll(9) === 0) return null;
      if (isNumeric[j]) return pick([0, 1, -2.5, 1234.5, 0.1, 1e-7, 123456789, 2015, 99.99]) + roll(3);
      return script === 'western' && j === 0
        ? pick(western)
        : script === 'chinese' && j === 0 && i === 0
          ? pick(cities)
          : pick(texts);
    }),
  );
  return { header, rows };
}

const asText = (cell: string | number | null): string => (cell === null ? '' : String(cell));

export const textEncodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030', 'latin-1'] as const;
export const lineEnds = ['\n', '\r\n', '\r', 'mixed'] as const;
export const delimiters = [',', '\t', ';', '|'] as const;
export const quotings = ['needed', 'all', 'text'] as const;

export function textFile(
  table: TrueTable,
  roll: Dice,
  style: {
    readonly encoding: (typeof textEncodings)[number];
    readonly lineEnd: (typeof lineEnds)[number];
    readonly delimiter: (typeof delimiters)[number];
    readonly quoting: (typeof quotings)[number];
    readonly shape: 'plain' | 'titles' | 'trailing' | 'sep' | 'blank-lines' | 'no-end' | 'broken-header';
  },
): CorpusFile {
  const { encoding, lineEnd, delimiter, quoting, shape } = style;
  const end = (): string => (lineEnd === 'mixed' ? ['\n', '\r\n', '\r'][roll(3)] : lineEnd);
  const quote = (cell: string | number | null): string => {
    const text = asText(cell);
    const isNeeded = text.includes(delimiter) || /["\n\r]/.test(text) || text !== text.trim();
    const inside = text.replaceAll('"', '""').replaceAll('\n', () => end());
    return quoting === 'all' || isNeeded || (quoting === 'text' && typeof cell === 'string') ? `"${inside}"` : text;
  };
  const tail = shape === 'trailing' ? delimiter : '';
  const line = (cells: readonly (string | number | null)[]): string => cells.map(quote).join(delimiter) + tail;
  const lines: string[] = [];
  if (shape === 'sep') lines.push(`sep=${delimiter}`);
  if (shape === 'titles') lines.push('"Statistical bureau"', '', `"Updated"${delimiter}"2022-09-16"`, '');
  lines.push(line(shape === 'broken-header' ? table.header.map((name) => name.replace(' ', '\n')) : table.header));
  for (const row of table.rows) {
    lines.push(line(row));
    if (shape === 'blank-lines' && roll(4) === 0) lines.push('');
  }
  const ends = lines.map((one, i) => one + (shape === 'no-end' && i === lines.length - 1 ? '' : end())).join('');
  const marks = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff], 'utf-8-bom': [0xef, 0xbb, 0xbf] } as const;
  const mark = encoding in marks ? Buffer.from(marks[encoding as keyof typeof marks]) : Buffer.alloc(0);
  const name = encoding === 'utf-8-bom' ? 'utf8' : encoding === 'latin-1' ? 'win1252' : encoding;
  return {
    ending: delimiter === '\t' ? '.tsv' : ['.csv', '.txt'][roll(2)],
    bytes: Buffer.concat([mark, iconv.encode(ends, name)]),
    label: JSON.stringify(style),
  };
}

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');

const columnLetter = (column: number): string => String.fromCharCode(65 + column);

export function xlsxFile(table: TrueTable, roll: Dice): CorpusFile {
  const isShared = roll(2) === 0;
  const strings: string[] = [];
  const cell = (value: string | number | null, i: number, j: number): string => {
    if (value === null) return '';
    const place = `${columnLetter(j)}${i + 1}`;
    if (typeof value === 'number')
      return roll(5) === 0 ? `<c r="${place}"><f>A1</f><v>${value}</v></c>` : `<c r="${place}"><v>${value}</v></c>`;
    if (!isShared) return `<c r="${place}" t="inlineStr"><is><t>${escapeXml(value)}</t></is></c>`;
    strings.push(`<si><t>${escapeXml(value)}</t></si>`);
    return `<c r="${place}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const rows = [table.header, ...table.rows].map(
    (row, i) => `<row r="${i + 1}">${row.map((value, j) => cell(value, i, j)).join('')}</row>`,
  );
  const xml = `<sheetData>${rows.join('')}</sheetData>`;
  return {
    ending: roll(6) === 0 ? '.xls' : '.xlsx',
    bytes: zipOf(workbookParts({ sheets: [{ name: '数据', xml }], strings: strings.join('') })),
    label: `xlsx, shared ${isShared}`,
  };
}

export function xlsFile(table: TrueTable): CorpusFile {
  const book = sheetJs.utils.book_new();
  sheetJs.utils.book_append_sheet(
    book,
    sheetJs.utils.aoa_to_sheet([[...table.header], ...table.rows.map((row) => [...row])]),
    'S',
  );
  return { ending: '.xls', bytes: sheetJs.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer, label: 'xls' };
}

export function htmlFile(table: TrueTable, roll: Dice, encoding: 'utf8' | 'gbk'): CorpusFile {
  const escaped = (value: string | number | null): string =>
    escapeXml(asText(value)).replaceAll('&#10;', '<br>').replaceAll('\t', ' ');
  const isTidy = roll(2) === 0;
  const row = (cells: readonly (string | number | null)[], tag: string): string =>
    isTidy
      ? `<tr>\n${cells.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('\n')}</tr>`
      : `<TR>${cells.map((value) => `<${tag} class=x>${escaped(value)}`).join('')}`;
  const charset = encoding === 'gbk' ? 'gb2312' : 'utf-8';
  const html = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"><style>td{x:1}</style></head><body><table border=1>${row(table.header, roll(2) === 0 ? 'th' : 'td')}${table.rows.map((cells) => row(cells, 'td')).join('\r\n')}</table></body></html>`;
  return { ending: '.xls', bytes: iconv.encode(html, encoding), label: `html ${encoding} tidy ${isTidy}` };
}

export function xmlFile(table: TrueTable, roll: Dice): CorpusFile {
  const isIndexed = roll(2) === 0;
  const row = (cells: readonly (string | number | null)[]): string =>
    `<Row>${cells
      .map((value, j) => {
        if (value === null) return isIndexed ? '' : '<Cell/>';
        const index = isIndexed ? ` ss:Index="${j + 1}"` : '';
        return `<Cell${index}><Data ss:Type="${typeof value === 'number' ? 'Number' : 'String'}">${escapeXml(String(value))}</Data></Cell>`;
      })
      .join('')}</Row>`;
  const xml = `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${[table.header, ...table.rows].map(row).join('\n')}</Table></Worksheet></Workbook>`;
  return { ending: '.xls', bytes: Buffer.from(xml), label: `xml indexed ${isIndexed}` };
}

export function odsFile(table: TrueTable): CorpusFile {
  const cell = (value: string | number | null): string => {
    if (value === null) return '<table:table-cell/>';
    if (typeof value === 'number')
      return `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
    const paragraphs = value
      .split('\n')
      .map((one) => `<text:p>${escapeXml(one).replaceAll('\t', '<text:tab/>')}</text:p>`);
    return `<table:table-cell office:value-type="string">${paragraphs.join('')}</table:table-cell>`;
  };
  const rows = [table.header, ...table.rows].map(
    (row) => `<table:table-row>${row.map(cell).join('')}</table:table-row>`,
  );
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:spreadsheet><table:table table:name="S">${rows.join('')}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`;
  return {
    ending: '.ods',
    bytes: zipOf([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { name: 'content.xml', content },
    ]),
    label: 'ods',
  };
}
