import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel } from '../../estimate-formula.ts';
import { groupProducts } from './group-products.ts';
import { combinations, nextCombination } from './permute-groups.ts';
import { poolGroups } from './pooled-groups.ts';
import { slopeSolver } from './slope.ts';

/** Slopes by products of units and by fits on the rows: the relative difference of two ways of the same arithmetic. */
const same = 1e-10;

test.each([
  ['y ~ x + z | id + year', 0],
  ['y ~ x + z | id + year', 0.2],
  ['y ~ x + z | id[t] + year', 0.2],
  ['y ~ x + z | year + region', 0.2],
] as const)(
  '%s, a share %d of rows missing: the slope of any selection of units is that of its fit',
  (formula, gaps) => {
    const random = randomStream(11, 3);
    const rows = Array.from({ length: 40 }, (_, id) =>
      Array.from({ length: 8 }, (__, t) => {
        const x = random.normal() + id / 10;
        // Levels and near dependence: z is 1000 and moves with x.
        const z = 1000 + x + 0.01 * random.normal();
        return {
          id,
          year: 2000 + t,
          t,
          region: id % 4,
          x,
          z,
          y: x - z + t * id + random.normal(),
          u: random.uniform(),
        };
      }),
    )
      .flat()
      .filter(({ u }) => u >= gaps);
    const names = ['id', 'year', 't', 'region', 'x', 'z', 'y'] as const;
    const table = columnTable(
      Object.fromEntries(names.map((name) => [name, numberColumn(rows.map((row) => row[name]))])),
    );
    const panel = { unit: 'id', time: 'year' };
    const choice = { rows: null, where: 0, split: 0 };
    const pooled = poolGroups([{ id: '1', formula, table, panel, choice }]);
    const products = groupProducts(pooled.design, 'x', pooled);
    if (typeof products === 'string') throw new Error(products);
    const { layout, groups } = products;
    expect(layout.isGrid).toBe(gaps === 0);
    const [{ units, products: numbers }] = groups;
    const sum = (chosen: readonly number[]): Float64Array => {
      const out = new Float64Array(layout.width);
      for (const unit of chosen) for (let j = 0; j < out.length; j++) out[j] += numbers[unit * layout.width + j];
      return out;
    };
    const whole = [...units.keys()];
    const solve = slopeSolver(layout, sum(whole));
    for (let draw = 0; draw < 10; draw++) {
      const chosen = whole.filter(() => random.uniform() < 0.4);
      const marks = new Set(chosen);
      const own = Int32Array.from([...rows.keys()].filter((i) => marks.has(rows[i].id)));
      const { fit } = fitModel({ id: '1', formula, table, panel, choice: { rows: own, where: 0, split: 0 } });
      const slope = fit.coefficients[fit.names.indexOf('x')];
      expect(Math.abs(solve(sum(chosen), chosen.length).slope / slope - 1)).toBeLessThan(same);
    }
  },
);

test('every choice of some of n once', () => {
  const chosen = Int32Array.of(0, 1, 2, 3, 4);
  const seen = new Set<string>();
  for (let k = 0; k < 10; k++) {
    seen.add(chosen.slice(0, 3).join());
    nextCombination(chosen, 3, 5);
  }
  expect(seen.size).toBe(10);
  expect(combinations(5, 3, 100)).toBe(10);
  expect(combinations(60, 30, 1e9)).toBeNull();
});
