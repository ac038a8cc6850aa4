import { tTwoSided } from '../../math/distribution.ts';
import type { Coefficient, Column, DescriptiveRow, Printed, RegressionTable, TableTest } from '../contract.ts';
import { printedAs, readPrinted } from '../interval.ts';
import type { GridLine } from './grid.ts';
import {
  effectOf,
  errorsOfNote,
  isMark,
  isOfControls,
  isYes,
  kindOfNote,
  noteForm,
  outcomeForm,
  r2Form,
  rowsForm,
  statisticOf,
  titleForm,
} from './words.ts';

/** What a pasted table says, and the lines of it that no reading has. */
export interface PastedTable {
  readonly regression: RegressionTable | null;
  readonly descriptives: readonly DescriptiveRow[];
  readonly levels: readonly number[];
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

/** What stands in parentheses; null: by the note of the table, or by its stars. */
export type Statistic = 't' | 'se' | null;

/** Reads the cells of one table: of regressions, or of statistics of variables. */
export function readPasted(grid: readonly GridLine[], statistic: Statistic = null): PastedTable {
  const rows = grid.filter(({ cells }) => cells.some((cell) => cell !== '' && !/^[-=_─━\s]+$/.test(cell)));
  return descriptiveTable(rows) ?? regressionTable(rows, statistic);
}

function descriptiveTable(rows: readonly GridLine[]): PastedTable | null {
  const head = rows.findIndex(({ cells }) => new Set(cells.flatMap((cell) => statisticOf(cell) ?? [])).size >= 3);
  const names = rows[head]?.cells;
  if (names === undefined) return null;
  const last = names.flatMap((cell, i) => (statisticOf(cell) === undefined ? [] : [i]));
  const unread: { line: number; text: string }[] = [];
  const descriptives = rows.slice(head + 1).flatMap(({ line, cells }): DescriptiveRow[] => {
    const label = cells.find((cell) => cell !== '') ?? '';
    const values = last.flatMap((i) => {
      const printed = readPrinted(cells[i] ?? '');
      const name = statisticOf(names[i] ?? '');
      return printed === null || name === undefined ? [] : [{ name, printed }];
    });
    if (values.length < 2) {
      unread.push({ line, text: cells.filter((cell) => cell !== '').join(' ') });
      return [];
    }
    const decimals = Math.max(0, ...values.filter(({ name }) => name !== 'obs').map(({ printed }) => printed.decimals));
    const entries = values.map(({ name, printed }): [string, Printed] => {
      if (name === 'obs') return [name, { ...printed, low: printed.value, high: printed.value }];
      return [
        name,
        printed.decimals === 0 && decimals > 0 ? printedAs(printed.text, printed.value, decimals) : printed,
      ];
    });
    return [{ table: tableId(rows), variable: label, cells: Object.fromEntries(entries) }];
  });
  return { regression: null, descriptives, levels: levelsIn(rows), unread };
}

function tableId(rows: readonly GridLine[]): string {
  const found = rows.flatMap(({ cells }) => titleForm.exec(cells.find((cell) => cell !== '') ?? '')?.[1] ?? [])[0];
  return found ?? '1';
}

/** `* p < 0.1, ** p < 0.05`: p by stars, from one star. */
function levelsIn(rows: readonly GridLine[]): readonly number[] {
  const text = rows.map(({ cells }) => cells.join(' ')).join(' ');
  const found = [...text.matchAll(/(\*{1,3})\s*p?\s*(?:<|&lt;|≤)\s*(0?\.\d+)/g)].map(
    ([, stars = '', p = '']) => [stars.length, Number(p)] as const,
  );
  const levels = [1, 2, 3].flatMap((count) => found.find(([stars]) => stars === count)?.[1] ?? []);
  return levels.length === 0 ? [0.1, 0.05, 0.01] : levels;
}

const isBracketed = (cell: string): boolean => /^[([{].*[)\]}]$/.test(cell) && /\d/.test(cell);
const isColumnId = (cell: string): boolean => /^\(\d+\)$|^\(?model\s*\d+\)?$/i.test(cell);
interface CoefficientRow {
  readonly line: number;
  readonly term: string;
  readonly cells: readonly string[];
  /** Bracketed lines below it, one text a column. */
  readonly below: (readonly (string | null)[])[];
}

/** Parts of a regression table as its lines are read. */
interface Draft {
  readonly rows: CoefficientRow[];
  readonly notes: string[];
  readonly heads: (readonly string[])[];
  readonly unread: { line: number; text: string }[];
  readonly tests: TableTest[];
  readonly effects: { readonly name: string; readonly cells: readonly string[] }[];
  title: string;
  outcome: string | null;
  ids: readonly string[];
  outcomes: readonly string[];
  n: readonly string[];
  r2: readonly string[];
  isAdjusted: boolean;
}

function regressionTable(rows: readonly GridLine[], statistic: Statistic): PastedTable {
  const draft: Draft = {
    ...{ rows: [], notes: [], heads: [], unread: [], tests: [], effects: [] },
    ...{ title: '', outcome: null, ids: [], outcomes: [], n: [], r2: [], isAdjusted: false },
  };
  for (const row of rows) readLine(row, draft);
  const width = Math.max(draft.ids.length, ...draft.rows.map(({ cells }) => cells.length), draft.n.length);
  const note = draft.notes.length === 0 ? null : draft.notes.join(' ');
  const levels = levelsIn(rows);
  const kind = statistic ?? kindOfNote(note) ?? kindByStars(draft.rows, levels);
  // A line of numbers with nothing below it, where other lines have something, is no coefficient.
  const isOfPairs = draft.rows.some(
    ({ cells, below }) => below.length > 0 || cells.some((cell) => /\S\s*\(/.test(cell)),
  );
  const kept = draft.rows.filter((row) => {
    const isWhole = !isOfPairs || row.below.length > 0 || row.cells.some((cell) => /\S\s*\(/.test(cell));
    if (!isWhole)
      draft.unread.push({ line: row.line, text: [row.term, ...row.cells].filter((cell) => cell !== '').join(' ') });
    return isWhole;
  });
  const columns = Array.from({ length: width }, (_, i): Column => {
    const label = draft.heads
      .map((head) => head[i] ?? '')
      .filter((word) => word !== '')
      .join(' ');
    const n = readPrinted(draft.n[i] ?? '');
    return {
      id: draft.ids[i] ?? `(${i + 1})`,
      label,
      outcome: draft.outcomes[i] ?? draft.outcome,
      ...{ sample: null, group: null, model: label, controls: null, isAdjusted: draft.isAdjusted },
      n: n === null ? null : { ...n, low: n.value, high: n.value },
      r2: readPrinted(draft.r2[i] ?? ''),
      effects: draft.effects.filter(({ cells }) => isYes(cells[i] ?? '')).map(({ name }) => name),
      cells: kept.flatMap((row) => cellAt(row, i, kind) ?? []),
    };
  });
  const regression: RegressionTable = {
    ...{
      id: tableId(rows),
      title: draft.title,
      note,
      printedOutcome: draft.outcomes.length > 0 ? null : draft.outcome,
    },
    ...{ errors: errorsOfNote(note), columns: columns.filter(({ cells }) => cells.length > 0), tests: draft.tests },
  };
  const isEmpty = regression.columns.length === 0;
  return { regression: isEmpty ? null : regression, descriptives: [], levels, unread: draft.unread };
}

function readLine({ line, cells }: GridLine, draft: Draft): void {
  const filled = cells.flatMap((cell, i) => (cell === '' ? [] : [{ cell, i }]));
  const [first] = filled;
  if (first === undefined) return;
  const texts = filled.map(({ cell }) => cell);
  const joined = texts.join(' ');
  const outcome = outcomeForm.exec(joined);
  const title = draft.rows.length === 0 && titleForm.exec(first.cell);
  if (title) {
    draft.title = [title[2], ...texts.slice(1)].join(' ').trim();
    if (outcome?.[1] !== undefined && outcome[1] !== '') draft.outcome = outcome[1].trim();
    return;
  }
  if (outcome !== null) {
    const named = texts.slice(1);
    if (named.length > 1) draft.outcomes = cells.slice(first.i + 1);
    else draft.outcome = (outcome[1] ?? '') === '' ? (named[0] ?? null) : (outcome[1]?.trim() ?? null);
    return;
  }
  if (noteForm.test(joined) || (filled.length === 1 && joined.length > 60)) {
    draft.notes.push(joined);
    return;
  }
  if (texts.every(isColumnId)) {
    draft.ids = texts;
    return;
  }
  if (texts.every(isBracketed)) {
    readBelow(line, filled, draft);
    return;
  }
  if (readPrinted(first.cell.replace(/\(.*$/, '')) !== null && filled.length > 1 && draft.rows.length === 0) return;
  const values = cells.slice(first.i + 1);
  if (rowsForm.test(first.cell)) draft.n = values;
  else if (r2Form.test(first.cell)) {
    draft.isAdjusted = /adj/i.test(first.cell);
    // Of two R2s the one that is not adjusted says more.
    if (draft.r2.length === 0 || !draft.isAdjusted) draft.r2 = values;
  } else if (filled.length > 1 && values.every((cell) => cell === '' || isMark(cell))) {
    const name = effectOf(first.cell);
    if (!isOfControls(name)) draft.effects.push({ name, cells: values });
  } else if (isTest(first.cell) && filled.length > 1) readTest(first.cell, texts[1] ?? '', draft);
  else if (values.some((cell) => estimateOf(cell) !== null))
    draft.rows.push({ line, term: first.cell, cells: values, below: [] });
  else if (draft.rows.length === 0) draft.heads.push(isLabelled(cells) ? cells : cells.slice(1));
  else draft.unread.push({ line, text: joined });
}

/** A heading that begins in the first cell, as a title over the columns does where labels of rows have no place. */
const isLabelled = (cells: readonly string[]): boolean =>
  cells[0] !== '' && cells.length > 1 && !/^variables?$/i.test(cells[0] ?? '');

const isTest = (label: string): boolean => /anderson|cragg|kleibergen|stock.?yogo|\blm\b|hansen j|sargan/i.test(label);

function readTest(label: string, text: string, draft: Draft): void {
  const value = readPrinted(text.split(/\s*[[{(]/)[0] ?? '');
  if (value !== null) draft.tests.push({ id: label.toLowerCase().replace(/\W+/g, '_'), label, value });
  const critical = /\{([\d.]+)\}/.exec(text)?.[1];
  const printed = critical === undefined ? null : readPrinted(critical);
  if (printed !== null) draft.tests.push({ id: 'stock_yogo_size10', label: 'Stock-Yogo 10%', value: printed });
}

/** A line in brackets belongs to the line above: cell by cell where both have as many, else by its place. */
function readBelow(line: number, filled: readonly { cell: string; i: number }[], draft: Draft): void {
  const above = draft.rows.at(-1);
  if (above === undefined) {
    draft.unread.push({ line, text: filled.map(({ cell }) => cell).join(' ') });
    return;
  }
  const there = above.cells.flatMap((cell, i) => (estimateOf(cell) === null ? [] : [i]));
  const below = Array<string | null>(above.cells.length).fill(null);
  if (there.length === filled.length) for (const [k, i] of there.entries()) below[i] = filled[k]?.cell ?? null;
  else for (const { cell, i } of filled) if (i > 0) below[i - 1] = cell;
  above.below.push(below);
}

/** The estimate of a cell with its stars; null for none. */
function estimateOf(cell: string): { readonly text: string; readonly printed: Printed; readonly stars: number } | null {
  const text = cell.replace(/[([{].*$/, '').trim();
  const printed = text === '' ? null : readPrinted(text);
  return printed === null ? null : { text: text.replace(/\*+$/, ''), printed, stars: text.split('*').length - 1 };
}

function cellAt(row: CoefficientRow, i: number, kind: 't' | 'se'): Coefficient | null {
  const cell = row.cells[i] ?? '';
  const estimate = estimateOf(cell);
  if (estimate === null) return null;
  const inside = /[([{].*$/.exec(cell)?.[0];
  const texts = [inside, ...row.below.map((below) => below[i])].flatMap((text) => (text == null ? [] : [text]));
  const ends = texts.flatMap((text) => /^[([]\s*([^,;]+)[,;]\s*([^)\]]+)[)\]]$/.exec(text) ?? []);
  const isCount = (text: string): boolean => /^\D*\d{1,3}(,\d{3})+(\.\d+)?\D*$/.test(text);
  const pair = texts.find((text) => /[,;]/.test(text) && !isCount(text));
  const [low, high] = pair === undefined ? [] : [readPrinted(ends[1] ?? ''), readPrinted(ends[2] ?? '')];
  const single = texts.find((text) => text !== pair);
  const number = single === undefined ? null : readPrinted(single);
  return {
    term: row.term,
    estimate: { ...estimate.printed, text: estimate.text },
    stars: Math.max(estimate.stars, (single ?? '').split('*').length - 1),
    statistic: kind === 't' ? number : null,
    error: kind === 'se' ? number : null,
    p: null,
    interval: low == null || high == null ? null : [low, high],
  };
}

/** By which of both readings more stars are those of p; a standard error where neither says it, as is usual. */
function kindByStars(rows: readonly CoefficientRow[], levels: readonly number[]): 't' | 'se' {
  const score = { t: 0, se: 0 };
  for (const row of rows) {
    for (const i of row.cells.keys()) {
      const cell = cellAt(row, i, 't');
      if (cell === null || cell.statistic === null) continue;
      const { estimate, statistic, stars } = cell;
      const starsAt = (t: number): number => levels.filter((level) => tTwoSided(t, 100) < level).length;
      if (starsAt(Math.abs(statistic.value)) === stars) score.t += 1;
      const ratio = statistic.value > 0 ? Math.abs(estimate.value / statistic.value) : 0;
      if (starsAt(ratio) === stars && statistic.value > 0) score.se += 1;
    }
  }
  return score.t > score.se ? 't' : 'se';
}
