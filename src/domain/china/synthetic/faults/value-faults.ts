import { at, entryOf, lastOf } from '../../../../error/at.ts';
import type { RandomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import type { TableFaultKind } from './contract.ts';
import { growthOfIndex, isPlainNumber, movePoint } from './decimal-text.ts';
import { cityRows, columnOf, type DraftColumn, type DraftRow, plantCell, type TableDraft } from './draft.ts';

type ValueFault = (draft: TableDraft, random: RandomStream) => void;

/** Units that a value can be written in besides, without losing a digit: the other unit and powers of ten. */
const otherUnits: Readonly<Record<string, readonly (readonly [unit: string, places: number])[]>> = {
  万元: [
    ['亿元', -4],
    ['元', 4],
  ],
  万美元: [['亿美元', -4]],
  万人: [['人', 4]],
  万户: [['户', 4]],
  人: [['万人', -4]],
  平方公里: [['万平方公里', -4]],
  万吨: [
    ['吨', 4],
    ['亿吨', -4],
  ],
  亿立方米: [['万立方米', 4]],
  亿千瓦时: [
    ['万千瓦时', 4],
    ['千瓦时', 8],
  ],
};

const bracket = /[(（]([^()（）]*)[)）]$/;
const unitOf = (header: string): string => bracket.exec(header)?.[1] ?? '';

/** Whole columns or runs of rows in another unit or definition, said by header or unit column. */
export const unitFaults: Readonly<Partial<Record<TableFaultKind, ValueFault>>> = {
  'unit-in-header': (draft, random) => {
    const able = draft.columns.filter((one) => one.role === 'value' && otherUnits[unitOf(one.header)] !== undefined);
    if (able.length === 0) return;
    const column = pickOne(able, random);
    const [unit, places] = pickOne(entryOf(otherUnits, unitOf(column.header)), random);
    column.header = column.header.replace(bracket, `(${unit})`);
    for (const row of cityRows(draft)) {
      const text = row.cells.get(column) ?? '';
      if (isPlainNumber(text.replace(/^-/, '')))
        plantCell(draft, 'unit-in-header', { row, column, after: movePoint(text, places) });
    }
  },
  'unit-in-column': (draft, random) => {
    const unit = columnOf(draft, 'unit');
    const value = columnOf(draft, 'value');
    if (unit === undefined || value === undefined) return;
    for (const row of sampleOf(cityRows(draft), 40, random)) {
      const others = otherUnits[row.cells.get(unit) ?? ''];
      const text = row.cells.get(value) ?? '';
      if (others === undefined || !isPlainNumber(text)) continue;
      const [other, places] = pickOne(others, random);
      row.cells.set(unit, other);
      plantCell(draft, 'unit-in-column', { row, column: value, after: movePoint(text, places) });
    }
  },
  'growth-for-index': (draft) => {
    const column = draft.columns.find(({ indicator }) => indicator === 'gdp_index');
    if (column === undefined) return;
    const written = cityRows(draft).filter((row) => (row.cells.get(column) ?? '') !== '');
    const planted = written.flatMap((row) => {
      const after = growthOfIndex(row.cells.get(column) ?? '');
      return after === null ? [] : [{ row, column, after }];
    });
    if (planted.length < written.length) return;
    column.header = '地区生产总值增长率(%)';
    for (const one of planted) plantCell(draft, 'growth-for-index', one);
  },
};

/** Yearbook levels in which a zero means a missing value. */
const withoutZeros = ['gdp', 'population', 'fiscal_expenditure', 'deposits', 'loans'];
/** Yearbook levels that move little from year to year. */
const smooth = ['gdp', 'population', 'fiscal_expenditure', 'deposits', 'loans'];

const slipPowers = [-4, -3, -2, 2, 3, 4];

/** Values that are lost, or stand a power of ten from where they should. */
export const lossyValues: Readonly<Partial<Record<TableFaultKind, ValueFault>>> = {
  'zero-for-missing': (draft, random) =>
    loseValue(draft, 'zero-for-missing', { indicators: withoutZeros, count: 1, change: () => '0' }, random),
  impossible: (draft, random) =>
    loseValue(draft, 'impossible', { indicators: withoutZeros, count: 1, change: (text) => `-${text}` }, random),
  'column-slip': (draft, random) => {
    const able = draft.columns.filter(({ indicator }) => indicator !== null && smooth.includes(indicator));
    // One file in four, in which a column is in another unit than its header says.
    if (able.length === 0 || random.integer(4) > 0) return;
    const column = pickOne(able, random);
    for (const row of cityRows(draft)) {
      const text = row.cells.get(column) ?? '';
      if (!isPlainNumber(text) || Number(text) === 0) continue;
      plantCell(draft, 'column-slip', { row, column, after: movePoint(text, -4), isKnowable: false });
    }
  },
  'unit-slip': (draft, random) =>
    loseValue(
      draft,
      'unit-slip',
      { indicators: smooth, count: 2, change: (text) => movePoint(text, pickOne(slipPowers, random)) },
      random,
    ),
};

function loseValue(
  draft: TableDraft,
  kind: TableFaultKind,
  how: { indicators: readonly string[]; count: number; change: (text: string) => string },
  random: RandomStream,
): void {
  const able = draft.columns.filter(({ indicator }) => indicator !== null && how.indicators.includes(indicator));
  if (able.length === 0) return;
  const isLost = (row: DraftRow, column: DraftColumn): boolean =>
    draft.faults.some((fault) => fault.row === row && fault.column === column);
  for (const row of sampleOf(cityRows(draft), how.count, random)) {
    const column: DraftColumn = pickOne(able, random);
    if (isLost(row, column)) continue;
    const text = row.cells.get(column) ?? '';
    if (isPlainNumber(text) && Number(text) > 0)
      plantCell(draft, kind, { row, column, after: how.change(text), isKnowable: false });
  }
}

/** Some rows by chance, none twice. */
export function sampleOf(list: readonly DraftRow[], count: number, random: RandomStream): DraftRow[] {
  const left = [...list];
  const out: DraftRow[] = [];
  while (out.length < count && left.length > 0) {
    const place = random.integer(left.length);
    out.push(at(left, place));
    left[place] = lastOf(left);
    left.pop();
  }
  return out;
}
