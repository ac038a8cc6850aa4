/** A place in a sentence that a value fills. */
export interface Slot {
  /** As it stands in the sentence. */
  readonly text: string;
  readonly name: string;
  /** The noun that follows a count, in its two forms; null: none. */
  readonly noun: readonly [one: string, many: string] | null;
  /** The word that stands in place of a count, in its two forms; null: the value itself. */
  readonly word: readonly [one: string, many: string] | null;
}

/** `{rows}`, with its noun `{rows:row/rows}`, or a word alone that goes with it, `{rows|is|are}`. */
const pattern = /\{(\w+)(?::([^{}/|]+)\/([^{}/|]+)|\|([^{}|]*)\|([^{}|]*))?\}/g;

/** A sentence with its slots filled. */
export function filledSlots(sentence: string, fill: (slot: Slot) => string): string {
  return sentence.replace(pattern, (text, ...groups: (string | undefined)[]) => {
    const [name = '', nounOne, nounMany, wordOne, wordMany] = groups;
    return fill({ text, name, noun: formsOf(nounOne, nounMany), word: formsOf(wordOne, wordMany) });
  });
}

function formsOf(one: string | undefined, many: string | undefined): Slot['noun'] {
  return one === undefined || many === undefined ? null : [one, many];
}
