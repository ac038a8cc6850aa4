import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../../test/tolerance.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { readRowCondition } from '../../../table/condition/row-condition.ts';
import { fitModel, inputsOf, summarizeModel } from '../../estimate-formula.ts';
import { runHere } from '../../replicate/run.ts';
import type { CurveTexts } from './space.ts';
import type { CurveOptions } from './specification-curve.ts';
import { specificationCurves } from './specification-curve.ts';

const curvesOf = (inputs: Parameters<typeof specificationCurves>[0], asked: CurveTexts, options: CurveOptions) =>
  runHere(specificationCurves(inputs, asked, options), []);

const units = 30;
const years = 9;
const rows = Array.from({ length: units * years }, (_, i) => ({
  unit: Math.floor(i / years),
  year: 2001 + (i % years),
}));
const wave = (i: number, a: number): number => Math.sin(a * (i + 1) ** 2 + a) + Math.cos((a + 0.7) * (i + 1));
const x = rows.map(({ unit }, i) => wave(i, 0.9) + unit / 20);
const columns = {
  unit: numberColumn(rows.map(({ unit }) => unit)),
  year: numberColumn(rows.map(({ year }) => year)),
  area: textColumn(rows.map(({ unit }) => (unit % 3 === 0 ? 'coast' : 'inland'))),
  x: numberColumn(x),
  x2: numberColumn(x.map((value, i) => value + 0.5 * wave(i, 7.7))),
  // A cell is missing here and there: specifications have rows of their own.
  a: numberColumn(rows.map((_, i) => (i % 37 === 0 ? Number.NaN : wave(i, 2.1) + 0.3 * x[i]))),
  b: numberColumn(rows.map((_, i) => wave(i, 3.3) - 0.2 * x[i])),
  c: numberColumn(rows.map((_, i) => wave(i, 4.9))),
  y: numberColumn(rows.map(({ unit }, i) => 0.7 * x[i] + 0.4 * wave(i, 2.1) + unit / 9 + wave(i, 5.5))),
  z: numberColumn(rows.map((_, i) => 0.2 * x[i] + wave(i, 6.1))),
};
const table = columnTable(columns);
const texts = {
  terms: ['x', 'x2', 'l(x)'],
  outcomes: ['z', 'log(10 + y)'],
  effects: ['unit', 'none', 'unit + year + area^year'],
  samples: ["area = 'inland'", 'year > 2003'].map((text) => readRowCondition(text)),
  keep: ['c'],
  test: null,
};
const panel = { unit: 'unit', time: 'year' };
const vcovs = ['cluster:unit', 'hc1'];
const [curve] = curvesOf(
  inputsOf({
    formulas: ['y ~ x + a + b + c | unit + year'],
    table,
    panel,
    vcov: vcovs[0],
    otherVcovs: [{ type: 'hc1', by: [] }],
  }),
  texts,
  { covariances: vcovs, ssc: 'fixest' },
);

