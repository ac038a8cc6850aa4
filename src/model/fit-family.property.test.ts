import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallPanel, tableOf } from '../../test/model/small-panels.ts';
import { isStudyError } from '../error/study-error.ts';
import type { ColumnTable } from '../table/column.ts';
import { columnTable, numberColumn } from '../table/column.ts';
import { fitModel, summarizeModel } from './estimate-formula.ts';
import type { FamilyInput } from './fit-family.ts';
import { fitFamily } from './fit-family.ts';
import type { Specification } from './plan/family-table.ts';
import { planTolerance } from './plan/solve-subset.ts';

const vcovs = ['iid', 'hc1', 'cluster:unit', 'cluster:group'];
const controls = ['x2', 'x3', 'i(group)', 'unitTrait', 'nearX1'];

function widened(panel: Parameters<typeof tableOf>[0], hole: number): ColumnTable {
  const { columns } = tableOf(panel);
  return columnTable({
    ...columns,
    x3: numberColumn(panel.y.map((_, i) => (i === hole ? Number.NaN : Math.sin(1 + 3 * i)))),
    unitTrait: numberColumn(panel.unit.map((unit) => unit * unit)),
    nearX1: numberColumn(panel.x1.map((value, i) => value + 1e-6 * Math.cos(2 + 5 * i))),
  });
}

const family = fc
  .record({
    panel: smallPanel,
    hole: fc.integer({ min: -1, max: 20 }),
    effects: fc.constantFrom(null, 'unit', 'unit + year'),
    ssc: fc.constantFrom('fixest', 'xtreg', 'plm'),
    vcovs: fc.subarray(vcovs, { minLength: 1 }),
  })
  .map(({ panel, hole, ...rest }) => ({
    ...{ table: widened(panel, hole), outcome: 'y', focal: 'x1', controls, subsets: 'all' as const },
    ...rest,
  }));

/** Relative to the larger of estimate and standard error. */
function near(actual: number | null, expected: number | null, scale: number): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(planTolerance * scale);
}

function expectLikeAlone(input: FamilyInput, one: Specification): void {
  const chosen = controls.filter((_, j) => Math.floor(one.mask / 2 ** j) % 2 === 1);
  const formula = `y ~ ${['x1', ...chosen].join(' + ')}${input.effects === null ? '' : ` | ${input.effects}`}`;
  try {
    const { table, vcovs: kinds = [], ssc = 'fixest' } = input;
    const fitted = fitModel({ id: '', formula, table, vcovs: kinds, ssc });
    const results = kinds.map((vcov) => summarizeModel(fitted, { vcov, ssc }));
    results.forEach(({ coef, r2, nobs }, v) => {
      const own = coef.find((line) => line.term === 'x1');
      const scale = Math.max(Math.abs(own?.estimate ?? 0), own?.se ?? 0);
      near(one.estimate, own?.estimate ?? null, scale);
      if ((own?.se ?? 0) > 1e-6 * scale) near(one.inference[v].se, own?.se ?? null, scale);
      near(one.r2Within, r2.within, 1);
      expect(one.nobs).toBe(nobs);
    });
    expect(one.failure).toBeNull();
  } catch (error) {
    if (!isStudyError(error)) throw error;
    expect(one.failure).toBe(error.code);
  }
}

describe('a family of specifications', () => {
  test('has the numbers that each has alone, solved or on the rows', () => {
    let solved = 0;
    let onRows = 0;
    fc.assert(
      fc.property(family, (input) => {
        fitFamily(input, (one) => {
          expectLikeAlone(input, one);
          if (one.fallback === null && one.failure === null) solved += 1;
          else onRows += 1;
        });
      }),
      { numRuns: 25 },
    );
    expect(solved).toBeGreaterThan(100);
    expect(onRows).toBeGreaterThan(10);
  });

  const [panel] = fc.sample(smallPanel, { numRuns: 1, seed: 7 });
  const input = {
    ...{ table: widened(panel, 3), outcome: 'y', focal: 'x1', controls: ['x2', 'x3', 'unitTrait'] },
    effects: 'unit + year',
  };

  test('keeps the order of its subsets and counts samples, fallbacks and failures', () => {
    const subsets = [['x3'], [], ['x2', 'unitTrait']];
    const seen: number[] = [];
    const table = fitFamily({ ...input, subsets, vcovs: ['iid', 'cluster:unit'] }, ({ index }) => seen.push(index));
    expect([...table.mask]).toEqual([2, 0, 5]);
    expect(seen.sort()).toEqual([0, 1, 2]);
    expect(table.samples).toBe(2);
    expect(table.nobs[0]).toBe(table.nobs[1] - 1);
    expect(table.se).toHaveLength(6);
    expect(table.fallbacks).toEqual({});
    expect(table.failures).toEqual({});
    expect([...fitFamily({ ...input, subsets, sample: 'common' }).nobs]).toEqual(Array(3).fill(table.nobs[0]));
  });

  test('says that the focal regressor was dropped', () => {
    const table = fitFamily({ ...input, focal: 'unitTrait', controls: ['x2'], subsets: 'all' });
    expect(table.failures).toEqual({ collinear: 1, 'collinear-dropped': 1 });
    expect(table.estimate.every(Number.isNaN)).toBe(true);
  });

  test.each([
    { change: { focal: 'i(group)' }, option: 'focal' },
    { change: { subsets: [['x9']] }, option: 'subsets' },
    { change: { controls: Array.from({ length: 21 }, (_, j) => `I(x2^${j})`) }, option: 'controls' },
    { change: { focal: 'sw(x1, x2)' }, option: 'formula' },
  ])('refuses a wrong $option', ({ change, option }) => {
    const refused = () => fitFamily({ ...input, subsets: 'all', effects: null, ...change });
    expect(refused).toThrowError(
      expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option }) }),
    );
  });

  test('an unknown control is told by its name', () => {
    expect(() => fitFamily({ ...input, controls: ['x22'], subsets: 'all' })).toThrowError(
      expect.objectContaining({ code: 'unknown-column' }),
    );
  });
});
