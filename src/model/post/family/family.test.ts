import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { RowChoice } from '../../design/row-choice.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import { estimate, fitModel, inferModel } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { FamilyTest } from '../../result/family.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import { readRestrictions } from '../restrictions.ts';
import { wildDefaults } from '../wild/contract.ts';
import { drawnFactors } from '../wild/draws.ts';
import { wildTest } from '../wild/wild-test.ts';
import { adjustPlain } from './adjust.ts';
import { type FamilyOptions, familyDefaults } from './contract.ts';
import { stepDown } from './step-down.ts';

describe('from p-values alone', () => {
  test('by hand: 0.01, 0.04, 0.03, one without', () => {
    const p = [0.01, 0.04, null, 0.03];
    const rounded = (method: Parameters<typeof adjustPlain>[0]) =>
      adjustPlain(method, p).map((value) => (value === null ? null : Number(value.toFixed(12))));
    expect(rounded('bonferroni')).toEqual([0.03, 0.12, null, 0.09]);
    expect(rounded('holm')).toEqual([0.03, 0.06, null, 0.06]);
    expect(rounded('bh')).toEqual([0.03, 0.04, null, 0.04]);
    // 1 + 1/2 + 1/3 = 11/6.
    expect(rounded('by')).toEqual([0.055, Number((0.22 / 3).toFixed(12)), null, Number((0.22 / 3).toFixed(12))]);
  });

  test('all of one, ties, and values that leave 1 behind', () => {
    expect(adjustPlain('holm', [0.6, 0.7, 0.9])).toEqual([1, 1, 1]);
    expect(adjustPlain('bh', [0.5, 0.5])).toEqual([0.5, 0.5]);
    expect(adjustPlain('holm', [0.2])).toEqual([0.2]);
    expect(adjustPlain('by', [])).toEqual([]);
  });
});

describe('step down', () => {
  test('by hand: three hypotheses, four draws', () => {
    // Falling: 3 (b), 2 (a), 1 (c). Largest of all >= 3: draw 4; of a, c >= 2: draws 1, 4; of c >= 1: draw 3.
    const draws = Float64Array.from([2, 0, 0.5, 0.1, 1, 0.9, 0, 2.5, 1, 2, 4, 0]);
    const { p, failed } = stepDown({ observed: [2, 3, 1], draws, isEnumerated: false });
    expect(failed).toBe(0);
    expect(p).toEqual([3 / 5, 2 / 5, 3 / 5]);
    expect(stepDown({ observed: [2, 3, 1], draws, isEnumerated: true }).p).toEqual([2 / 4, 1 / 4, 2 / 4]);
  });

  test('a draw without a statistic counts for none', () => {
    const draws = Float64Array.from([5, 5, Number.NaN, 9, 0, 0]);
    expect(stepDown({ observed: [1, 2], draws, isEnumerated: false })).toEqual({ p: [2 / 3, 2 / 3], failed: 1 });
  });
});

