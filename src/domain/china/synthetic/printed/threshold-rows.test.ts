import { expect, it } from 'vitest';
import { randomStream } from '../../../../math/random/philox.ts';
import { type VariableId, variableIds } from '../panel/variable-process.ts';
import { columnReader, fitColumn } from './column-fit.ts';
import { rowBasis } from './number-rows.ts';
import { regressionCells } from './regression-cells.ts';
import { plain } from './source.ts';
import { orderAtThreshold } from './threshold-order.ts';
import { type PrintedThreshold, regimes, thresholdProfile, thresholdRows } from './threshold-rows.ts';

const [cities, years] = [20, 8];
const length = cities * years;
const whole = regressionCells(
  'whole',
  Int32Array.from({ length: cities }, (_, i) => i),
  years,
  length,
);
const values = Object.fromEntries(
  variableIds.map((id, stream) => {
    const random = randomStream(4, stream);
    return [id, Float64Array.from({ length }, () => random.normal())];
  }),
) as Record<VariableId, Float64Array>;
const above = values.hc.map((value) => (value > 0 ? 1 : 0));
values.cp = values.cp.map((value, i) => value + (1 + 2 * above[i]) * values.ai[i]);
const regressors = [plain('ai'), plain('pop')];
const without = {
  id: 'base',
  cells: whole,
  outcome: plain('cp'),
  regressors,
  divisor: length - cities - years + 1 - 2,
};
const printed: PrintedThreshold = {
  by: 'hc',
  value: 0,
  f: { value: 50, half: 0.005 },
  without,
  regressor: 'ai',
  above,
};

it('has the residual sum of squares of each threshold as its regression has it', () => {
  const read = columnReader(values);
  const profile = thresholdProfile(printed, read, values.hc);
  expect(profile.length).toBeGreaterThan(150);
  for (const { value, rss } of profile.filter((_, i) => i % 17 === 3)) {
    const mask = values.hc.map((own) => (own > value ? 1 : 0));
    expect(rss).toBeCloseTo(fitColumn(regimes(printed, mask, value), read)!.rss, 8);
  }
});

it('asks only of better thresholds that they be worse', () => {
  const maker = { basis: rowBasis(), read: columnReader(values), values };
  const found = thresholdRows(printed, [], maker);
  expect(found.map(({ id }) => id)).toEqual(['8 hc F']);
  // With the regimes drawn elsewhere the true threshold is a rival.
  const elsewhere = { ...printed, above: values.hc.map((value) => (value > 0.8 ? 1 : 0)) };
  const rivals = thresholdRows(elsewhere, [], { ...maker, basis: rowBasis() });
  expect(rivals.length).toBeGreaterThan(1);
  for (const { miss } of rivals.slice(1)) expect(miss).toBeGreaterThan(0);
  expect(thresholdRows(elsewhere, null, { ...maker, basis: rowBasis() })).toHaveLength(1);
});

it('exchanges values next to the threshold, which changes no regime, until no neighbour fits better', () => {
  const read = columnReader(values);
  const ordered = orderAtThreshold(printed, read, values.hc);
  expect([...ordered].sort()).toEqual([...values.hc].sort());
  ordered.forEach((value, i) => {
    expect(value > 0).toBe(values.hc[i] > 0);
  });
  // Of the neighbours of the threshold, the one cell that is taken over is the one that does the most harm.
  const rssAt = (by: Float64Array, place: number): number => {
    const profile = thresholdProfile(printed, read, by);
    const own = profile.findLastIndex(({ value }) => value <= 0);
    return profile[own + place].rss;
  };
  expect(rssAt(ordered, 0)).toBeCloseTo(rssAt(values.hc, 0), 9);
  for (const place of [-1, 1]) {
    expect(rssAt(ordered, place)).toBeGreaterThan(rssAt(ordered, 0));
    expect(rssAt(ordered, place)).toBeGreaterThanOrEqual(rssAt(values.hc, place) - 1e-9);
  }
});
