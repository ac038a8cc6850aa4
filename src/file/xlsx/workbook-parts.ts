import { isBuiltInDate, isDateFormat } from '../number-format.ts';
import { attributeOf, scanXml } from './scan-xml.ts';

/** Sheets of a workbook in their order, hidden ones among them, and its date system. */
export interface WorkbookPart {
  readonly sheets: readonly { readonly name: string; readonly relation: string; readonly isHidden: boolean }[];
  readonly is1904: boolean;
}

export function parseWorkbook(xml: string): WorkbookPart {
  const sheets: WorkbookPart['sheets'][number][] = [];
  let is1904 = false;
  visitTags(xml, (name, attributes) => {
    if (name === 'sheet') {
      const relation = attributeOf(attributes, 'id');
      const isHidden = /hidden/i.test(attributeOf(attributes, 'state') ?? '');
      if (relation !== null) sheets.push({ name: attributeOf(attributes, 'name') ?? '', relation, isHidden });
    } else if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
  });
  return { sheets, is1904 };
}

/** Relation id → kind and target of a .rels part; the kind is the last word of its type. */
export function parseRelations(xml: string): Map<string, { kind: string; target: string }> {
  const relations = new Map<string, { kind: string; target: string }>();
  visitTags(xml, (name, attributes) => {
    if (name !== 'Relationship') return;
    const id = attributeOf(attributes, 'Id');
    const target = attributeOf(attributes, 'Target');
    const kind = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '';
    if (id !== null && target !== null) relations.set(id, { kind, target });
  });
  return relations;
}

/** For each cell format of styles.xml, whether it shows a date. */
export function parseDateStyles(xml: string): boolean[] {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInCells = false;
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'numFmt')
        own.set(Number(attributeOf(attributes, 'numFmtId')), isDateFormat(attributeOf(attributes, 'formatCode') ?? ''));
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? '0');
        styles.push(own.get(id) ?? isBuiltInDate(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
    text: ignore,
  });
  return styles;
}

/** Shared strings; phonetic readings are no part of them. */
export function parseSharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let current = '';
  let isText = false;
  let isPhonetic = false;
  scanXml(xml, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeString(current));
      else if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
    },
    text: (text) => {
      if (isText && !isPhonetic) current += text;
    },
  });
  return strings;
}

/** Characters that XML cannot hold stand as _x000D_ in the text of a workbook. */
export function unescapeString(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function visitTags(xml: string, open: (name: string, attributes: string) => void): void {
  scanXml(xml, { open, close: ignore, text: ignore });
}

function ignore(): void {
  // Nothing of this kind matters to the part.
}
