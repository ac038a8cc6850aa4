import { expect, test } from 'vitest';
import { runStudyInNode } from './run-study-in-node.ts';

/** For programs without types. */
const run = (options: object): Promise<unknown> => runStudyInNode('no-such-study', options);

test('an unknown option is refused by its name, with the nearest', async () => {
  await expect(run({ onlly: ['t1'] })).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: 'runStudy: onlly', suggestion: 'only' },
  });
});

test.each([
  ['only', 't1', 'a list of ids of tables and figures'],
  ['only', [1], 'a list of ids of tables and figures'],
  ['threads', 0, 'a whole number from 1'],
  ['threads', '2', 'a whole number from 1'],
  ['language', 'de', 'en, zh'],
  ['force', 'yes', 'true or false'],
  ['out', '', 'a path'],
  ['signal', {}, 'an AbortSignal'],
  ['onStep', true, 'a function'],
])('%s: %j is refused, with what it takes', async (option, value, expected) => {
  await expect(run({ [option]: value })).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: `runStudy: ${option}`, expected },
  });
});

test('an option that is undefined is left out', async () => {
  await expect(run({ only: undefined, threads: undefined })).rejects.toMatchObject({ code: 'file-not-found' });
});
