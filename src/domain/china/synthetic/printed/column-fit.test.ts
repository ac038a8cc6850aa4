import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../math/random/philox.ts';
import { type VariableId, variableIds } from '../panel/variable-process.ts';
import { type ColumnModel, columnReader, fitColumn } from './column-fit.ts';
import { linkedFit, regressionRows, rowBasis } from './number-rows.ts';
import { inner, regressionCells } from './regression-cells.ts';
import { plain, type Source } from './source.ts';

const cities = 12;
const years = 6;
const sample = Int32Array.from({ length: cities - 1 }, (_, i) => i + 1);
const length = cities * years;

function drawn(seed: number): Record<VariableId, Float64Array> {
  const out = Object.fromEntries(
    variableIds.map((id, stream) => {
      const random = randomStream(seed, stream);
      return [id, Float64Array.from({ length }, () => 2 + random.normal())];
    }),
  ) as Record<VariableId, Float64Array>;
  return out;
}

const whole = regressionCells('whole', sample, years, length);
const later = regressionCells('later', sample, years, length, (cell) => cell % years > 0);
const holes = regressionCells('holes', sample, years, length, (cell) => cell % 7 !== 3);
const mask = Float64Array.from({ length }, (_, i) => (i % 3 === 0 ? 1 : 0));
const lagged: Source = { id: 'l(ai, 1)', variable: 'ai', lagged: true };
const divisorOf = (cells: typeof whole, k: number): number => cells.cells.length - cells.cities - cells.years + 1 - k;
const models: Record<string, ColumnModel> = {
  plain: {
    id: 'plain',
    cells: whole,
    outcome: plain('cp'),
    regressors: ['ai', 'pop'].map((id) => plain(id as VariableId)),
    divisor: divisorOf(whole, 2),
  },
  'with holes and a product': {
    id: 'product',
    cells: holes,
    outcome: plain('cp'),
    regressors: [{ id: 'ai:ip', variable: 'ai', times: 'ip' }, plain('ip'), plain('ai')],
    divisor: divisorOf(holes, 3),
  },
  regimes: {
    id: 'regimes',
    cells: whole,
    outcome: plain('cp'),
    regressors: [plain('pop'), { id: 'high', variable: 'ai', mask }],
    divisor: divisorOf(whole, 2),
  },
  winsorized: {
    id: 'winsorized',
    cells: whole,
    outcome: { id: 'w', variable: 'cp', winsorized: [0.05, 0.95] },
    regressors: [plain('ai')],
    divisor: divisorOf(whole, 1),
  },
  instrumented: {
    id: 'iv',
    cells: later,
    outcome: plain('cp'),
    regressors: [plain('ai'), plain('pop')],
    instruments: [lagged, plain('pop')],
    divisor: later.cells.length,
  },
};

/** Least squares with all dummies written out; standard errors of the listed regressors. */
function withDummies(model: ColumnModel, values: Record<VariableId, Float64Array>) {
  const read = columnReader(values);
  const { cells, outcome, regressors } = model;
  const n = cells.cells.length;
  const columns = [
    ...regressors.map((source) => Array.from(cells.cells, (cell) => read.raw(source, cells)[cell])),
    ...Array.from({ length: cells.cities }, (_, c) =>
      Array.from({ length: n }, (_, i) => (cells.city[i] === c ? 1 : 0)),
    ),
    ...Array.from({ length: cells.years - 1 }, (_, t) =>
      Array.from({ length: n }, (_, i) => (cells.year[i] === t + 1 ? 1 : 0)),
    ),
  ];
  const y = Array.from(cells.cells, (cell) => read.raw(outcome, cells)[cell]);
  const k = columns.length;
  const a = columns.map((u, i) => [
    ...columns.map((v) => u.reduce((sum, value, r) => sum + value * v[r], 0)),
    ...columns.map((_, j) => (i === j ? 1 : 0)),
    u.reduce((sum, value, r) => sum + value * y[r], 0),
  ]);
  for (let p = 0; p < k; p++) {
    const pivot = a[p][p];
    a[p] = a[p].map((value) => value / pivot);
    for (let i = 0; i < k; i++) if (i !== p) a[i] = a[i].map((value, j) => value - a[i][p] * a[p][j]);
  }
  const slopes = a.map((row) => row[2 * k]);
  const rss = y.reduce(
    (sum, value, r) => sum + (value - columns.reduce((fit, u, j) => fit + slopes[j] * u[r], 0)) ** 2,
    0,
  );
  return { slopes, rss, errors: a.map((row, j) => Math.sqrt((rss / model.divisor) * row[k + j])) };
}