describe('a specification curve', () => {
  const { space, specifications } = curve;

  it('has the model first and every combination once', () => {
    expect(space.outcomes).toEqual(['y', 'z', 'log(10 + y)']);
    expect(space.terms).toEqual(['x', 'x2', 'l(x, 1)']);
    expect(space.effects).toEqual(['unit + year', 'unit', '', 'unit + year + area^year']);
    expect(space.controls).toEqual(['a', 'b']);
    expect(specifications.estimate).toHaveLength(3 * 3 * 4 * 3 * 4);
    const keys = specifications.estimate.map((_, i) =>
      [
        specifications.outcome[i],
        specifications.term[i],
        specifications.effects[i],
        specifications.sample[i],
        specifications.controls[i],
      ].join(),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is in every entry what the model of that formula is alone', () => {
    // Every seventh: 62 of 432, every choice among them.
    for (let i = 0; i < specifications.estimate.length; i += 7) {
      const term = space.terms[specifications.term[i]];
      const controls = space.controls.filter((_, j) => Math.floor(specifications.controls[i] / 2 ** j) % 2 === 1);
      const effects = space.effects[specifications.effects[i]];
      const right = [term, ...controls, ...space.kept].join(' + ');
      const formula = `${space.outcomes[specifications.outcome[i]]} ~ ${right}${effects === '' ? '' : ` | ${effects}`}`;
      const condition = space.samples[specifications.sample[i]];
      const isIn = (row: number): boolean =>
        condition === null || (condition.startsWith('area') ? rows[row].unit % 3 !== 0 : rows[row].year > 2003);
      const chosen = Int32Array.from(rows.keys()).filter(isIn);
      const choice = { rows: condition === null ? null : chosen, where: 0, split: 0 };
      const fitted = fitModel({ id: 'm', formula, table, panel, choice, vcovs });
      vcovs.forEach((vcov, v) => {
        const own = summarizeModel(fitted, { vcov }).coef.find((one) => one.term === term);
        expectClose(specifications.estimate[i], own?.estimate ?? Number.NaN, 1e-10, `${formula} where ${condition}`);
        expectClose(specifications.se[v][i], own?.se ?? Number.NaN, 1e-10, `${formula} ${vcov}`);
        expect(Math.abs((specifications.p[v][i] ?? 9) - (own?.p ?? 0))).toBeLessThan(1e-10);
      });
      expect(specifications.nobs[i]).toBe(fitted.fit.nobs);
    }
  });

  it('sums up', () => {
    const [first] = curve.summaries;
    const sorted = specifications.estimate.flatMap((value) => value ?? []).sort((a, b) => a - b);
    expect(first.count).toBe(sorted.length);
    expect(first.low).toBe(sorted[0]);
    expect(first.high).toBe(sorted.at(-1));
    expect(first.positive).toBeCloseTo(sorted.filter((value) => value > 0).length / sorted.length, 12);
    const own = specifications.estimate[2 ** space.controls.length - 1] ?? Number.NaN;
    expect(first.own).toBe(own);
    expect(first.below).toBe(sorted.filter((value) => value < own).length);
    const withA = curve.choices.find(({ dimension, choice }) => dimension === 'with' && choice === 'a');
    const withoutA = curve.choices.find(({ dimension, choice }) => dimension === 'without' && choice === 'a');
    expect((withA?.count ?? 0) + (withoutA?.count ?? 0)).toBe(first.count);
  });
});

describe('curves that cannot be', () => {
  const ask = (change: object, formula = 'y ~ x + a | unit') =>
    curvesOf(
      inputsOf({ formulas: [formula], table, panel }),
      { ...texts, ...change },
      {
        covariances: ['iid'],
        ssc: 'fixest',
      },
    );

  it.each([
    ['a term that no model has', { terms: ['q'] }],
    ['effects that are no effects', { effects: ['unit +'] }],
    ['a measure of several columns', { terms: ['x', 'i(area)*b'] }],
    ['an outcome that is a formula', { outcomes: ['y ~ x'] }],
    ['a regressor that stays and is none', { keep: ['b'] }],
  ])('%s', (_, change) => {
    expect(() => ask({ ...change, ...('keep' in change ? {} : { keep: [] }) })).toThrow(
      expect.objectContaining({ code: 'bad-option' }),
    );
  });

  it('says in which model the term is absent', () => {
    const none = { outcomes: [], effects: [], samples: [], keep: [] };
    const input = inputsOf({ formulas: ['y ~ a | unit', 'y ~ x | unit'], table, panel });
    const found = curvesOf(input, { ...none, test: null, terms: ['x'] }, { covariances: ['iid'], ssc: 'fixest' });
    expect(found.map(({ reason }) => reason)).toEqual(['absent', undefined]);
  });

  it('counts specifications without an estimate', () => {
    const none = { outcomes: [], samples: [], keep: [] };
    const input = inputsOf({ formulas: ['y ~ x | unit'], table, panel });
    const found = curvesOf(
      input,
      { ...none, test: null, terms: ['x'], effects: ['unit^year'] },
      {
        covariances: ['iid'],
        ssc: 'fixest',
      },
    );
    expect(Object.values(found[0].failures).reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(found[0].specifications.estimate[1]).toBeNull();
  });

  it('refuses a curve in which no specification has an estimate', () => {
    const none = { outcomes: [], effects: [], samples: [], keep: [], test: null };
    const held = 'y ~ x + a | unit^year';
    const curve = (formulas: string[]) =>
      curvesOf(
        inputsOf({ formulas, table, panel }),
        { ...none, terms: ['x'] },
        { covariances: ['iid'], ssc: 'fixest' },
      );
    expect(() => curve([held])).toThrow(
      expect.objectContaining({
        code: 'bad-option',
        detail: expect.objectContaining({ expected: expect.objectContaining({ key: 'expected.curve_estimated' }) }),
      }),
    );
    // Beside a model that has one, the empty one is a line without numbers.
    expect(curve([held, 'y ~ x | unit']).map(({ summaries }) => summaries[0]?.count)).toEqual([0, 1]);
  });
});
