import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CommandContext } from '../app/context.ts';
import { runStudyInit } from './study-init.ts';
import { runInside } from './testing/run-inside.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-init-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const template = 'ai-carbon-productivity';
const silent: Omit<CommandContext, 'print'> = {
  language: 'en',
  version: '0.0.0',
  signal: new AbortController().signal,
  progress: { step: () => undefined, detail: () => undefined, done: () => undefined, warn: () => undefined },
};

test('the study file is in its place when its path is printed', async () => {
  const printed: [path: string, isThere: boolean][] = [];
  const context = { ...silent, print: (path: string) => printed.push([path, existsSync(path)]) };
  await runStudyInit({ folder: join(scratch, 'whole'), template }, context);
  expect(printed).toEqual([[join(scratch, 'whole', 'study.yaml'), true]]);
});

test('a study file that cannot get its place is refused, nothing else is there, and no path is printed', async () => {
  const folder = join(scratch, 'in the way');
  const printed: string[] = [];
  const made = runStudyInit({ folder, template }, { ...silent, print: (path) => printed.push(path) });
  // All files are written by now, out of sight.
  mkdirSync(join(folder, 'study.yaml'));
  await expect(made).rejects.toThrow(/study\.yaml/);
  expect(readdirSync(folder)).toEqual(['study.yaml']);
  expect(printed).toEqual([]);
});

test('a folder that was made for a study goes with it when it cannot be written', async () => {
  const uppermost = join(scratch, 'gone');
  const made = runStudyInit({ folder: join(uppermost, 'a', 'b'), template }, { ...silent, print: () => undefined });
  // The disk takes no more: what was staged is not there to be moved.
  rmSync(join(uppermost, 'a', 'b', '.kaya-partial-stage', 'files', 'study.yaml'));
  mkdirSync(join(uppermost, 'a', 'b', '.kaya-partial-stage', 'files', 'study.yaml'));
  mkdirSync(join(uppermost, 'a', 'b', '.kaya-partial-stage', 'commit.json.new'));
  await expect(made).rejects.toMatchObject({ code: 'output-not-writable' });
  expect(existsSync(uppermost)).toBe(false);
});

test('a template about a ready panel comes with its data, and runs', async () => {
  const folder = join(scratch, 'preston');
  await runStudyInit({ folder, template: 'income-and-life-expectancy' }, { ...silent, print: () => undefined });
  const checked = await runInside(['study', 'check', folder]);
  expect(checked).toMatchObject({ status: 0 });
  expect(checked.out).toContain(': ok');
});

test.each([
  ['en', 'Income and life expectancy in 142 countries'],
  ['zh', '142个国家的收入与预期寿命'],
])('--template alone lists what there is, with titles in %s', async (language, title) => {
  const listed = await runInside(['--lang', language, 'study', 'init', '--template']);
  expect(listed).toMatchObject({ status: 0, err: '' });
  expect(listed.out.split('\n')).toContain(`income-and-life-expectancy${' '.repeat(8)}${title}`);
  expect(listed.out.trim().split('\n')).toHaveLength(3);
});

test('without a folder nothing else is asked of init', async () => {
  for (const argv of [[], ['--template', 'nope'], ['--from', 'x.csv'], ['--template', '--text', 'id']]) {
    const refused = await runInside(['study', 'init', ...argv]);
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toContain('needs DIR, such as kaya study init my-study --from panel.csv');
  }
});
