import { expect, it } from 'vitest';
import { type Conversation, conversation, Stopped } from './conversation.ts';

type Begin = Parameters<typeof conversation<{ text: string }, string>>[0];

/** A program that does nothing by itself: what it was asked, and what it may say. */
function silentProgram() {
  const asked: { readonly text: string; readonly id: number }[] = [];
  const says: Parameters<Begin>[] = [];
  let stops = 0;
  const talk: Conversation<{ text: string }, string> = conversation((...tell) => {
    says.push(tell);
    return {
      ask: (message) => {
        asked.push(message);
      },
      stop: () => {
        stops += 1;
      },
    };
  });
  const [answer, refuse, fail] = says[0];
  return { talk, asked, answer, refuse, fail, stops: () => stops };
}

it('gives each question its own answer, in whatever order they come', async () => {
  const { talk, asked, answer } = silentProgram();
  const both = Promise.all([talk.ask({ text: 'a' }), talk.ask({ text: 'b' })]);
  expect(asked.map(({ text }) => text)).toEqual(['a', 'b']);
  answer(asked[1].id, 'of b');
  answer(asked[0].id, 'of a');
  expect(await both).toEqual(['of a', 'of b']);
});

it('a refusal is of its question alone, an answer to nobody is nothing', async () => {
  const { talk, asked, answer, refuse } = silentProgram();
  const [first, second] = [talk.ask({ text: 'a' }), talk.ask({ text: 'b' })];
  refuse(asked[0].id, new Error('no'));
  answer(asked[0].id, 'late');
  answer(asked[1].id, 'yes');
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('yes');
});

it('a stop and a fault end all that waits', async () => {
  const { talk, stops, fail } = silentProgram();
  const stopped = talk.ask({ text: 'a' });
  talk.stop();
  await expect(stopped).rejects.toBeInstanceOf(Stopped);
  expect(stops()).toBe(1);
  const failed = talk.ask({ text: 'b' });
  fail(new Error('no memory'));
  await expect(failed).rejects.toThrow('no memory');
});
