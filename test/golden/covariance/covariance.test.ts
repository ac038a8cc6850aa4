import { describe, test } from 'vitest';
import type { Fitted } from '../../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import { reconcile } from '../../../src/model/reconcile/reconcile.ts';
import { readJson, readPlainCsv } from '../../read-csv.ts';
import { expectClose, probability, rawSandwich } from '../../tolerance.ts';

type Numbers = Record<string, number>;
type LeftOut = Record<'cr3' | 'cv3' | 'jackknife', Numbers>;

interface Reference {
  readonly hc2: Record<string, Numbers>;
  readonly hc3: Record<string, Numbers>;
  readonly cr2: Record<string, { se: Numbers; df: Numbers; p: Numbers }>;
  readonly left_out: Record<string, LeftOut>;
  readonly nw: Record<string, Numbers>;
  readonly dk: Record<string, Numbers>;
  readonly conley: Record<string, Numbers>;
  readonly plm: { nw_sss: Numbers; scc_sss: Numbers; r2: number; adj: number; f: number };
}

const folder = new URL('./', import.meta.url);
const reference = readJson<Reference>(new URL('reference.json', folder));
const table = readPlainCsv(new URL('data.csv', folder));
const panel = { unit: 'unit', time: 'time' };

/** Models by the first part of a key of the reference. */
const formulas: Record<string, string> = {
  two: 'y ~ x1 + x2 | unit + time',
  one: 'y ~ x1 + x2 | unit',
  slopes: 'y ~ x1 + x2 | unit[time]',
  pooled: 'y ~ x1 + x2',
  region: 'y ~ x1 + x2 | region + time',
};

function fitted(key: string, weights: string | null = null): Fitted {
  return fitModel({ id: '1', formula: formulas[key], table, panel, weights });
}

function expectErrors(model: Fitted, vcov: string, expected: Numbers, ssc = 'none'): void {
  const { coef } = summarizeModel(model, { vcov, ssc });
  for (const [term, se] of Object.entries(expected)) {
    expectClose(coef.find((one) => one.term === term)?.se, se, rawSandwich, `${vcov} ${term}`);
  }
}

describe('leverage under fixed effects: vcovHC on lm with all dummies, unbalanced', () => {
  test.each(['hc2', 'hc3'] as const)('%s', (vcov) => {
    for (const [key, expected] of Object.entries(reference[vcov])) {
      const model = key === 'weighted' ? fitted('two', 'wi') : fitted(key);
      expectErrors(model, vcov, expected, 'fixest');
    }
  });
});

describe('CR2 with Satterthwaite degrees of freedom: clubSandwich on lm with all dummies', () => {
  test.each(Object.keys(reference.cr2))('%s', (key) => {
    const [model, cluster] = key.split('_');
    const own = model === 'weighted' ? fitted('two', 'wu') : fitted(model);
    const { coef } = summarizeModel(own, { vcov: `cr2:${cluster}` });
    const expected = reference.cr2[key];
    for (const [term, se] of Object.entries(expected.se)) {
      const found = coef.find((one) => one.term === term);
      expectClose(found?.se, se, rawSandwich, `se ${term}`);
      expectClose(found?.df, expected.df[term], 1e-8, `df ${term}`);
      expectClose(found?.p, expected.p[term], 100 * probability, `p ${term}`);
    }
  });
});

describe('CR3 and the jackknife: each cluster left out, lm fitted anew', () => {
  test.each(Object.keys(reference.left_out))('%s', (key) => {
    const [model, cluster] = key.split('_');
    const own = model === 'weighted' ? fitted('two', 'wi') : fitted(model);
    expectErrors(own, `cr3:${cluster}`, reference.left_out[key].cr3, 'none');
    expectErrors(own, `cr3:${cluster}`, reference.left_out[key].cv3, 'fixest');
    expectErrors(own, `jackknife:${cluster}`, reference.left_out[key].jackknife, 'fixest');
  });
});

describe('kernels, by loops over all pairs of rows of the dummy regression; the panel has gaps', () => {
  test.each(Object.entries(reference.nw))('nw:%s', (lag, expected) =>
    expectErrors(fitted('two'), `nw:${lag}`, expected),
  );
  test.each(Object.entries(reference.dk))('dk:%s', (lag, expected) =>
    expectErrors(fitted('two'), `dk:${lag}`, expected),
  );
  test.each(Object.entries(reference.conley))('conley:%s', (setting, expected) => {
    expectErrors(fitted('two'), `conley:${setting},coords=lat+lon`, expected);
  });
});

describe("plm's corrections and what its summary prints, on Grunfeld as gathered in R", () => {
  test('type sss: N/(N-k) for vcovNW, T/(T-1) (N-1)/(N-k) for vcovSCC, k the slopes', () => {
    // Against type HC0 of the same, recorded with 15 digits; 200 rows, 20 years, 2 slopes.
    expectClose(reference.plm.nw_sss.value / 0.0214565049039752, Math.sqrt(200 / 198), 1e-12, 'vcovNW');
    expectClose(reference.plm.scc_sss.value / 0.0176860327180706, Math.sqrt((20 / 19) * (199 / 198)), 1e-12, 'vcovSCC');
    const factorOf = (vcov: string) => summarizeModel(fitted('one'), { vcov, ssc: 'plm' }).vcov.factors[0];
    expectClose(factorOf('nw:2'), 100 / 98, 1e-14, 'nw');
    expectClose(factorOf('dk:2'), (9 / 8) * (99 / 98), 1e-14, 'dk');
  });

  test('adjusted R2: (N - 1)/(N - K) on the within R2', () => {
    expectClose(1 - ((1 - reference.plm.r2) * 199) / 188, reference.plm.adj, 1e-12, 'plm itself');
    const columns = reconcile({ kept: fitted('one'), dropped: null, vcov: 'iid', ssc: 'plm' }).columns;
    const printed = Object.fromEntries(columns[0].r2.map(({ measure, value }) => [measure, value]));
    expectClose(printed.plm_adj, 1 - ((1 - (printed.within ?? 0)) * 99) / (100 - 16), 1e-14, 'ours');
  });
});
