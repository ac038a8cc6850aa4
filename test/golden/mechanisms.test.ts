import { describe, expect, test } from 'vitest';
import type { EstimateInput } from '../../src/model/estimate-formula.ts';
import type { AfterFitRequest } from '../../src/model/post/after-fit.ts';
import { estimateAfter, nothingAfter } from '../../src/model/post/after-fit.ts';
import type { MarginalEffect } from '../../src/model/result/margins.ts';
import type { Mediation } from '../../src/model/result/mediation.ts';
import { takeRows } from '../../src/table/column.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, expectNear, probability, rawSandwich } from '../tolerance.ts';

interface Line {
  readonly estimate: number;
  readonly se: number;
  readonly p: number;
  readonly df: number;
}
interface Wald {
  readonly f: number;
  readonly df: readonly [number, number];
  readonly p: number;
}
type Ends = readonly [number, number];
interface Interval {
  readonly se: number;
  readonly percentile: Ends;
  readonly bca: Ends;
}
interface Reference {
  readonly chow: Record<string, Record<'iid' | 'hc1' | 'unit', Line>>;
  readonly chow_joint: Record<'iid' | 'hc1', Wald>;
  readonly suest: { readonly estimate: number; readonly se_unit: number; readonly se_row: number };
  readonly mediation: {
    readonly total: number;
    readonly direct: number;
    readonly a: Ends;
    readonly b: Ends;
    readonly sobel_unit: readonly number[];
    readonly sobel_iid: readonly number[];
    readonly rho: { readonly rho: readonly number[]; readonly indirect: readonly number[] };
    readonly boot: { readonly reps: number; readonly m1: Interval; readonly sum: Interval };
  };
  readonly moderation: {
    readonly places: readonly number[];
    readonly df: Ends;
    readonly iid: readonly Line[];
    readonly unit: readonly Line[];
    readonly bounds_iid: readonly number[];
    readonly bounds_unit: readonly number[];
    readonly sup_t: { readonly draws: number; readonly critical: number };
    readonly three: readonly (readonly Line[])[];
    readonly bins: {
      readonly cuts: Ends;
      readonly medians: readonly number[];
      readonly effects: readonly Line[];
      readonly linear_model: Wald;
      readonly linear_effect: Wald;
    };
  };
}

const at = (name: string): URL => new URL(`mechanisms/${name}`, import.meta.url);
const table = readPlainCsv(at('data.csv'));
const reference = readJson(at('reference.json')) as Reference;
const panel = { unit: 'unit', time: 'time' };
/** Rank of the dummies as lm has it; clusters without a factor. */
const conventions = { iid: ['iid', 'areg'], hc1: ['hc1', 'areg'], unit: ['cluster:unit', 'none'] } as const;
/** uniroot stops at 1e-13 of a root that the data know to fewer digits. */
const rooted = 1e-8;

function estimated(input: Partial<EstimateInput>, request: Partial<AfterFitRequest>) {
  const all = { formulas: ['y ~ x + c | unit + time'], table, panel, singletons: 'keep' as const, ...input };
  return estimateAfter(all, { ...nothingAfter, ...request });
}

function expectTest(own: { f: number | null; df: readonly (number | null)[]; p: number | null }, wanted: Wald): void {
  expectClose(own.f, wanted.f, rawSandwich, 'F');
  expect(own.df).toEqual(wanted.df);
  expectClose(own.p, wanted.p, probability, 'p');
}

