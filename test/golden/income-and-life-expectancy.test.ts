import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Description } from '../../src/model/result/description.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import type { ThresholdResult } from '../../src/model/result/threshold.ts';
import { runInside } from '../../src/platform/cli/testing/run-inside.ts';
import { readJson } from '../read-csv.ts';
import { closedForm, expectClose, probability } from '../tolerance.ts';

/*
 * The shipped study of income and life expectancy, run from its study.yaml as a user does, against R: fixest 0.14.2 for the
 * regressions, a search over every candidate for the threshold.
 */

type Numbers = Readonly<Record<string, number>>;

interface Errors {
  readonly se: Numbers;
  readonly stat: Numbers;
  readonly p: Numbers;
  readonly low: Numbers;
  readonly high: Numbers;
}

interface Model {
  readonly nobs: number;
  readonly coef: Numbers;
  readonly ssr: number;
  readonly r2: Numbers;
  readonly cluster: Errors;
  readonly hc1: Errors;
}

interface Reference {
  readonly models: Readonly<Record<string, readonly Model[]>>;
  readonly threshold: {
    readonly gamma: number;
    readonly ssr: number;
    readonly ssr0: number;
    readonly f: number;
    readonly model: Model;
  };
  readonly summary: Readonly<Record<string, Numbers>>;
}

interface Results {
  readonly data: { readonly shape: object; readonly groups: readonly object[] };
  readonly tables: readonly {
    readonly id: string;
    readonly rows?: readonly Description[];
    readonly thresholds?: readonly Omit<ThresholdResult, 'lr'>[];
    readonly columns: readonly { readonly model: ModelResult; readonly other_vcov: readonly ModelResult[] }[];
  }[];
}

/** fixest stops its iterations at 1e-11 of the coefficients. */
const fixestTolerance = 1e-9;
/** R's within deviations are differences of means of numbers of size 1e8 (population). */
const deviations = 1e-11;

const reference = readJson<Reference>(new URL('income-and-life-expectancy/reference.json', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kaya-preston-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let results: Results;

beforeAll(async () => {
  const said = await runInside(['study', 'run', 'studies/income-and-life-expectancy', '--out', join(scratch, 'out')]);
  expect(said).toMatchObject({ status: 0 });
  results = JSON.parse(readFileSync(join(scratch, 'out/results.json'), 'utf8')) as Results;
}, 60_000);

const tableOf = (id: string) => results.tables.find((table) => table.id === id) ?? expect.fail(`no ${id}`);

/** Terms here under R's names. */
const inR: Readonly<Record<string, string>> = {
  'I(income^2)': 'income_sq',
  'l(income, 1)': 'income1',
  'l(income, 2)': 'income2',
  'l(lifeExp, 1)': 'life1',
  'd(income, 1)': 'd_income',
};

function nameInR(term: string): string {
  if (term.includes(':[')) return term.includes('<=') ? 'low' : 'high';
  return inR[term] ?? term;
}

function expectModel(
  own: Results['tables'][number]['columns'][number] | undefined,
  wanted: Model,
  what: string,
): number {
  if (own === undefined) expect.fail(`no column for ${what}`);
  expect([what, own.model.nobs]).toEqual([what, wanted.nobs]);
  expectClose(own.model.ssr, wanted.ssr, fixestTolerance, `${what} ssr`);
  for (const kind of ['overall', 'adj', 'within', 'within_adj'] as const) {
    expectClose(own.model.r2[kind], wanted.r2[kind], fixestTolerance, `${what} r2 ${kind}`);
  }
  let compared = 6;
  for (const [errors, model] of [
    [wanted.cluster, own.model],
    [wanted.hc1, own.other_vcov[0]],
  ] as const) {
    const terms = model.coef.filter(({ term }) => nameInR(term) in wanted.coef);
    expect(terms.map(({ term }) => nameInR(term)).sort()).toEqual(
      Object.keys(wanted.coef)
        .filter((name) => name !== '(Intercept)')
        .sort(),
    );
    for (const { term, estimate, se, stat, p, ci95 } of terms) {
      const name = nameInR(term);
      const label = `${what} ${model.vcov.type} ${name}`;
      expectClose(estimate, wanted.coef[name], fixestTolerance, label);
      expectClose(se, errors.se[name], fixestTolerance, `${label} se`);
      expectClose(stat, errors.stat[name], fixestTolerance, `${label} t`);
      expectClose(p, errors.p[name], 100 * probability, `${label} p`);
      expectClose(ci95?.[0], errors.low[name], 10 * fixestTolerance, `${label} low`);
      expectClose(ci95?.[1], errors.high[name], 10 * fixestTolerance, `${label} high`);
      compared += 6;
    }
  }
  return compared;
}

test('every regression is that of fixest: estimates, both errors, t, p, intervals and R2', () => {
  const { baseline, curve, continents, lags, inertia, changes } = reference.models;
  const columns: Readonly<Record<string, readonly Model[]>> = {
    table2: [...baseline, ...curve],
    table3: continents,
    table4: [...lags, ...inertia, ...changes],
    table5: [reference.threshold.model],
  };
  let compared = 0;
  for (const [id, models] of Object.entries(columns)) {
    expect(tableOf(id).columns).toHaveLength(models.length);
    models.forEach((model, i) => {
      compared += expectModel(tableOf(id).columns[i], model, `${id} (${i + 1})`);
    });
  }
  expect(compared).toBeGreaterThan(300);
});

test('the threshold of income is the one that R finds among all candidates, with its sums of squares and F', () => {
  const [own] = tableOf('table6').thresholds ?? [];
  const { gamma, ssr, ssr0, f } = reference.threshold;
  expectClose(own?.tests[0].gamma[0], gamma, closedForm, 'gamma');
  expectClose(own?.tests[0].f, f, fixestTolerance, 'F');
  expectClose(own?.tests[0].ssr, ssr, fixestTolerance, 'ssr');
  expect(ssr0).toBeGreaterThan(ssr);
});

test('descriptive statistics are those of R, within and between countries too', () => {
  const rows = tableOf('table1').rows ?? [];
  expect(rows.map(({ variable }) => variable)).toEqual(Object.keys(reference.summary));
  for (const row of rows) {
    for (const [statistic, wanted] of Object.entries(reference.summary[row.variable])) {
      expectClose(row[statistic as 'mean'], wanted, deviations, `${row.variable} ${statistic}`);
    }
  }
});

test('the panel is balanced, five years are one period, and no country changes its continent', () => {
  expect(results.data.shape).toMatchObject({
    units: 142,
    periods: 12,
    first: '1952',
    last: '2007',
    balanced: true,
    gap_periods: 0,
    period: { step: 5 },
  });
  expect(results.data.groups).toMatchObject([{ group: 'continent', units: 142, changed: 0 }]);
});
