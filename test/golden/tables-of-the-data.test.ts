import { describe, expect, test } from 'vitest';
import { readDescribe } from '../../src/model/describe/read.ts';
import { describeTable } from '../../src/model/describe/run.ts';
import type { DescribeWords } from '../../src/model/describe/schema.ts';
import type { Correlations } from '../../src/model/result/correlations.ts';
import type { Balance, GroupMeans } from '../../src/model/result/group-comparison.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';

/* Correlations, t and F tests of groups and the joint test of balance against R (make.R). */

type Line = Readonly<Record<string, number | string>>;
interface Reference {
  readonly pearson: readonly Line[];
  readonly spearman: readonly Line[];
  readonly listwise: readonly Line[];
  readonly clustered_r: readonly Line[];
  readonly welch: readonly Line[];
  readonly pooled: readonly Line[];
  readonly welch_f: readonly Line[];
  readonly anova: readonly Line[];
  readonly clustered_t: readonly Line[];
  readonly within_t: readonly Line[];
  readonly clustered_f: readonly Line[];
  readonly joint: Line;
}

const at = (name: string): URL => new URL(`tables-of-the-data/${name}`, import.meta.url);
const data = readPlainCsv(at('data.csv'));
const reference = readJson<Reference>(at('reference.json'));
const variables = ['y', 'x', 'z', 'k'];

/** Relative: sums of a few hundred numbers in another order, and t and F of them. */
const closeness = 1e-11;

function near(found: number | null | undefined, theirs: number | string | undefined): void {
  expect(found).toEqual(expect.any(Number));
  expect(Math.abs((found ?? Number.NaN) / Number(theirs) - 1)).toBeLessThan(closeness);
}

const made = (words: DescribeWords) => describeTable(readDescribe({ variables, ...words }), data);
const correlations = (words: DescribeWords) => made({ kind: 'correlations', ...words }) as Correlations;
const groups = (words: DescribeWords) => made({ kind: 'groups', ...words }) as GroupMeans;

describe('cor.test', () => {
  test.each<[keyof Reference, DescribeWords]>([
    ['pearson', {}],
    ['spearman', { method: 'spearman' }],
    ['listwise', { cases: 'listwise' }],
  ])('%s', (name, words) => {
    const { pairs } = correlations(words);
    for (const line of reference[name] as readonly Line[]) {
      const pair = pairs.find(({ first, second }) => first === line.first && second === line.second);
      expect(pair?.n).toBe(line.n);
      near(pair?.r, line.r);
      near(pair?.t, line.t);
      near(pair?.p, line.p);
    }
  });

  test('both halves are the two methods', () => {
    const both = correlations({ method: 'both' }).pairs;
    expect(both).toEqual([...correlations({}).pairs, ...correlations({ method: 'spearman' }).pairs]);
  });
});

test('a clustered correlation is the delta method on five means (vcovCL)', () => {
  const { pairs, vcov } = correlations({ vcov: 'cluster:unit' });
  expect(vcov).toMatchObject({ type: 'cluster', clusters: [40] });
  for (const line of reference.clustered_r) {
    const pair = pairs.find(({ first, second }) => first === line.first && second === line.second);
    near(pair?.r, line.r);
    near(pair?.se, line.se);
    expect(pair?.df).toBe(line.df);
    near(pair?.p, line.p);
  }
});

describe('t.test and oneway.test', () => {
  test.each<['welch' | 'pooled', 'unequal' | 'equal']>([
    ['welch', 'unequal'],
    ['pooled', 'equal'],
  ])('%s', (name, variances) => {
    const found = groups({ by: 'treated', base: 0, variances });
    const balance = made({ kind: 'balance', by: 'treated', variances }) as Balance;
    reference[name].forEach((line, k) => {
      const { groups: moments, differences } = found.variables[k];
      expect(moments.map(({ n }) => n)).toEqual([line.n0, line.n1]);
      near(moments[1].mean, line.mean1);
      near(moments[0].sd, line.sd0);
      near(differences[0].se, line.se);
      near(differences[0].t, line.t);
      near(differences[0].df, line.df);
      near(differences[0].p, line.p);
      expect(balance.variables[k].differences).toEqual(differences);
      near(balance.variables[k].imbalance[0].standardised, line.standardised);
      near(balance.variables[k].imbalance[0].variance_ratio, line.ratio);
    });
  });

  test.each<['welch_f' | 'anova', 'unequal' | 'equal']>([
    ['welch_f', 'unequal'],
    ['anova', 'equal'],
  ])('%s', (name, variances) => {
    const { variables: found } = groups({ by: 'region', variances });
    reference[name].forEach((line, k) => {
      const { joint, differences } = found[k];
      expect(differences).toEqual([]);
      near(joint?.stat, line.f);
      expect(joint?.df[0]).toBe(line.df1);
      near(joint?.df[1], line.df2);
      near(joint?.p, line.p);
    });
  });
});

describe('lm with vcovCL', () => {
  test.each<['clustered_t' | 'within_t', DescribeWords]>([
    ['clustered_t', {}],
    ['within_t', { effects: 'province' }],
  ])('%s', (name, words) => {
    const { variables: found } = groups({ by: 'treated', base: 0, vcov: 'cluster:unit', ...words });
    reference[name].forEach((line, k) => {
      const [difference] = found[k].differences;
      near(difference.difference, line.difference);
      near(difference.se, line.se);
      expect(difference.df).toBe(line.df);
      near(difference.p, line.p);
    });
  });

  test('three groups together', () => {
    const { variables: found } = groups({ by: 'region', vcov: 'cluster:unit' });
    reference.clustered_f.forEach((line, k) => {
      near(found[k].joint?.stat, line.f);
      expect(found[k].joint?.df).toEqual([line.df1, line.df2]);
      near(found[k].joint?.p, line.p);
    });
  });

  test('all variables together', () => {
    const clustered = made({ kind: 'balance', by: 'treated', vcov: 'cluster:unit' }) as Balance;
    const plain = made({ kind: 'balance', by: 'treated' }) as Balance;
    const line = reference.joint;
    expect(clustered.joint[0]).toMatchObject({ nobs: line.n, df: [4, line.df2], collinear: [] });
    near(clustered.joint[0].stat, line.f);
    near(clustered.joint[0].p, line.p);
    expect(plain.joint[0].df).toEqual([4, line.df2_iid]);
    near(plain.joint[0].stat, line.f_iid);
    near(plain.joint[0].p, line.p_iid);
  });
});
