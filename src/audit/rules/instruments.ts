import { chiSquareUpper } from '../../math/distribution.ts';
import { finding, holds, proves } from '../checks.ts';
import { hasTwoWays, isConstant, type PlacedColumn, shapeOf } from '../columns.ts';
import type { Check, Interval, Place, RegressionTable, Rule, TableSet, TableTest } from '../contract.ts';
import { exactly, meets, over, rounded, shown, square, statisticOf, times } from '../interval.ts';

/** Stock and Yogo (2005), critical values of the Cragg-Donald F for 10 % maximal size, one endogenous regressor, by instruments. */
const stockYogo10 = [16.38, 19.93, 22.3, 24.58, 26.87, 29.18] as const;
/** Relative gap between F and the square of the first stage's t that two commands leave. */
const commandGap = 1e-3;
/** Degrees of freedom are whole; a hair of rounding is left. */
const wholeGap = 0.01;

interface Tests {
  readonly lm: TableTest | undefined;
  readonly lmP: TableTest | undefined;
  readonly f: TableTest | undefined;
  readonly critical: TableTest | undefined;
  /** LM and F that assume independent errors of one variance. */
  readonly isClassical: boolean;
}

function testsOf({ tests }: RegressionTable): Tests {
  const named = (form: RegExp): TableTest | undefined =>
    tests.find(({ id, label }) => form.test(id) || form.test(label));
  const isP = (test: TableTest): boolean => /_p$|p.?value/i.test(test.id);
  const lm = tests.find((test) => /anderson|canon|\blm\b|_lm/i.test(`${test.id} ${test.label}`) && !isP(test));
  const lmP = tests.find((test) => /lm|anderson/i.test(test.id) && isP(test));
  const f = tests.find(
    (test) =>
      /cragg|wald.?f|kleibergen.*f|weak|_f$/i.test(`${test.id} ${test.label}`) && !/stock/i.test(test.id) && !isP(test),
  );
  const critical = named(/stock|yogo|critical/i);
  const isClassical = !tests.some(({ id, label }) => /kleibergen|\bkp\b|rk/i.test(`${id} ${label}`));
  return { lm, lmP, f: f === lm ? undefined : f, critical, isClassical };
}

/** The first stage: the column whose outcome is a regressor of another column, or that says so. */
function firstStage(table: RegressionTable): PlacedColumn | null {
  const column =
    table.columns.find(({ model, label }) => /first/i.test(`${model} ${label}`)) ??
    table.columns.find((one) =>
      table.columns.some((other) => other !== one && other.cells.some(({ term }) => term === one.outcome)),
    );
  return column === undefined ? null : { table, column };
}

/** Terms of the first stage that are in no other column of its table: the instruments. */
function instrumentsOf({ table, column }: PlacedColumn): readonly PlacedColumn['column']['cells'][number][] {
  const others = table.columns.filter((one) => one !== column);
  return column.cells.filter(
    ({ term }) => !isConstant(term) && !others.some(({ cells }) => cells.some((cell) => cell.term === term)),
  );
}

/** R10: LM is N r2, F is r2 / (1 - r2) times degrees of freedom that must be whole and known; F is the first stage's t squared. */
export const instrumentRule: Rule = (set) =>
  set.regressions.flatMap((table): Check[] => {
    const tests = testsOf(table);
    const first = firstStage(table);
    const place = (term: string): Place => ({ table: table.id, column: null, term, quote: null });
    return [
      ...(first === null || !tests.isClassical ? [] : dofChecks(set, first, tests)),
      ...(first === null || !tests.isClassical ? [] : squareChecks(first, tests)),
      ...(tests.f === undefined || tests.critical === undefined
        ? []
        : criticalChecks(tests.f, tests.critical, first, place(tests.critical.id))),
      ...(tests.lm === undefined || tests.lmP === undefined ? [] : lmChecks(tests.lm, tests.lmP, place(tests.lm.id))),
    ];
  });

