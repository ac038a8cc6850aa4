import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import type { Balance } from '../result/group-comparison.ts';
import { readDescribe } from './read.ts';
import { describeTable } from './run.ts';

/** Samples of each simulation, the first of the 1,000 that docs/methods/tables-of-the-data.md records: KAYA_PANELS=1000 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 150);
/** Three standard errors of a share of 0.05 in so many samples. */
const band = 3 * Math.sqrt((0.05 * 0.95) / samples);
const rows = 5;

interface Trial {
  readonly clusters: number;
  readonly variables: number;
  /** What treatment adds to the first variable, whose standard deviation is 1.4. */
  readonly shift: number;
}

/** Shares of samples with P < 5 %: half of the clusters treated, every variable a part of its cluster and a part of its row. */
function rejections({ clusters, variables, shift }: Trial): Record<'single' | 'joint' | 'cr2' | 'classical', number> {
  const found = { single: 0, joint: 0, cr2: 0, classical: 0 };
  const names = Array.from({ length: variables }, (_, v) => `x${v}`);
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(83, 100 * clusters + variables + (shift > 0 ? 50 : 0), sample);
    const columns: Record<string, number[]> = Object.fromEntries(['g', 'd', ...names].map((name) => [name, []]));
    for (let g = 0; g < clusters; g++) {
      const parts = names.map(() => random.normal());
      for (let row = 0; row < rows; row++) {
        columns.g.push(g);
        columns.d.push(g % 2);
        names.forEach((name, v) => {
          columns[name].push(parts[v] + random.normal() + (v === 0 ? shift * (g % 2) : 0));
        });
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const words = { kind: 'balance', by: 'd', variables: names } as const;
    const of = (vcov?: string) =>
      describeTable(readDescribe({ ...words, ...(vcov === undefined ? {} : { vcov }) }), table) as Balance; // of that kind
    const [clustered, adjusted, classical] = [of('cluster:g'), of('cr2:g'), of()];
    const rejects = (p: number | null | undefined): number => (p != null && p < 0.05 ? 1 / samples : 0);
    found.single += rejects(clustered.variables[0].differences[0].p);
    found.joint += rejects(clustered.joint[0].p);
    found.cr2 += rejects(adjusted.joint[0].p);
    found.classical += rejects(classical.joint[0].p);
  }
  return found;
}

test('size at 5 % of balance tests with treated clusters, and power beside it', () => {
  const many = rejections({ clusters: 60, variables: 4, shift: 0 });
  const few = rejections({ clusters: 12, variables: 4, shift: 0 });
  const power = rejections({ clusters: 60, variables: 4, shift: 1 });
  process.stdout.write(`${JSON.stringify({ many, few, power })}\n`);
  expect(Math.abs(many.single - 0.05)).toBeLessThan(band + 0.02);
  // Four restrictions: CR1 rejects too often with sixty clusters, with twelve nearly half of the time; CR2 with Hotelling's T2 less so.
  expect(many.joint).toBeGreaterThan(0.08);
  expect(many.joint).toBeLessThan(0.25);
  expect(few.joint).toBeGreaterThan(0.3);
  for (const { joint, cr2 } of [many, few]) expect(cr2).toBeLessThan(joint);
  expect(few.cr2).toBeLessThan(0.3);
  expect(many.classical).toBeGreaterThan(0.2);
  expect(power.joint).toBeGreaterThan(0.5);
});