describe('fitColumn', () => {
  it.each(['plain', 'with holes and a product', 'regimes'])('agrees with all dummies written out: %s', (name) => {
    const values = drawn(3);
    const model = models[name];
    const fit = fitColumn(model, columnReader(values))!;
    const oracle = withDummies(model, values);
    expect(fit.rss).toBeCloseTo(oracle.rss, 9);
    fit.slopes.forEach((slope, j) => {
      expect(slope).toBeCloseTo(oracle.slopes[j], 9);
      expect(fit.errors[j]).toBeCloseTo(oracle.errors[j], 9);
    });
  });

  it('has the mean of what is left as its constant, the first year apart', () => {
    const values = drawn(5);
    for (const name of ['plain', 'with holes and a product']) {
      const model = models[name];
      const { cells, outcome, regressors } = model;
      const read = columnReader(values);
      const { slopes } = withDummies(model, values);
      const k = regressors.length;
      const effects = slopes.slice(k + cells.cities);
      let mean = 0;
      cells.cells.forEach((cell, i) => {
        let left = read.raw(outcome, cells)[cell];
        regressors.forEach((source, j) => {
          left -= slopes[j] * read.raw(source, cells)[cell];
        });
        if (cells.year[i] > 0) left -= effects[cells.year[i] - 1];
        mean += left / cells.cells.length;
      });
      expect(fitColumn(model, read)!.constant).toBeCloseTo(mean, 9);
    }
  });

  it('is two-stage least squares with as many instruments as regressors', () => {
    const values = drawn(7);
    const read = columnReader(values);
    const fit = fitColumn(models.instrumented, read)!;
    const { cells, outcome, regressors, instruments } = models.instrumented;
    // Instruments are orthogonal to the residuals.
    const e = read.net(outcome, cells).slice();
    regressors.forEach((source, j) => {
      const x = read.net(source, cells);
      for (let i = 0; i < e.length; i++) e[i] -= fit.slopes[j] * x[i];
    });
    for (const source of instruments!) expect(inner(read.net(source, cells), e, cells)).toBeCloseTo(0, 9);
  });

  it('gives none for collinear regressors', () => {
    const model = { ...models.plain, regressors: [plain('ai'), { ...plain('ai'), id: 'again' }] };
    expect(fitColumn(model, columnReader(drawn(1)))).toBeNull();
  });
});

describe('regressionRows', () => {
  const printed = { value: 0, half: 1 };

  it.each(Object.keys(models))('says how every number changes with every cell: %s', (name) => {
    const model = models[name];
    const numbers = {
      slopes: model.regressors.map(() => printed),
      stats: model.regressors.map(() => printed),
      constant: printed,
      constantStat: printed,
      r2: printed,
    };
    const at = (values: Record<VariableId, Float64Array>) => {
      const maker = { basis: rowBasis(), read: columnReader(values), values };
      return { maker, rows: regressionRows(linkedFit(model, maker)!, numbers) };
    };
    const values = drawn(11);
    const here = at(values);
    const gradients = here.rows.map(({ on }) => on());
    const random = randomStream(1, 99);
    for (const id of ['cp', 'ai', 'pop', 'ip'] as const) {
      const move = Float64Array.from({ length }, () => 1e-6 * random.normal());
      const there = at({ ...values, [id]: values[id].map((value, i) => value + move[i]) });
      here.rows.forEach((row, r) => {
        let expected = 0;
        for (const [index, factor] of gradients[r].get(id) ?? []) {
          const { weights, runs } = here.maker.basis.of.get(id)![index];
          for (let p = 0; p < runs.length; p += 2)
            for (let i = runs[p]; i < runs[p + 1]; i++) expected += factor * weights[i] * move[i];
        }
        expect(there.rows[r].miss - row.miss, `${row.id} on ${id}`).toBeCloseTo(expected, 8);
      });
    }
  });
});