function dofChecks(set: TableSet, first: PlacedColumn, { lm, f }: Tests): readonly Check[] {
  const n = first.column.n?.value;
  const instruments = instrumentsOf(first);
  // With several instruments LM and F are of a smallest correlation that no coefficient shows.
  if (lm === undefined || f === undefined || n === undefined || instruments.length !== 1) return [];
  const r2 = over(lm.value, exactly(n));
  const place = { table: first.table.id, column: first.column.id, term: f.id, quote: null };
  const found = [lm.value.text, f.value.text];
  if (r2.low >= 1)
    return [finding({ rule: 'R10', code: 'r10.lm', severity: 'B', place, found, values: { lm: lm.value.text, n } })];
  const dof = times(f.value, { low: (1 - r2.high) / r2.high, high: (1 - r2.low) / r2.low });
  const slopes = first.column.cells.filter(({ term }) => !isConstant(term)).length;
  const shape = shapeOf(first, set);
  const ways = hasTwoWays(first.column);
  const waysOf = (units: number, periods: number): number => (ways.unit ? units : 1) + (ways.time ? periods - 1 : 0);
  const known = shape === null ? null : waysOf(shape.units, shape.periods);
  const candidates: readonly number[] = [
    ...(known === null ? [] : [n - known - slopes]),
    ...(shape === null ? [] : [n - shape.units - slopes, n - shape.units - shape.periods - slopes + 1]),
    ...[n - slopes - 1, n - slopes, n],
  ];
  const wide = { low: dof.low - wholeGap, high: dof.high + wholeGap };
  const fits = candidates.find((one) => meets(exactly(one), wide));
  const values = {
    ...{ lm: lm.value.text, n, r2: rounded((r2.low + r2.high) / 2, 6), f: f.value.text, dof: shown7(dof) },
    ...{ expected: candidates[0] ?? n, units: shape?.units ?? 0, periods: shape?.periods ?? 0, slopes },
  };
  if (fits === undefined) return [finding({ rule: 'R10', code: 'r10.dof', severity: 'B', place, found, values })];
  return [
    proves('R10', fits === candidates[0] && known !== null ? 'r10.full' : 'r10.part', place, { ...values, fits }),
  ];
}

const shown7 = ({ low, high }: Interval): string => `[${rounded(low, 7)}, ${rounded(high, 7)}]`;

function squareChecks(first: PlacedColumn, { f }: Tests): readonly Check[] {
  const [instrument, another] = instrumentsOf(first);
  const t = instrument === undefined ? null : statisticOf(instrument);
  if (f === undefined || instrument === undefined || another !== undefined || t === null) return [];
  const implied = square(t);
  const place = { table: first.table.id, column: first.column.id, term: instrument.term, quote: null };
  const values = {
    ...{ t: instrument.statistic?.text ?? shown(t), t2: shown7(implied), f: f.value.text },
    ...{ gap: rounded(Math.abs(f.value.value / ((implied.low + implied.high) / 2) - 1), 2) },
  };
  if (meets(f.value, implied)) return [proves('R10', 'r10.square', place, values)];
  const wide = { low: implied.low * (1 - commandGap), high: implied.high * (1 + commandGap) };
  if (meets(f.value, wide)) return [proves('R10', 'r10.near_square', place, values)];
  const found = [instrument.statistic?.text ?? '', f.value.text];
  return [finding({ rule: 'R10', code: 'r10.first_stage', severity: 'B', place, found, values })];
}

function criticalChecks(f: TableTest, critical: TableTest, first: PlacedColumn | null, place: Place): readonly Check[] {
  const count = first === null ? 0 : instrumentsOf(first).length;
  const tabulated = stockYogo10[count - 1];
  const values = { f: f.value.text, critical: critical.value.text, tabulated: tabulated ?? 0, count };
  const checks: Check[] = [];
  if (tabulated !== undefined && /10/.test(critical.id)) {
    if (meets(critical.value, exactly(tabulated))) checks.push(holds('R10', place));
    else
      checks.push(
        finding({ rule: 'R10', code: 'r10.critical', severity: 'B', place, found: [critical.value.text], values }),
      );
  }
  if (f.value.high < critical.value.low)
    checks.push(
      finding({
        ...{ rule: 'R10', code: 'r10.weak', severity: 'A', place, found: [f.value.text, critical.value.text], values },
      }),
    );
  else checks.push(holds('R10', place));
  return checks;
}

function lmChecks(lm: TableTest, p: TableTest, place: Place): readonly Check[] {
  const implied = { low: chiSquareUpper(lm.value.high, 1), high: chiSquareUpper(lm.value.low, 1) };
  if (meets(implied, p.value)) return [holds('R10', place)];
  const values = { lm: lm.value.text, p: p.value.text, implied: shown(implied) };
  const found = [lm.value.text, p.value.text];
  return [finding({ rule: 'R10', code: 'r10.lm_p', severity: 'B', place, found, values })];
}
