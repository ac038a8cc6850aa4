import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn, takeMarked } from '../../../table/column.ts';
import type { Fitted } from '../../estimate-formula.ts';
import { fitModel } from '../../estimate-formula.ts';
import type { ClusterComparison, ClusterMember, ClusterReport } from '../../result/clusters.ts';
import { adviceOf } from './advice.ts';
import { clusterReports } from './cluster-report.ts';

/** Closed forms against refits on some 80 rows. */
const same = 1e-9;

const sizes = [16, 14, 12, 10, 8, 8, 6, 5, 4];

/** Clusters of unequal sizes, each with two units; `only` is nonzero in cluster 3 alone, `steady` constant within clusters. */
function sample(seed: number): ColumnTable {
  const random = randomStream(seed, 1);
  const columns: Record<string, number[]> = {};
  sizes.forEach((size, g) => {
    const common = random.normal();
    for (let i = 0; i < size; i++) {
      const x = random.normal() + common;
      const row = {
        ...{ g, unit: 2 * g + (i % 2), year: i % 4, one: 1, half: g % 2, x, z: random.normal() + i / 8 },
        ...{ only: g === 3 ? random.normal() : 0, steady: g, w: 0.5 + random.uniform() },
      };
      const y = 0.4 * x + 0.2 * row.z + row.only + common + random.normal();
      for (const [name, value] of Object.entries({ ...row, y })) columns[name] = [...(columns[name] ?? []), value];
    }
  });
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

function fitted(table: ColumnTable, formula: string, weights?: string): Fitted {
  const own = weights === undefined ? {} : { weights };
  return fitModel({ id: '1', formula, table, singletons: 'keep', ...own });
}

function reported(one: Fitted, text = 'x', vcov = 'cluster:g'): ClusterReport {
  const inference = { covariances: [vcov], ssc: 'fixest' };
  return clusterReports({ text, reps: 99, seed: 1 }, [one], one.fit.names, inference).reports[0];
}

describe('the coefficient without each cluster is that of a refit', () => {
  for (const { formula, weights, text } of [
    { formula: 'y ~ x + z', text: 'x' },
    { formula: 'y ~ x + z', weights: 'w', text: 'x - z' },
    { formula: 'y ~ x + z | year', text: 'x' },
    { formula: 'y ~ x + z | g', text: 'x' },
    { formula: 'y ~ x + z | unit + year', weights: 'w', text: 'x' },
    { formula: 'y ~ x + z | unit[z] + year', text: 'x' },
  ]) {
    test(`${text} of ${formula}${weights === undefined ? '' : ', weighted'}`, () => {
      const table = sample(3);
      const { members, estimate } = reported(fitted(table, formula, weights), text);
      const codes = table.columns.g.kind === 'number' ? table.columns.g.values : new Float64Array();
      const coefficientOf = ({ fit }: Fitted): number => {
        const b = (name: string): number => fit.coefficients[fit.names.indexOf(name)];
        return text === 'x' ? b('x') : b('x') - b('z');
      };
      expect(Math.abs((estimate ?? 0) - coefficientOf(fitted(table, formula, weights)))).toBeLessThan(same);
      members.forEach(({ cluster, estimate_without, rows }, g) => {
        expect(cluster).toBe(String(g));
        expect(rows).toBe(sizes[g]);
        const rest = takeMarked(
          table,
          Uint8Array.from(codes, (code) => (code === g ? 0 : 1)),
        );
        expect(Math.abs((estimate_without ?? Number.NaN) - coefficientOf(fitted(rest, formula, weights)))).toBeLessThan(
          same,
        );
      });
      expect(members.reduce((sum, { partial_leverage }) => sum + partial_leverage, 0)).toBeCloseTo(1, 10);
    });
  }
});

test('leverages add up to the columns that are not inside clusters', () => {
  const total = (formula: string): number =>
    reported(fitted(sample(4), formula)).members.reduce((sum, { leverage }) => sum + leverage, 0);
  expect(total('y ~ x + z')).toBeCloseTo(3, 9);
  expect(total('y ~ x + z | year')).toBeCloseTo(6, 9);
  expect(total('y ~ x + z | g')).toBeCloseTo(2, 9);
  // Every unit has two of the four years, the same in a half of the units.
  expect(total('y ~ x + z | unit + year')).toBeCloseTo(4, 9);
});

test('equal clusters count in full, and a regressor that moves in one cluster alone rests on it', () => {
  const even = sample(5);
  const x = Float64Array.from({ length: 83 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const { effective } = reported(
    fitted(
      columnTable({
        ...even.columns,
        x: numberColumn(x),
        g: numberColumn(Array.from(x, (_, i) => Math.min(40, Math.floor(i / 2)))),
      }),
      'y ~ x | g',
    ),
  );
  expect(effective.independent).toBeGreaterThan(39);
  expect(effective.common).toBeNull();
  const alone = reported(fitted(sample(6), 'y ~ x + only'), 'only');
  expect(alone.advice).toBe('decided-by-one');
  expect(
    alone.members.filter(({ estimate_without }) => estimate_without === null).map(({ cluster }) => cluster),
  ).toEqual(['3']);
  expect(alone.spread?.estimate_without).toBeNull();
  expect(alone.effective.independent).toBeLessThan(1.2);
  const beside = reported(fitted(sample(6), 'y ~ x + only'), 'x');
  expect(beside.members.every(({ estimate_without }) => estimate_without !== null)).toBe(true);
  expect(beside.compared.find(({ method }) => method === 'CR3')?.se).toBeGreaterThan(0);
  expect(alone.compared.find(({ method }) => method === 'CR3')).toMatchObject({ se: null, reason: 'decided-by-one' });
});

describe('advice', () => {
  const member = (partial_leverage: number): ClusterMember => ({
    ...{ cluster: 'a', rows: 1, leverage: 1, partial_leverage, estimate_without: 1 },
  });
  const compared = (...ps: readonly number[]): readonly ClusterComparison[] =>
    ps.map((p, i) => ({ method: (['CR1', 'CR3', 'WCR31', 'CR2'] as const)[i], se: 1, df: 1, p, ci95: null }));
  const base = { clusters: 100, effective: { independent: 80, common: 60 }, members: [member(0.02)] };
  test.each([
    ['enough', { ...base, compared: compared(0.01, 0.02, 0.03, 0.2) }],
    ['enough-disagree', { ...base, compared: compared(0.01, 0.02, 0.06) }],
    ['few-agree', { ...base, members: [member(0.2)], compared: compared(0.01, 0.02, 0.03) }],
    ['few-agree', { ...base, effective: { independent: 80, common: 20 }, compared: compared(0.3, 0.2, 0.5) }],
    ['few-disagree', { ...base, clusters: 12, compared: compared(0.04, 0.06, 0.07) }],
    ['very-few', { ...base, effective: { independent: 3.9, common: null }, compared: compared(0.04, 0.06, 0.07) }],
  ] as const)('%s', (advice, report) => {
    expect(adviceOf(report)).toBe(advice);
  });
});

describe('bad input', () => {
  const refusal = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return null;
  };
  const one = fitted(sample(7), 'y ~ x + z');
  test.each([
    ['one cluster', 'x', 'cluster:one', 'cluster-too-few', {}],
    ['no covariance that clusters', 'x', 'hc1', 'bad-option', { option: 'clusters' }],
    ['two variables of clusters', 'x', 'cluster:g+year', 'bad-option', { option: 'vcov' }],
    ['a term that is not there', 'xx', 'cluster:g', 'bad-option', { option: 'clusters', suggestion: 'x' }],
    ['several terms', 'x, z', 'cluster:g', 'bad-option', { option: 'clusters' }],
    ['a value', 'x = 1', 'cluster:g', 'bad-option', { option: 'clusters' }],
  ] as const)('%s', (_, text, vcov, code, detail) => {
    expect(refusal(() => reported(one, text, vcov))).toMatchObject({ code, detail });
  });

  test('a term that effects absorb', () => {
    const absorbed = fitted(sample(7), 'y ~ x + steady | g');
    expect(refusal(() => reported(absorbed, 'steady'))).toMatchObject({
      code: 'bad-option',
      detail: { option: 'clusters' },
    });
  });

  test('two clusters: numbers, and the advice not to rely on them', () => {
    const report = reported(one, 'x', 'cluster:half');
    expect(report).toMatchObject({ clusters: 2, advice: 'very-few' });
    expect(report.compared.map(({ method }) => method)).toEqual(['CR1', 'CR2', 'CR3', 'WCR31']);
  });

  test('instruments', () => {
    const iv = fitted(sample(7), 'y ~ 1 | g | x ~ z');
    expect(refusal(() => reported(iv))).toMatchObject({ code: 'not-available' });
  });
});
