import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import { familyDefaults } from './contract.ts';

const samples = 500;
const outcomes = 6;
const units = 25;
const methods = ['holm', 'bh', 'rw', 'wy'] as const;

interface Rates {
  /** Share of samples with a true hypothesis rejected at 5 %. */
  readonly familywise: Record<string, number>;
  /** Mean share of the false hypotheses that are rejected. */
  readonly power: Record<string, number>;
}

/** Six outcomes whose errors have a correlation of 0.8, x moves `moved` of them by 0.25; 25 units of 6 years, errors with a part in common. */
function rates(moved: number): Rates {
  const names = ['plain', ...methods];
  const wrong: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  const right: Record<string, number> = { ...wrong };
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(47, 1 + moved, sample);
    const columns: Record<string, number[]> = { id: [], x: [] };
    for (let k = 0; k < outcomes; k++) columns[`y${k}`] = [];
    for (let id = 0; id < units; id++) {
      const unit = Array.from({ length: outcomes + 2 }, () => random.normal());
      for (let year = 0; year < 6; year++) {
        const x = unit[0] + random.normal();
        const common = random.normal();
        columns.id.push(id);
        columns.x.push(x);
        for (let k = 0; k < outcomes; k++) {
          const own = Math.sqrt(0.8) * common + Math.sqrt(0.2) * random.normal();
          const ofUnit = Math.sqrt(0.8) * unit[1] + Math.sqrt(0.2) * unit[2 + k];
          columns[`y${k}`].push((k < moved ? 0.25 : 0) * x + own + 0.6 * ofUnit);
        }
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const formulas = Array.from({ length: outcomes }, (_, k) => `y${k} ~ x`);
    const family = { ...familyDefaults, text: 'x', methods, reps: 399, seed: sample };
    const [{ members }] = estimateAfter({ formulas, table, vcov: 'cluster:id' }, { ...nothingAfter, family }).families;
    for (const name of names) {
      const isRejected = members.map(({ p, adjusted }) => {
        const own = name === 'plain' ? p : adjusted[name as (typeof methods)[number]];
        return own != null && own <= 0.05;
      });
      if (isRejected.slice(moved).some(Boolean)) wrong[name] += 1 / samples;
      if (moved > 0) right[name] += isRejected.slice(0, moved).filter(Boolean).length / moved / samples;
    }
  }
  return { familywise: wrong, power: right };
}

test('familywise error at 5 % of six correlated outcomes, and power beside it', () => {
  const none = rates(0);
  const half = rates(3);
  console.log(JSON.stringify({ none: none.familywise, half: half.familywise, power: half.power }));
  // Three standard errors of a share of 500 at 5 %: 0.029.
  for (const method of ['rw', 'wy'] as const) {
    expect(Math.abs(none.familywise[method] - 0.05)).toBeLessThan(0.03);
    expect(half.familywise[method]).toBeLessThan(0.08);
    expect(half.power[method]).toBeGreaterThan(0);
  }
  expect(none.familywise.plain).toBeGreaterThan(0.09);
});
