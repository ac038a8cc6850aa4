import { allColumns, nameKey, type PlacedColumn, regimeOf } from './columns.ts';
import type {
  Claim,
  Coefficient,
  DescriptiveRow,
  Printed,
  RegressionTable,
  TableSet,
  TableTest,
  ThresholdTest,
  VariableFact,
} from './contract.ts';
import { readPrinted } from './interval.ts';

// What a sentence of the text speaks of: `T3.c6.x` is a cell, `T10.c1-2.x` cells, `T9.c1.low` the slope below a threshold.

export interface ClaimTarget {
  /** Number of the table that is meant; null where the place is none of a table. */
  readonly number: string | null;
  readonly isThere: boolean;
  readonly table: RegressionTable | null;
  readonly columns: readonly PlacedColumn[];
  readonly cells: readonly { readonly placed: PlacedColumn; readonly cell: Coefficient }[];
  readonly tests: readonly TableTest[];
  readonly rows: readonly DescriptiveRow[];
  readonly thresholds: readonly ThresholdTest[];
  /** What is left of the place, such as `Obs`, `R2`, `bs`. */
  readonly rest: string;
}

const digits = (id: string): string => id.replace(/\D+/g, '');

export function targetOf({ ref }: Claim, set: TableSet): ClaimTarget {
  const match = /^T(\d+)(?:\.(.+))?$/.exec(ref ?? '');
  const nothing = { columns: [], cells: [], tests: [], rows: [], thresholds: [] };
  if (match === null) return { number: null, isThere: true, table: null, ...nothing, rest: ref ?? '' };
  const [, number = '', path = ''] = match;
  const [, from, to, term = ''] = /^(?:c(\d+)(?:-(\d+))?(?:\.|$))?(.*)$/.exec(path) ?? [];
  const placed = allColumns(set).filter(({ table }) => digits(table.id) === number);
  const table = set.regressions.find(({ id }) => digits(id) === number) ?? null;
  const columns = from === undefined ? placed : placed.slice(Number(from) - 1, Number(to ?? from));
  const rows = set.descriptives.filter((row) => digits(row.table) === number);
  const thresholds = set.thresholds.filter((test) => digits(test.table) === number);
  const wanted = nameKey(term);
  const isNamed = (name: string): boolean => wanted !== '' && nameKey(name) === wanted;
  const cells = columns.flatMap((one) =>
    one.column.cells
      .filter((cell) => isNamed(cell.term) || isSide(cell.term, wanted))
      .map((cell) => ({ placed: one, cell })),
  );
  const ownRows = rows.filter(({ variable }) => isNamed(variable));
  const ownTests = thresholds.filter(({ variable }) => isNamed(variable));
  const tests = (table?.tests ?? []).filter(({ id }) => nameKey(`tests.${id}`) === wanted);
  const isTable = table !== null || rows.length > 0 || thresholds.length > 0;
  const isWhole = wanted === '' || /^(obs|n|r2|bs|prob|fstat|mean|sd|tests.*)$/.test(wanted);
  const isColumn = from === undefined || columns.length > 0;
  const isTerm = isWhole || cells.length + ownRows.length + ownTests.length + tests.length > 0;
  return {
    number,
    isThere: isTable && isColumn && isTerm,
    table,
    columns,
    cells,
    tests,
    rows: ownRows,
    thresholds: ownTests.length > 0 ? ownTests : isWhole ? thresholds : [],
    rest: isWhole ? wanted : '',
  };
}

function isSide(term: string, wanted: string): boolean {
  if (wanted !== 'low' && wanted !== 'high') return false;
  return regimeOf(term)?.side === (wanted === 'low' ? 'below' : 'above');
}

/** A number of a claim with the digits that its sentence gives it. */
export function quotedNumber(value: number, quote: string): Printed | null {
  const texts = quote.match(/[-−]?\d+(?:,\d{3})*(?:\.\d+)?/gu) ?? [];
  const printed = texts.flatMap((text) => readPrinted(text) ?? []).find((one) => one.value === value);
  return printed ?? readPrinted(String(value));
}

/** What definitions of the text say that variables are: `ln(count)`, `per 100`, `a/b`. */
export function variablesOfClaims(claims: readonly Claim[]): Readonly<Record<string, VariableFact>> {
  const facts = claims.flatMap((claim): [string, VariableFact][] => {
    const variable = /^T\d+\.([^.]+)$/.exec(claim.ref ?? '')?.[1];
    if (!/^(definition|unit)$/.test(claim.kind) || variable === undefined || typeof claim.value !== 'string') return [];
    const kind = kindOf(claim.value);
    return kind === null
      ? []
      : [[nameKey(variable), { ...nothingKnown, kind, unit: claim.value, source: claim.location }]];
  });
  return Object.fromEntries(facts);
}

/** Of a variable of which nothing is told. */
export const nothingKnown: VariableFact = {
  ...{ kind: null, name: null, unit: null, band: null, alternatives: [], isNeverZero: false, source: null },
};

function kindOf(value: string): VariableFact['kind'] {
  const text = value.trim().toLowerCase();
  if (/^(ln|log)\s*\(\s*(1\s*\+\s*)?(count|number)/.test(text)) return 'log_count';
  if (/^(ln|log)\b/.test(text)) return 'log';
  if (/^(per 100|percent|%)$/.test(text)) return 'percent';
  if (/^per [\d,]+$/.test(text)) return 'positive';
  if (/^(share|fraction|proportion)$/.test(text)) return 'share';
  return /^[^/]+\/[^/]+$/.test(text) ? 'ratio' : null;
}
