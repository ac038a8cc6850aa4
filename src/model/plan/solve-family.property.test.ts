import { describe, expect, it } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { fitModel, summarizeModel } from '../estimate-formula.ts';
import { fitFamilies } from '../fit-family.ts';
import type { FocalMeat } from './focal-meat.ts';
import { focalMeat } from './focal-meat.ts';
import { planTolerance } from './solve-subset.ts';

const draw = randomStream(20, 1);
const units = 40;
const years = 11;
const n = units * years;
const normal = (): number[] => Array.from({ length: n }, () => draw.normal());
const unit = Array.from({ length: n }, (_, i) => Math.floor(i / years));
const x = normal();
const c = [1, 2, 3, 4, 5, 6].map((j) => normal().map((value, i) => value + 0.3 * j * (x[i] ?? 0)));
const columns = {
  ...{ unit: numberColumn(unit), year: numberColumn(unit.map((_, i) => i % years)), x: numberColumn(x) },
  region: numberColumn(unit.map((u) => u % 5)),
  w: numberColumn(normal().map((value) => 0.2 + value ** 2)),
  // Near c1, a combination of c1 and c2, and one with holes of its own.
  near: numberColumn((c[0] ?? []).map((value, i) => value + 1e-5 * Math.sin(i))),
  both: numberColumn((c[0] ?? []).map((value, i) => value - 2 * (c[1]?.[i] ?? 0))),
  holes: numberColumn(normal().map((value, i) => (i % 29 === 0 ? Number.NaN : value))),
  x2: numberColumn(x.map((value) => 3 * value + draw.normal())),
  y: numberColumn(x.map((value, i) => 0.4 * value + (c[0]?.[i] ?? 0) + (unit[i] ?? 0) / 9 + draw.normal())),
  z: numberColumn(x.map((value) => 0.1 * value + draw.normal())),
  ...Object.fromEntries(c.map((values, j) => [`c${j + 1}`, numberColumn(values)])),
};
const table = columnTable(columns);
const outcomes = ['y', 'z'];
const focals = ['x', 'x2'];

describe.each([
  { effects: 'unit + year', weights: null, controls: ['c1', 'c2', 'c3', 'near', 'both', 'holes'] },
  { effects: null, weights: 'w', controls: ['c1', 'i(region)', 'c4', 'x2', 'holes'] },
  { effects: 'unit', weights: null, controls: ['c1', 'region', 'c2', 'c3', 'c4', 'c5', 'c6'] },
])('families of several outcomes and regressors: $effects, $controls', ({ effects, weights, controls }) => {
  const vcovs = ['cluster:unit', 'iid', 'hc0', 'hc1', 'cluster:year'];
  const ssc = effects === null ? 'fixest' : 'reghdfe';
  const tables = fitFamilies({ table, outcomes, focals, controls, subsets: 'all', effects, weights, vcovs, ssc });

  it('have the numbers that each model has alone', () => {
    let compared = 0;
    let failures = 0;
    tables.flat().forEach((family, at) => {
      const [outcome, focal] = [outcomes[at >> 1], focals[at % 2]];
      // Every third: some hundred models.
      for (let i = at % 3; i < family.mask.length; i += 3) {
        const chosen = controls.filter((_, j) => Math.floor((family.mask[i] ?? 0) / 2 ** j) % 2 === 1);
        const formula = `${outcome} ~ ${[focal, ...chosen].join(' + ')}${effects === null ? '' : ` | ${effects}`}`;
        const fitted = fitModel({ id: '', formula, table, vcovs, ssc, ...(weights === null ? {} : { weights }) });
        if (!fitted.fit.names.includes(focal ?? '')) {
          expect(family.estimate[i]).toBeNaN();
          failures += 1;
          continue;
        }
        vcovs.forEach((vcov, v) => {
          const own = summarizeModel(fitted, { vcov, ssc }).coef.find(({ term }) => term === focal);
          const scale = Math.max(Math.abs(own?.estimate ?? 0), own?.se ?? 0);
          const place = i + v * family.mask.length;
          expect(Math.abs((family.estimate[i] ?? 0) - (own?.estimate ?? 9)) / scale).toBeLessThan(planTolerance);
          expect(Math.abs((family.se[place] ?? 0) - (own?.se ?? 9)) / scale, `${formula} ${vcov}`).toBeLessThan(
            planTolerance,
          );
          expect(Math.abs((family.p[place] ?? 0) - (own?.p ?? 9))).toBeLessThan(planTolerance);
          compared += 1;
        });
      }
    });
    expect(compared).toBeGreaterThan(150);
    expect(failures).toBe(0);
  });

  it('count samples and what went through the rows', () => {
    for (const family of tables.flat()) expect(family.samples).toBe(controls.includes('holes') ? 2 : 1);
    const fallbacks = tables[0]?.[0]?.fallbacks ?? {};
    if (controls.includes('near')) expect(fallbacks['ill-conditioned']).toBeGreaterThan(0);
    if (controls.includes('both')) expect(fallbacks['dependent-columns']).toBeGreaterThan(0);
  });
});

describe('the meat of one estimate', () => {
  const width = 5;
  const matrix = { nrow: n, ncol: width, data: Float64Array.from({ length: n * width }, () => draw.normal()) };
  const groups = { codes: Int32Array.from(unit), count: units };
  const pairs = [0, 1, 2, 3].flatMap((a) => [1, 2, 3, 4].flatMap((b) => (a <= b ? [[a, b] as const] : [])));
  const all = [[0, 0] as const, ...pairs];
  const scores = {
    columns: Int32Array.of(2, 0, 3),
    count: 3,
    own: Float64Array.of(1, -0.4, 0.3),
    rest: Float64Array.of(-0.2, 0.1, -0.7),
    outcome: 4,
  };
  const meatBy = (times: number, of: typeof groups | null): FocalMeat =>
    focalMeat({ columns: matrix, groups: of, wanted: { pairs: all, times, regressors: 3 } });
  const row = (i: number, weights: Float64Array): number =>
    weights.reduce((sum, value, k) => sum + value * (matrix.data[i + (scores.columns[k] ?? 0) * n] ?? 0), 0);

  it.each([null, groups])('is the same through rows, groups and cross-products', (of) => {
    const sums = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const u = (matrix.data[i + 4 * n] ?? 0) + row(i, scores.rest);
      const group = of === null ? i : (of.codes[i] ?? 0);
      sums.set(group, (sums.get(group) ?? 0) + row(i, scores.own) * u);
    }
    const brute = [...sums.values()].reduce((sum, value) => sum + value ** 2, 0);
    for (const times of [1, 30, 1e6]) expect(Math.abs(meatBy(times, of)(scores) / brute - 1)).toBeLessThan(1e-12);
  });

  it('keeps its digits where the squares cancel', () => {
    // The outcome is the regressors but for a millionth.
    const tiny = { ...matrix, data: matrix.data.slice() };
    for (let i = 0; i < n; i++) tiny.data[i + 4 * n] = 1e-6 * Math.sin(i) - row(i, scores.rest);
    let brute = 0;
    for (let g = 0; g < units; g++) {
      let sum = 0;
      for (let i = g * years; i < (g + 1) * years; i++) sum += row(i, scores.own) * 1e-6 * Math.sin(i);
      brute += sum ** 2;
    }
    const meat = focalMeat({ columns: tiny, groups, wanted: { pairs: all, times: 1e6, regressors: 3 } })(scores);
    // The outcome itself is known to 1e-16 of 1, its millionth to 1e-10.
    expect(Math.abs(meat / brute - 1)).toBeLessThan(1e-9);
  });
});
