import { describe, expect, test } from 'vitest';
import { fitModel } from '../../src/model/estimate-formula.ts';
import { panelTestDefaults } from '../../src/model/panel-tests/contract.ts';
import { panelTestsOf } from '../../src/model/panel-tests/panel-tests.ts';
import { diagnosisOf } from '../../src/model/post/diagnose/diagnosis.ts';
import { modelChecks } from '../../src/model/result/diagnosis.ts';
import { type Deterministic, type PanelStatistic, panelTests } from '../../src/model/result/panel-tests.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, expectNear } from '../tolerance.ts';

/** MacKinnon's polynomial falls beyond these t; plm follows it down, we keep its greatest value (docs/methods/panel-tests.md). */
const greatest: Readonly<Record<Deterministic, number>> = {
  none: Number.POSITIVE_INFINITY,
  constant: 2.7,
  trend: 0.69,
};
const falling = 5e-3;

interface Statistic {
  readonly stat: number;
  readonly p: number;
}
type Roots = Record<'madwu' | 'invnormal' | 'logit' | 'Pm', Statistic> & {
  readonly lags: readonly number[];
  readonly t: readonly number[];
  readonly ips?: Statistic;
  readonly levinlin?: Statistic;
};
type Choice = 'zero' | 'two' | 'aic' | 'bic' | 'hall';
interface F {
  readonly f: number;
  readonly p: number;
}
interface Model {
  readonly reset4: F & { readonly df: readonly [number, number]; readonly chi2_cluster: number };
  readonly reset3: F & { readonly df: readonly [number, number] };
  readonly pwartest: F & { readonly df2: number };
  readonly serial: F & { readonly rho: number; readonly df: number };
  readonly wald: { readonly chi2: number; readonly df: number };
  readonly cd: Record<'cd' | 'lm' | 'sclm' | 'bcsclm', Statistic>;
  readonly vif: Record<'pooled' | 'net' | 'dummies', Record<string, number>>;
}
interface Reference {
  readonly roots: Record<string, Record<Deterministic, Record<Choice, Roots>>>;
  readonly dependence: Record<string, Record<'cd' | 'lm' | 'sclm' | 'rho' | 'absrho', { stat: number; p?: number }>>;
  readonly models: Record<'firm' | 'both' | 'part' | 'deaths', Model>;
  readonly pooled: { readonly reset3: F; readonly vif: Record<string, number> };
}

const at = (name: string): URL => new URL(`panel-tests/${name}`, import.meta.url);
const reference = readJson<Reference>(at('reference.json'));
const long = readPlainCsv(at('long.csv'));
const grunfeld = readPlainCsv(at('grunfeld.csv'));
const deaths = readPlainCsv(at('fatalities.csv'));

/** R solves the regressions of a unit by a Householder QR of raw levels; a few digits go to their condition. */
const regressions = 1e-9;
/** Powers of fitted values are nearly collinear: R keeps them raw or scaled, with a condition of some 1e4. */
const powers = 1e-7;
/** p near 1 or below 1e-300 beside a statistic that agrees. */
const tails = 1e-8;

function rowsWhere(table: ColumnTable, keeps: (value: (name: string) => number) => boolean): ColumnTable {
  const rows = Int32Array.from({ length: table.nrow }, (_, i) => i);
  return takeRows(
    table,
    rows.filter((i) => keeps((name) => numericColumn(table, name, '')[i])),
  );
}

const part = rowsWhere(long, (value) => value('kept') === 1);
const firms = { unit: 'firm', time: 'year' };
const units = { unit: 'unit', time: 'time' };
const cases = {
  long: { table: long, panel: units, variable: 'y' },
  part: { table: part, panel: units, variable: 'y' },
  inv: { table: grunfeld, panel: firms, variable: 'inv' },
  value: { table: grunfeld, panel: firms, variable: 'value' },
};
const choices = {
  zero: { kind: 'fixed', lags: 0 },
  two: { kind: 'fixed', lags: 2 },
  aic: { kind: 'chosen', rule: 'aic', most: 4 },
  bic: { kind: 'chosen', rule: 'bic', most: 4 },
  hall: { kind: 'chosen', rule: 'hall', most: 4 },
} as const;
const ours: Readonly<Partial<Record<PanelStatistic, keyof Roots>>> = {
  llc: 'levinlin',
  ips: 'ips',
  'fisher-p': 'madwu',
  'fisher-z': 'invnormal',
  'fisher-l': 'logit',
  'fisher-pm': 'Pm',
};

