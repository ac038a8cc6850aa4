import { describe, expect, test } from 'vitest';
import { fitModel } from '../../src/model/estimate-formula.ts';
import { omittedVariables } from '../../src/model/post/omitted-variables.ts';
import type { OmittedVariables, StrengthBenchmark } from '../../src/model/result/omitted.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, rawSandwich } from '../tolerance.ts';

// Against PySensemakr, the printed formulas of Oster (2019) and Gelbach's influence functions (omitted/make.py).

interface Reference {
  readonly robustness: {
    readonly t: number;
    readonly df: number;
    readonly partial_r2: number;
    readonly value: number;
    readonly value_alpha: number;
    readonly benchmarks: readonly (Omit<StrengthBenchmark, 'term' | 'times'> & { readonly label: string })[];
  };
  readonly selection: {
    readonly short: number;
    readonly long: number;
    readonly r2_short: number;
    readonly r2_long: number;
    readonly r2_max: number;
    readonly delta: number;
    readonly betas: readonly number[];
  };
}
const reference = readJson('test/golden/omitted/reference.json') as {
  readonly plain: Reference;
  readonly effects: Reference;
  readonly decomposition: {
    readonly parts: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
    readonly total: { readonly estimate: number; readonly se: number };
  };
};

function found(formula: string): OmittedVariables {
  const table = readPlainCsv('test/golden/after-the-fit/data.csv');
  const fitted = fitModel({ id: 'm', formula, table, vcovs: ['cluster:unit'] });
  const options = { vcov: 'cluster:unit', ssc: 'none' };
  return omittedVariables({ text: 'x1', r2Max: null }, [fitted], ['x1', 'x2', 'x3'], options)[0];
}

describe.each([
  ['plain', 'y ~ x1 + x2 + x3'],
  ['effects', 'y ~ x1 + x2 + x3 | unit'],
] as const)('%s', (name, formula) => {
  const { robustness, selection } = found(formula);
  const expected = reference[name];

  // Differences of sums of squares on both sides: a few digits of 1e-16 go where a regressor explains little.
  test('robustness values and benchmarks', () => {
    for (const key of ['t', 'partial_r2', 'value', 'value_alpha'] as const) {
      expectClose(robustness?.[key], expected.robustness[key], rawSandwich, key);
    }
    expect(robustness?.df).toBe(expected.robustness.df);
    for (const one of expected.robustness.benchmarks) {
      const own = robustness?.benchmarks.find(({ term, times }) => `${times}x ${term}` === one.label);
      for (const key of ['r2_term', 'r2_outcome', 'estimate', 'se', 't'] as const) {
        expectClose(own?.[key], one[key] ?? Number.NaN, 1e-9, `${one.label} ${key}`);
      }
    }
  });

  test('bounds and delta', () => {
    const overall = selection?.measures.find(({ measure }) => measure === 'overall');
    const { short, long, betas } = expected.selection;
    expectClose(selection?.short, short, rawSandwich, 'short');
    expectClose(selection?.long, long, rawSandwich, 'long');
    for (const key of ['r2_short', 'r2_long', 'r2_max', 'delta'] as const) {
      expectClose(overall?.[key], expected.selection[key], 1e-9, key);
    }
    const solved = overall?.solutions.map(({ beta }) => beta).sort((a, b) => a - b) ?? [];
    expect(solved).toHaveLength(betas.length);
    betas.forEach((beta, i) => {
      expectClose(solved[i], beta, 1e-9, 'beta');
    });
  });
});

test('what each regressor moves', () => {
  const change = found('y ~ x1 + x2 + x3 | unit').decomposition;
  const { parts, total } = reference.decomposition;
  parts.forEach((one, j) => {
    expect(change?.parts[j]?.term).toBe(one.term);
    expectClose(change?.parts[j]?.estimate, one.estimate, rawSandwich, one.term);
    expectClose(change?.parts[j]?.se, one.se, rawSandwich, `${one.term} se`);
  });
  expectClose(change?.total.estimate, total.estimate, rawSandwich, 'total');
  expectClose(change?.total.se, total.se, rawSandwich, 'total se');
});
