import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-as-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const data = join(scratch, 'd.csv');
writeFileSync(
  data,
  [
    'firm,year,y,x,q',
    ...Array.from({ length: 24 }, (_, i) => `f${i % 6},${2000 + Math.floor(i / 6)},${i % 5},${i % 7},${i}`),
  ].join('\n'),
);
const reg = (...more: string[]) => runInside(['reg', data, 'y ~ x | firm + year', ...more]);

test('lines of another program come in place of results', async () => {
  const { status, out } = await reg('--as', 'stata', '--vcov', 'cluster:firm');
  expect(status).toBe(0);
  expect(out).toMatch(/^import delimited/);
  expect(out).toContain('reghdfe y x, absorb(id_of_firm year) vce(cluster id_of_firm)');
  const threshold = ['threshold', data, 'y ~ 1 | firm + year', '--panel', 'firm,year', '--regime', 'x', '--by', 'q'];
  expect((await runInside([...threshold, '--as', 'stata'])).out).toContain('rx(x) qx(q) thnum(1)');
});

test('as JSON they are a list', async () => {
  const { out } = await reg('--as', 'r', '--json');
  const { as, lines } = JSON.parse(out) as { as: string; lines: string[] };
  expect(as).toBe('r');
  expect(lines).toContain('library(fixest)');
});

test.each([
  ['--out', ['--out', join(scratch, 'x.txt')]],
  ['--format', ['--format', 'tex']],
  ['--predict', ['--predict', join(scratch, 'p.csv')]],
  ['--reconcile', ['--reconcile']],
  ['--as', []],
])('%s is refused beside it by its name', async (option, more) => {
  const { status, err } = await reg('--as', option === '--as' ? 'julia' : 'r', ...more);
  expect(status).toBe(2);
  expect(err).toContain(option);
});

test('names are looked for in the data', async () => {
  const { status, err } = await runInside(['reg', data, 'y ~ xx | firm', '--as', 'python']);
  expect(status).toBe(1);
  expect(err).toContain('xx');
});
