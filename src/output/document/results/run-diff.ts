import { at } from '../../../error/at.ts';
import type { FolderDifference } from '../../../error/folder-difference.ts';
import type { Phrase, Text } from '../../table/contract.ts';
import { joinedBy } from '../../table/parts.ts';
import { causeText } from '../../table/run-diff/cause-text.ts';
import type {
  CellChange,
  CellWeight,
  DiffCause,
  FileChange,
  NumberChange,
  PartChange,
  RunDiff,
  RunSide,
} from '../../table/run-diff/contract.ts';
import { diffRecords } from '../../table/run-diff/records.ts';
import {
  cellsTable,
  claimsTable,
  numbersTable,
  optionsTable,
  sectionsTable,
  sidesTable,
  starsTable,
  verdictsTable,
} from '../../table/run-diff/tables.ts';
import { type DiffKey, told } from '../../table/run-diff/words.ts';
import type { Block, Document } from '../contract.ts';

interface DiffStyle {
  readonly version: string;
  /** Whether what is the same as printed is listed as well, and every number of the documents. */
  readonly isAll: boolean;
}

/** What `kaya diff` says: what was compared, what it was made from, then every change, the weightiest first. */
export function diffDocument(diff: RunDiff, { version, isAll }: DiffStyle): Document {
  const listed = isAll ? diff : toldOf(diff);
  const table = (model: ReturnType<typeof sidesTable>): Block => ({ kind: 'table', table: model, look: 'prose' });
  const [marked, others] = [listed.cells.filter(isMarked), listed.cells.filter((cell) => !isMarked(cell))];
  const shown: readonly Block[] = [
    table(sidesTable(diff)),
    ...notesOfSides(diff),
    { kind: 'text', text: summaryOf(diff) },
    ...causeBlocks(diff),
    ...(listed.verdicts.length === 0 ? [] : [table(verdictsTable(listed.verdicts))]),
    ...(marked.length === 0 ? [] : [table(starsTable(marked))]),
    ...(listed.claims.length === 0 ? [] : [table(claimsTable(listed.claims))]),
    ...partsBlock(listed.parts),
    ...tablesOf(others).map((id) => {
      const own = others.filter((cell) => cell.table === id);
      return table(cellsTable(id, diff.captions[id] ?? id, own));
    }),
    ...numberBlocks(diff, listed.numbers).map((one) => table(one)),
    ...countBlocks(diff, isAll),
  ];
  return {
    title: told('diff.title'),
    blocks: [{ kind: 'forms', screen: shown, page: shown, records: [{ kind: 'table', table: diffRecords(listed) }] }],
    data: { kaya: version, ...listed },
  };
}

/** Without what is the same as printed, and of printed tables without the numbers behind them. */
function toldOf(diff: RunDiff): RunDiff {
  const isTold = ({ weight }: { readonly weight: CellWeight }): boolean =>
    weight !== 'beyond' && weight !== 'within' && weight !== 'form';
  return {
    ...diff,
    cells: diff.cells.filter(isTold),
    numbers: diff.by === 'print' ? [] : diff.numbers.filter(isTold),
  };
}

const isMarked = ({ weight }: CellChange): boolean => weight === 'sign' || weight === 'stars';

/** Ids of tables in the order of their weightiest change. */
function tablesOf(cells: readonly CellChange[]): readonly string[] {
  return [...new Set(cells.map(({ table }) => table))];
}

function notesOfSides({ a, b, by, counts, languages }: RunDiff): readonly Block[] {
  const note = (key: DiffKey, values: NonNullable<Phrase['values']> = {}): Block => ({
    kind: 'note',
    about: told(key, values),
  });
  const isOfTwo = a.study !== null && b.study !== null && a.study !== b.study;
  return [
    ...(isOfTwo ? [note('diff.other_study')] : []),
    ...[a, b].flatMap(({ path, altered }) =>
      altered.length === 0
        ? []
        : [note('diff.altered', { path, files: joinedBy(altered.map(alteredText), 'list.comma') })],
    ),
    ...(by === 'print' ? [] : [a, b].filter(lacksPrint).map(({ path }) => note('diff.no_print', { path }))),
    ...(languages === 'two' && counts.cells > 0 ? [note('diff.languages')] : []),
  ];
}

const lacksPrint = ({ study, has_print }: RunSide): boolean => study !== null && !has_print;

function alteredText({ kind, name }: FolderDifference): Text {
  const key = kind === 'missing' || kind === 'changed' ? (`diff.altered_${kind}` as const) : 'diff.altered_other';
  return told(key, { name });
}

/** One sentence: how much of what differs. */
function summaryOf({ by, counts, numbers }: RunDiff): Text {
  const { by_weight: weights } = counts;
  const behind = by === 'numbers' ? counts.numbers_differ - counts.numbers_beyond : 0;
  const signs = numbers.filter(({ weight }) => by === 'numbers' && weight === 'sign').length;
  const stars = numbers.filter(({ weight }) => by === 'numbers' && weight === 'stars').length;
  const counted: readonly (readonly [DiffKey, number])[] = [
    ['diff.count_verdict', counts.verdicts],
    ['diff.count_sign', weights.sign + signs],
    ['diff.count_stars', weights.stars + stars],
    ['diff.count_claim', counts.claims],
    ['diff.count_part', counts.parts],
    ['diff.count_printed', weights.printed],
    ['diff.count_words', weights.words],
    ['diff.count_form', weights.form],
    ['diff.count_holding', counts.holdings],
    ['diff.count_numbers', behind - signs - stars],
  ];
  const list = counted.flatMap(([key, count]): Text[] => (count === 0 ? [] : [told(key, { count })]));
  const compared: Text =
    by === 'print'
      ? told('diff.compared', { cells: counts.cells, numbers: counts.numbers })
      : told('diff.compared_numbers', { numbers: counts.numbers });
  const found: Text =
    list.length === 0
      ? told(by === 'print' ? 'diff.equal' : 'diff.equal_numbers')
      : told('diff.found', { list: joinedBy(list, 'list.comma') });
  return joinedBy([found, compared], 'list.space');
}