describe('differences of groups are those of regressions stacked in R', () => {
  const differences = { terms: ['x'], how: null, orders: [], reps: 99, seed: 1 } as const;
  const regions = table.columns.region;
  if (regions?.kind !== 'text') throw new Error('region');
  const regionOf = (row: number): string => regions.levels[regions.codes[row] ?? 0] ?? '';
  const all = Int32Array.from({ length: table.nrow }, (_, row) => row);

  test.each(
    Object.keys(reference.chow).flatMap((pair) => (['iid', 'hc1', 'unit'] as const).map((v) => [pair, v] as const)),
  )('%s, %s', (pair, kind) => {
    const [vcov, ssc] = conventions[kind];
    const own = takeRows(
      table,
      all.filter((row) => pair.split('-').includes(regionOf(row))),
    );
    const [found] = estimated(
      { table: own, split: { by: 'region', full: false }, vcov, ssc },
      { differences },
    ).differences;
    const [line] = found?.pairs ?? [];
    const wanted = reference.chow[pair]?.[kind] as Line;
    const isTurned = !String(found?.groups.find(({ model }) => model === line?.model)?.sample).includes(
      pair.split('-')[0] ?? '',
    );
    expectClose(line?.estimate, isTurned ? -wanted.estimate : wanted.estimate, rawSandwich, 'difference');
    expectClose(line?.chow?.se, wanted.se, rawSandwich, 'se');
    if (kind !== 'iid') return;
    expect(line?.chow?.df).toBe(wanted.df);
    expectClose(line?.chow?.p, wanted.p, probability, 'p');
  });

  test.each(['iid', 'hc1'] as const)('all three at once: %s', (kind) => {
    const [vcov, ssc] = conventions[kind];
    const [found] = estimated({ split: { by: 'region', full: false }, vcov, ssc }, { differences }).differences;
    const chow = found?.joint.chow;
    if (chow == null) throw new Error('no joint test');
    expectTest(chow, reference.chow_joint[kind]);
  });

  test.each([
    ['cluster:unit', 'se_unit'],
    ['hc1', 'se_row'],
  ] as const)('a group within another, from stacked influence: %s', (vcov, key) => {
    const early = table.columns.early;
    if (early?.kind !== 'number') throw new Error('early');
    const parts = [
      { sample: 'all', kept: new Uint8Array(table.nrow).fill(1) },
      { sample: 'early', kept: Uint8Array.from(early.values) },
    ];
    const [found] = estimated({ parts, split: null, vcov, ssc: 'none' }, { differences }).differences;
    const [pair] = found?.pairs ?? [];
    expectClose(Math.abs(pair?.estimate ?? 0), reference.suest.estimate, rawSandwich, 'difference');
    expectClose(pair?.suest?.se, reference.suest[key], rawSandwich, 'se');
  });
});

describe('indirect effects', () => {
  const wanted = reference.mediation;
  const mediationUnder = (vcov: string, ssc: string, mediators: readonly string[], reps = 99): Mediation => {
    const [model] = estimated({ vcov, ssc }, { mediation: { mediators, mediated: 'x', reps, seed: 3 } }).models;
    if (model?.mediation === undefined) throw new Error('no mediation');
    return model.mediation;
  };

  test.each([
    ['cluster:unit', 'none', 'sobel_unit'],
    ['iid', 'areg', 'sobel_iid'],
  ] as const)("paths and delta method of R's joint covariance: %s", (vcov, ssc, key) => {
    const found = mediationUnder(vcov, ssc, ['m1', 'm2']);
    expectClose(found.total.estimate, wanted.total, rawSandwich, 'total');
    expectClose(found.direct.estimate, wanted.direct, rawSandwich, 'direct');
    found.paths.forEach(({ a, b, indirect }, j) => {
      expectClose(a.estimate, wanted.a[j] ?? 0, rawSandwich, 'a');
      expectClose(b.estimate, wanted.b[j] ?? 0, rawSandwich, 'b');
      expectClose(indirect.sobel?.se, wanted[key][j] ?? 0, rawSandwich, 'Sobel');
    });
    expectClose(found.sum.indirect.sobel?.se, wanted[key][2] ?? 0, rawSandwich, 'Sobel of the sum');
  });

  test('correlated errors: the b at which residuals correlate by rho, by root finding', () => {
    const [path] = mediationUnder('cluster:unit', 'none', ['m1']).paths;
    wanted.rho.rho.forEach((rho, k) => {
      const point = path?.sensitivity.curve.find((one) => Math.abs(one.rho - rho) < 1e-9);
      expectNear(point?.indirect, wanted.rho.indirect[k], rooted);
    });
  });

  test("the bootstrap of units against R's boot: errors, percentile and BCa intervals", () => {
    const found = mediationUnder('cluster:unit', 'none', ['m1', 'm2'], 3999);
    // Two simulations of 3,999 draws: an end is known to some 2.7 se / sqrt 3,999 in each, 0.06 se in both; four times that.
    const close = (own: number | undefined, theirs: number, se: number): void => {
      expect(Math.abs((own ?? 9) - theirs) / se).toBeLessThan(0.25);
    };
    for (const [effect, theirs] of [
      [found.paths[0]?.indirect, wanted.boot.m1],
      [found.sum.indirect, wanted.boot.sum],
    ] as const) {
      const own = effect?.bootstrap;
      expect(Math.abs((own?.se ?? 9) / theirs.se - 1)).toBeLessThan(0.05);
      for (const end of [0, 1] as const) {
        close(own?.percentile[end], theirs.percentile[end], theirs.se);
        close(own?.bca?.[end], theirs.bca[end], theirs.se);
      }
    }
  });
});

