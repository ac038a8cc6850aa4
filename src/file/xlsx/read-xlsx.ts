import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { isStudyError } from '../../error/study-error.ts';
import { fileError } from '../file-error.ts';
import { parseSheet } from './parse-sheet.ts';
import type { Zip } from './read-zip.ts';
import { parseDateStyles, parseRelations, parseSharedStrings, parseWorkbook } from './workbook-parts.ts';

/**
 * The sheets of an xlsx workbook that have cells, in their order. Hidden sheets, rows and columns are read like the others:
 * what a workbook holds is dropped by a rule of the study or not at all. Sheets of charts have no cells.
 * @throws file-unreadable
 */
export function readXlsx(zip: Zip, path: string): RawSheet[] {
  try {
    return readSheets(zip, path);
  } catch (cause) {
    if (isStudyError(cause)) throw cause;
    if (cause instanceof RangeError) throw fileError(path, 'sheet-too-large', null, cause);
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw fileError(path, 'xlsx-damaged', null, cause);
    throw cause;
  }
}

function readSheets(zip: Zip, path: string): RawSheet[] {
  const root = part(zip, '_rels/.rels');
  const main = root === null ? null : [...parseRelations(root).values()].find(({ kind }) => kind === 'officeDocument');
  const place = resolvePart('', main?.target ?? 'xl/workbook.xml');
  const workbookXml = part(zip, place);
  if (workbookXml === null) throw fileError(path, 'not-xlsx');
  const workbook = parseWorkbook(workbookXml);
  const folder = place.slice(0, place.lastIndexOf('/') + 1);
  const file = place.slice(folder.length);
  const relations = parseRelations(part(zip, `${folder}_rels/${file}.rels`) ?? '');
  const ofKind = (kind: string): string | null => {
    const found = [...relations.values()].find((relation) => relation.kind === kind);
    return found === undefined ? null : part(zip, resolvePart(folder, found.target));
  };
  const context = {
    strings: parseSharedStrings(ofKind('sharedStrings') ?? ''),
    dateStyles: parseDateStyles(ofKind('styles') ?? ''),
    is1904: workbook.is1904,
  };
  const sheets: RawSheet[] = [];
  for (const { name, relation, isHidden } of workbook.sheets) {
    const found = relations.get(relation);
    if (found === undefined) throw fileError(path, 'xlsx-damaged');
    if (found.kind !== 'worksheet') continue;
    const xml = part(zip, resolvePart(folder, found.target));
    if (xml === null) throw fileError(path, 'xlsx-damaged');
    const { rows, merges, bareFormula } = parseSheet(xml, context);
    if (rows.length === 0) continue;
    sheets.push({
      path,
      sheet: name,
      rows,
      lines: null,
      reading: { format: 'xlsx', encoding: null, delimiter: null, merges, isHidden, bareFormula },
    });
  }
  if (sheets.length === 0) throw fileError(path, 'no-sheet');
  return sheets;
}

/** The XML text of a part; null when there is none. */
function part(zip: Zip, name: string): string | null {
  const bytes = zip.read(name);
  if (bytes === null) return null;
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', { fatal: true }).decode(bytes);
}

/** The name of a part that a relation of a part in `folder` points to. */
function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
