import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wordsOfLine } from '../../src/platform/cli/testing/words-of-line.ts';
import { repository } from '../architecture/planted.ts';

/** A line of the tutorial and what the page says that it prints, a line each. */
interface Step {
  readonly line: string;
  readonly shown: readonly string[];
}

/** The commands of a page, each with the block of text behind it: of several commands in one block, the last one's. */
function stepsOf(page: string): Step[] {
  const text = readFileSync(join(repository, 'docs', page), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)\n```(?:\n\n```text\n([\s\S]*?)\n```)?/g)].flatMap(
    ([, block = '', shown]) => {
      const lines = block.split('\n');
      return lines.map((line, at) => ({ line, shown: at === lines.length - 1 ? (shown?.split('\n') ?? []) : [] }));
    },
  );
}

test.each(['tutorial.md', 'tutorial.zh.md'])('every command of docs/%s runs and prints what the page says', (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-tutorial-'));
  try {
    copyFileSync(
      join(repository, 'studies/income-and-life-expectancy/data/gapminder.csv'),
      join(folder, 'gapminder.csv'),
    );
    const steps = stepsOf(page);
    expect(steps.length).toBeGreaterThan(9);
    for (const { line, shown } of steps) {
      const [name, ...words] = wordsOfLine(line);
      expect(name).toBe('kaya');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(repository, 'dist/program/main.js'), ...words],
        { cwd: folder, encoding: 'utf8' },
      );
      expect({ line, status, stderr: status === 0 ? '' : stderr }).toEqual({ line, status: 0, stderr: '' });
      const flat = (text: string): string => text.replace(/\s+/g, ' ');
      for (const part of shown) expect(flat(stdout)).toContain(flat(part).trim());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
