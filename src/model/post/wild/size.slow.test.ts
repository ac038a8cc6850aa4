import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel, inferModel } from '../../estimate-formula.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { estimatesOf } from '../../inference/joint-test.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { WildType } from '../../result/wild.ts';
import { readRestrictions } from '../restrictions.ts';
import { waldTest } from '../wald.ts';
import { wildDefaults } from './contract.ts';
import { wildTest } from './wild-test.ts';

const samples = 1000;
/** Clusters of very different sizes, where CR1 fails. */
const sizes = [160, 60, 40, 30, 20, 16, 12, 8];
const errors = { request: readCovariance('cluster:g').request, rule: readSmallSample('fixest') };

/** y = b x + a_g + u with x = c_g + v: regressor and error both go together within clusters. */
function rejections(b: number): Record<string, number> {
  const counts: Record<string, number> = { CR1: 0, CR3: 0, WCR11: 0, WCR31: 0, WCR33: 0, WCU11: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(20, 7, sample + (b === 0 ? 0 : samples));
    const columns: Record<string, number[]> = { g: [], x: [], y: [] };
    sizes.forEach((size, g) => {
      const [common, level] = [random.normal(), random.normal()];
      for (let i = 0; i < size; i++) {
        const x = level + 0.5 * random.normal();
        columns.g.push(g);
        columns.x.push(x);
        columns.y.push(b * x + 0.5 * common + random.normal());
      }
    });
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const fitted = fitModel({ id: '1', formula: 'y ~ x', table });
    for (const [name, vcov] of [
      ['CR1', 'cluster:g'],
      ['CR3', 'cr3:g'],
    ] as const) {
      const estimates = estimatesOf(inferModel(fitted, { vcov }));
      const { p } = waldTest(estimates, 'x', readRestrictions('x', estimates.terms));
      if (p !== null && p < 0.05) counts[name] += 1;
    }
    for (const type of ['WCR11', 'WCR31', 'WCR33', 'WCU11'] satisfies WildType[]) {
      const restrictions = readRestrictions('x', fitted.fit.names);
      const { p } = wildTest(fitted.fit, 'x', restrictions, errors, {
        ...wildDefaults,
        type,
        weights: 'webb',
        reps: 399,
      });
      if (p !== null && p < 0.05) counts[type] += 1;
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / samples]));
}

test('size at 5 % with eight clusters of unequal sizes, and power beside it', () => {
  const size = rejections(0);
  const power = rejections(0.5);
  console.log(JSON.stringify({ size, power }));
  // Three simulation errors of a share of 5 % from 1000 samples are 0.021.
  expect(size.CR1).toBeGreaterThan(0.1);
  expect(Math.abs(size.WCR31 - 0.05)).toBeLessThan(0.03);
  expect(Math.abs(size.WCR33 - 0.05)).toBeLessThan(0.03);
  expect(size.WCR11).toBeLessThan(size.CR1 / 1.5);
  expect(power.WCR31).toBeGreaterThan(3 * size.WCR31);
});
