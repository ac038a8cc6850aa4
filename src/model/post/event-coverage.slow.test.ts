import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';
import type { ModelResult } from '../result/result.ts';

/*
 * 60 units in 10 years, cohorts of year 4 and 7 and a third never treated; effects of the first cohort grow by 1 a year, of the second
 * fall by 0.5, no trend before. Recorded in docs/methods/event-study.md.
 */
const samples = 150;
const cohorts = [4, 7, Number.NaN] as const;

function effectOf(first: number, year: number): number {
  if (!(year >= first)) return 0;
  return first === 4 ? year - first + 1 : -0.5 * (year - first + 1);
}

function drawn(seed: number): readonly ModelResult[] {
  const random = randomStream(77, seed);
  const columns: Record<'id' | 'year' | 'first' | 'y', number[]> = { id: [], year: [], first: [], y: [] };
  for (let id = 0; id < 60; id++) {
    const first = cohorts[id % 3] ?? Number.NaN;
    let e = random.normal();
    const own = random.normal();
    for (let year = 1; year <= 10; year++) {
      e = 0.5 * e + random.normal();
      columns.id.push(id);
      columns.year.push(year);
      columns.first.push(first);
      columns.y.push(own + year / 5 + effectOf(first, year) + e);
    }
  }
  const table = columnTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])),
  );
  return ['event', 'sunab'].flatMap((form) =>
    estimate({ formulas: [`y ~ ${form}(first, year) | id + year`], table, vcov: 'cluster:id' }),
  );
}

/** The average over cohorts that are seen so long after the treatment; all have as many units. */
function truthAt(relative: number): number {
  const own = [4, 7].filter((first) => first + relative >= 1 && first + relative <= 10);
  return own.reduce((sum, first) => sum + effectOf(first, first + relative), 0) / own.length;
}

test('effects that differ: averages over cohorts cover, leads and lags of all together do not', () => {
  const shown = [-3, -2, 0, 3] as const;
  const forms = ['event', 'sunab'] as const;
  const found = forms.map(() => shown.map(() => ({ covered: 0, bias: 0 })));
  const rejected = [0, 0];
  for (let seed = 0; seed < samples; seed++) {
    drawn(seed).forEach(({ event }, f) => {
      if ((event?.pre_trend?.p ?? 1) < 0.05) rejected[f] = (rejected[f] ?? 0) + 1;
      shown.forEach((relative, k) => {
        const line = event?.periods.find((one) => one.relative === relative);
        const one = found[f]?.[k];
        const [low, high] = line?.ci95 ?? [Number.NaN, Number.NaN];
        if (one === undefined || line === undefined) return;
        one.bias += ((line.estimate ?? Number.NaN) - truthAt(relative)) / samples;
        one.covered += (low <= truthAt(relative) && truthAt(relative) <= high ? 1 : 0) / samples;
      });
    });
  }
  const rates = rejected.map((count) => count / samples);
  // Three standard errors of a share of 0.95 in 150 samples are 0.054.
  for (const { covered, bias } of found[1] ?? []) {
    expect(covered).toBeGreaterThan(0.89);
    expect(Math.abs(bias)).toBeLessThan(0.15);
  }
  expect(rates[1]).toBeLessThan(0.1);
  // The first effect is off by more than its interval forgives, and the test sees a trend where there is none.
  expect(found[0]?.[2]?.covered).toBeLessThan(0.7);
  expect(rates[0]).toBeGreaterThan(0.9);
});
