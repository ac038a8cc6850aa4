import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleForBrowser } from './bundle.ts';
import { plantedTree, repository } from './planted.ts';

/** Gzipped bytes that a page may pay for estimating in the browser. */
// Least squares, covariances, instruments, thresholds and what comes after a fit; 112 KB when it was set.
const modelLimit = 168 * 1024;
/** Plot with the parts of d3 that it needs is two thirds of it; the words of two languages for every command are a tenth. */
const outputLimit = 296 * 1024;

test.each([
  ['model.ts', modelLimit],
  ['output.ts', outputLimit],
])('src/%s runs in a browser and is small', async (entry, limit) => {
  const { open, size } = await bundleForBrowser(join(repository, 'src', entry));
  expect(open).toEqual([]);
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThan(limit);
});

test('a machine import in a bundle is seen', async () => {
  const root = plantedTree({
    'a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
    'b.ts': "import { readFileSync } from 'node:fs';\nexport const b = readFileSync;\n",
  });
  expect((await bundleForBrowser(join(root, 'a.ts'))).open).toEqual(['node:fs']);
});
