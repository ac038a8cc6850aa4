import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { runInside } from './testing/run-inside.ts';

// `kaya compress`, and `kaya reg` on what it writes.

const folder = mkdtempSync(join(tmpdir(), 'kaya-compress-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const formula = 'y ~ x + z + i(year) | firm';

beforeAll(() => {
  const stream = randomStream(5, 0);
  const lines = Array.from({ length: 30 * 12 }, (_, i) => {
    const [x, z] = [stream.uniform(), stream.uniform()];
    return `f${i % 30},${2000 + Math.floor(i / 30)},${x},${z},${x - z + stream.uniform()}`;
  });
  writeFileSync(at('rows.csv'), `firm,year,x,z,y\n${lines.join('\n')}\n`);
});

const reg = (data: string, text: string) =>
  runInside(['reg', at(data), text, '--vcov', 'cluster:firm', '--test', 'x = 1', '--format', 'json']);

test('models from the file are those of the rows, with the note that says so', async () => {
  const made = await runInside([
    'compress',
    at('rows.csv'),
    formula,
    '--by',
    'firm',
    '--min-rows',
    '3',
    '--out',
    at('s.json'),
    '--json',
  ]);
  expect(JSON.parse(made.out)).toMatchObject({ nobs: 360, groups: 30, least: 3, smallest: 12, pooled: null });
  const [ours, theirs] = [await reg('s.json', formula), await reg('rows.csv', formula)].map(
    ({ out }) => JSON.parse(out).models[0],
  );
  expect(ours.coef.map(({ estimate, se }: { estimate: number; se: number }) => [estimate, se])).toEqual(
    theirs.coef.map(({ estimate, se }: { estimate: number; se: number }) => [
      expect.closeTo(estimate, 12),
      expect.closeTo(se, 12),
    ]),
  );
  expect(ours.tests[0].p).toBeCloseTo(theirs.tests[0].p, 10);
  expect(ours.warnings.map(({ code }: { code: string }) => code)).toContain('from-sums');
  const left = JSON.parse((await reg('s.json', 'y ~ x + i(year) | firm')).out).models[0];
  const right = JSON.parse((await reg('rows.csv', 'y ~ x + i(year) | firm')).out).models[0];
  expect(left.coef[0].se).toBeCloseTo(right.coef[0].se, 12);
});

test('what a small group tells is said, in both languages', async () => {
  const words = ['compress', at('rows.csv'), formula, '--by', 'firm', '--min-rows', '3', '--out', at('t.json')];
  const english = await runInside(words);
  expect(english.out).toContain('smallest group has 12 rows for 15 columns');
  expect((await runInside([...words, '--lang', 'zh'])).out).toContain('最小的组只有12行');
  const safe = await runInside(['compress', at('rows.csv'), 'y ~ x | firm', '--by', 'firm', '--out', at('u.json')]);
  expect(safe.out).not.toContain('smallest group');
});

test.each([
  [['reg', 's.json', formula, '--vcov', 'hc1'], 'these sums are by firm'],
  [['reg', 's.json', formula, '--where', 'x > 0'], '--where asks for rows'],
  [['reg', 's.json', formula, '--engine', 'duckdb'], '--engine asks for rows'],
  [['reg', 's.json', formula, '--plot', 'p.svg'], '--plot asks for rows'],
  [['reg', 's.json', formula, '--as', 'stata'], '--as asks for rows'],
  [['reg', 's.json', formula, '--missing', 'NA'], '--missing asks for rows'],
  [['reg', 'none.json', formula], 'none.json'],
  [['reg', 'broken.json', formula], 'groups[0].rows'],
  [['compress', 'rows.csv', formula, '--by', 'firm', '--out', 's.csv'], '.json'],
  [['compress', 'rows.csv', formula, '--by', 'frm', '--out', 'v.json'], 'firm'],
  [['compress', 'rows.csv', 'y ~ sw(x, z)', '--by', 'firm', '--out', 'v.json'], 'one model'],
  [['compress', 'rows.csv', 'y ~ 1 | firm | x ~ z', '--by', 'firm', '--out', 'v.json'], 'instruments'],
  [['compress', 'rows.csv', 'y ~ z | firm[x]', '--by', 'firm', '--out', 'v.json'], 'slopes by level'],
])('kaya %j is refused, and nothing is written', async (words, said) => {
  writeFileSync(at('broken.json'), readFileSync(at('s.json'), 'utf8').replace(/"rows":12/, '"rows":"12"'));
  const [command = '', ...rest] = words;
  const place = (word: string): string => (/^[\w]+\.(csv|json|svg)$/.test(word) ? at(word) : word);
  const { status, err } = await runInside([command, ...rest.map(place)]);
  expect([1, 2]).toContain(status);
  expect(err).toContain(said);
  expect(() => readFileSync(at('v.json'))).toThrow();
});
