/**
 * Philox 4x32-10: a counter-based generator (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
 * 1, 2, 3"). The numbers of a stream depend on (seed, stream, substream) alone, so work can be split over any number of
 * threads without changing a draw.
 */

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const weylA = 0x9e3779b9;
const weylB = 0xbb67ae85;

/** A stream of random numbers; holds its own position. */
export interface RandomStream {
  /** Uniform on 0 … 2^32 - 1. */
  uint32(): number;
  /** Uniform on (0, 1) with 53 bits, never 0 or 1. */
  uniform(): number;
  /** Standard normal (Box-Muller, both halves used). */
  normal(): number;
  /** Uniform on 0 … count - 1, for count up to 2^32 (multiply-shift; bias below count / 2^32). */
  integer(count: number): number;
}

/** One block: four words from a counter and a key, written into `out`. Exported for the known-answer test. */
export function philoxInto(out: Uint32Array, counter: Uint32Array, key0: number, key1: number): void {
  let c0 = counter[0];
  let c1 = counter[1];
  let c2 = counter[2];
  let c3 = counter[3];
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const highA = highWord(multiplierA, c0);
    const lowA = Math.imul(multiplierA, c0) >>> 0;
    const highB = highWord(multiplierB, c2);
    const lowB = Math.imul(multiplierB, c2) >>> 0;
    c0 = (highB ^ c1 ^ k0) >>> 0;
    c1 = lowB;
    c2 = (highA ^ c3 ^ k1) >>> 0;
    c3 = lowA;
    k0 = (k0 + weylA) >>> 0;
    k1 = (k1 + weylB) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** High 32 bits of the 64-bit product of two unsigned words. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // No sum here reaches 2^32, so that words of 32 bits hold all of them.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const lowCross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (lowCross >>> 16)) >>> 0;
}

/**
 * The stream numbered (`stream`, `substream`) of a seed.
 * @param seed integer from 0 to 2^53 - 1
 * @param stream what is drawn (an integer below 2^32)
 * @param substream a replicate, a file, a unit (an integer below 2^32)
 */
export function randomStream(seed: number, stream: number, substream = 0): RandomStream {
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 0x1_0000_0000) >>> 0;
  const counter = new Uint32Array([0, 0, stream >>> 0, substream >>> 0]);
  const block = new Uint32Array(4);
  let used = 4;
  let spareNormal = Number.NaN;

  const uint32 = (): number => {
    if (used === 4) {
      philoxInto(block, counter, key0, key1);
      counter[0]++;
      if (counter[0] === 0) counter[1]++;
      used = 0;
    }
    return block[used++];
  };
  const uniform = (): number => {
    const high = uint32() >>> 5;
    const low = uint32() >>> 6;
    return (high * 67108864 + low + 0.5) / 9007199254740992;
  };
  const normal = (): number => {
    if (!Number.isNaN(spareNormal)) {
      const value = spareNormal;
      spareNormal = Number.NaN;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const integer = (count: number): number => Math.floor((uint32() / 0x1_0000_0000) * count);
  return { uint32, uniform, normal, integer };
}

/**
 * The first words of the stream (`stream`, `substream`) of a seed, the same as `randomStream` gives one by one: for streams that are
 * made by the thousand.
 */
export function streamWordsInto(words: Uint32Array, seed: number, stream: number, substream: number): void {
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 0x1_0000_0000) >>> 0;
  wordCounter[2] = stream >>> 0;
  wordCounter[3] = substream >>> 0;
  for (let at = 0; at < words.length; at += 4) {
    wordCounter[0] = at / 4;
    philoxInto(wordBlock, wordCounter, key0, key1);
    const end = Math.min(4, words.length - at);
    for (let k = 0; k < end; k++) words[at + k] = wordBlock[k];
  }
}

const wordCounter = new Uint32Array(4);
const wordBlock = new Uint32Array(4);
