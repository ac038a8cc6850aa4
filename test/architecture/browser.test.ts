import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleForBrowser } from './bundle.ts';
import { plantedTree, repository } from './planted.ts';

/** Gzipped bytes that a page may pay for estimating in the browser. */
// Least squares, covariances, instruments, thresholds and what comes after a fit are 130 KB; the rest is what reads a request, and
// the words of tables and errors in two languages, and 43 KB that make a regular expression of a condition linear in the text. A bundler leaves out what a page does not use.
// Correlations, means by group and balance are 10 KB, event studies and the joint test of a curve as many.
// How a table is laid out is 10 KB, variants of a baseline are 9 KB, what engines, servers and sums in place of rows say no with is 4 KB.
const modelLimit = 510 * 1024;
/** A page that estimates and reads the numbers itself. */
const numbersLimit = 170 * 1024;
/** Plot with the parts of d3 that it needs is two thirds of it; the words of two languages for every command and fault are a sixth. */
// The framework of hypotheses and what packs the results of a report are 11 KB.
const outputLimit = 440 * 1024;

test.each([
  ['model.ts', modelLimit],
  ['output.ts', outputLimit],
])('src/%s runs in a browser and is small', async (entry, limit) => {
  const { open, size } = await bundleForBrowser(join(repository, 'src', entry));
  expect(open).toEqual([]);
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThan(limit);
});

test.each(['main.ts', 'worker.ts'])('src/web/lab/%s needs nothing but a browser', async (entry) => {
  const { open, size } = await bundleForBrowser(join(repository, 'src/web/lab', entry));
  expect(open).toEqual([]);
  expect(size).toBeGreaterThan(1000);
});

test('a page that uses the numbers alone pays for no words of tables', async () => {
  const model = JSON.stringify(join(repository, 'src/model.ts'));
  const page = `import { fitModel, fromRows, summarizeModel } from ${model};\nglobalThis.kaya = { fitModel, fromRows, summarizeModel };\n`;
  const { open, size } = await bundleForBrowser(join(plantedTree({ 'page.ts': page }), 'page.ts'));
  expect(open).toEqual([]);
  expect(size).toBeLessThan(numbersLimit);
});

test('a machine import in a bundle is seen', async () => {
  const root = plantedTree({
    'a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
    'b.ts': "import { readFileSync } from 'node:fs';\nexport const b = readFileSync;\n",
  });
  expect((await bundleForBrowser(join(root, 'a.ts'))).open).toEqual(['node:fs']);
});
