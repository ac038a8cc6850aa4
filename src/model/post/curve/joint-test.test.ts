import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../math/distribution.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { readRowCondition } from '../../../table/condition/row-condition.ts';
import { fitModel, summarizeModel } from '../../estimate-formula.ts';
import { runBy } from '../../replicate/run.ts';
import { runReplicates } from '../../run-replicates.ts';
import { afterSteps, estimateAfter, nothingAfter } from '../after-fit.ts';
import { jointStatistics, numbersIn } from './joint-statistics.ts';
import type { CurveTestOptions } from './space.ts';

const wave = (i: number, a: number): number => Math.sin(a * (i + 1) ** 2 + a) + Math.cos((a + 0.7) * (i + 1));

function panel(units: number, years: number, effect: number): ColumnTable {
  const n = units * years;
  const column = (of: (i: number) => number) => numberColumn(Array.from({ length: n }, (_, i) => of(i)));
  const x = (i: number): number => wave(i, 0.9);
  return columnTable({
    unit: column((i) => Math.floor(i / years)),
    year: column((i) => i % years),
    x: column(x),
    x2: column((i) => x(i) + wave(i, 7.7)),
    c: column((i) => wave(i, 3.3) + 0.2 * x(i)),
    y: column((i) => effect * x(i) + wave(i, 5.5) + Math.floor(i / years) / 5),
    z: column((i) => effect * x(i) + wave(i, 6.1)),
  });
}

const none = { outcomes: ['z'], effects: ['unit'], samples: [readRowCondition('year > 0')], keep: [] };
const tested = (table: ColumnTable, test: CurveTestOptions, terms = ['x', 'x2']) => {
  const input = {
    formulas: ['y ~ x + c | unit + year'],
    table,
    vcov: 'cluster:unit',
    panel: { unit: 'unit', time: 'year' },
  };
  const request = { ...nothingAfter, curve: { ...none, terms, test } };
  return { input, request, curve: () => estimateAfter(input, request).models[0]?.curve };
};

describe('the joint test of a curve', () => {
  const table = panel(4, 4, 0.3);
  const paths = { by: ['unit'], within: null, reps: 99, seed: 1 };

  it('takes all 24 arrangements of four paths, each as its own regressions have it', () => {
    const test = tested(table, paths).curve()?.test;
    expect(test).toMatchObject({
      is_enumerated: true,
      reps: 24,
      arrangements: 24,
      items: 4,
      held: 0,
      columns: ['x', 'x2'],
    });
    // By hand: both measures of the units in another order, every model by itself.
    const orders = permutations([0, 1, 2, 3]);
    const values = (name: string): Float64Array => (table.columns[name] as { values: Float64Array }).values;
    const medians = orders.map((order) => {
      const moved = (name: string) =>
        numberColumn(
          Array.from(values(name), (_, i) => values(name)[(order[Math.floor(i / 4)] ?? 0) * 4 + (i % 4)] ?? 0),
        );
      const drawn = columnTable({ ...table.columns, x: moved('x'), x2: moved('x2') });
      const models = ['y', 'z'].flatMap((outcome) =>
        ['x', 'x2'].flatMap((term) =>
          ['unit + year', 'unit'].flatMap((effects) =>
            ['', ' + c'].flatMap((control) =>
              [false, true].map((isLater) => ({ outcome, term, effects, control, isLater })),
            ),
          ),
        ),
      );
      const estimates = models.map(({ outcome, term, effects, control, isLater }) => {
        const rows = Int32Array.from(drawn.nrow === 16 ? [...Array(16).keys()] : []).filter(
          (i) => !isLater || i % 4 > 0,
        );
        const formula = `${outcome} ~ ${term}${control} | ${effects}`;
        const fitted = fitModel({ id: '', formula, table: drawn, choice: { rows, where: 0, split: 0 } });
        return summarizeModel(fitted).coef.find((line) => line.term === term)?.estimate ?? Number.NaN;
      });
      const sorted = estimates.sort((a, b) => a - b);
      return ((sorted[15] ?? 0) + (sorted[16] ?? 0)) / 2;
    });
    const line = test?.lines.find(({ statistic }) => statistic === 'median');
    const own = medians[0] ?? 0;
    expect(line?.value).toBeCloseTo(own, 12);
    expect(line?.larger).toBe(medians.filter((value) => Math.abs(value) >= Math.abs(own) * (1 - 1e-9)).length);
    expect(line?.p).toBe((line?.larger ?? 0) / 24);
    expect(line?.mean).toBeCloseTo(medians.reduce((sum, value) => sum + value, 0) / 24, 12);
  });

  it('has the three statistics of its columns', () => {
    const columns = { estimate: [1, 2, -1, null, 4], p: [[0.01, 0.2, 0.03, null, 0.04]] };
    const [median, share, z] = jointStatistics(numbersIn(columns as never));
    expect(median).toBe(1.5);
    expect(share).toBe(2 / 4);
    const each = [0.01, 0.2, 0.03, 0.04].map((p, i) => (i === 2 ? 1 : -1) * normalQuantile(p / 2));
    expect(z).toBeCloseTo(each.reduce((sum, value) => sum + value, 0) / 4, 14);
  });

  it('has a mean z where P is too small for a double', () => {
    const [, , z] = jointStatistics(numbersIn({ estimate: [1, 2], p: [[0, 1e-60]] } as never));
    // R: (qnorm(5e-324) + qnorm(5e-61)) / -2
    expect(z).toBeCloseTo(27.45337343, 7);
  });

  it('tells an effect from none', () => {
    const p = (effect: number) =>
      tested(panel(12, 6, effect), { ...paths, by: null, within: ['year'], reps: 99 })
        .curve()
        ?.test?.lines.map((one) => one.p);
    for (const own of p(1.5) ?? []) expect(own).toBe(0.01);
    for (const own of p(0) ?? []) expect(own).toBeGreaterThan(0.05);
  });

  it('is the same to the byte on any threads', async () => {
    const { input, request, curve } = tested(panel(8, 5, 0.2), { by: null, within: null, reps: 30, seed: 3 });
    const there = await runBy(afterSteps(input, request, false), ({ job, count }) => {
      const [late, early] = [
        runReplicates(structuredClone(job), 11, count),
        runReplicates(structuredClone(job), 0, 11),
      ];
      return Promise.resolve(Float64Array.from([...early, ...late]));
    });
    expect(there.models[0]?.curve).toEqual(curve());
  });

  it.each([
    ['a control made of the same variable', 'y ~ x + c + I(x^2) | unit', ['x']],
    ['a measure that is a control', 'y ~ x + c | unit', ['x', 'I(x * c)']],
    ['a key of the panel', 'y ~ year + c | unit', ['year']],
  ])('refuses %s', (_, formula, terms) => {
    const request = { ...nothingAfter, curve: { ...none, terms, test: { ...paths, by: null } } };
    const keys = { unit: 'unit', time: 'year' };
    expect(() => estimateAfter({ formulas: [formula], table, panel: keys }, request)).toThrow(
      expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option: 'curve_test' }) }),
    );
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}
