import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../../test/tolerance.ts';
import { isStudyError } from '../../../error/study-error.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel } from '../../estimate-formula.ts';
import { modelChecks } from '../../result/diagnosis.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import { diagnosisOf } from './diagnosis.ts';
import { modifiedWald } from './groupwise.ts';

const panel = { unit: 'i', time: 't' };

function panelTable(
  units: number,
  periods: number,
  keeps: (i: number, t: number) => boolean = () => true,
): ColumnTable {
  const rows = Array.from({ length: units * periods }, (_, r) => ({ i: 1 + Math.floor(r / periods), t: r % periods }));
  const kept = rows.filter(({ i, t }) => keeps(i, t));
  const x = kept.map(({ i, t }) => Math.sin(3 * i + 7 * t) + 0.2 * i);
  const w = kept.map(({ i, t }) => Math.cos(i * t) + 0.3 * t);
  const y = kept.map(({ i, t }, k) => x[k] - 0.5 * w[k] + i / 3 + Math.sin(11 * i + 5 * t * t) * (1 + i / 4));
  const group = kept.map(({ i, t }) => ((i + (t > 3 ? 1 : 0)) % 2) + 1);
  return columnTable(
    Object.fromEntries(
      Object.entries({ i: kept.map(({ i }) => i), t: kept.map(({ t }) => t), x, w, y, group }).map(([name, values]) => [
        name,
        numberColumn(values),
      ]),
    ),
  );
}

function checks(table: ColumnTable, formula: string, options: { weights?: string; hasPanel?: boolean } = {}) {
  const { weights, hasPanel = true } = options;
  const input = {
    id: '1',
    formula,
    table,
    ...(hasPanel ? { panel } : {}),
    ...(weights === undefined ? {} : { weights }),
  };
  const made = diagnosisOf(fitModel(input), { checks: modelChecks, power: 4 }, { vcov: 'iid', ssc: 'fixest' }, true);
  if (made === null) throw new Error('nothing was asked');
  return { ...made, of: (wanted: string) => made.tests.find((one) => one.test === wanted) };
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isStudyError(error)) return error.code;
    throw error;
  }
  return 'none';
}

test('modified Wald by hand: residuals 1, -3 and 2, 4', () => {
  // Mean 1, variance (0 + 16 + 1 + 9) / 4 = 6.5; s_1^2 = 5, V_1 = (16 + 16) / 2; s_2^2 = 10, V_2 = (36 + 36) / 2.
  const residuals = Float64Array.of(1, -3, 2, 4);
  const { stat, df } = modifiedWald(residuals, { codes: Int32Array.of(0, 0, 1, 1), count: 2 });
  expectClose(stat, 1.5 ** 2 / 16 + 3.5 ** 2 / 36, 1e-14, 'W');
  expect(df).toEqual([2]);
});

test('variance inflation by hand: two regressors of correlation 1/2', () => {
  // x = 1, 1, -1, -1 and z with x'z / (|x| |z|) = 1/2: R2 = 1/4, so 4/3.
  const table = columnTable({
    x: numberColumn([1, 1, -1, -1, 1, 1, -1, -1]),
    z: numberColumn([2, 0, 0, -2, 0, 2, -2, 0].map((value, k) => value + (k % 2 === 0 ? 1 : -1))),
    y: numberColumn([1, 5, 2, 8, 3, 9, 4, 4]),
  });
  const [x, z] = ['x', 'z'].map((name) =>
    table.columns[name].kind === 'number' ? [...table.columns[name].values] : [],
  );
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, k) => sum + value * b[k], 0);
  const squared = dot(x, z) ** 2 / (dot(x, x) * dot(z, z));
  const made = diagnosisOf(
    fitModel({ id: '1', formula: 'y ~ x + z', table }),
    { checks: ['vif'], power: 4 },
    { vcov: 'iid', ssc: 'fixest' },
    true,
  );
  for (const { vif } of made?.vif ?? []) expectClose(vif, 1 / (1 - squared), 1e-14, 'VIF');
});

