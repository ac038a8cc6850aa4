import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { uniforms } from './differential/random-models.ts';

/** A power of two changes no digit; a sum of squares that is a product of rounded ones may lose the last few. */
const lastBits = 1e-13;

const next = uniforms(5);
const n = 48;
const draw = (): number[] => Array.from({ length: n }, () => next() * 4 - 2);
const [x1, x2, z, e] = [draw(), draw(), draw(), draw()];
const unit = Array.from({ length: n }, (_, i) => i % 8);
const year = Array.from({ length: n }, (_, i) => Math.floor(i / 8));
const base = {
  y: x1.map((value, i) => 1 + value - 0.5 * x2[i] + e[i] * 1.3 + unit[i] * 0.2),
  x1: x1.map((value, i) => value + z[i] + 0.3 * e[i]),
  x2,
  z,
  w: e.map((value) => 1.5 + value / 2),
};
const fixed = { unit, year, lat: unit.map((u) => 30 + u * 1.3), lon: unit.map((u) => 110 + ((u * 5) % 7)) };

const formulas = [
  'y ~ x1 + x2',
  'y ~ x1 + x2 | unit',
  'y ~ x1 + x2 | unit + year',
  'y ~ x2 | unit | x1 ~ z',
  'y ~ x2 | 0 | x1 ~ z',
];
const vcovs = [
  'iid',
  'hc1',
  'hc3',
  'cluster:unit',
  'cluster:unit+year',
  'cr2:unit',
  'cr3:unit',
  'nw:1',
  'dk:1',
  'nw:2,kernel=truncated',
  'conley:900,coords=lat+lon',
];

interface Scales {
  readonly y: number;
  readonly x1: number;
  readonly x2: number;
  readonly z: number;
  readonly w: number;
}

function estimated(formula: string, vcov: string, scales: Scales, weights: string | null): ModelResult {
  const columns = Object.entries(base).map(([name, values]) => {
    const scale = scales[name as keyof Scales];
    // In two steps: 2^1000 times a number below 1 is one, 2^1000 alone may not be.
    return [
      name,
      numberColumn(values.map((value) => value * 2 ** Math.trunc(scale / 2) * 2 ** (scale - Math.trunc(scale / 2)))),
    ] as const;
  });
  const others = Object.entries(fixed).map(([name, values]) => [name, numberColumn(values)] as const);
  const table = columnTable(Object.fromEntries([...columns, ...others]));
  return summarizeModel(fitModel({ id: '1', formula, table, weights, panel: { unit: 'unit', time: 'year' } }), {
    vcov,
  });
}

const none: Scales = { y: 0, x1: 0, x2: 0, z: 0, w: 0 };

describe('powers of two', () => {
  const exponent = fc.oneof(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -190, max: 190 }));
  const scales = fc.record({
    y: exponent,
    x1: exponent,
    x2: exponent,
    z: exponent,
    w: exponent.map((one) => 2 * Math.trunc(one / 2)),
  });
  test('scale the results, or the column is named', () => {
    let held = 0;
    fc.assert(
      fc.property(
        scales,
        fc.constantFrom(...formulas),
        fc.constantFrom(...vcovs),
        fc.boolean(),
        (scale, formula, vcov, weighted) => {
          const weights = weighted ? 'w' : null;
          const plain = estimated(formula, vcov, none, weights);
          let own: ModelResult;
          try {
            own = estimated(formula, vcov, scale, weights);
          } catch (error) {
            expect(isStudyError(error, 'out-of-scale')).toBe(true);
            return;
          }
          held += 1;
          plain.coef.forEach((wanted, j) => {
            const got = own.coef[j];
            const power = scale.y - (wanted.term === '(Intercept)' ? 0 : scale[wanted.term as 'x1' | 'x2']);
            expect(got.term).toBe(wanted.term);
            expect(Math.abs(got.estimate / 2 ** power / wanted.estimate - 1)).toBeLessThan(lastBits);
            expect(Math.abs((got.stat ?? Number.NaN) / (wanted.stat ?? Number.NaN) - 1)).toBeLessThan(1000 * lastBits);
          });
          expect(Math.abs((own.f?.stat ?? 0) - (plain.f?.stat ?? 0))).toBeLessThanOrEqual(1e-9 * (plain.f?.stat ?? 0));
          expect(own.r2.overall).toBeCloseTo(plain.r2.overall ?? Number.NaN, 11);
        },
      ),
      { seed: 21, numRuns: 300 },
    );
    expect(held).toBeGreaterThan(40);
  });

  test.each([
    ['y', { ...none, y: 700 }],
    ['y', { ...none, y: -700 }],
    ['x1', { ...none, x1: 1000 }],
    ['x2', { ...none, x2: -1000 }],
    ['x1', { ...none, y: 270, x1: -270 }],
    ['weights', { ...none, w: 520 }],
  ])('%s is named', (name, scale) => {
    expect.assertions(1);
    try {
      estimated('y ~ x1 + x2', 'hc1', scale, 'w');
    } catch (error) {
      expect(isStudyError(error, 'out-of-scale') && error.detail.name).toBe(name);
    }
  });

  test('a covariance that is not positive: a million more or less of a regressor changes its unit alone', () => {
    const vcov = 'cluster:unit+year';
    let repaired = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const draws = uniforms(seed);
      const at = (): number[] => Array.from({ length: n }, () => draws() * 4 - 2);
      const [a, b, c, y] = [at(), at(), at(), at()];
      const fitted = (scale: number) =>
        summarizeModel(
          fitModel({
            id: '1',
            formula: 'y ~ a + b + c | unit',
            table: columnTable({
              ...Object.fromEntries(
                Object.entries({ ...fixed, y, b, c }).map(([name, values]) => [name, numberColumn(values)]),
              ),
              a: numberColumn(a.map((value) => value * scale)),
            }),
          }),
          { vcov },
        );
      const plain = fitted(1);
      if (plain.warnings.some(({ code }) => code === 'covariance-repaired')) repaired += 1;
      for (const scale of [1e6, 1e-6]) {
        fitted(scale).coef.forEach(({ stat }, j) => {
          expect(Math.abs((stat ?? 0) - (plain.coef[j].stat ?? 0))).toBeLessThan(
            1e-8 * (1 + Math.abs(plain.coef[j].stat ?? 0)),
          );
        });
      }
    }
    expect(repaired).toBeGreaterThan(3);
  });
});
