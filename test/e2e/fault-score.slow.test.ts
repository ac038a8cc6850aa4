import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kaya } from './kaya.ts';

interface Score {
  readonly planted: number;
  readonly recall: number | null;
  readonly precision: number | null;
}

// Seeds that no part of the cleaning was developed on.
it.each([7301, 7302, 7303])(
  'seed %i: every kind of fault is found, the panel is the clean one but for losses',
  (seed) => {
    const home = mkdtempSync(join(tmpdir(), 'kaya-'));
    try {
      const study = join(home, 'study');
      expect(kaya(home, 'study', 'init', study).status).toBe(0);
      const run = kaya(home, 'simulate', study, '--score', '--json', '--scale', '0.02', '--seed', String(seed));
      expect(run.status, run.stderr).toBe(0);
      const { kinds, overall, panel, ruled } = JSON.parse(run.stdout);
      expect(overall.planted).toBeGreaterThan(3000);
      expect(overall.recall).toBeGreaterThanOrEqual(0.99);
      expect(overall.precision).toBeGreaterThanOrEqual(0.99);
      const weak = kinds.filter(({ recall, precision }: Score) => (recall ?? 1) < 0.95 || (precision ?? 1) < 0.95);
      expect(weak).toEqual([]);
      expect(kinds.filter(({ planted }: Score) => planted > 0).length).toBeGreaterThan(25);
      expect(panel.differing).toBeGreaterThan(0);
      expect([panel.unexplained, panel.examples]).toEqual([0, []]);
      // Proposed slips are mended; what is left is behind values that are gone and slips that were missed.
      expect([ruled.unexplained, ruled.examples]).toEqual([0, []]);
      expect(ruled.because).toMatchObject({ impossible: expect.any(Number), 'zero-for-missing': expect.any(Number) });
      expect(ruled.differing).toBeLessThan(panel.differing);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
);