/** Files that are named; the rest is counted. */
const mostFiles = 8;

function causeBlocks(diff: RunDiff): readonly Block[] {
  const { causes, counts, cells, numbers, parts } = diff;
  const isAnything =
    cells.length + numbers.length + parts.length + counts.verdicts + counts.holdings + counts.claims > 0;
  if (causes.length === 0) return isAnything ? [{ kind: 'text', text: told('diff.made_alike') }] : [];
  const options = causes.filter((cause) => cause.kind === 'option');
  const files = (['data', 'shipped', 'settings'] as const).flatMap((kind) =>
    (['changed', 'added', 'removed'] as const).flatMap((change) => {
      const names = causes.flatMap((one) => (one.kind === kind && one.change === change ? [one.file] : []));
      return names.length === 0 ? [] : [filesText(`diff.cause_${kind}`, names, change)];
    }),
  );
  const items = [...causes.flatMap(causeLine), ...files];
  return [
    ...(items.length === 0 ? [] : [{ kind: 'list', title: told('diff.made_from'), items } as const]),
    ...(options.length === 0 ? [] : [{ kind: 'table', table: optionsTable(diff, options), look: 'prose' } as const]),
  ];
}

function filesText(key: DiffKey, names: readonly string[], change: FileChange): Text {
  const shown = names.slice(0, mostFiles);
  const rest = names.length - shown.length;
  const listed = joinedBy(shown, 'list.comma');
  const files: Text = rest === 0 ? listed : told('diff.and_more', { files: listed, count: rest });
  return told(key, { count: names.length, change: told(`diff.change_${change}`), files });
}

/** What is no file and no key of the study. */
function causeLine(cause: DiffCause): readonly Text[] {
  if (cause.kind === 'version' || cause.kind === 'draw') {
    const value = (one: string | number | boolean | null): Text =>
      one === null ? told('diff.cause_none') : String(one);
    return [told('diff.cause_version', { name: cause.name, a: value(cause.a), b: value(cause.b) })];
  }
  if (cause.kind !== 'hand') return [];
  const side: Text = told(`diff.${cause.side}`);
  return [told('diff.cause_hand', { side, files: joinedBy(cause.files, 'list.comma') })];
}

function partsBlock(parts: readonly PartChange[]): readonly Block[] {
  if (parts.length === 0) return [];
  // What happened alike to several rows or columns of one table is one line.
  const alike = new Map<string, PartChange[]>();
  for (const part of parts) {
    const key = JSON.stringify({ ...part, name: '', in: part.kind === 'figure' ? '' : part.in });
    alike.set(key, [...(alike.get(key) ?? []), part]);
  }
  return [{ kind: 'list', title: told('diff.parts'), items: [...alike.values()].map(partsText) }];
}

function partsText(parts: readonly PartChange[]): Text {
  const { kind, change, in: table, part, cause } = at(parts, 0);
  const where: Text = part === null ? table : told('diff.in_part', { row: table, part });
  const name = joinedBy(
    parts.map((one) => one.name),
    'list.semicolon',
  );
  const is: Text = told(kind === 'figure' && change === 'changed' ? 'diff.drawn' : `diff.change_${change}`);
  const what: Text =
    change === 'reordered'
      ? told(`diff.${kind === 'table' || kind === 'row' ? kind : 'column'}_reordered`, { in: where })
      : told(`diff.part_${kind}`, { in: where, name, change: is });
  return told('diff.with_cause', { change: what, cause: causeText(cause) });
}

/** Of documents alone their numbers; of printed tables how many lie behind them, or all when they are asked for. */
function numberBlocks({ by, numbers }: RunDiff, listed: readonly NumberChange[]) {
  if (listed.length > 0) return [numbersTable(listed)];
  return by === 'print' && numbers.length > 0 ? [sectionsTable(numbers)] : [];
}

/** What is not listed, counted. */
function countBlocks({ counts, tolerance, by, numbers }: RunDiff, isAll: boolean): readonly Block[] {
  if (isAll) return [];
  const { beyond, within, form } = counts.by_weight;
  const isOfNumbers = by === 'numbers';
  const withinNumbers = isOfNumbers ? numbers.filter(({ weight }) => weight === 'within').length : 0;
  const beyondNumbers = isOfNumbers ? counts.numbers_beyond - withinNumbers : 0;
  const lines: readonly (readonly [DiffKey, number])[] = [
    ['diff.beyond', beyond],
    ['diff.beyond_numbers', beyondNumbers],
    ['diff.within', within + withinNumbers],
    ['diff.form', form],
  ];
  return lines.flatMap(([key, count]): Block[] =>
    count === 0 ? [] : [{ kind: 'text', text: told(key, { count, tolerance }) }],
  );
}
