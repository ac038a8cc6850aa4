import { expect, test } from 'vitest';
import { said } from '../../error/said.ts';
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
  ['only', 't1', said('takes.ids')],
  ['only', [1], said('takes.ids')],
  ['threads', 0, said('range.whole_least', { value: '1' })],
  ['threads', '2', said('range.whole_least', { value: '1' })],
  ['language', 'de', 'en, zh'],
  ['force', 'yes', said('type.truth')],
  ['out', '', said('takes.path')],
  ['signal', {}, said('takes.signal')],
  ['onStep', true, said('takes.function')],
])('%s: %j is refused, with what it takes', async (option, value, expected) => {
  await expect(run({ [option]: value })).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: `runStudy: ${option}`, expected },
  });
});

test('an option that is undefined is left out', async () => {
  await expect(run({ only: undefined, threads: undefined })).rejects.toMatchObject({ code: 'file-not-found' });
});