const roots = Object.entries(cases).flatMap(([name, one]) =>
  (['none', 'constant', 'trend'] as const).flatMap((deterministic) =>
    (Object.keys(choices) as Choice[]).map((choice) => ({ name, one, deterministic, choice })),
  ),
);

test.each(roots)(
  'unit roots as purtest: $name, $deterministic, lags $choice',
  ({ name, one, deterministic, choice }) => {
    const { table, panel, variable } = one;
    const input = { table, panel, variables: [variable], kept: null, where: 'test' };
    const [made] = panelTestsOf(input, { ...panelTestDefaults, deterministic, lags: choices[choice] });
    const expected = reference.roots[name][deterministic][choice];
    expect(made.unit_roots?.lags?.mean).toBeCloseTo(
      expected.lags.reduce((sum, lags) => sum + lags, 0) / expected.lags.length,
      12,
    );
    const falls = expected.t.some((t) => t > greatest[deterministic]);
    for (const line of made.tests) {
      const theirs = expected[ours[line.test] ?? 'lags'] as Statistic | undefined;
      if (ours[line.test] === undefined) continue;
      if (theirs === undefined) {
        // Hall's rule by t without degrees of freedom chose other lags in R.
        if (line.test === 'llc' && name !== 'part') expect(choice).toBe('hall');
        else expect([line.reason, line.stat]).toEqual([line.test === 'llc' ? 'unbalanced' : 'no-constant', null]);
        continue;
      }
      const isFalling = falls && line.test.startsWith('fisher');
      expectClose(line.stat, theirs.stat, isFalling ? falling : regressions, `${line.test} statistic`);
      expectNear(line.p, theirs.p, isFalling ? falling : tails);
    }
  },
);

test.each(['long', 'part', 'inv'] as const)('dependence of units as pcdtest: %s', (name) => {
  const { table, panel, variable } = cases[name];
  const input = { table, panel, variables: [variable], kept: null, where: 'test' };
  const [{ tests, pairs }] = panelTestsOf(input, { ...panelTestDefaults, tests: ['cd', 'lm'] });
  const expected = reference.dependence[name];
  const stat = (wanted: string) => tests.find((one) => one.test === wanted);
  for (const [own, theirs] of [
    ['cd', 'cd'],
    ['lm', 'lm'],
    ['scaled-lm', 'sclm'],
  ] as const) {
    expectClose(stat(own)?.stat, expected[theirs].stat, 1e-12, own);
    expectNear(stat(own)?.p, expected[theirs].p, tails);
  }
  expectClose(pairs?.mean_correlation, expected.rho.stat, 1e-12, 'mean correlation');
  expectClose(pairs?.mean_absolute_correlation, expected.absrho.stat, 1e-12, 'mean of absolute values');
});

const incomplete = rowsWhere(grunfeld, (value) => {
  const [firm, year] = [value('firm'), value('year')];
  return !(firm % 3 === 0 && year > 1950) && !(firm === 2 && year < 1938);
});
const models = {
  firm: { table: grunfeld, panel: firms, formula: 'inv ~ value + capital | firm' },
  both: { table: grunfeld, panel: firms, formula: 'inv ~ value + capital | firm + year' },
  part: { table: incomplete, panel: firms, formula: 'inv ~ value + capital | firm' },
  deaths: {
    table: deaths,
    panel: { unit: 'state', time: 'year' },
    formula: 'fatal ~ beertax + spirits + unemp + income | state',
  },
};

