import { StudyError } from '../../error/study-error.ts';
import { extremesOf } from '../../math/extremes.ts';
import type { ColumnTable } from '../../table/column.ts';
import { evaluateExpression, numericColumn } from '../../table/expression/evaluate.ts';
import { parsePanelExpression } from '../../table/expression/parse.ts';
import type { PanelKeys } from '../contract.ts';
import type { PanelIndex } from '../design/panel-index.ts';
import { lagged, panelIndexOf } from '../design/panel-index.ts';
import type { PanelTestLine, PanelTests, Spread, UnitRootSeries } from '../result/panel-tests.ts';
import type { PanelTestOptions } from './contract.ts';
import { crossDependence, lagrangeMultipliers, pairSums, summaryOf } from './cross-section.ts';
import { dickeyFuller } from './dickey-fuller.ts';
import type { MomentTest, TestedUnit } from './unit-roots.ts';
import { fisherTests, imPesaranShin, levinLinChu, noTest } from './unit-roots.ts';
import type { UnitSeries } from './unit-series.ts';
import { unitSeriesOf, withoutPeriodMeans } from './unit-series.ts';

/** Columns of a table of which tests are asked. */
export interface PanelTestInput {
  readonly table: ColumnTable;
  readonly panel: PanelKeys;
  /** Columns or expressions, `ai`, `d(ai)`, `log(gdp)`. */
  readonly variables: readonly string[];
  /** nrow marks, 1 at the rows that a condition keeps; null: all. Lags see the others too. */
  readonly kept: Uint8Array | null;
  /** The place for error messages. */
  readonly where: string;
}

/**
 * Unit roots and cross-section dependence of variables of a panel.
 * @throws formula-syntax, unknown-column, not-numeric, duplicate-key, time-unclear, empty-sample (a variable without a value), over-budget
 */
export function panelTestsOf(input: PanelTestInput, options: PanelTestOptions): readonly PanelTests[] {
  const { table, panel, variables, kept, where } = input;
  const index = panelIndexOf(table, panel, where);
  return variables.map((variable): PanelTests => {
    const whole = valuesOf(variable, table, where, index);
    const values = kept === null ? whole : whole.map((value, i) => (kept[i] === 1 ? value : Number.NaN));
    if (!values.some(Number.isFinite)) {
      throw new StudyError('empty-sample', {
        where: variable,
        rows: values.length,
        dropped: { missing: values.length },
      });
    }
    return testsOf(variable, values, index, options);
  });
}

/** A column by its name as it stands, else an expression. */
function valuesOf(variable: string, table: ColumnTable, where: string, index: PanelIndex): Float64Array {
  if (Object.hasOwn(table.columns, variable)) return numericColumn(table, variable, where);
  return evaluateExpression(parsePanelExpression(variable), table, where, (values, operator, periods) =>
    lagged(values, index, operator, periods),
  );
}

function testsOf(variable: string, values: Float64Array, index: PanelIndex, options: PanelTestOptions): PanelTests {
  const asked = (name: PanelTestOptions['tests'][number]): boolean => options.tests.includes(name);
  const hasRoots = asked('llc') || asked('ips') || asked('fisher');
  const roots = hasRoots
    ? unitRoots(options.demean ? withoutPeriodMeans(values, index) : values, index, options)
    : null;
  const sums = asked('cd') || asked('lm') ? pairSums(unitSeriesOf(values, index), variable) : null;
  const alone = sums !== null && sums.units < 2;
  return {
    variable,
    tests: [
      ...(roots?.tests ?? []),
      ...(sums === null || !asked('cd') ? [] : [alone ? noTest('cd', 'one-unit') : crossDependence(sums)]),
      ...(sums === null || !asked('lm')
        ? []
        : alone
          ? [noTest('lm', 'one-unit'), noTest('scaled-lm', 'one-unit')]
          : lagrangeMultipliers(sums, false)),
    ],
    unit_roots: roots?.summary ?? null,
    pairs: sums === null ? null : summaryOf(sums),
  };
}

interface UnitRoots {
  readonly tests: readonly PanelTestLine[];
  readonly summary: UnitRootSeries;
}

function unitRoots(values: Float64Array, index: PanelIndex, options: PanelTestOptions): UnitRoots {
  const { deterministic, lags, demean, tests } = options;
  const all = unitSeriesOf(values, index);
  const units: TestedUnit[] = [];
  const left = { short: 0, constant: 0 };
  for (const series of all) {
    const regression = dickeyFuller(series.values, lags, deterministic);
    if (typeof regression === 'string') left[regression] += 1;
    else units.push({ series, regression });
  }
  // One unit is no panel, and none is nothing.
  const reason = units.length === 0 ? 'no-units' : units.length === 1 ? 'one-unit' : null;
  const made: MomentTest[] = [];
  const add = (name: 'llc' | 'ips', test: () => MomentTest): void => {
    if (tests.includes(name)) made.push(reason === null ? test() : { line: noTest(name, reason), isBeyond: false });
  };
  add('llc', () => levinLinChu(units, isBalanced(all), deterministic));
  add('ips', () => imPesaranShin(units, deterministic));
  const fisher = tests.includes('fisher');
  return {
    tests: [
      ...made.map(({ line }) => line),
      ...(fisher && reason === null ? fisherTests(units, deterministic) : []),
      ...(fisher && reason !== null ? fisherNames.map((name) => noTest(name, reason)) : []),
    ],
    summary: {
      deterministic,
      lag_rule: lags.kind === 'fixed' ? null : lags.rule,
      max_lags: lags.kind === 'fixed' ? lags.lags : lags.most,
      is_demeaned: demean,
      units: all.length,
      short_units: left.short,
      constant_units: left.constant,
      gap_units: all.filter(({ hasGap }) => hasGap).length,
      rows: spreadOf(units.map(({ regression }) => regression.rows)),
      lags: spreadOf(units.map(({ regression }) => regression.lags)),
      beyond_table: made.flatMap(({ line: { test }, isBeyond }) =>
        isBeyond && (test === 'llc' || test === 'ips') ? [test] : [],
      ),
    },
  };
}

const fisherNames = ['fisher-p', 'fisher-z', 'fisher-l', 'fisher-pm'] as const;

/** Every unit in the same periods, a short one included. */
function isBalanced([first, ...others]: readonly UnitSeries[]): boolean {
  if (first === undefined || first.hasGap) return false;
  return others.every(
    ({ start, values, hasGap }) => !hasGap && start === first.start && values.length === first.values.length,
  );
}

function spreadOf(counts: readonly number[]): Spread | null {
  if (counts.length === 0) return null;
  const sum = counts.reduce((total, count) => total + count, 0);
  const { least, most } = extremesOf(counts);
  return { min: least, mean: sum / counts.length, max: most };
}
