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
const pattern = /( ?)(\{(\w+)(?::([^{}/|]+)\/([^{}/|]+)|\|([^{}|]*)\|([^{}|]*))?\})( ?)/g;

/**
 * A sentence with its slots filled.
 * @param isTight whether two letters stand without a blank between them, though the sentence has one beside the slot; left out: none do
 */
export function filledSlots(
  sentence: string,
  fill: (slot: Slot) => string,
  isTight: (left: string, right: string) => boolean = () => false,
): string {
  return sentence.replace(pattern, (whole: string, ...groups: (string | undefined)[]) => {
    const [before = '', text = '', name = '', nounOne, nounMany, wordOne, wordMany, after = ''] = groups;
    const filled = fill({ text, name, noun: formsOf(nounOne, nounMany), word: formsOf(wordOne, wordMany) });
    const at = Number(groups[8]); // the place of the match follows its groups
    const left = sentence.charAt(at - 1);
    const right = sentence.charAt(at + whole.length);
    const lead = before !== '' && isTight(left, filled.charAt(0)) ? '' : before;
    return lead + filled + (after !== '' && isTight(filled.charAt(filled.length - 1), right) ? '' : after);
  });
}

function formsOf(one: string | undefined, many: string | undefined): Slot['noun'] {
  return one === undefined || many === undefined ? null : [one, many];
}
