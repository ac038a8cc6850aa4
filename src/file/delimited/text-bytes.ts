/**
 * Takes the bytes `from` to `end` of a buffer and says up to where it has used them, or null to hear no more.
 * @param isLast whether nothing follows
 */
export type TakeBlock = (bytes: Uint8Array, from: number, end: number, isLast: boolean) => number | null;

/** Bytes of a delimited text in UTF-8: a whole that is here, or blocks of whole lines that come one by one. */
export type TextBytes =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'blocks'; readonly each: (take: TakeBlock) => void };

/** Hands a text on, block by block. A block ends where a line ends, unless it is the last. */
export function eachBlock(text: TextBytes, take: TakeBlock): void {
  if (text.kind === 'whole') take(text.bytes, 0, text.bytes.length, true);
  else text.each(take);
}
