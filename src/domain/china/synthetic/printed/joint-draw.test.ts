import { expect, it } from 'vitest';
import { randomStream } from '../../../../math/random/philox.ts';
import { type VariableId, variableIds } from '../panel/variable-process.ts';
import { columnReader, fitColumn } from './column-fit.ts';
import { type DrawnVariable, jointDraw } from './joint-draw.ts';
import { regressionCells } from './regression-cells.ts';
import { plain } from './source.ts';

const [cities, years] = [30, 10];
const length = cities * years;
const all = Int32Array.from({ length: cities }, (_, i) => i);
const whole = regressionCells('whole', all, years, length);
const half = regressionCells('half', all.subarray(0, 15), years, length);
const ids = ['cp', 'ai', 'pop'] as const;

function drawn(seed: number, slope: number): Record<VariableId, Float64Array> {
  const out = Object.fromEntries(
    variableIds.map((id, stream) => {
      const random = randomStream(seed, stream);
      return [id, Float64Array.from({ length }, () => 5 + random.normal())];
    }),
  ) as Record<VariableId, Float64Array>;
  out.cp = out.cp.map((value, i) => value + slope * (out.ai[i] - 5) - 0.4 * (out.pop[i] - 5));
  return out;
}

const round = (value: number, half: number) => ({ value: Math.round(value / (2 * half)) * 2 * half, half });

/** What tables would print of a panel. */
function printedOf(values: Record<VariableId, Float64Array>) {
  const read = columnReader(values);
  const regressions = [whole, half].map((cells) => {
    const n = cells.cells.length;
    const regressors = [plain('ai'), plain('pop')];
    const model = { id: cells.id, cells, outcome: plain('cp'), regressors, divisor: n - cells.cities - years + 1 - 2 };
    const fit = fitColumn(model, read)!;
    const numbers = {
      slopes: Array.from(fit.slopes, (value) => round(value, 0.0005)),
      stats: Array.from(fit.slopes, (value, j) => round(value / fit.errors[j], 0.0005)),
      constant: round(fit.constant, 0.0005),
      constantStat: round(fit.constant / fit.constantError, 0.0005),
      r2: round(fit.r2, 0.0005),
    };
    return { model, numbers };
  });
  const variables = ids.map((id): DrawnVariable => {
    const sorted = values[id].slice().sort();
    const mean = sorted.reduce((sum, value) => sum + value / length, 0);
    const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1));
    const marginal = { mean, sd, min: sorted[0], median: sorted[length / 2], max: sorted[length - 1] };
    return {
      id,
      marginal,
      mean: round(mean, 0.0005),
      sd: round(sd, 0.0005),
      described: whole,
      scale: (x) => x.map(() => 0.3),
    };
  });
  return { regressions, variables };
}

it.each([1, 2, 3])('moves one panel until it prints what another one prints (%d)', (seed) => {
  const { regressions, variables } = printedOf(drawn(seed, 0.8));
  let most = Number.POSITIVE_INFINITY;
  const values = jointDraw({
    ...{ values: drawn(seed + 100, 0), regressions, variables, rounds: 40, reach: 0.1 },
    onRound: (_, rows) => {
      most = Math.min(most, Math.max(...rows.map(({ miss }) => Math.abs(miss))));
    },
  });
  expect(most).toBeLessThan(1);
  for (const { id, marginal } of variables) {
    const sorted = values[id].slice().sort();
    expect(sorted[0]).toBe(marginal.min);
    expect(sorted[length - 1]).toBe(marginal.max);
    expect(sorted[length / 2]).toBe(marginal.median);
  }
});

it('leaves a panel alone that prints its numbers already, but for its median', () => {
  const values = drawn(9, 0.5);
  const { regressions, variables } = printedOf(values);
  const rounds: number[] = [];
  jointDraw({ values, regressions, variables, rounds: 5, reach: 0.1, onRound: (round) => rounds.push(round) });
  expect(rounds.length).toBeLessThanOrEqual(3);
});
