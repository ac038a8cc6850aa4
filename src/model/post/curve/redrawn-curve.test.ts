import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { readRowCondition } from '../../../table/condition/row-condition.ts';
import { inputsOf } from '../../estimate-formula.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import type { CurveProblem } from './estimate-curve.ts';
import { estimateCurve } from './estimate-curve.ts';
import { numbersIn } from './joint-statistics.ts';
import type { CurveDraws } from './joint-test.ts';
import { redrawnCurve } from './redrawn-curve.ts';
import { specificationCurves } from './specification-curve.ts';

interface Case {
  readonly formula?: string;
  readonly terms?: readonly string[];
  readonly effects?: readonly string[];
  readonly vcovs?: readonly string[];
  readonly keep?: readonly string[];
  readonly weights?: string;
  /** Share of rows that are left out, and of cells of a control that are. */
  readonly gaps?: number;
}

/** Units in 7 areas, 9 years; c is close to x, d is 3 kinds. */
function panel(gaps: number): ColumnTable {
  const random = randomStream(11, 3);
  const names = ['unit', 'area', 'year', 'x', 'c', 'e', 'd', 'w', 'y', 'z'];
  const rows: number[][] = [];
  for (let unit = 0; unit < 40; unit++) {
    const level = random.normal();
    for (let year = 0; year < 9; year++) {
      const x = random.normal() + level;
      const [c, e] = [0.8 * x + random.normal(), random.normal() + year / 9];
      const y = 0.3 * x + c + level + random.normal() + Math.sin(year);
      const hole = random.uniform() < gaps ? Number.NaN : e;
      const row = [unit, unit % 7, year, x, c, hole, Math.floor(3 * random.uniform()), 0.5 + random.uniform(), y];
      if (random.uniform() >= gaps) rows.push([...row, y + x + random.normal()]);
    }
  }
  return columnTable(
    Object.fromEntries(names.map((name, j) => [name, numberColumn(rows.map((row) => row[j] as number))])),
  );
}

/** The curve of a case, and tables in which its variable stands elsewhere. */
function redrawn(
  one: Case,
  table: ColumnTable,
): { problem: CurveProblem; names: readonly string[]; tables: ColumnTable[] } {
  const { formula = 'y ~ x + c + e | unit + year', vcovs = ['cluster:unit', 'iid'], weights } = one;
  const keys = { unit: 'unit', time: 'year' };
  const input = inputsOf({ formulas: [formula], table, panel: keys, ...(weights === undefined ? {} : { weights }) });
  const texts = {
    ...{ terms: one.terms ?? ['x', 'l(x)'], outcomes: ['z'], effects: one.effects ?? ['unit'], keep: one.keep ?? [] },
    samples: [readRowCondition('year > 1')],
    test: { by: null, within: ['year'], reps: 19, seed: 1 },
  };
  const step = specificationCurves(input, texts as never, { covariances: vcovs, ssc: 'fixest' }).next();
  if (step.done === true) throw new Error('no draws');
  const { problem, names } = step.value.job.setup as CurveDraws;
  const values = names.map((name) => (table.columns[name] as { values: Float64Array }).values);
  const tables = [1, 2, 3].map((draw) => {
    const random = randomStream(5, draw);
    const order = Int32Array.from(table.columns.year === undefined ? [] : Array(table.nrow).keys());
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    const moved = names.map(
      (name, k) => [name, numberColumn(Array.from(order, (row) => values[k]?.[row] ?? 0))] as const,
    );
    return columnTable({ ...table.columns, ...Object.fromEntries(moved) });
  });
  return { problem, names, tables };
}

