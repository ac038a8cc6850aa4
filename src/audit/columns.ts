import type { Coefficient, Column, Interval, Place, RegressionTable, TableSet } from './contract.ts';

// Questions that several rules ask of a column.

export interface PlacedColumn {
  readonly table: RegressionTable;
  readonly column: Column;
}

export function allColumns(set: TableSet): readonly PlacedColumn[] {
  return set.regressions.flatMap((table) => table.columns.map((column) => ({ table, column })));
}

export function placeOf({ table, column }: PlacedColumn, term: string | null = null): Place {
  return { table: table.id, column: column.id, term, quote: null };
}

/** A name as it is compared: lower case, without blanks. */
export function nameKey(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '').replace(/−/g, '-');
}

/** The constant under any of its names. */
export function isConstant(term: string): boolean {
  return /^(\(?_?cons(tant)?\.?\)?|\(?intercept\)?)$/.test(nameKey(term));
}

/** A lag of something: `L.x`, `L1.x`, `l(x, 1)`, `x(t-1)`. */
export function isLag(term: string): boolean {
  return /^l\d*\.|^l\(|^lag\b|[([_]t-1[)\]]?$/i.test(nameKey(term));
}

/** A slope on one side of a value: `x × I (q ≤ 1.2)`, `x:[q<=1.2]`. */
export interface Regime {
  readonly variable: string;
  readonly by: string;
  readonly side: 'below' | 'above';
  readonly value: string;
}

export function regimeOf(term: string): Regime | null {
  const match = /^(.+?)\s*[×x*:]\s*[^([]*[([]\s*([^\s<>≤≥=]+)\s*(≤|<=|≥|>=|<|>)\s*([−-]?[\d.]+)\s*[)\]]$/u.exec(term);
  if (match === null) return null;
  const [, variable = '', by = '', sign = '', value = ''] = match;
  return { variable: variable.trim(), by, side: /^[≤<]/.test(sign) ? 'below' : 'above', value };
}

/** Terms as they are compared between columns, without the constant; a slope in regimes counts as the variable too. */
export function termsOf({ cells }: Column): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const { term } of cells) {
    if (isConstant(term)) continue;
    terms.add(nameKey(term));
    const regime = regimeOf(term);
    if (regime !== null) terms.add(nameKey(regime.variable));
  }
  return terms;
}

/** What rules ask of a column's cells once a cell. */
interface CellIndex {
  /** By the names of terms; of two cells of one name the first. */
  readonly byName: ReadonlyMap<string, Coefficient>;
  /** Cells without the constant. */
  readonly slopes: number;
}

/** Made once a column: a pasted table may have 100,000 rows. */
const cellIndexes = new WeakMap<Column, CellIndex>();

function cellIndexOf(column: Column): CellIndex {
  const known = cellIndexes.get(column);
  if (known !== undefined) return known;
  const made = {
    byName: new Map([...column.cells].reverse().map((cell) => [nameKey(cell.term), cell])),
    slopes: column.cells.filter(({ term }) => !isConstant(term)).length,
  };
  cellIndexes.set(column, made);
  return made;
}

export function cellOf(column: Column, term: string): Coefficient | null {
  return cellIndexOf(column).byName.get(nameKey(term)) ?? null;
}

/** Estimated with instruments, or the first stage of that: its R2 follows other rules. */
export function isInstrumented({ model, label }: Column): boolean {
  return /2sls|gmm|liml|\biv\b|instrument|second|first.?stage/i.test(`${model} ${label}`);
}

/** Fixed effects of time. */
export function isOfTime(effect: string): boolean {
  return /\b(year|time|quarter|month|period|wave|date|week|day)s?\b/i.test(effect);
}

/** Fixed effects of the units, and of time. */
export function hasTwoWays({ effects }: Column): { readonly unit: boolean; readonly time: boolean } {
  return { unit: effects.some((effect) => !isOfTime(effect)), time: effects.some(isOfTime) };
}

/** Whether some column of a table has a lag among its terms. */
export function hasLag(table: RegressionTable): boolean {
  return table.columns.some(({ cells }) => cells.some(({ term }) => isLag(term)));
}

/** Units and periods of a column of a balanced panel, from its N; null where N is no such product. */
export function shapeOf({ table, column }: PlacedColumn, set: TableSet): { units: number; periods: number } | null {
  const { periods } = set.panel;
  if (column.n === null || periods === null) return null;
  const n = column.n.value;
  const lengths = hasLag(table) ? [periods - 1, periods, periods - 2] : [periods];
  const fitting = lengths.find((length) => n % length === 0);
  return fitting === undefined ? null : { units: n / fitting, periods: fitting };
}

/** Parameters of a column, effects included; null where its units are not known. */
export function parametersOf(placed: PlacedColumn, set: TableSet): number | null {
  const { column } = placed;
  const ways = hasTwoWays(column);
  const { slopes } = cellIndexOf(column);
  if (!ways.unit) return slopes + 1;
  const { periods } = set.panel;
  if (column.n === null || periods === null) return null;
  const shape = shapeOf(placed, set) ?? { units: Math.ceil(column.n.value / periods), periods };
  return slopes + shape.units + (ways.time ? shape.periods - 1 : 0);
}

/** Residual degrees of freedom, effects counted; null where they cannot be known. */
export function residualDof(placed: PlacedColumn, set: TableSet): number | null {
  const parameters = parametersOf(placed, set);
  const n = placed.column.n?.value;
  return parameters === null || n === undefined || n <= parameters ? null : n - parameters;
}

/** Two columns of one outcome on the same rows, the terms of the first among those of the second. */
export interface NestedPair {
  readonly small: PlacedColumn;
  readonly large: PlacedColumn;
  /** Terms of the second alone. */
  readonly added: readonly string[];
}

export function nestedPairs(set: TableSet): readonly NestedPair[] {
  const columns = allColumns(set).filter(({ column }) => column.n !== null && !isInstrumented(column));
  return columns.flatMap((small) =>
    columns.flatMap((large) => {
      if (small === large || !isOnSameRows(small, large)) return [];
      const [first, second] = [termsOf(small.column), termsOf(large.column)];
      if (first.size >= second.size || first.size === 0 || ![...first].every((term) => second.has(term))) return [];
      const added = [...second].filter((term) => !first.has(term));
      return [{ small, large, added }];
    }),
  );
}

/** Same outcome, sample, number of rows and effects, as far as the tables say. */
function isOnSameRows(a: PlacedColumn, b: PlacedColumn): boolean {
  const [one, two] = [a.column, b.column];
  const isSame =
    one.n?.value === two.n?.value &&
    sameName(one.outcome, two.outcome) &&
    sameName(one.sample, two.sample) &&
    [...one.effects].sort().join() === [...two.effects].sort().join();
  if (!isSame) return false;
  // Columns of two tables are on the same rows when both say so, or when both have all rows of a panel.
  return a.table === b.table || (one.sample !== null && two.sample !== null && one.outcome !== null);
}

function sameName(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && nameKey(a) === nameKey(b));
}

/** (R2 of the larger - R2 of the smaller) / (1 - R2 of the larger), and the ratio of residual sums of squares. */
export function r2Gain(small: Interval, large: Interval): { readonly gain: Interval; readonly ratio: Interval } {
  const left = { low: 1 - large.high, high: 1 - large.low };
  const before = { low: 1 - small.high, high: 1 - small.low };
  const ratio = { low: before.low / left.high, high: before.high / left.low };
  return { gain: { low: ratio.low - 1, high: ratio.high - 1 }, ratio };
}