describe.each(Object.entries(models))('checks of the model of %s', (name, { table, panel, formula }) => {
  const fitted = fitModel({ id: '1', formula, table, panel });
  const expected = reference.models[name as keyof typeof models];
  const checked = (power: number, vcov = 'iid', ssc = 'fixef_k=full') => {
    const made = diagnosisOf(fitted, { checks: modelChecks, power }, { vcov, ssc }, true);
    if (made === null) throw new Error('nothing was asked');
    return { ...made, of: (wanted: string) => made.tests.find((one) => one.test === wanted) };
  };
  const made = checked(4);

  test('RESET as the F of two regressions with dummies, and by unit as their sandwich', () => {
    for (const [power, wanted] of [
      [4, expected.reset4],
      [3, expected.reset3],
    ] as const) {
      const line = checked(power).of('reset');
      expectClose(line?.stat, wanted.f, powers, `RESET ${power}`);
      expectClose(line?.p, wanted.p, powers * 100, `p of RESET ${power}`);
      expect(line?.df).toEqual(wanted.df);
    }
    const clustered = checked(4, `cluster:${panel.unit}`, 'none').of('reset');
    expectClose(
      (clustered?.stat ?? 0) * (clustered?.df[0] ?? 0),
      expected.reset4.chi2_cluster,
      powers,
      'RESET by unit',
    );
  });

  test('serial correlation as Drukker’s regressions in R, and as pwartest with Stata’s factors', () => {
    const line = made.of('wooldridge');
    expectClose(line?.estimate, expected.serial.rho, 1e-10, 'coefficient');
    expectClose(line?.stat, expected.serial.f, 1e-10, 'F');
    expectClose(line?.p, expected.serial.p, 1e-9, 'p');
    expect(line?.df).toEqual([1, expected.serial.df]);
    const within = made.of('wooldridge-within');
    if (name === 'part') expect(within).toMatchObject({ stat: null, reason: 'unbalanced' });
    else {
      const [n, groups] = [within?.rows ?? 0, within?.units ?? 0];
      const factor = (groups / (groups - 1)) * ((n - 1) / (n - 2));
      expectClose((within?.stat ?? 0) * factor, expected.pwartest.f, 1e-10, 'pwartest');
      expect(n - 2).toBe(expected.pwartest.df2);
    }
  });

  test('modified Wald, CD, LM, variance inflation', () => {
    expectClose(made.of('modified-wald')?.stat, expected.wald.chi2, 1e-10, 'modified Wald');
    expect(made.of('modified-wald')?.df).toEqual([expected.wald.df]);
    expectClose(made.of('cd')?.stat, expected.cd.cd.stat, 1e-9, 'CD');
    expectClose(made.of('lm')?.stat, expected.cd.lm.stat, 1e-10, 'LM');
    expectClose(made.of('scaled-lm')?.stat, expected.cd.sclm.stat, 1e-9, 'scaled LM');
    expectClose(made.of('corrected-lm')?.stat, expected.cd.bcsclm.stat, 1e-9, 'corrected LM');
    for (const { term, vif, pooled, with_dummies } of made.vif ?? []) {
      expectClose(vif, expected.vif.net[term], 1e-10, `VIF of ${term} net of effects`);
      expectClose(pooled, expected.vif.pooled[term], 1e-10, `VIF of ${term} without effects`);
      expectClose(with_dummies, expected.vif.dummies[term], 1e-10, `VIF of ${term} beside dummies`);
    }
    expect(made.vif).toHaveLength(Object.keys(expected.vif.net).length);
  });
});

test('without effects as lmtest’s resettest and car’s vif', () => {
  const fitted = fitModel({ id: '1', formula: 'inv ~ value + capital', table: grunfeld, panel: firms });
  const made = diagnosisOf(fitted, { checks: ['vif', 'reset'], power: 3 }, { vcov: 'iid', ssc: 'fixest' }, true);
  expectClose(made?.tests[0].stat, reference.pooled.reset3.f, powers, 'RESET');
  expectClose(made?.tests[0].p, reference.pooled.reset3.p, powers * 100, 'p');
  for (const { term, vif, pooled } of made?.vif ?? []) {
    expectClose(vif, reference.pooled.vif[term], 1e-12, term);
    expect(pooled).toBeNull();
  }
});

test('traffic deaths as Stata prints them: xtserial F(1, 47) = 6.246, p 0.0160', () => {
  const { table, panel, formula } = models.deaths;
  const fitted = fitModel({ id: '1', formula, table, panel });
  const made = diagnosisOf(fitted, { checks: ['serial'], power: 4 }, { vcov: 'iid', ssc: 'fixest' }, true);
  expect(made?.tests[0].stat?.toFixed(3)).toBe('6.246');
  expect(made?.tests[0].p?.toFixed(4)).toBe('0.0160');
});

test('every test of variables is in the list that was checked', () => {
  expect(panelTests).toEqual(['llc', 'ips', 'fisher', 'cd', 'lm']);
});
