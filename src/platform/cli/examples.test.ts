import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examples } from './examples.ts';
import { buildProgram } from './program.ts';
import { runInside } from './testing/run-inside.ts';
import { fullName } from './usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-examples-'));
beforeAll(() => writeFileSync(join(folder, 'panel.csv'), panel()));
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
  const words = wordsOf(line);
  program.parse(words[0] === '--lang' ? words.slice(2) : words, { from: 'user' });
  expect(called).toEqual([name]);
});

test.each(lines.filter(({ name }) => dataCommands.has(name)))('$line runs', async ({ line }) => {
  const words = wordsOf(line).map((word) => (/\.[a-z]+$/.test(word) ? join(folder, word) : word));
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

function wholeProgram(): Command {
  const nothing = () => undefined;
  return buildProgram({
    // Only names and options are looked at: no command runs.
    context: { version: '0.0.0', print: nothing } as unknown as Parameters<typeof buildProgram>[0]['context'],
    line: { argv: ['help'], home: undefined },
    run: () => Promise.resolve(0),
    writeError: nothing,
  });
}

/** Commands without commands below them, those that are planned left out. */
function leaves(command: Command): Command[] {
  const { commands } = command;
  return commands.length === 0 ? [command] : commands.filter((inner) => !isHidden(inner)).flatMap(leaves);
}

function isHidden(command: Command): boolean {
  const shown = command.parent?.createHelp().visibleCommands(command.parent) ?? [];
  return !shown.includes(command);
}

/** The words after `kaya`, as a shell splits them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

/** 30 cities in 6 years and 3 regions. */
function panel(): string {
  const rows = ['city,year,region,y,ai,hc,size,iv'];
  const wave = (step: number, at: number) => Math.sin(step * at + at / 6);
  for (let city = 0; city < 30; city += 1) {
    for (let year = 2010; year < 2016; year += 1) {
      const at = city * 6 + year;
      const [iv, size, hc] = [wave(3.7, at), wave(1.3, at) + city / 30, wave(2.1, at)];
      const ai = wave(0.7, at) + iv;
      const y = ai * (size > 0.5 ? 2 : 1) + hc + wave(5.1, at);
      rows.push([city + 1, year, 'ABC'[city % 3], y, ai, hc, size, iv].join(','));
    }
  }
  return `${rows.join('\n')}\n`;
}
