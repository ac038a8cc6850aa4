import { describe, expect, test } from 'vitest';
import { estimateAfter, nothingAfter } from '../../src/model/post/after-fit.ts';
import { adjustPlain } from '../../src/model/post/family/adjust.ts';
import { familyDefaults } from '../../src/model/post/family/contract.ts';
import { stepDown } from '../../src/model/post/family/step-down.ts';
import { permuteDefaults } from '../../src/model/post/permutation/contract.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';

type Method = 'bonferroni' | 'holm' | 'bh' | 'by';

interface Reference {
  readonly adjusted: Readonly<Record<string, Readonly<Record<'p' | Method, readonly number[]>>>>;
  readonly step_down: Readonly<Record<'t' | 'draws' | 'rw' | 'wy' | 'p' | 'p_draws', readonly number[]>>;
  readonly enumerated: Readonly<Record<string, { readonly t: readonly number[]; readonly p: readonly number[] }>>;
  readonly exact: Readonly<Record<string, Exact>>;
  readonly ritest: { readonly reps: number; readonly p: number };
}
interface Exact {
  readonly estimate: number;
  readonly arrangements: number;
  readonly sorted: readonly number[];
  readonly both: number;
  readonly upper: number;
  readonly lower: number;
}

const at = (name: string): URL => new URL(`many-hypotheses/${name}`, import.meta.url);
const data = readPlainCsv(at('data.csv'));
const reference = readJson(at('reference.json')) as Reference;

/** Digits after the point: products of p-values, and slopes by another solver. */
const exactDigits = 14;
const slopeDigits = 11;

describe("statsmodels' multipletests (R's p.adjust)", () => {
  test.each(Object.entries(reference.adjusted))('%s', (_, { p, ...methods }) => {
    for (const [method, theirs] of Object.entries(methods)) {
      adjustPlain(method as Method, p).forEach((value, k) => {
        expect(value).toBeCloseTo(theirs[k], exactDigits);
      });
    }
  });
});

describe("pyfixest's step-down", () => {
  const { t, draws, rw, p, p_draws, wy } = reference.step_down;

  test('Romano-Wolf on the same matrix', () => {
    const found = stepDown({ observed: t, draws: Float64Array.from(draws), isEnumerated: false });
    expect(found.p).toEqual(rw);
  });

  test('Westfall-Young on the same matrix; it has # / B', () => {
    const observed = p.map((one) => -one);
    const found = stepDown({ observed, draws: Float64Array.from(p_draws, (one) => -one), isEnumerated: true });
    expect(found.p).toEqual(wy);
  });

  test.each(Object.entries(reference.enumerated))(
    'all 1024 signs of ten units: %s over four outcomes',
    (term, theirs) => {
      const { families } = estimateAfter(
        {
          formulas: [1, 2, 3, 4].map((k) => `y${k} ~ x + d | id + year`),
          table: data,
          vcov: 'cluster:id',
          ssc: 'fixest',
        },
        { ...nothingAfter, family: { ...familyDefaults, text: term, methods: ['rw'], reps: 9999 } },
      );
      const [{ members, drawn }] = families;
      expect(drawn[0]).toMatchObject({ is_enumerated: true, reps: 1024 });
      // It counts (1 + #) / (1 + B) of the enumerated draws as well, and leaves ties (the sample and its mirror image) to rounding.
      members.forEach(({ adjusted }, k) => {
        const count = 1025 * theirs.p[k] - 1;
        expect(Math.abs((adjusted.rw ?? 0) * 1024 - count)).toBeLessThan(2.5);
      });
    },
  );
});

describe('permutations', () => {
  test.each(Object.entries(reference.exact))(
    "every arrangement of three treated of ten units, by numpy's least squares: %s",
    (outcome, theirs) => {
      const { models } = estimateAfter(
        { formulas: [`${outcome} ~ d + x | id + year`], table: data },
        { ...nothingAfter, permute: { ...permuteDefaults, term: 'd', by: ['id'] } },
      );
      const found = models[0].permutation;
      expect(found).toMatchObject({ is_enumerated: true, reps: theirs.arrangements });
      expect(found?.estimate.value).toBeCloseTo(theirs.estimate, slopeDigits);
      const { both, upper, lower } = found?.estimate ?? {};
      expect([both?.count, upper?.count, lower?.count]).toEqual([theirs.both, theirs.upper, theirs.lower]);
      const sorted = [...(found?.draws.estimate ?? [])].map(Number).sort((a, b) => a - b);
      sorted.forEach((value, k) => {
        expect(value).toBeCloseTo(theirs.sorted[k], slopeDigits);
      });
    },
  );

  test("rows at random, by pyfixest's ritest", () => {
    const { models } = estimateAfter(
      { formulas: ['y2 ~ x + d | id + year'], table: data },
      { ...nothingAfter, permute: { ...permuteDefaults, term: 'x', reps: 4000 } },
    );
    const { p, reps } = reference.ritest;
    const spread = Math.sqrt(p * (1 - p) * (1 / reps + 1 / 4000));
    expect(Math.abs((models[0].permutation?.estimate.both.p ?? 9) - p)).toBeLessThan(5 * spread);
  });
});
