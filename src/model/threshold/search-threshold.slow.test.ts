import { describe, expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import type { ThresholdInput } from './search-threshold.ts';
import { searchThreshold } from './search-threshold.ts';

/** Simulated panels, 50 units by 8 periods; results are recorded in docs/methods/panel-threshold.md. */
type Errors = 'iid' | 'clustered' | 'heteroskedastic';
const truth = 0.25;

/** Panels of each simulation, the first of the 1,000 that the page records: KAYA_PANELS=1000 repeats those. */
const panels = Number(process.env.KAYA_PANELS ?? 250);

function panel(seed: number, errors: Errors, change: number): ColumnTable {
  const random = randomStream(seed, 77);
  const columns: Record<string, number[]> = { id: [], t: [], y: [], x: [], q: [], c: [] };
  for (let id = 0; id < 50; id++) {
    const own = random.normal();
    let last = random.normal();
    for (let t = 0; t < 8; t++) {
      const [x, q, c] = [random.normal() + own / 2, random.normal(), random.normal()];
      const shock = random.normal();
      last = 0.7 * last + Math.sqrt(1 - 0.49) * shock;
      const e = errors === 'iid' ? shock : errors === 'clustered' ? last : shock * Math.sqrt(0.2 + 0.8 * x * x);
      const y = own + 0.1 * t + 0.5 * c + (q > truth ? 1 + change : 1) * x + e;
      for (const [name, value] of Object.entries({ id, t, y, x, q, c })) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

const input: ThresholdInput = {
  formula: 'y ~ c | id + t',
  regime: 'x',
  by: 'q',
  panel: { unit: 'id', time: 't' },
  boot: 199,
  trim: 0.05,
};

/** Share of `count` panels for which `holds`. */
function share(count: number, holds: (seed: number) => boolean): number {
  let hits = 0;
  for (let seed = 1; seed <= count; seed++) if (holds(seed)) hits += 1;
  return hits / count;
}

const rejects = (errors: Errors, change: number, more: Partial<ThresholdInput>) => (seed: number) =>
  (searchThreshold(panel(seed, errors, change), { ...input, ...more, seed }).tests[0].p_adjusted ?? 1) <= 0.05;

const covers = (errors: Errors, change: number) => (seed: number) => {
  const [{ sets }] = searchThreshold(panel(seed, errors, change), { ...input, boot: 0 }).tests;
  // A sample value stands for the threshold up to the next one: the truth is covered when its own candidate is.
  const q = panel(seed, errors, change).columns.q;
  const values = q.kind === 'number' ? Float64Array.from(q.values).sort() : new Float64Array();
  const own = values.filter((value) => value <= truth).at(-1) ?? Number.NaN;
  return sets[0].some(([low, high]) => low <= own && own <= high);
};

/** Three standard errors of a share of 0.05 in so many panels. */
const bandOf = (count: number): number => 3 * Math.sqrt((0.05 * 0.95) / count);
const sizeBand = bandOf(panels);

/** A robust test costs as much as ten of the others. */
const robustPanels = panels >= 1000 ? panels : Math.ceil(panels / 2);
const robustBand = 2 * bandOf(robustPanels);

describe('size of the bootstrap test at 5 %, panels without a threshold', () => {
  test.each([
    ['iid', 'unit-block', [0.05 - sizeBand, 0.05 + 2 * sizeBand]],
    ['clustered', 'unit-block', [0.05 - sizeBand, 0.05 + 2 * sizeBand]],
    ['heteroskedastic', 'wild-rademacher', [0.05 - 2 * sizeBand, 0.05 + 2 * sizeBand]],
    // Residuals of other units do not carry the regressor's variance with them: the test rejects too often, and the page says so.
    ['heteroskedastic', 'unit-block', [0.05 + sizeBand, 1]],
  ] as const)('%s errors, %s', (errors, draw, [low, high]) => {
    const residuals = draw === 'unit-block' ? 'alternative' : 'null';
    const size = share(panels, rejects(errors, 0, { draw, residuals }));
    console.info(`size ${errors} ${draw}: ${size}`);
    expect(size).toBeGreaterThanOrEqual(low);
    expect(size).toBeLessThanOrEqual(high);
  });
});

describe('size of the robust test at 5 %', () => {
  // 99 draws: (1 + #)/(B + 1) <= 0.05 is exactly 5 %. The second test has one true threshold, which the draws hold fixed.
  test.each([
    ['iid', 0],
    ['heteroskedastic', 0],
    ['iid', 1],
    ['heteroskedastic', 1],
  ] as const)('%s errors, %i thresholds under the null', (errors, nullCount) => {
    const thresholds = nullCount + 1;
    const size = share(robustPanels, (seed) => {
      const table = panel(seed, errors, nullCount === 0 ? 0 : 0.8);
      const { robust } = searchThreshold(table, { ...input, thresholds, robust: 'unit', boot: 99, seed });
      return (robust?.[nullCount]?.p_adjusted ?? 1) <= 0.05;
    });
    console.info(`size robust ${errors}, null ${nullCount}: ${size}`);
    expect(size).toBeGreaterThanOrEqual(0.05 - robustBand);
    expect(size).toBeLessThanOrEqual(0.05 + robustBand);
  });
});

test('power grows with the change of the slope', () => {
  const power = [0.2, 0.4, 0.8].map((change) => share(Math.min(panels, 200), rejects('iid', change, {})));
  console.info(`power at 0.2, 0.4, 0.8: ${power.join(', ')}`);
  expect(power[1]).toBeGreaterThan(power[0]);
  expect(power[2]).toBeGreaterThan(0.95);
});

describe('coverage of the 95 % interval', () => {
  test.each(['iid', 'clustered', 'heteroskedastic'] as const)('%s errors', (errors) => {
    const rates = [0.3, 0.8].map((change) => share(panels, covers(errors, change)));
    console.info(`coverage ${errors} at 0.3, 0.8: ${rates.join(', ')}`);
    if (errors === 'heteroskedastic') expect(Math.max(...rates)).toBeLessThan(0.95);
    else for (const rate of rates) expect(rate).toBeGreaterThan(0.85);
  });
});