describe('effects over a moderator', () => {
  const wanted = reference.moderation;
  const marginOf = (formula: string, text: string, [vcov, ssc]: readonly [string, string]): MarginalEffect => {
    const [model] = estimated({ formulas: [`${formula} | unit + time`], vcov, ssc }, { margins: [text] }).models;
    const [found] = model?.margins ?? [];
    if (found === undefined) throw new Error('no margins');
    return found;
  };

  test.each(['iid', 'unit'] as const)('lines, errors, p and bounds: %s', (kind) => {
    const found = marginOf('y ~ x*w + c', 'x by w', conventions[kind]);
    const [line] = found.lines;
    if (line === undefined) throw new Error('no line');
    const [v0, v01, v1] = line.covariance;
    wanted.places.forEach((w, k) => {
      const theirs = wanted[kind][k] as Line;
      expectClose(line.intercept + (line.slope.estimate ?? 0) * w, theirs.estimate, rawSandwich, 'effect');
      expectClose(Math.sqrt(v0 + 2 * w * v01 + w * w * v1), theirs.se, rawSandwich, 'se');
    });
    expect(line.df).toBe(wanted.df[kind === 'iid' ? 0 : 1]);
    const ends = (line.regions?.pointwise ?? []).flatMap(({ low, high }) => [low, high]);
    const within = ends.filter((end) => end !== null && end > -60 && end < 60);
    const roots = [wanted[kind === 'iid' ? 'bounds_iid' : 'bounds_unit']].flat();
    expect(within).toHaveLength(roots.length);
    within.forEach((end, k) => {
      expectNear(end, roots[k], rooted);
    });
  });

  test('the band over the whole range: the 95 % point of sup |t| in draws of R', () => {
    const [line] = marginOf('y ~ x*w + c', 'x by w', conventions.iid).lines;
    // 200,000 draws: an error of 0.004 of the quantile.
    expect(Math.abs((line?.critical.simultaneous ?? 9) - wanted.sup_t.critical)).toBeLessThan(0.015);
  });

  test('three factors, at two values of the second moderator', () => {
    const { lines } = marginOf('y ~ x*w*k + c', 'x by w at k = -1, 1', conventions.iid);
    expect(lines).toHaveLength(2);
    lines.forEach((line, at2) => {
      const [v0, v01, v1] = line.covariance;
      wanted.places.forEach((w, k) => {
        const theirs = wanted.three[at2]?.[k] as Line;
        expectNear(line.intercept + (line.slope.estimate ?? 0) * w, theirs.estimate, rawSandwich);
        expectClose(Math.sqrt(v0 + 2 * w * v01 + w * w * v1), theirs.se, rawSandwich, 'se');
      });
    });
  });

  test('bins at terciles, and both tests of a line', () => {
    const { bins } = marginOf('y ~ x*w + c', 'x by w', conventions.iid);
    if (bins === null) throw new Error('no bins');
    bins.bins.forEach((bin, j) => {
      const theirs = wanted.bins.effects[j] as Line;
      expectClose(bin.value, wanted.bins.medians[j] ?? 0, rawSandwich, 'median');
      expectClose(bin.estimate, theirs.estimate, rawSandwich, 'effect');
      expectClose(bin.se, theirs.se, rawSandwich, 'se');
      expectClose(bin.p, theirs.p, probability, 'p');
    });
    expectTest(bins.linear_model, wanted.bins.linear_model);
    expectTest(bins.linear_effect, wanted.bins.linear_effect);
  });
});