describe('a curve with its variable elsewhere', () => {
  it.each<[string, Case]>([
    ['two effects and a lag', {}],
    ['rows and cells that are missing', { gaps: 0.06 }],
    ['weights', { weights: 'w' }],
    ['weights and gaps', { weights: 'w', gaps: 0.05 }],
    ['rows, two clusterings and iid', { vcovs: ['hc1', 'cluster:area', 'cluster:unit', 'iid', 'hc0'] }],
    ['no effects', { formula: 'y ~ x + c + e', effects: ['area'] }],
    [
      'a control of several columns, absorbed in one specification',
      { formula: 'y ~ x + c + i(d) + area | year', effects: ['unit'] },
    ],
    ['a control that stays', { keep: ['c'] }],
    ['a function and a product as measures', { terms: ['x', 'x^2', 'exp(x):x'] }],
    ['rows that are not sorted by cluster', { vcovs: ['cluster:year', 'cluster:area'] }],
    ['slopes of units', { formula: 'y ~ x + c + e | area[e] + year' }],
  ])('has the numbers of every specification estimated again: %s', (_, one) => {
    const { problem, names, tables } = redrawn(one, panel(one.gaps ?? 0));
    const curve = redrawnCurve(problem, names);
    expect(curve).not.toBeNull();
    curve?.numbersOf(tables).forEach((own, k) => {
      const again = numbersIn(estimateCurve({ ...problem, table: tables[k] as ColumnTable }).specifications);
      expect(own).not.toBeNull();
      expect(again.estimate.length).toBeGreaterThan(15);
      again.estimate.forEach((value, i) => {
        expect(Math.abs((own?.estimate[i] ?? Number.NaN) - value)).toBeLessThan(1e-11 * Math.max(1, Math.abs(value)));
      });
      again.z.forEach((scores, v) => {
        scores.forEach((value, i) => {
          expect(Math.abs((own?.z[v]?.[i] ?? Number.NaN) - value)).toBeLessThan(1e-10 * Math.max(1, value));
        });
      });
    });
  });

  it('leaves a draw whose rows are others to the whole estimate', () => {
    const table = panel(0);
    const { problem, names, tables } = redrawn({ terms: ['x', 'log(x + 1)'] }, table);
    const known = redrawnCurve(problem, names)?.numbersOf([table, ...tables]) ?? [];
    expect(known.map((own) => own === null)).toEqual([false, true, true, true]);
  });

  it('leaves a draw that nearly is a control to the whole estimate', () => {
    const table = panel(0);
    const { problem, names } = redrawn({ terms: ['x'] }, table);
    const c = (table.columns.c as { values: Float64Array }).values;
    const near = columnTable({
      ...table.columns,
      x: numberColumn(Array.from(c, (value, i) => value + 1e-4 * Math.sin(i))),
    });
    const known = redrawnCurve(problem, names)?.numbersOf([near, table]) ?? [];
    expect(known.map((own) => own === null)).toEqual([true, false]);
  });

  it.each<[string, Case]>([
    ['a covariance that needs the rows', { vcovs: ['hc3'] }],
    ['controls that are one another', { formula: 'y ~ x + c + I(2 * c) | unit + year' }],
  ])('leaves all to the whole estimate: %s', (_, one) => {
    const { problem, names } = redrawn(one, panel(0));
    expect(redrawnCurve(problem, names)).toBeNull();
  });

  it('has no part in what the test says', () => {
    const table = panel(0.05);
    const p = (vcov: string[]) => {
      const test = { by: null, within: ['year'], reps: 39, seed: 4 };
      const curve = { terms: ['x', 'l(x)'], outcomes: ['z'], effects: ['unit'], samples: [], keep: [], test };
      const keys = { unit: 'unit', time: 'year' };
      const own = { formulas: ['y ~ x + c + e | unit + year'], table, vcovs: vcov, panel: keys };
      const [model] = estimateAfter(
        { ...own, vcov: vcov[0] } as never,
        { ...nothingAfter, curve } as never,
        vcov as never,
      ).models;
      return model?.curve?.test?.lines[0];
    };
    // The median is the same under HC3, which needs the rows of every draw.
    const [fast, slow] = [p(['cluster:unit']), p(['hc3'])];
    expect(fast?.larger).toBe(slow?.larger);
    expect(fast?.mean).toBeCloseTo(slow?.mean ?? Number.NaN, 12);
  });
});
