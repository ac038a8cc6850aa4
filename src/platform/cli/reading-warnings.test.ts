import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInside } from './testing/run-inside.ts';

// What had to be done to read a file stands in the JSON document; the rule of percentiles is named wherever they are.

const folder = mkdtempSync(join(tmpdir(), 'kaya-reading-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kaya = (...argv: string[]) => runInside(argv);

const rows = Array.from({ length: 24 }, (_, i) => {
  const [unit, year] = [Math.floor(i / 4), 2000 + (i % 4)];
  return [unit, year, (i * 7) % 11, (i * 5) % 13, (i * i) % 17];
});
const header = ['id', 'year', 'y', 'x', 'q'];

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const csv = (lines: readonly (readonly (string | number)[])[]): string =>
  lines.map((cells) => `${cells.join(',')}\n`).join('');

const table = [header, ...rows].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');

const sources: readonly (readonly [string, string])[] = [
  ['header-blank', written('index.csv', csv([['', ...header], ...rows.map((row, i) => [i, ...row])]))],
  ['header-repeated', written('twice.csv', csv([[...header, 'y'], ...rows.map((row) => [...row, 1])]))],
  ['titles-passed', written('titles.csv', csv([['Yearbook 2001'], ['of all cities'], header, ...rows]))],
  [
    'encoding-judged',
    written('latin.csv', Buffer.from(csv([[...header, 'c'], ...rows.map((r) => [...r, 'Zürich'])]), 'latin1')),
  ],
  [
    'sheet-taken',
    written('two.xls', `<html><body><table>${table}</table><p>and</p><table>${table}</table></body></html>`),
  ],
];

const commands: readonly (readonly [string, (path: string) => string[]])[] = [
  ['describe', (path) => ['describe', path]],
  ['reg', (path) => ['reg', path, 'y ~ x']],
  ['reg, several models', (path) => ['reg', path, 'c(y, q) ~ x']],
  ['reg with a test', (path) => ['reg', path, 'y ~ x', '--test', 'x = 0']],
  ['reg --reconcile', (path) => ['reg', path, 'y ~ x', '--reconcile']],
  [
    'threshold',
    (path) => ['threshold', path, 'y ~ q | id', '--panel', 'id,year', '--regime', 'x', '--by', 'x', '--boot', '0'],
  ],
];

interface Warned {
  readonly warnings: readonly { readonly code: string }[];
}
interface Document extends Partial<Warned> {
  readonly models?: readonly Warned[];
  readonly model?: Warned;
}

describe.each(commands)('%s: warnings of the JSON document', (_, argv) => {
  it.each(sources)('%s', async (code, path) => {
    const { status, out, err } = await kaya(...argv(path), '--json');
    expect([status, err]).toEqual([0, expect.stringMatching(/\S/)]);
    const { warnings, models = [], model } = JSON.parse(out) as Document;
    const holders = [
      ...(warnings === undefined ? [] : [{ warnings }]),
      ...models,
      ...(model === undefined ? [] : [model]),
    ];
    const lists = holders.map((one) => one.warnings);
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) expect(list.map((one) => one.code)).toContain(code);
  });

  it('none where there is nothing to say', async () => {
    const path = written('plain.csv', csv([header, ...rows]));
    const { out } = await kaya(...argv(path), '--json');
    for (const [code] of sources) expect(out).not.toContain(code);
  });
});

describe('the rule of percentiles', () => {
  const path = written('four.csv', 'v,name\n1,a\n2,b\n3,c\n4,d\n');

  it.each([
    [[], 'stata', 1.5, 3.5],
    [['--quantiles', 'stata'], 'stata', 1.5, 3.5],
    [['--quantiles', 'r7'], 'r7', 1.75, 3.25],
    [['--quantiles', 'R7'], 'r7', 1.75, 3.25],
  ])('%j', async (options, rule, p25, p75) => {
    const { out } = await kaya('describe', path, ...options, '--json');
    expect(JSON.parse(out)).toMatchObject({ quantiles: rule, variables: [{ p25, median: 2.5, p75 }] });
  });

  it.each(['text', 'md', 'tex', 'html'])('is named in %s', async (format) => {
    const said = async (...options: string[]) => (await kaya('describe', path, '--format', format, ...options)).out;
    expect(await said()).toContain('the rule of Stata');
    expect(await said('--quantiles', 'r7')).toContain('the rule of R (quantile, type 7)');
    expect(await said('--quantiles', 'r7', '--lang', 'zh')).toContain('按 R 的规则');
  });

  it('is a column of csv', async () => {
    const { out } = await kaya('describe', path, '--quantiles', 'r7', '--format', 'csv');
    const [head, first] = out.trim().split('\r\n');
    expect(head.split(',').indexOf('Percentiles')).toBe(first.split(',').indexOf('r7'));
  });

  it('another rule, and the option where there are no percentiles, are refused', async () => {
    const other = await kaya('describe', path, '--quantiles', 'r6');
    expect([other.status, other.err]).toEqual([2, expect.stringMatching(/r6.*stata, r7/s)]);
    expect((await kaya('reg', path, 'v ~ 1', '--quantiles', 'r7')).status).toBe(2);
  });
});
