import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import { estimateAfter, nothingAfter } from '../../src/model/post/after-fit.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';

/** A 5% test on 1,500 samples rejects within three standard errors of its rate: 3 sqrt(0.05 * 0.95 / 1500) = 0.017. */
const samples = 1500;
const threeErrors = 0.017;
/** Cluster-robust tests of a few coefficients with 50 clusters reject somewhat too often (Cameron and Miller 2015, VI). */
const clusterExcess = 0.03;

const units = 50;
const years = 8;

interface Sampled {
  /** How much the unit effect has of the unit's mean of x1. */
  readonly correlation: number;
  readonly seed: number;
}

/** A panel whose errors persist within units; x3 has no effect; `late` splits every unit; both outcomes share errors. */
function samplePanel(replicate: number, { correlation, seed }: Sampled) {
  const random = randomStream(seed, replicate);
  const columns: Record<string, number[]> = { unit: [], year: [], late: [], x1: [], x2: [], x3: [], y: [], z: [] };
  for (let i = 0; i < units; i++) {
    const x = Array.from({ length: 3 }, () => Array.from({ length: years }, () => random.normal()));
    const mean = x[0].reduce((sum, value) => sum + value, 0) / Math.sqrt(years);
    const effect = correlation * mean + random.normal();
    let u = random.normal();
    for (let t = 0; t < years; t++) {
      u = 0.6 * u + 0.8 * random.normal();
      const line = { unit: i, year: t, late: t >= years / 2 ? 1 : 0, x1: x[0][t], x2: x[1][t], x3: x[2][t] };
      for (const [name, value] of Object.entries(line)) columns[name].push(value);
      columns.y.push(0.5 * x[0][t] + 0.5 * x[1][t] + effect + u);
      columns.z.push(0.5 * x[0][t] - effect + 0.7 * u + 0.5 * random.normal());
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

/** Share of samples in which each p is below 5%. */
function rejections(sampled: Sampled, pValues: (table: ReturnType<typeof samplePanel>) => (number | null)[]): number[] {
  const counts: number[] = [];
  for (let replicate = 0; replicate < samples; replicate++) {
    pValues(samplePanel(replicate, sampled)).forEach((p, k) => {
      counts[k] = (counts[k] ?? 0) + ((p ?? 1) < 0.05 ? 1 : 0);
    });
  }
  return counts.map((count) => count / samples);
}

function expectSize(rate: number, excess = 0): void {
  expect(rate).toBeGreaterThan(0.05 - threeErrors);
  expect(rate).toBeLessThan(0.05 + threeErrors + excess);
}

describe('tests of true restrictions reject one time in twenty', () => {
  test('joint, linear and nonlinear, under clusters', () => {
    const request = { ...nothingAfter, tests: ['x1 = x2, x3 = 0'], lincoms: ['x1 - x2'], nlcoms: ['x1/x2 - 1'] };
    const rates = rejections({ correlation: 0.5, seed: 20240901 }, (table) => {
      const input = { formulas: ['y ~ x1 + x2 + x3 | unit + year'], table, vcov: 'cluster:unit' };
      const [{ tests, combinations }] = estimateAfter(input, request).models;
      return [tests?.[0].p ?? null, ...(combinations ?? []).map(({ p }) => p)];
    });
    for (const rate of rates) expectSize(rate, clusterExcess);
  });

  test('equal coefficients of two outcomes and of two halves of every unit', () => {
    const rates = rejections({ correlation: 0.5, seed: 20240902 }, (table) => {
      const shared = { table, vcov: 'cluster:unit' };
      const equal = (formulas: string[], isSplit: boolean) =>
        estimateAfter(
          { formulas, ...shared, split: isSplit ? { by: 'late', full: false } : null },
          { ...nothingAfter, equal: ['x1, x3'] },
        ).equality[0].test.p;
      return [
        equal(['y ~ x1 + x3 | unit', 'z ~ x1 + x3 | unit'], false),
        equal(['y ~ x1 + x2 + x3 | unit + year'], true),
      ];
    });
    for (const rate of rates) expectSize(rate, clusterExcess);
  });

  test('unit effects uncorrelated with x: robust tests hold their size, and see a correlation', () => {
    const tested = (correlation: number) =>
      rejections({ correlation, seed: 20240903 }, (table) => {
        const input = { formulas: ['y ~ x1 + x2 | unit'], table, vcov: 'cluster:unit' };
        const [model] = estimateAfter(input, { ...nothingAfter, hausman: true, mundlak: true }).models;
        return [model.hausman?.auxiliary.p ?? null, model.mundlak?.test.p ?? null];
      });
    for (const rate of tested(0)) expectSize(rate, clusterExcess);
    for (const rate of tested(0.7)) expect(rate).toBeGreaterThan(0.9);
  });
});
