import { startBeside } from '../browser/beside.ts';
import { type Conversation, conversation } from '../browser/conversation.ts';
import type { Answer, Ask, Sentence, Told } from './contract.ts';

/** A request that the program refuses, in its words. */
export class Refusal extends Error {
  readonly code: string;
  readonly sentence: Sentence;
  /** Sheets that may be chosen instead. */
  readonly sheets: readonly string[];

  constructor(code: string, sentence: Sentence, sheets: readonly string[] = []) {
    super(sentence.en);
    this.name = 'Refusal';
    this.code = code;
    this.sentence = sentence;
    this.sheets = sheets;
  }
}

type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;
/** What is asked, before it has its number. */
export type Question = Unnumbered<Ask>;
export type Progress = Pick<Extract<Told, { kind: 'progress' }>, 'step' | 'share'>;

/** The program beside the page. @param code the script that it is */
export function programBeside(code: string, onProgress: (progress: Progress) => void): Conversation<Question, Answer> {
  return conversation<Question, Answer>((answered, refused, failed) =>
    startBeside<Question & { readonly id: number }, Told>(
      code,
      (told) => {
        if (told.kind === 'progress') onProgress({ step: told.step, share: told.share });
        else if (told.kind === 'answer') answered(told.id, told.answer);
        else refused(told.id, new Refusal(told.code, told.message, told.sheets));
      },
      (reason) => failed(new Refusal('internal', { en: reason, zh: reason })),
    ),
  );
}