describe('what does not change a check', () => {
  const table = panelTable(7, 8);
  const made = checks(table, 'y ~ x + w | i + t');

  test('units of measurement and the order of rows', () => {
    const order = Int32Array.from({ length: table.nrow }, (_, k) => (k * 13) % table.nrow);
    const columns = Object.fromEntries(
      table.names.map((name) => {
        const column = table.columns[name];
        const values = column.kind === 'number' ? column.values : new Float64Array();
        const scale = { x: 1000, y: 1e-3 }[name] ?? 1;
        return [name, numberColumn([...order].map((k) => values[k] * scale))] as const;
      }),
    );
    const other = checks(columnTable(columns), 'y ~ x + w | i + t');
    for (const line of made.tests) expectClose(other.of(line.test)?.stat, line.stat ?? Number.NaN, 1e-8, line.test);
    for (const [j, one] of (made.vif ?? []).entries()) expectClose(other.vif?.[j].vif, one.vif, 1e-10, one.term);
  });

  test('weights that are all alike, but serial correlation has no weights', () => {
    const one = columnTable({ ...table.columns, even: numberColumn(Array(table.nrow).fill(2)) });
    const weighted = checks(one, 'y ~ x + w | i + t', { weights: 'even' });
    for (const test of ['reset', 'cd', 'modified-wald']) {
      expectClose(weighted.of(test)?.stat, made.of(test)?.stat ?? Number.NaN, 1e-9, test);
    }
    expect(weighted.of('wooldridge')).toMatchObject({ stat: null, reason: 'weights' });
    for (const [j, line] of (made.vif ?? []).entries()) {
      expectClose(weighted.vif?.[j].with_dummies, line.with_dummies ?? 0, 1e-10, line.term);
    }
  });

  test('for serial correlation, effects of the unit written into the formula or not', () => {
    const alone = checks(table, 'y ~ x + w').of('wooldridge');
    expectClose(checks(table, 'y ~ x + w | i').of('wooldridge')?.stat, alone?.stat ?? Number.NaN, 1e-10, 'F');
    const byPeriod = checks(table, 'y ~ x + w + i(t) | i').of('wooldridge');
    expectClose(made.of('wooldridge')?.stat, byPeriod?.stat ?? Number.NaN, 1e-9, 'F with dummies of periods');
  });
});

test('an effect that units change while others stay is refused; one that all change together is a period’s', () => {
  const table = panelTable(6, 8);
  const someMove = columnTable({
    ...table.columns,
    moves: numberColumn(
      Array.from({ length: table.nrow }, (_, k) => (k % 8 > 3 && k < 8 ? 9 : 1 + Math.floor(k / 16))),
    ),
  });
  expect(checks(someMove, 'y ~ x + w | moves').of('wooldridge')).toMatchObject({ stat: null, reason: 'effects' });
  expect(checks(table, 'y ~ x + w | i[t]').of('wooldridge')).toMatchObject({ stat: null, reason: 'effects' });
  expect(checks(table, 'y ~ x + w | group^t').of('wooldridge')?.stat).not.toBeNull();
});

test('short panels, one unit, no panel, instruments: a reason or an error', () => {
  expect(checks(panelTable(9, 2), 'y ~ x | i').of('wooldridge')).toMatchObject({ stat: null, reason: 'short' });
  const two = checks(panelTable(9, 2), 'y ~ x | i').of('modified-wald');
  expect(two).toMatchObject({ stat: null, reason: 'short', left_out: 9 });
  const alone = checks(panelTable(1, 9), 'y ~ x');
  for (const name of ['cd', 'lm', 'modified-wald']) {
    expect(alone.of(name), name).toMatchObject({ stat: null, reason: 'one-unit' });
  }
  const uneven = checks(
    panelTable(5, 8, (i, t) => i !== 2 || t > 3),
    'y ~ x | i',
  );
  expect(uneven.of('wooldridge-within')).toMatchObject({ stat: null, reason: 'unbalanced' });
  expect(uneven.of('cd')?.stat).not.toBeNull();
  const table = panelTable(5, 8);
  expect(codeOf(() => checks(table, 'y ~ x | i', { hasPanel: false }))).toBe('panel-needed');
  expect(codeOf(() => checks(table, 'y ~ 1 | i | x ~ w'))).toBe('not-available');
});

test('powers that the regressors hold are left out by name, and a model of one dummy has none', () => {
  const table = columnTable({
    x: numberColumn([0, 1, 0, 1, 0, 1, 0, 1]),
    y: numberColumn([1, 3, 2, 4, 0, 6, 1, 4]),
  });
  const made = diagnosisOf(
    fitModel({ id: '1', formula: 'y ~ x', table }),
    { checks: ['reset'], power: 3 },
    { vcov: 'iid', ssc: 'fixest' },
    true,
  );
  expect(made?.tests[0]).toMatchObject({ stat: null, reason: 'collinear', dropped: ['fitted^2', 'fitted^3'] });
});

test('what does not rest on the covariance stands with the first one alone', () => {
  const { models, others } = estimateAfter(
    {
      formulas: ['y ~ x + w | i'],
      table: panelTable(7, 8),
      panel,
      vcov: 'iid',
      otherVcovs: [{ type: 'cluster', by: ['i'] }],
    },
    { ...nothingAfter, diagnose: { checks: ['vif', 'reset', 'cd'], power: 4 } },
  );
  expect(models[0].diagnosis?.tests.map((one) => one.test)).toEqual(['reset', 'cd']);
  expect(others[0][0].diagnosis?.tests.map((one) => one.test)).toEqual(['reset']);
  expect(others[0][0].diagnosis?.vif).toBeNull();
  expect(others[0][0].diagnosis?.tests[0].stat).not.toBe(models[0].diagnosis?.tests[0].stat);
});
