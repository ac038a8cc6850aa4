import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaves } from '../../../test/architecture/command-docs.ts';
import { examples } from './examples.ts';
import { runInside } from './testing/run-inside.ts';
import { writeSmallPanel } from './testing/small-panel.ts';
import { wholeProgram } from './testing/whole-program.ts';
import { wordsOfLine } from './testing/words-of-line.ts';
import { fullName } from './usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-examples-'));
beforeAll(() => writeSmallPanel(join(folder, 'panel.csv')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = Object.entries(examples).flatMap(([name, own]) => own.map((line) => ({ name, line })));
const dataCommands = new Set(['kaya describe', 'kaya reg', 'kaya threshold']);

test('every command that does something has examples, and nothing else has', () => {
  expect(Object.keys(examples).sort()).toEqual(leaves(wholeProgram()).map(fullName).sort());
});

test.each(lines)('$line is read without a fault', ({ name, line }) => {
  expect(line.replace('--lang zh ', '').startsWith(name)).toBe(true);
  const program = wholeProgram();
  const called: string[] = [];
  for (const leaf of leaves(program)) leaf.action(() => void called.push(fullName(leaf)));
  const words = wordsOfLine(line).slice(1);
  program.parse(words[0] === '--lang' ? words.slice(2) : words, { from: 'user' });
  expect(called).toEqual([name]);
});

test.each(lines.filter(({ name }) => dataCommands.has(name)))('$line runs', async ({ line }) => {
  const words = wordsOfLine(line)
    .slice(1)
    .map((word) => (/\.[a-z]+$/.test(word) ? join(folder, word) : word));
  const { status, err } = await runInside(words);
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
});

test('help ends with them, asked for in either way', async () => {
  const [first, , last] = examples['kaya reg'] ?? [];
  for (const argv of [
    ['reg', '--help'],
    ['help', 'reg'],
  ]) {
    const { out } = await runInside(argv);
    expect(out).toContain(`Examples:\n  ${first}\n`);
    expect(out.trimEnd().endsWith(last ?? '')).toBe(true);
  }
});
