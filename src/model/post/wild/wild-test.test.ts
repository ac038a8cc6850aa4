import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { Fitted } from '../../estimate-formula.ts';
import { fitModel, inferModel } from '../../estimate-formula.ts';
import { rowsOf, sampleRowsOf } from '../../fit-rows.ts';
import { readCovariance } from '../../inference/catalog.ts';
import { clusteringsOf } from '../../inference/clusters.ts';
import { estimatesOf } from '../../inference/joint-test.ts';
import { readSmallSample } from '../../inference/small-sample.ts';
import type { WildType } from '../../result/wild.ts';
import { wildTypes } from '../../result/wild.ts';
import { readRestrictions } from '../restrictions.ts';
import { waldTest } from '../wald.ts';
import type { WildOptions } from './contract.ts';
import { drawnFactors } from './draws.ts';
import { wildTest, wildTestByRow } from './wild-test.ts';

/** Statistics of refits agree to this: two ways of the same arithmetic on 60 rows. */
const same = 1e-9;

/** An unbalanced panel: 9 units of 4 to 8 of 8 years, in 3 regions, with errors that go together. */
function panel(seed: number): ColumnTable {
  const random = randomStream(seed, 1);
  const columns: Record<string, number[]> = { id: [], year: [], region: [], x: [], z: [], w: [], y: [] };
  for (let unit = 0; unit < 9; unit++) {
    const common = random.normal();
    for (let year = 0; year < 8; year++) {
      if (random.uniform() < 0.2) continue;
      const x = random.normal() + common * (unit % 3);
      const z = random.normal() + year / 4;
      columns.id.push(unit);
      columns.year.push(year);
      columns.region.push(unit % 3);
      columns.x.push(x);
      columns.z.push(z);
      columns.w.push(0.5 + random.uniform());
      columns.y.push(0.3 * x + z + common * (1 + year / 3) + random.normal());
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

const options = (type: WildType, over: Partial<WildOptions> = {}): WildOptions => ({
  ...{ type, weights: 'webb', reps: 40, seed: 3, level: 0.95, by: null, isAndersonRubin: false },
  ...over,
});

interface Case {
  readonly formula: string;
  readonly vcov: string;
  readonly weights?: string;
}

function fitted(table: ColumnTable, { formula, weights }: Case): Fitted {
  return fitModel({ id: '1', formula, table, singletons: 'keep', ...(weights === undefined ? {} : { weights }) });
}

/** Residuals of a fit of other columns in place of the outcome. */
function residualsOf(table: ColumnTable, formula: string, y: Float64Array, weights?: string): Float64Array {
  const own = columnTable({ ...table.columns, y: numberColumn(y) });
  const { fit } = fitted(own, { formula, vcov: '', ...(weights === undefined ? {} : { weights }) });
  const { residuals, sample } = rowsOf(fit, { kind: 'joint' });
  return sample.weights === null
    ? residuals
    : residuals.map((value, i) => value / Math.sqrt((sample.weights as Float64Array)[i]));
}

const valuesOf = (table: ColumnTable, name: string): Float64Array => {
  const column = table.columns[name];
  if (column.kind !== 'number') throw new Error(`${name} holds no numbers`);
  return column.values;
};

/** The statistic |t| of `x = null` in one sample, by refitting it. */
function statOf(table: ColumnTable, one: Case, y: Float64Array, text: string): number {
  const own = columnTable({ ...table.columns, y: numberColumn(y) });
  if (one.vcov.includes('+')) return twoWayStat(own, one, text);
  const inferred = inferModel(fitted(own, one), { vcov: one.vcov });
  const estimates = estimatesOf(inferred);
  return waldTest(estimates, text, readRestrictions(text, estimates.terms)).chi2 ?? Number.NaN;
}

/** The squared t under two-way clusters by its three parts, without the repair of a covariance that is not positive. */
function twoWayStat(table: ColumnTable, one: Case, text: string): number {
  const [a, b] = one.vcov.slice('cluster:'.length).split('+');
  const model = fitted(table, one);
  const parts = [a, b, `${a}^${b}`].map((by) => inferModel(model, { vcov: `cluster:${by}` }));
  const factor = (count: number): number => count / (count - 1);
  const counts = parts.map(({ covariance }) => covariance.clusters[0]);
  const least = factor(Math.min(...counts));
  const at = model.fit.names.indexOf('x');
  const variance = parts.reduce((sum, { covariance: { matrix } }, k) => {
    const own = (matrix.data[at * (matrix.ncol + 1)] * least) / factor(counts[k]);
    return sum + (k < 2 ? own : -own);
  }, 0);
  const [restriction] = readRestrictions(text, model.fit.names);
  return variance > 0 ? (model.fit.coefficients[at] + restriction.constant) ** 2 / variance : Number.NaN;
}

/** p by refitting every drawn sample: the definition, row by row. `null` is imposed by taking it off the outcome. */
function bruteP(table: ColumnTable, one: Case, by: string, { type, ...rest }: WildOptions, value: number): number {
  const y = valuesOf(table, 'y');
  const x = valuesOf(table, 'x');
  const isRestricted = type.startsWith('WCR');
  const formula = isRestricted ? one.formula.replace('x + ', '') : one.formula;
  const offset = isRestricted ? y.map((v, i) => v - value * x[i]) : y;
  const plain = residualsOf(table, formula, offset, one.weights);
  const fit = y.map((v, i) => v - plain[i]);
  const { fit: own } = fitted(table, one);
  const { codes, count } = clusteringsOf(sampleRowsOf(own.gives.sample, ''), [by])[0];
  const drawn = type[3] === '3' ? leftOut(table, formula, offset, codes, count) : plain;
  const errors = type[4] === '3' ? { ...one, vcov: one.vcov.replace('cluster', 'cr3') } : one;
  const estimate = inferModel(fitted(table, one)).fit.coefficients[own.names.indexOf('x')];
  const observed = statOf(table, errors, y, `x = ${value}`);
  const factorsOf = drawnFactors(count, rest);
  const stats = Array.from({ length: rest.reps }, (_, draw) => {
    const w = factorsOf(draw);
    const star = fit.map((v, i) => v + w[codes[i]] * drawn[i]);
    return statOf(table, errors, star, `x = ${isRestricted ? value : estimate}`);
  }).filter((stat) => !Number.isNaN(stat));
  return stats.filter((stat) => stat > observed * (1 + same)).length / stats.length;
}

/** Residuals of every cluster by a fit without it, on models whose effects do not lie inside clusters. */
function leftOut(table: ColumnTable, formula: string, y: Float64Array, codes: Int32Array, count: number): Float64Array {
  const out = new Float64Array(y.length);
  for (let g = 0; g < count; g++) {
    const own = columnTable({
      ...table.columns,
      y: numberColumn(y),
      d: numberColumn(y.map((_, i) => (codes[i] === g ? 1 : 0))),
    });
    // A dummy for every row of the cluster takes it out of the fit; its coefficients are the residuals.
    const rows = [...codes.keys()].filter((i) => codes[i] === g);
    const dummies = Object.fromEntries(rows.map((i, k) => [`d${k}`, numberColumn(y.map((_, j) => (j === i ? 1 : 0)))]));
    const wide = columnTable({ ...own.columns, ...dummies });
    const [left, right] = formula.split('~');
    const [terms, effects] = right.split('|');
    const extended = `${left} ~ ${Object.keys(dummies).join(' + ')} + ${terms}${effects === undefined ? '' : `| ${effects}`}`;
    const { fit } = fitted(wide, { formula: extended, vcov: '' });
    rows.forEach((i, k) => {
      out[i] = fit.coefficients[fit.names.indexOf(`d${k}`)];
    });
  }
  return out;
}

function tested(table: ColumnTable, one: Case, asked: WildOptions, text = 'x') {
  const { fit } = fitted(table, one);
  const { request } = readCovariance(one.vcov);
  return wildTest(fit, text, readRestrictions(text, fit.names), { request, rule: readSmallSample('fixest') }, asked);
}

describe('the same as refitting every drawn sample', () => {
  const cases: readonly (Case & { readonly by: string })[] = [
    { formula: 'y ~ x + z', vcov: 'cluster:id', by: 'id' },
    { formula: 'y ~ x + z | id', vcov: 'cluster:id', by: 'id' },
    { formula: 'y ~ x + z | id + year', vcov: 'cluster:id', by: 'id' },
    { formula: 'y ~ x + z | id + year', vcov: 'cluster:year', by: 'year' },
    { formula: 'y ~ x + z | id + year', vcov: 'cluster:id', by: 'id', weights: 'w' },
    { formula: 'y ~ x + z | id[year] + year', vcov: 'cluster:id', by: 'id' },
    { formula: 'y ~ x + z', vcov: 'cluster:id+year', by: 'id^year' },
    { formula: 'y ~ x + z', vcov: 'cluster:id+year', by: 'id' },
    { formula: 'y ~ x + z | id + year', vcov: 'cluster:region', by: 'id' },
  ];
  for (const one of cases) {
    for (const type of ['WCR11', 'WCU11'] as const) {
      test(`${type}: ${one.formula}, ${one.vcov}${one.weights === undefined ? '' : ', weighted'}, weights by ${one.by}`, () => {
        const table = panel(11);
        for (const value of [0, 0.6]) {
          const asked = options(type, { by: [one.by] });
          expect(tested(table, one, asked, `x = ${value}`).p).toBe(bruteP(table, one, one.by, asked, value));
        }
      });
    }
  }

  for (const type of wildTypes.filter((name) => name.includes('3'))) {
    test(`${type} without effects inside clusters`, () => {
      for (const formula of ['y ~ x + z', 'y ~ x + z | year']) {
        const one = { formula, vcov: 'cluster:id' };
        const table = panel(12);
        const asked = options(type, { reps: 25 });
        expect(tested(table, one, asked, 'x = 0.2').p).toBe(bruteP(table, one, 'id', asked, 0.2));
      }
    });
  }

  for (const weights of ['rademacher', 'mammen', 'normal'] as const) {
    test(`weights ${weights}`, () => {
      const one = { formula: 'y ~ x + z | id + year', vcov: 'cluster:id' };
      const asked = options('WCR11', { weights });
      expect(tested(panel(13), one, asked, 'x = 0.1').p).toBe(bruteP(panel(13), one, 'id', asked, 0.1));
    });
  }

  for (const type of wildTypes) {
    test(`${type}: two restrictions together`, () => {
      const table = panel(14);
      const one = { formula: 'y ~ x + z | year', vcov: 'cluster:id' };
      const asked = options(type, { reps: 20 });
      const y = valuesOf(table, 'y');
      const isRestricted = type.startsWith('WCR');
      const formula = isRestricted ? 'y ~ 1 | year' : one.formula;
      const [x, z] = ['x', 'z'].map((name) => valuesOf(table, name));
      const offset = isRestricted ? y.map((v, i) => v - 0.3 * x[i] - z[i]) : y;
      const plain = residualsOf(table, formula, offset);
      const { fit } = fitted(table, one);
      const { codes, count } = clusteringsOf(sampleRowsOf(fit.gives.sample, ''), ['id'])[0];
      const drawn = type[3] === '3' ? leftOut(table, formula, offset, codes, count) : plain;
      const errors = type[4] === '3' ? { ...one, vcov: 'cr3:id' } : one;
      const factorsOf = drawnFactors(count, asked);
      const truth = isRestricted ? 'x = 0.3, z = 1' : `x = ${fit.coefficients[0]}, z = ${fit.coefficients[1]}`;
      const observed = statOf(table, errors, y, 'x = 0.3, z = 1');
      let larger = 0;
      for (let draw = 0; draw < asked.reps; draw++) {
        const w = factorsOf(draw);
        const star = y.map((v, i) => v - plain[i] + w[codes[i]] * drawn[i]);
        if (statOf(table, errors, star, truth) > observed) larger += 1;
      }
      const result = tested(table, one, asked, 'x = 0.3, z = 1');
      expect(result.p).toBe(larger / asked.reps);
      expect(2 * (result.stat ?? Number.NaN)).toBeCloseTo(observed, 8);
    });
  }
});

describe('under errors by row every row has a weight', () => {
  const rule = readSmallSample('fixest');
  /** With a column that numbers the rows: its clusters are the rows. */
  const withRows = (seed: number): ColumnTable => {
    const table = panel(seed);
    return columnTable({ ...table.columns, row: numberColumn(Array.from({ length: table.nrow }, (_, i) => i)) });
  };
  const byRow = (table: ColumnTable, one: Case, asked: WildOptions, text: string) => {
    const { fit } = fitted(table, one);
    return wildTestByRow(fit, text, readRestrictions(text, fit.names), rule, asked);
  };
  const cases: readonly Case[] = [
    { formula: 'y ~ x + z', vcov: 'hc1' },
    { formula: 'y ~ x + z | id', vcov: 'hc1' },
    { formula: 'y ~ x + z | id + year', vcov: 'hc1' },
    { formula: 'y ~ x + z | id + year', vcov: 'hc1', weights: 'w' },
    { formula: 'y ~ x + z | id[year] + year', vcov: 'hc1' },
  ];

  for (const one of cases) {
    for (const type of ['WCR11', 'WCU11'] as const) {
      test(`${type}: ${one.formula}${one.weights === undefined ? '' : ', weighted'}, as refitting every drawn sample`, () => {
        const table = withRows(16);
        const asked = options(type);
        for (const value of [0, 0.4]) {
          expect(byRow(table, one, asked, `x = ${value}`).p).toBe(bruteP(table, one, 'row', asked, value));
        }
      });
    }
  }

  for (const type of wildTypes) {
    test(`${type}: t but for its factor, P and interval of clusters that are the rows`, () => {
      const table = withRows(17);
      const asked = { ...options(type), reps: 199 };
      for (const formula of ['y ~ x + z', 'y ~ x + z | id + year']) {
        const own = byRow(table, { formula, vcov: 'hc1' }, asked, 'x = 0.1');
        const clustered = tested(table, { formula, vcov: 'cluster:row' }, asked, 'x = 0.1');
        expect(own).toMatchObject({ by: null, clusters: table.nrow, errors: [], p: clustered.p, ties: clustered.ties });
        for (const [k, end] of (own.ci95?.[0] ?? []).entries()) {
          expect(end).toBeCloseTo(clustered.ci95?.[0]?.[k] ?? Number.NaN, 8);
        }
        expect(own.ci95).toHaveLength(clustered.ci95?.length ?? -1);
      }
    });
  }

  test('its t is that of the coefficient table under HC1', () => {
    const table = withRows(18);
    const one = { formula: 'y ~ x + z | id + year', vcov: 'hc1' };
    const inferred = inferModel(fitted(table, one), { vcov: 'hc1' });
    const estimates = estimatesOf(inferred);
    const { chi2 } = waldTest(estimates, 'x', readRestrictions('x', estimates.terms));
    expect((byRow(table, one, options('WCR11'), 'x').stat ?? Number.NaN) ** 2).toBeCloseTo(chi2 ?? Number.NaN, 9);
  });

  test('what it cannot have is refused', () => {
    const one = { formula: 'y ~ x + z', vcov: 'hc1' };
    const refused = (text: string, over: Partial<WildOptions>) => () =>
      byRow(withRows(19), one, options('WCR11', over), text);
    expect(refused('x, z', {})).toThrow(/bad-option/);
    expect(refused('x', { by: ['id'] })).toThrow(/wild_by/);
    expect(refused('x', { reps: 1e8 })).toThrow(/over-budget/);
  });
});

describe('the set of nulls that are not rejected', () => {
  const one = { formula: 'y ~ x + z | id + year', vcov: 'cluster:id' };

  test('its ends are where p passes 1 - level', () => {
    for (const type of ['WCR11', 'WCU11'] as const) {
      const asked = options(type, { reps: 999 });
      const result = tested(panel(15), one, asked);
      expect(result.ci95).toHaveLength(1);
      const [low, high] = (result.ci95?.[0] ?? []).map((end) => end ?? Number.NaN);
      for (const [inside, outside] of [
        [low + 1e-7, low - 1e-7],
        [high - 1e-7, high + 1e-7],
      ]) {
        expect(tested(panel(15), one, asked, `x = ${inside}`).p).toBeGreaterThanOrEqual(0.05);
        expect(tested(panel(15), one, asked, `x = ${outside}`).p).toBeLessThan(0.05);
      }
    }
  });

  test('two clusters beside effects of periods: their scores are zero, and rounding is no statistic', () => {
    const two = panel(5);
    const { id } = two.columns;
    const kept = Int32Array.from(Array(two.nrow).keys()).filter((i) => id.kind === 'number' && id.values[i] < 2);
    const choice = { rows: kept, where: 0, split: 0 };
    const { fit } = fitModel({ id: '1', formula: 'y ~ x + z | id + year', table: two, choice });
    const errors = { request: readCovariance('cluster:id').request, rule: readSmallSample('fixest') };
    for (const text of ['x', 'x = 0, z = 0']) {
      const found = wildTest(fit, text, readRestrictions(text, fit.names), errors, options('WCR11'));
      expect(found).toMatchObject({ stat: null, p: null, ci95: null });
    }
  });

  test('all signs of nine clusters are taken once, and the sample ties with its mirror', () => {
    const result = tested(panel(15), one, options('WCR11', { weights: 'rademacher', reps: 999 }));
    expect(result).toMatchObject({ reps: 512, is_enumerated: true, ties: 2, failed: 0, clusters: 9, by: 'id' });
    expect((result.p ?? Number.NaN) * 512).toBeCloseTo(Math.round((result.p ?? Number.NaN) * 512), 9);
  });
});
