import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/math/matrix.ts';
import { fitModel } from '../../src/model/estimate-formula.ts';
import { covarianceMethods, readCovariance } from '../../src/model/inference/catalog.ts';
import { inferFrom } from '../../src/model/inference/infer.ts';
import { productScores, scoresOf } from '../../src/model/inference/scores.ts';
import { readSmallSample } from '../../src/model/inference/small-sample.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { rowsIn } from '../fit-rows.ts';

/** Sums in another order differ in the last digits. */
const tolerance = 1e-12;

const cells = Array.from({ length: 25 * 8 }, (_, i) => ({ unit: Math.floor(i / 8), time: i % 8 }));
const wave = (i: number, speed: number): number => Math.sin(speed * (i + 1));
const table = columnTable({
  unit: numberColumn(cells.map(({ unit }) => unit)),
  time: numberColumn(cells.map(({ time }) => time)),
  x1: numberColumn(cells.map((_, i) => wave(i, 1.7))),
  x2: numberColumn(cells.map((_, i) => wave(i, 3.1))),
  y: numberColumn(cells.map(({ unit }, i) => wave(i, 1.7) - wave(i, 3.1) + wave(unit, 0.9) + wave(i, 5.3))),
  lat: numberColumn(cells.map(({ unit }) => 20 + (unit % 7))),
  lon: numberColumn(cells.map(({ unit }) => 100 + (unit % 5))),
});
const panel = { unit: 'unit', time: 'time' };
const { fit } = fitModel({ id: '1', formula: 'y ~ x1 + x2 | unit', table, panel });
const rule = readSmallSample('none');
const texts = ['iid', 'hc0', 'hc1', 'hc2', 'hc3', 'cluster:unit', 'cluster:unit+time', 'cr2:unit', 'cr3:unit'];
const more = [
  'jackknife:unit',
  'nw:2',
  'dk:1',
  'thompson:1',
  'ac:2',
  'kiefer',
  'white2:unit',
  'pcse',
  'conley:300,coords=lat+lon',
];
const all = [...texts, ...more].map((text) => ({ text, ...readCovariance(text) }));

function expectClose(a: Matrix, b: Matrix, scale = 1): void {
  const size = Math.max(...b.data.map(Math.abs));
  a.data.forEach((value, at) => {
    expect(Math.abs(value - scale * b.data[at])).toBeLessThanOrEqual(tolerance * size);
  });
}

test('the list has every covariance', () => {
  expect(new Set(all.map(({ method }) => method.id))).toEqual(new Set(covarianceMethods.map(({ id }) => id)));
});

describe('the meat is the middle of the sandwich', () => {
  // Without small-sample factors core = meat; adjusted residuals and repaired sums aside, which no meat has.
  const plain = ['hc0', 'hc1', 'cluster', 'nw', 'dk', 'white2', 'pcse'];
  test.each(all.filter(({ method, request }) => plain.includes(method.id) && request.by.length < 2))(
    '$text',
    (asked) => {
      const { core } = inferFrom(fit, asked, rule).value;
      const grouping = asked.method.prepare(fit.gives.sample, asked.request);
      expectClose(asked.method.meat(scoresOf(fit), grouping), core as Matrix);
    },
  );

  test.each(all.filter(({ method }) => ['iid', 'ac', 'kiefer'].includes(method.id)))(
    '$text: a mean over N in place of N - 1',
    (asked) => {
      const { core } = inferFrom(fit, asked, rule).value;
      const grouping = asked.method.prepare(fit.gives.sample, asked.request);
      expectClose(asked.method.meat(scoresOf(fit), grouping), core as Matrix, (fit.nobs - 1) / fit.nobs);
    },
  );
});

describe('the meat of several residuals holds that of each', () => {
  const { basis: q, residuals } = rowsIn(fit);
  const other = residuals.map((value, i) => value * wave(i, 2.3));
  test.each(all)('$text', ({ method, request }) => {
    const grouping = method.prepare(fit.gives.sample, request);
    const meatOf = (v: readonly Float64Array[]): Matrix => method.meat(productScores('', q, v), grouping);
    const joint = meatOf([residuals, other]);
    const m = q.ncol;
    expect(joint.ncol).toBe(2 * m);
    [residuals, other].forEach((v, block) => {
      const own = meatOf([v]);
      const data = own.data.map((_, at) => joint.data[block * m + (at % m) + (block * m + Math.floor(at / m)) * 2 * m]);
      expectClose({ ...own, data }, own);
    });
    for (let j = 0; j < 2 * m; j++) {
      for (let i = 0; i < j; i++) {
        expect(joint.data[i + j * 2 * m]).toBeCloseTo(joint.data[j + i * 2 * m], 12);
      }
    }
  });
});
