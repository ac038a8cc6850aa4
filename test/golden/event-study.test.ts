import { describe, expect, test } from 'vitest';
import { estimate } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';

/* pyfixest's saturated event study and its leads and lags, made by make.py. */

type Lines = Readonly<Record<string, { readonly estimate: number; readonly se: number }>>;
interface Reference {
  readonly sunab: Lines;
  readonly event: Readonly<Record<string, Lines>>;
}

const at = (name: string): URL => new URL(`event-study/${name}`, import.meta.url);
const table = readPlainCsv(at('data.csv'));
const reference = readJson(at('reference.json')) as Reference;

/** Share of the number: effects are taken out by iterations there, to 1e-8 and less. */
const tolerance = 1e-6;

function compare(model: ModelResult | undefined, theirs: Lines): void {
  expect(model?.coef.map(({ term }) => term.replace('year::', '')).sort()).toEqual(Object.keys(theirs).sort());
  for (const { term, estimate: own, se } of model?.coef ?? []) {
    const line = theirs[term.replace('year::', '')];
    expect(Math.abs(own / (line?.estimate ?? Number.NaN) - 1)).toBeLessThan(tolerance);
    expect(Math.abs((se ?? Number.NaN) / (line?.se ?? Number.NaN) - 1)).toBeLessThan(tolerance);
  }
}

test("effects of cohorts averaged by their shares: pyfixest's saturated estimator", () => {
  const [model] = estimate({ formulas: ['y ~ sunab(first, year) | id + year'], table, vcov: 'cluster:id' });
  compare(model, reference.sunab);
});

describe('leads and lags of all together', () => {
  test.each(Object.entries(reference.event))('%s', (vcov, theirs) => {
    const [model] = estimate({ formulas: ['y ~ event(first, year) | id + year'], table, vcov });
    compare(model, theirs);
  });
});
