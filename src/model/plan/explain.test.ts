import { describe, expect, test } from 'vitest';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { estimate, fitModels } from '../estimate-formula.ts';
import type { PlanReport } from '../result/plan-report.ts';

/** 6 units by 4 periods; x3 lacks the last row, copy is x1 + x2, trait is constant in units. */
function table(): ColumnTable {
  const rows = Array.from({ length: 24 }, (_, i) => i);
  const unit = rows.map((i) => Math.floor(i / 4));
  const x1 = rows.map((i) => Math.sin(3 * i));
  const x2 = rows.map((i) => Math.cos(5 * i));
  const columns = {
    ...{ unit, period: rows.map((i) => i % 4), x1, x2 },
    x3: rows.map((i) => (i === 23 ? null : Math.sin(11 * i))),
    copy: rows.map((i) => x1[i] + x2[i]),
    trait: unit.map((one) => one * one),
    y: rows.map((i) => x1[i] - x2[i] + unit[i] + Math.sin(17 * i)),
    part: rows.map((i) => (i < 12 ? 1 : 2)),
  };
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

function planOf(formulas: readonly string[], more: Partial<Parameters<typeof estimate>[0]> = {}): PlanReport {
  const plans: PlanReport[] = [];
  estimate({ formulas, table: table(), explain: (plan) => plans.push(plan), ...more });
  expect(plans).toHaveLength(1);
  return plans[0];
}

describe('the plan', () => {
  test('of stepwise models is one group, each column absorbed once', () => {
    const plan = planOf(['y ~ csw0(x1, x2, trait) | unit + period'], { vcov: 'cluster:unit' });
    expect(plan).toEqual({
      models: 4,
      alone: [],
      ms: null,
      groups: [
        {
          models: ['1', '2', '3', '4'],
          sample: null,
          nobs: 24,
          effects: [
            { name: 'unit', levels: 6 },
            { name: 'period', levels: 4 },
          ],
          weights: null,
          outcomes: ['y'],
          columns: 4,
          named: 10,
          method: 'balanced-two-way',
          iterations: 0,
          rank: 2,
          solves: 4,
          fallbacks: [],
          clusters: [{ by: 'unit', clusters: 6 }],
          ms: null,
        },
      ],
    });
  });

  test('shares a sample only where the rows are the same, whatever the columns', () => {
    const plan = planOf(['y ~ x1 | unit', 'y ~ x3 | unit', 'y ~ x1 + x3 | unit', 'y ~ x2 | period', 'x2 ~ x1 | unit']);
    expect(plan.groups.map((group) => [group.models, group.nobs, group.outcomes])).toEqual([
      [['1', '5'], 24, ['y', 'x2']],
      [['2', '3'], 23, ['y']],
    ]);
    expect(plan.alone).toEqual(['4']);
  });

  test('has one group for each part of a split', () => {
    const plan = planOf(['y ~ csw(x1, x2)'], { split: { by: 'part', full: true } });
    expect(plan.groups.map((group) => [group.sample, group.models, group.nobs])).toEqual([
      [null, ['1', '2'], 24],
      ['1', ['3', '4'], 12],
      ['2', ['5', '6'], 12],
    ]);
  });

  test('says which models went through the rows, and why', () => {
    const plan = planOf([
      'y ~ x1',
      'y ~ x1 + x2',
      'y ~ x2 + copy',
      'I(3*x1 + 2) ~ x1',
      'y ~ I(x1 + 1e6)',
      'y ~ I(x1 + 1e-4*x2) + x1',
    ]);
    expect(plan.groups[0].fallbacks).toEqual([
      { model: '3', reason: 'dependent-columns' },
      { model: '4', reason: 'near-perfect-fit' },
      { model: '5', reason: 'dependent-columns' },
      { model: '6', reason: 'dependent-columns' },
    ]);
    const near = planOf(['y ~ I(x1 + 1e-4*x2)', 'y ~ I(x1 + 1e-4*x2) + x1']).groups[0].fallbacks;
    expect(near).toEqual([{ model: '2', reason: 'ill-conditioned' }]);
    const far = planOf(['y ~ I(x1 + 1e6)', 'y ~ I(x1 + 1e6) + x2']).groups[0].fallbacks;
    expect(far.map(({ reason }) => reason)).toEqual(['large-mean', 'large-mean']);
  });

  test('has times where a clock is given, and lets the columns go after the last model', () => {
    let ticks = 0;
    const plan = planOf(['y ~ csw(x1, x2) | unit'], { clock: () => ticks++ });
    expect(plan.groups[0].ms).toBe(2);
    expect(plan.ms).toBe(2);
  });

  test('a model that cannot be fitted fails in its turn, those before it stand', () => {
    const formulas = ['y ~ x1 | unit', 'y ~ trait | unit', 'y ~ x2 | unit', 'y ~ nowhere | unit'];
    const fits = fitModels(formulas.map((formula, m) => ({ id: String(m), formula, table: table() })));
    expect(fits.next().value?.fit.names).toEqual(['x1']);
    expect(() => fits.next()).toThrowError(expect.objectContaining({ code: 'collinear' }));
  });
});
