import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../../src/platform/cli/testing/run-inside.ts';
import { writeSmallPanel } from '../../src/platform/cli/testing/small-panel.ts';
import { wordsOfLine } from '../../src/platform/cli/testing/words-of-line.ts';
import { repository } from './planted.ts';
import { jobs, sideBySide, withoutReading } from './side-by-side.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-side-'));
beforeAll(() => writeSmallPanel(join(folder, 'panel.csv')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['stata', 'r', 'python'] as const)(
  'docs/coming-from-%s.md is what --as prints (`npm run docs` writes it)',
  async (program) => {
    const said: string[] = [];
    for (const { line } of jobs) said.push(await printed([...wordsOfLine(line), '--as', program]));
    const [first = ''] = said;
    const reading = first.slice(0, first.length - withoutReading(first).length).trimEnd();
    expect(reading).toContain('panel.csv');
    await expect(sideBySide(program, said.map(withoutReading), reading)).toMatchFileSnapshot(
      join(repository, `docs/coming-from-${program}.md`),
    );
  },
);

test.each(jobs)('$title: the line runs here', async ({ line }) => {
  expect(await printed(wordsOfLine(line))).not.toBe('');
});

/** What a line printed, the file called as on the page. */
async function printed(words: readonly string[]): Promise<string> {
  const { status, out, err } = await runInside(words.map((word) => (word === 'panel.csv' ? join(folder, word) : word)));
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
  return out.trimEnd().replaceAll(join(folder, 'panel.csv'), 'panel.csv');
}
