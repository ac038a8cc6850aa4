import { describe, expect, test } from 'vitest';
import { fitModel } from '../../src/model/estimate-formula.ts';
import { sampleRowsOf } from '../../src/model/fit-rows.ts';
import { readCovariance } from '../../src/model/inference/catalog.ts';
import { clusteringsOf } from '../../src/model/inference/clusters.ts';
import { readSmallSample } from '../../src/model/inference/small-sample.ts';
import { clusterReports } from '../../src/model/post/clusters/cluster-report.ts';
import { readRestrictions } from '../../src/model/post/restrictions.ts';
import { wildDefaults } from '../../src/model/post/wild/contract.ts';
import { instrumentSpace } from '../../src/model/post/wild/instrument-space.ts';
import { drawEfficient, efficientNull } from '../../src/model/post/wild/restricted-efficient.ts';
import { wildTest } from '../../src/model/post/wild/wild-test.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';

interface Counted {
  readonly null: number;
  readonly larger: number;
  readonly ties: number;
  readonly first: readonly number[];
}
interface Efficient extends Counted {
  readonly estimate: number;
  readonly t: number;
  readonly above: number;
  readonly below: number;
}
interface Reported {
  readonly estimate: number;
  readonly leverage: readonly number[];
  readonly partial_leverage: readonly number[];
  readonly estimate_without: readonly number[];
  readonly independent: number;
  readonly common: number | null;
  readonly cr1_bare: number;
  readonly cr3: number;
}
interface Reference {
  readonly instruments: {
    readonly formula_one: string;
    readonly formula_two: string;
    readonly wre_one: readonly Efficient[];
    readonly wre_two: readonly Efficient[];
    readonly ar_one: readonly (Counted & { readonly wald: number })[];
    readonly ar_two: readonly (Counted & { readonly wald: number })[];
  };
  readonly clusters: Readonly<Record<string, Reported>>;
}

const folder = new URL('few-clusters/', import.meta.url);
const reference = readJson<Reference>(new URL('reference.json', folder));
const table = readPlainCsv(new URL('data.csv', folder));
const errors = { request: readCovariance('cluster:g').request, rule: readSmallSample('none') };
/** Every draw of two programs, one on the rows with dummies, the other on sums by cluster. */
const perDraw = 1e-10;
const signs = 1024;
/** Without intervals. */
const asked = { ...wildDefaults, reps: signs, level: 1 };

/** The place of numpy's draw, whose last cluster changes first, among ours, whose first does. */
function placeOf(index: number): number {
  return Number.parseInt([...index.toString(2).padStart(10, '0')].reverse().join(''), 2);
}

describe('draws of models with instruments, all 1,024 signs, against refits in numpy', () => {
  const { formula_one, formula_two, wre_one, wre_two, ar_one, ar_two } = reference.instruments;
  for (const [formula, recorded] of [
    [formula_one, wre_one],
    [formula_two, wre_two],
  ] as const) {
    test(`2SLS: ${formula}`, () => {
      const { fit } = fitModel({ id: '1', formula, table });
      const { instrumented } = fit;
      if (instrumented === undefined) throw new Error('no instruments');
      const [boot] = clusteringsOf(sampleRowsOf(fit.gives.sample, ''), ['g']);
      const groups = { boot, errors: [{ groups: boot, weight: 1 }] };
      const space = instrumentSpace(fit, instrumented.parts, groups, 'cluster:g');
      for (const one of recorded) {
        const text = `x = ${one.null}`;
        const result = wildTest(fit, text, readRestrictions(text, fit.names), errors, asked);
        expect(fit.coefficients[fit.names.indexOf('x')]).toBeCloseTo(one.estimate, 10);
        expect((result.p ?? 0) * signs).toBe(one.larger);
        expect(result.ties).toBe(one.ties);
        const at = efficientNull(space, one.null);
        const statOf = (place: number): number => {
          const [shift, variance] = drawEfficient(space, at, asked, place, place + 1);
          return shift / Math.sqrt(variance);
        };
        one.first.forEach((stat, index) => {
          expect(Math.abs(statOf(placeOf(index)) - stat)).toBeLessThan(perDraw);
        });
        const all = Array.from({ length: signs }, (_, place) => statOf(place));
        expect(all.filter((stat) => stat > one.t + 1e-9).length).toBe(one.above);
        expect(all.filter((stat) => stat < one.t - 1e-9).length).toBe(one.below);
      }
    });
  }

  for (const [formula, recorded, df] of [
    [formula_one, ar_one, 1],
    [formula_two, ar_two, 2],
  ] as const) {
    test(`Anderson-Rubin: ${formula}`, () => {
      const { fit } = fitModel({ id: '1', formula, table });
      for (const one of recorded) {
        const text = `x = ${one.null}`;
        const own = { ...asked, isAndersonRubin: true };
        const result = wildTest(fit, text, readRestrictions(text, fit.names), errors, own);
        const wald = df === 1 ? (result.stat ?? 0) ** 2 : 2 * (result.stat ?? 0);
        expect(Math.abs(wald / one.wald - 1)).toBeLessThan(1e-9);
        expect((result.p ?? 0) * signs).toBe(one.larger);
        expect(result.ties).toBe(one.ties);
      }
    });
  }
});

describe('leverage, influence and effective number of clusters against their definitions and refits in numpy', () => {
  for (const [formula, recorded] of Object.entries(reference.clusters)) {
    test(formula, () => {
      const fitted = fitModel({ id: '1', formula, table });
      const inference = { covariances: ['iid', 'cluster:g'], ssc: 'none' };
      const { place, reports } = clusterReports(
        { text: 'x', reps: 99, seed: 1 },
        [fitted],
        fitted.fit.names,
        inference,
      );
      expect(place).toBe(1);
      const [{ members, effective, estimate, compared }] = reports;
      expect(estimate).toBeCloseTo(recorded.estimate, 10);
      for (const key of ['leverage', 'partial_leverage', 'estimate_without'] as const) {
        members.forEach((member, j) => {
          expect(Math.abs((member[key] ?? Number.NaN) - recorded[key][j])).toBeLessThan(1e-9);
        });
      }
      expect(effective.independent).toBeCloseTo(recorded.independent, 9);
      if (recorded.common === null) expect(effective.common).toBeNull();
      else expect(effective.common).toBeCloseTo(recorded.common, 9);
      const seOf = (method: string): number => compared.find((one) => one.method === method)?.se ?? Number.NaN;
      // The convention `none` has neither G / (G - 1) nor (G - 1) / G.
      expect(seOf('CR1') * Math.sqrt(10 / 9)).toBeCloseTo(recorded.cr1_bare, 10);
      expect(seOf('CR3') * Math.sqrt(9 / 10)).toBeCloseTo(recorded.cr3, 9);
    });
  }
});
