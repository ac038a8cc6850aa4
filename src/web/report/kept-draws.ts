import type { ReplicateRunner } from '../../model/replicate/contract.ts';

/** Numbers of draws that are kept at most: some 32 MB. */
const mostNumbers = 4_000_000;

/** Statistics of draws by the fingerprint of their job, those that were asked for last behind. */
export type KeptDraws = Map<string, Float64Array>;

/**
 * A runner that draws nothing twice: another covariance asks for the same draws of a threshold or a placebo. A job is all that its draws
 * depend on, and each has its number, so that fewer of them are the first ones.
 */
export function keptDraws(draw: ReplicateRunner, kept: KeptDraws, most = mostNumbers): ReplicateRunner {
  return async (request, onDone) => {
    const { job, count, width } = request;
    const key = fingerprint([job, width]);
    const known = kept.get(key);
    if (known !== undefined && known.length >= count * width) {
      keep(kept, key, known, most);
      onDone(count);
      return known.slice(0, count * width);
    }
    const drawn = await draw(request, onDone);
    keep(kept, key, drawn.slice(), most);
    return drawn;
  };
}

function keep(kept: KeptDraws, key: string, drawn: Float64Array, most: number): void {
  kept.delete(key);
  kept.set(key, drawn);
  let size = 0;
  for (const { length } of kept.values()) size += length;
  for (const [oldest, { length }] of kept) {
    if (size <= most) return;
    kept.delete(oldest);
    size -= length;
  }
}

/** 64 bits of plain data, by two sums that mix each word into all that came before. */
export function fingerprint(data: unknown): string {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  const add = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x5bd1e995);
    b ^= b >>> 13;
  };
  const addText = (text: string): void => {
    add(text.length);
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
  };
  const walk = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      addText(value.constructor.name);
      add(value.byteLength);
      const isWhole = value.byteOffset % 4 === 0 && value.byteLength % 4 === 0;
      const { buffer, byteOffset, byteLength } = value;
      const words = isWhole
        ? new Uint32Array(buffer, byteOffset, byteLength / 4)
        : new Uint8Array(buffer, byteOffset, byteLength);
      for (const word of words) add(word);
    } else if (Array.isArray(value)) {
      add(value.length);
      for (const one of value) walk(one);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, own] of Object.entries(value)) {
        addText(name);
        walk(own);
      }
      addText('}');
    } else addText(`${typeof value} ${Object.is(value, -0) ? '-0' : String(value)}`);
  };
  walk(data);
  return `${a >>> 0} ${b >>> 0}`;
}
