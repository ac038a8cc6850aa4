import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { printers } from '../../output/document/printers.ts';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-laid-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'd.csv');
const rows = Array.from({ length: 40 }, (_, i) => [
  Math.sin(i) + i / 9,
  Math.cos(3 * i),
  Math.sin(5 * i),
  i % 8,
  2000 + Math.floor(i / 8),
]);
writeFileSync(file, `y,x,"a, b",id,year\n${rows.map((row) => row.join(',')).join('\n')}\n`);

const formula = 'y ~ x + `a, b` + l(x, 1) | id';
const reg = (...argv: readonly string[]) =>
  runInside(['reg', file, formula, '--panel', 'id,year', ...argv], { LANG: 'C' });
/** The labels of rows with an estimate. */
const termsOf = (out: string) => out.split('\n').flatMap((line) => /^(\S.*?) {2,}-?\d+\.\d+\**$/.exec(line)?.[1] ?? []);

describe('terms by name', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a name with a comma between backquotes', ['--keep', '`a, b`, x'], ['x', '`a, b`']],
    ['a comma inside brackets, with and without a blank', ['--keep', 'l(x,1)'], ['l(x, 1)']],
    ['again and again', ['--keep', 'x', '--keep', '`a, b`', '--order', '`a, b`'], ['`a, b`', 'x']],
    ['a kept pattern of which some are dropped', ['--keep', '*x*', '--drop', 'l(x, 1)'], ['x']],
    [
      'a name with a comma renamed, with signs in the label',
      ['--rename', '`a, b` = `A; b = c`'],
      ['x', 'A; b = c', 'l(x, 1)'],
    ],
  ])('%s', async (_, argv, terms) => {
    const { status, out } = await reg('--fit', 'none', ...argv);
    expect({ status, terms: termsOf(out) }).toEqual({ status: 0, terms });
  });

  test.each<[string, readonly string[], string]>([
    ['kept and dropped', ['--keep', 'x, `a, b`', '--drop', '`a, b`'], '--drop'],
    ['two of one label', ['--rename', 'x = A; `a, b` = A'], '--rename'],
  ])('%s: refused', async (_, argv, option) => {
    const { status, err } = await reg(...argv);
    expect({ status, begins: err.startsWith(`${option} `) }).toEqual({ status: 2, begins: true });
  });
});

describe('a format without a place for a word refuses it', () => {
  const words: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['--siunitx', [], ['tex']],
    ['--label', ['main'], ['tex', 'typst']],
    ['--stars', ['none'], ['text', 'md', 'tex', 'html', 'typst', 'docx', 'xlsx']],
    ['--digits', ['2'], ['text', 'md', 'tex', 'html', 'typst', 'docx', 'xlsx']],
    ['--keep', ['x'], ['text', 'md', 'tex', 'html', 'typst', 'docx', 'xlsx', 'csv']],
  ];
  test.each(words)('%s', async (option, values, takenBy) => {
    for (const { id } of printers) {
      const { status, err } = await reg(option, ...values, '--format', id, '--out', join(folder, `t-${id}`));
      expect([id, status]).toEqual([id, takenBy.includes(id) ? 0 : 2]);
      if (status === 2) expect(err.startsWith(`${option} `)).toBe(true);
    }
  });
});

test('csv of a laid out table has full precision, its title and its notes', async () => {
  const { out } = await reg('--style', 'aer', '--title', 'A title', '--keep', 'x', '--format', 'csv');
  const lines = out.split('\r\n');
  expect(lines[0]).toBe('# A title');
  expect(lines[2]).toMatch(/^x,-?\d+\.\d{10,}$/);
  expect(lines.filter((line) => /^"?# /.test(line)).length).toBeGreaterThan(2);
});

describe('LaTeX', () => {
  const tex = async (...argv: readonly string[]) => (await runInside(['reg', file, ...argv, '--format', 'tex'])).out;
  test('tables of several commands have names of their own, the same every time, and no empty caption', async () => {
    const commands = [
      ['y ~ x'],
      ['y ~ x | id'],
      ['y ~ x | id', '--vcov', 'cluster:id'],
      ['y ~ x', '--test', 'x = 0'],
      ['y ~ 0 + x | 0', '--vcov', 'hc1'],
    ];
    const all = await Promise.all(commands.map((argv) => tex(...argv)));
    const names = all.flatMap((out) => {
      const own = [...out.matchAll(/\\label\{(.*?)\}/g)].map(([, name]) => name);
      expect(new Set(own).size).toBe(own.length);
      return own;
    });
    // The same models with a test beside them are the same table.
    expect(new Set(names.filter((name) => !/facts|estimates|-1$/.test(name))).size).toBe(5);
    for (const out of all) expect(out).not.toContain('\\caption{}');
    expect(await tex(...commands[1])).toBe(all[1]);
  });

  test('a name and a title of the author stay', async () => {
    const out = await tex('y ~ x', '--label', 'main', '--title', 'Main');
    expect(out).toContain('\\caption{Main}');
    expect(out).toContain('\\label{tab:main}');
  });
});
