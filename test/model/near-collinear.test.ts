import { describe, expect, test } from 'vitest';
import { fitModel, inferModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { estimatesOf } from '../../src/model/inference/joint-test.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { waldTest } from '../../src/model/post/wald.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { exactF } from './exact-wald.ts';

/**
 * What is a regressor's own beside the others is what its rounding (1e-16 of its size) leaves: 1e-7 of its size and more in
 * these data.
 */
const overall = 1e-8;
/**
 * A part of the regressors: the others' span is known to 1e-16 times their own condition, the squared distance to it to twice
 * that, as a share of a small F. Correlations of 1 - 1e-12 leave eight digits.
 */
const partial = 1e-7;

const wave = (i: number, k: number): number => Math.round(1000 * Math.sin(1.7 * i * k + k)) / 1000;
const range = (from: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, i) => from + i * step);
const power = (t: readonly number[], k: number): number[] => t.map((value) => value ** k);

interface NearCase {
  readonly name: string;
  readonly y: readonly number[];
  readonly x: readonly (readonly number[])[];
}

function polynomial(name: string, t: readonly number[], degree: number): NearCase {
  const centre = t[Math.floor(t.length / 2)];
  return {
    name,
    y: t.map((value, i) => (value - centre) * 0.25 + ((value - centre) * 0.125) ** 2 + wave(i, 3)),
    x: Array.from({ length: degree }, (_, k) => power(t, k + 1)),
  };
}

function twins(name: string, distance: number, n = 30): NearCase {
  const x = range(0, n).map((i) => wave(i, 1) + 2);
  const twin = x.map((value, i) => value + distance * wave(i, 2));
  return { name, y: x.map((value, i) => value + (twin[i] - value) / distance + wave(i, 5) * 0.5), x: [x, twin] };
}

const cases: readonly NearCase[] = [
  polynomial('cubic in years', range(2010, 12), 3),
  polynomial('square in years', range(1990, 30), 2),
  polynomial('quartic in years', range(2003, 19), 4),
  polynomial('cubic in months', range(24_000, 60), 3),
  polynomial('degree 6 in -9 to -3', range(-9, 25, 0.25), 6),
  polynomial('degree 8 in 0 to 4', range(0, 33, 0.125), 8),
  polynomial('degree 10 in -8.75 to -3.25', range(-8.75, 45, 0.125), 10),
  polynomial('square in days since 1900', range(41_000, 400, 7), 2),
  twins('x and x + 1e-5 u', 1e-5),
  twins('x and x + 1e-7 u', 1e-7),
  twins('x and x + 2^-29 u', 2 ** -29),
  {
    ...twins('three of one kind', 1e-5),
    x: [...twins('', 1e-5).x, twins('', 1e-5).x[0].map((value, i) => value + 1e-6 * wave(i, 7))],
  },
];

function estimated({ y, x }: NearCase) {
  const names = x.map((_, j) => `x${j + 1}`);
  const columns = Object.fromEntries(x.map((column, j) => [names[j], numberColumn(column)]));
  const table = columnTable({ y: numberColumn(y), ...columns });
  return { names, fitted: fitModel({ id: '1', formula: `y ~ ${names.join(' + ')}`, table }) };
}

describe('tests of near-collinear regressors against exact arithmetic', () => {
  test.each(cases)('$name', (one) => {
    const { names, fitted } = estimated(one);
    expect(fitted.fit.collinear).toEqual([]);
    const { f } = summarizeModel(fitted);
    const everything = exactF(
      one.y,
      one.x,
      one.x.map((_, j) => j),
    );
    expect(f?.df).toEqual([names.length, one.y.length - names.length - 1]);
    expect(Math.abs((f?.stat ?? 0) / everything - 1)).toBeLessThan(overall);
    const estimates = estimatesOf(inferModel(fitted));
    for (let from = 0; from < names.length; from++) {
      for (const tested of [[from], names.map((_, j) => j).slice(from)]) {
        const text = tested.map((j) => names[j]).join(', ');
        const own = waldTest(estimates, text, readRestrictions(text, estimates.terms));
        expect(own.dropped).toEqual([]);
        expect(own.df[0]).toBe(tested.length);
        const exact = exactF(one.y, one.x, tested);
        expect(Math.abs((own.f ?? 0) - exact) / Math.max(1, exact), `${text}: ${own.f} is not ${exact}`).toBeLessThan(
          partial,
        );
      }
    }
  });

  test('the cubic by the numbers of R: F(3, 8) = 4406.34', () => {
    const y = [1.2, 0.9, 2.1, 2.8, 4.6, 6.1, 8.9, 11.2, 14.8, 18.1, 22.4, 27.3];
    const t = range(2010, 12);
    const own = estimated({ name: '', y, x: [t, power(t, 2), power(t, 3)] });
    const exact = exactF(y, [t, power(t, 2), power(t, 3)], [0, 1, 2]);
    const { f } = summarizeModel(own.fitted);
    expect(exact).toBeCloseTo(4406.34, 2);
    expect(Math.abs((f?.stat ?? 0) / exact - 1)).toBeLessThan(overall);
  });

  test('units and order of the regressors change no test', () => {
    const base = cases[2];
    const scales = [1e-9, 1e12, 1, 1e-30];
    const scaled = {
      ...base,
      x: base.x.map((column, j) => column.map((value) => value * 2 ** Math.round(Math.log2(scales[j])))),
    };
    const turned = { ...base, x: [...base.x].reverse() };
    const value = (one: NearCase) => summarizeModel(estimated(one).fitted, { vcov: 'hc1' }).f?.stat ?? Number.NaN;
    expect(Math.abs(value(scaled) / value(base) - 1)).toBeLessThan(overall);
    expect(Math.abs(value(turned) / value(base) - 1)).toBeLessThan(partial);
  });
});
