import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isBrief } from './brief.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-brief-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a word of any length is a word: a formula of thousands of terms is no file', () => {
  const terms = Array.from({ length: 5000 }, (_, i) => `v${i}`).join(' + ');
  writeFileSync(join(folder, 'a.csv'), 'x\n1\n');
  symlinkSync('loop.csv', join(folder, 'loop.csv'));
  expect(isBrief(['reg', join(folder, 'a.csv'), `y ~ ${terms}`])).toBe(true);
  expect(isBrief(['describe', join(folder, 'loop.csv')])).toBe(true);
  writeFileSync(join(folder, 'large.csv'), 'x'.repeat(600_000));
  expect(isBrief(['reg', join(folder, 'large.csv'), `y ~ ${terms}`])).toBe(false);
});