/** 16 units in 5 years, of two kinds; two outcomes whose errors go together within units. */
function panel(seed: number): ColumnTable {
  const random = randomStream(seed, 2);
  const columns: Record<string, number[]> = {};
  for (let id = 0; id < 16; id++) {
    const common = random.normal();
    for (let year = 0; year < 5; year++) {
      const [x, z, e] = [random.normal() + common, random.normal(), random.normal()];
      const row = {
        id,
        year,
        kind: id < 7 ? 0 : 1,
        x,
        z,
        y: 0.4 * x + e + common,
        v: 0.2 * z + e + 0.5 * random.normal(),
      };
      for (const [name, value] of Object.entries(row)) columns[name] = [...(columns[name] ?? []), value];
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

function familiesOf(
  input: Partial<EstimateInput>,
  family: Partial<FamilyOptions>,
  table = panel(4),
): readonly FamilyTest[] {
  const all = { formulas: ['y ~ x + z | id + year', 'v ~ x + z | id + year'], table, vcov: 'cluster:id', ...input };
  return estimateAfter(all, { ...nothingAfter, family: { ...familyDefaults, ...family } }).families;
}

const members = (tests: readonly FamilyTest[]) => tests[0].members;

describe('a family across models', () => {
  test('has every term in every model, p as the models have it', () => {
    const found = members(familiesOf({}, { text: 'z, x' }));
    expect(found.map(({ model, term }) => `${model} ${term}`)).toEqual(['1 z', '1 x', '2 z', '2 x']);
    const models = estimate({
      formulas: ['y ~ x + z | id + year', 'v ~ x + z | id + year'],
      table: panel(4),
      vcov: 'cluster:id',
    });
    const plain = [1, 0, 3, 2].map((k) => models.flatMap(({ coef }) => coef.map(({ p }) => p))[k]);
    expect(found.map(({ p }) => p)).toEqual(plain);
    expect(found.map(({ adjusted }) => adjusted.holm)).toEqual(adjustPlain('holm', plain));
    expect(found.map(({ adjusted }) => adjusted.bh)).toEqual(adjustPlain('bh', plain));
  });

  test('under every covariance, drawn where it clusters', () => {
    const tests = familiesOf(
      { vcov: 'iid', otherVcovs: [readCovariance('cluster:id').request] },
      { methods: ['holm', 'rw'], reps: 99 },
    );
    expect(tests.map(({ drawn }) => drawn.length)).toEqual([0, 1]);
    expect(tests[0].members.every(({ adjusted }) => adjusted.rw === null && adjusted.holm !== null)).toBe(true);
    expect(tests[1].members.every(({ adjusted }) => (adjusted.rw ?? 0) > 0)).toBe(true);
  });
});

describe('Romano-Wolf', () => {
  const table = panel(4);
  const vcov = readCovariance('cluster:id').request;
  const errors = { request: vcov, rule: readSmallSample('fixest') };

  /** |t| of every draw of the family by refitting: each null imposed, every unit's residuals times one weight for all hypotheses. */
  function refitted(
    formulas: readonly string[],
    terms: readonly string[],
    marks: readonly (Uint8Array | null)[],
    reps: number,
  ) {
    const factorsOf = drawnFactors(16, { weights: 'rademacher', reps, seed: 1 });
    const hypotheses = formulas.flatMap((formula, m) => terms.map((term) => ({ formula, term, mark: marks[m] })));
    const outcomes = hypotheses.map(({ formula, term, mark }) => {
      const rows = mark === null ? null : Int32Array.from([...mark.keys()].filter((i) => mark[i] === 1));
      const choice = { rows, where: 0, split: 0 };
      const restricted = formula.replace(`~ ${term} + `, '~ ').replace(` + ${term} |`, ' |');
      const { fit } = fitModel({ id: '1', formula: restricted, table, choice });
      const { residuals, design } = rowsOf(fit, { kind: 'joint' });
      return { formula, term, choice, residuals, design };
    });
    const tOf = (formula: string, term: string, choice: RowChoice, own: ColumnTable): number => {
      const inferred = inferModel(fitModel({ id: '1', formula, table: own, choice }), { vcov: 'cluster:id' });
      const at = inferred.fit.names.indexOf(term);
      const { matrix } = inferred.covariance;
      return Math.abs(inferred.fit.coefficients[at]) / Math.sqrt(matrix.data[at * (matrix.nrow + 1)]);
    };
    const ids = table.columns.id;
    if (ids.kind !== 'number') throw new Error('id');
    const observed = outcomes.map(({ formula, term, choice }) => tOf(formula, term, choice, table));
    const draws: number[] = [];
    for (let draw = 0; draw < reps; draw++) {
      const w = Float64Array.from(factorsOf(draw));
      for (const { formula, term, choice, residuals, design } of outcomes) {
        const star = new Float64Array(table.nrow).fill(Number.NaN);
        design.rows.forEach((row, i) => {
          star[row] = design.y[i] - residuals[i] + w[ids.values[row]] * residuals[i];
        });
        draws.push(tOf(formula, term, choice, columnTable({ ...table.columns, [design.depvar]: numberColumn(star) })));
      }
    }
    return { observed, draws: Float64Array.from(draws) };
  }

  test('is the step-down of refits with the same weights for both outcomes', () => {
    const formulas = ['y ~ x + z | id + year', 'v ~ x + z | id + year'];
    const whole = refitted(formulas, ['x', 'z'], [null, null], 60);
    const { p } = stepDown({ ...whole, isEnumerated: false });
    const found = members(familiesOf({}, { text: 'x, z', methods: ['rw'], reps: 60 }));
    expect(found.map(({ adjusted }) => adjusted.rw)).toEqual(p);
  });

  test('a unit has one weight in all parts of the sample', () => {
    const kind = table.columns.kind;
    if (kind.kind !== 'number') throw new Error('kind');
    const marks = [Uint8Array.from(kind.values, (k) => 1 - k), Uint8Array.from(kind.values)];
    const formula = 'y ~ x + z | id + year';
    const whole = refitted([formula, formula], ['x'], marks, 60);
    const { p } = stepDown({ ...whole, isEnumerated: false });
    const found = members(
      familiesOf({ formulas: [formula], split: { by: 'kind', full: false } }, { text: 'x', methods: ['rw'], reps: 60 }),
    );
    expect(found.map(({ adjusted }) => adjusted.rw)).toEqual(p);
  });

  test('one step of it is the wild bootstrap of the strongest hypothesis alone', () => {
    const { fit } = fitModel({ id: '1', formula: 'y ~ x + z | id + year', table });
    const options = { ...wildDefaults, reps: 500 };
    const counts = ['x', 'z'].map((term) => {
      const { p } = wildTest(fit, term, readRestrictions(term, fit.names), errors, options);
      return Math.round((p ?? 0) * 500);
    });
    const found = members(
      familiesOf({ formulas: ['y ~ x + z | id + year'] }, { text: 'x, z', methods: ['rw'], reps: 500 }),
    );
    const last = found.reduce((least, one) => (Math.abs(one.stat ?? 0) < Math.abs(least.stat ?? 0) ? one : least));
    const first = found.find((one) => one !== last);
    // The last hypothesis is held against its own draws alone, unless an earlier p is larger.
    expect(last.adjusted.rw).toBe(Math.max((1 + counts[found.indexOf(last)]) / 501, first?.adjusted.rw ?? 0));
  });

  test('Westfall-Young by least p is the same order of shares where degrees of freedom are one', () => {
    const found = members(familiesOf({}, { methods: ['rw', 'wy'], reps: 200 }));
    expect(found.map(({ adjusted }) => adjusted.wy)).toEqual(found.map(({ adjusted }) => adjusted.rw));
  });

  test('every combination of signs once, where there are few', () => {
    const [{ drawn, members: own }] = familiesOf({ vcov: 'cluster:year' }, { methods: ['rw'], reps: 99 });
    expect(drawn[0]).toMatchObject({ is_enumerated: true, reps: 32, by: 'year' });
    for (const { adjusted } of own) expect(((adjusted.rw ?? 0) * 32) % 1).toBe(0);
  });
});

describe('Westfall-Young by permutation', () => {
  const permute = { term: 'x', by: null, within: null, reps: 60, seed: 3 };
  const run = (input: Partial<EstimateInput>) => {
    const formulas = ['y ~ x + z | id + year', 'v ~ x + z | id + year'];
    const all = { formulas, table: panel(4), vcov: 'cluster:id', ...input };
    return estimateAfter(all, { ...nothingAfter, permute, family: { ...familyDefaults, text: 'x', methods: ['wy'] } });
  };

  test('takes the draws that the models share', () => {
    const { models, families } = run({});
    const draws = models.map(({ permutation }) => permutation?.draws.p ?? []);
    const p = models.map(({ coef }) => coef[0].p ?? 1);
    const [strong, weak] = p[0] < p[1] ? [0, 1] : [1, 0];
    const first = draws[0].filter((_, b) => Math.min(Number(draws[0][b]), Number(draws[1][b])) <= p[strong]).length;
    const second = draws[weak].filter((one) => Number(one) <= p[weak]).length;
    const expected = [(1 + first) / 61, Math.max((1 + first) / 61, (1 + second) / 61)];
    const found = families[0].members.map(({ adjusted }) => adjusted.wy);
    expect([found[strong], found[weak]]).toEqual(expected);
    expect(families[0].drawn).toMatchObject([{ kind: 'permutation', methods: ['wy'], reps: 60 }]);
  });

  test('is refused where the models are on other rows', () => {
    const call = (): unknown => run({ formulas: ['y ~ x + z | id + year'], split: { by: 'kind', full: false } });
    expect(call).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});

describe('what is refused', () => {
  test.each<readonly [string, Partial<EstimateInput>, Partial<FamilyOptions>, string]>([
    ['a family of one', { formulas: ['y ~ x | id'] }, { text: 'x' }, 'family'],
    ['a term that no model has', {}, { text: 'x, q' }, 'family'],
    ['draws without clusters', { vcov: 'hc1' }, { methods: ['rw'] }, 'adjust'],
  ])('%s', (_, input, family, option) => {
    expect(() => familiesOf(input, family)).toThrow(
      expect.objectContaining({ code: 'bad-option', detail: expect.objectContaining({ option }) }),
    );
  });

  test('draws with instruments', () => {
    const run = (): unknown =>
      familiesOf({ formulas: ['y ~ z | id | x ~ l(x, 1)'], panel: { unit: 'id', time: 'year' } }, { methods: ['rw'] });
    expect(run).toThrow(expect.objectContaining({ code: 'not-available' }));
  });
});
