import type { Beside } from './beside.ts';

/** What was asked was stopped before it was answered. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/** Questions to a program beside the page, each with its answer. */
export interface Conversation<Ask, Answer> {
  /** @throws Stopped, and what `refusalOf` makes of a refusal */
  readonly ask: (message: Ask) => Promise<Answer>;
  /** Ends the program; what was asked of it is Stopped. */
  readonly stop: () => void;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** Answers by the number of what was asked, from a program that is begun by `begin`. */
export function conversation<Ask, Answer>(
  begin: (
    answered: (id: number, answer: Answer) => void,
    refused: (id: number, reason: unknown) => void,
    failed: (reason: unknown) => void,
  ) => Beside<Ask & { readonly id: number }>,
): Conversation<Ask, Answer> {
  const waiting = new Map<number, Waiting<Answer>>();
  let last = 0;
  const take = (id: number): Waiting<Answer> | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  };
  const failAll = (reason: unknown): void => {
    for (const id of [...waiting.keys()]) take(id)?.reject(reason);
  };
  const beside = begin(
    (id, answer) => take(id)?.resolve(answer),
    (id, reason) => take(id)?.reject(reason),
    failAll,
  );
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        beside.ask({ ...message, id: last });
      }),
    stop: () => {
      beside.stop();
      failAll(new Stopped());
    },
  };
}
