import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import type { Deterministic } from '../result/panel-tests.ts';
import { panelTestDefaults } from './contract.ts';
import { panelTestsOf } from './panel-tests.ts';

/** Panels of each simulation, the first of the 1,000 that docs/methods/panel-tests.md records: KAYA_PANELS=1000 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 200);
const units = 25;

interface Case {
  readonly periods: number;
  readonly root: number;
  readonly deterministic: Deterministic;
  /** AR(1) coefficient of the changes. */
  readonly serial: number;
  /** Weight of a shock that all units share. */
  readonly common: number;
}

/** Shares of samples in which each test rejects at 5 %: 25 units, y = root y(-1) + e, effects of units. */
function rates(stream: number, { periods, root, deterministic, serial, common }: Case): Record<string, number> {
  const rejected: Record<string, number> = {};
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(59, stream, sample);
    const shared = Array.from({ length: periods + 50 }, () => random.normal());
    const columns: Record<'i' | 't' | 'y', number[]> = { i: [], t: [], y: [] };
    for (let i = 0; i < units; i++) {
      const level = random.normal();
      let [y, e] = [0, 0];
      // The first 50 periods are let go.
      for (let t = 0; t < periods + 50; t++) {
        e = serial * e + random.normal() + common * shared[t];
        y = root * y + e;
        if (t < 50) continue;
        columns.i.push(i);
        columns.t.push(t);
        columns.y.push(level + y);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const input = { table, panel: { unit: 'i', time: 't' }, variables: ['y'], kept: null, where: 'test' };
    const [{ tests }] = panelTestsOf(input, { ...panelTestDefaults, deterministic });
    for (const { test, p } of tests)
      rejected[test] = (rejected[test] ?? 0) + (p !== null && p < 0.05 ? 1 / samples : 0);
  }
  return rejected;
}

test('size at 5 % of unit root tests, and power beside it', () => {
  const walk = { periods: 20, root: 1, deterministic: 'constant', serial: 0, common: 0 } as const;
  const made = {
    T20: rates(1, walk),
    T50: rates(2, { ...walk, periods: 50 }),
    T50_trend: rates(3, { ...walk, periods: 50, deterministic: 'trend' }),
    T50_serial: rates(4, { ...walk, periods: 50, serial: 0.4 }),
    T50_common: rates(5, { ...walk, periods: 50, common: 0.7 }),
    T20_root: rates(6, { ...walk, root: 0.8 }),
    T50_root: rates(7, { ...walk, periods: 50, root: 0.9 }),
  };
  process.stdout.write(`${JSON.stringify(made)}\n`);
  // What is above 0.05 comes from chosen lags and short series.
  for (const name of ['ips', 'fisher-z'] as const) expect(made.T50[name], name).toBeLessThan(0.14);
  expect(made.T50.ips).toBeGreaterThan(0.02);
  // As plm's: the long-run variance of short series, less their mean, is too small.
  expect(made.T50.llc).toBeGreaterThan(0.2);
  expect(made.T50_root.ips).toBeGreaterThan(0.8);
  expect(made.T20_root.ips).toBeGreaterThan(made.T20.ips);
  // Shocks in common: units are not independent, and the tests of unit roots reject too often; CD sees it.
  expect(made.T50_common.ips).toBeGreaterThan(made.T50.ips);
  expect(made.T50_common.cd).toBeGreaterThan(0.9);
});
