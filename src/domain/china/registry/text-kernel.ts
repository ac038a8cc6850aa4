import {
  add,
  again,
  and16,
  bitAnd,
  bytesOf,
  constant,
  equal,
  equalBytes,
  exclusiveOr,
  get,
  greater,
  isAny,
  load16,
  loadByte,
  loop,
  notLess,
  or16,
  set,
  shiftBytesRight,
  shiftRight,
  splat,
  stop,
  store,
  subtract,
  swizzle,
  tee,
  trailingZeros,
  upperBits,
  wasmModule,
  when,
} from '../../../math/wasm-code.ts';

/** Of the platform, known to Node and browsers alike; the core has no types of either. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/**
 * Sweeps over text sixteen bytes at a time. Places are those in the text; what is found is written to `out`, as many
 * places as are returned.
 */
export interface TextKernel {
  /** Places found last, valid until the next call. */
  out(): Int32Array;
  /** Puts a text in front of the kernel. @returns the text to go on with: itself when it came from `textRoom`, else a copy */
  hold(text: Uint8Array): Uint8Array;
  /** Line feeds and quotes in `[from, to)`, which is at most `span` long. */
  marks(from: number, to: number): number;
  /** Where the tables let a pattern begin in `[from, to)`, which is at most `span` long. */
  candidates(from: number, to: number): number;
  /**
   * Delimiters from `from` on up to the first line feed, which is the last place found; a line feed must follow.
   * @returns -1 for a quote before the line feed, or more than `span` places
   */
  cells(from: number, delimiter: number): number;
  /** Whether 不, 除 or 禁 stands in `[from, to)`: no denial without them. */
  denies(from: number, to: number): boolean;
  /** Sets what `candidates` looks for: see `candidateTables`. */
  look(tables: CandidateTables): void;
}

/**
 * Four bytes of each pattern, at the same four offsets, told by their halves (Teddy, of Hyperscan; Qiu and others 2019):
 * bit b of an entry is set when a pattern of bucket b has that half there. 8 × 16 bytes: lower and upper halves by offset.
 */
export interface CandidateTables {
  readonly offsets: readonly [number, number, number, number];
  readonly halves: Uint8Array;
}

/** Bytes of text that one call goes over. */
export const span = 1 << 16;

const tablesAt = 0;
const outAt = 1024;
const textAt = outAt + 4 * (span + 16);
/** Sixteen bytes may be read behind a place that a pattern's last offset names. */
const slack = 512;
const page = 1 << 16;

const memory = new WebAssembly.Memory({ initial: Math.ceil((textAt + slack) / page) });
/** Asked for once: the memory's own property is slow. */
let { buffer } = memory;
let kernel: TextKernel | null = null;
/** The text in front of the kernel; known again without asking for its buffer, which is slow. */
let held: Uint8Array | null = null;

/** A buffer for a text of `length` bytes on which the kernel works without copying. The one before it is lost. */
export function textRoom(length: number): Uint8Array<ArrayBuffer> {
  held = null;
  const missing = textAt + length + slack - buffer.byteLength;
  if (missing > 0) {
    memory.grow(Math.ceil(missing / page));
    buffer = memory.buffer;
  }
  return new Uint8Array(buffer, textAt, length);
}

/** The kernel of this thread: there is one, made when it is first asked for. */
export function textKernel(): TextKernel {
  kernel ??= makeKernel();
  return kernel;
}

type Code = (...values: number[]) => number;

function makeKernel(): TextKernel {
  const module = new WebAssembly.Module(wasmModule([marks, candidates, cells, denies]));
  const instance = new WebAssembly.Instance(module, { host: { memory } });
  // What the four functions that the module was made of are called in it.
  const code = instance.exports as Readonly<Record<'marks' | 'candidates' | 'cells' | 'denies', Code>>;
  let offsets: CandidateTables['offsets'] = [0, 0, 0, 0];
  let looked: CandidateTables | null = null;
  let places = new Int32Array(buffer, outAt, span + 16);
  return {
    out: () => {
      if (places.length === 0) places = new Int32Array(buffer, outAt, span + 16);
      return places;
    },
    hold: (text) => {
      if (text === held) return text;
      if (text.buffer === buffer && text.byteOffset === textAt) held = text;
      else {
        const room = textRoom(text.length);
        room.set(text);
        held = room;
      }
      return held;
    },
    marks: (from, to) => code.marks(from, to),
    candidates: (from, to) => code.candidates(from, to, ...offsets),
    cells: (from, delimiter) => code.cells(from, delimiter),
    denies: (from, to) => code.denies(from, to) !== 0,
    look: (tables) => {
      if (tables === looked) return;
      looked = tables;
      offsets = tables.offsets;
      new Uint8Array(buffer, tablesAt, 128).set(tables.halves);
    },
  };
}

/** Writes the place `local` to the end of what was found, which `end` counts in bytes. */
const put = (local: number, end: number): number[] => [
  ...get(end),
  ...get(local),
  ...store(outAt),
  ...get(end),
  ...constant(4),
  add,
  ...set(end),
];
/** Places found, from the bytes they take. */
const found = (end: number): number[] => [...get(end), ...constant(2), shiftRight];
/** `local` goes up by 16. */
const step = (local: number): number[] => [...get(local), ...constant(16), add, ...set(local)];
/** The lowest bit of `bits` as a place behind `p`, to `at`. */
const lowest = (p: number, bits: number, at: number): number[] => [
  ...get(p),
  ...get(bits),
  trailingZeros,
  add,
  ...tee(at),
];
/** Takes the lowest bit away; leaves what is left on the stack. */
const drop = (bits: number): number[] => [...get(bits), ...get(bits), ...constant(1), subtract, bitAnd, ...tee(bits)];
/** Stays in the loop around it while `p` is before `to`. */
const whileBefore = (p: number, to: number): number[] => [...get(to), ...get(p), greater, ...again(0)];

/** marks(from, to): locals 2 end, 3 bits, 4 at; vector 5. */
const marks = {
  name: 'marks',
  parameters: 2,
  numbers: 3,
  vectors: 1,
  code: [
    ...loop(
      ...get(0),
      ...load16(textAt),
      ...tee(5),
      ...bytesOf(10),
      ...equalBytes,
      ...get(5),
      ...bytesOf(34),
      ...equalBytes,
      ...or16,
      ...upperBits,
      ...tee(3),
      ...when(
        ...loop(
          ...lowest(0, 3, 4),
          ...get(1),
          notLess,
          ...when(...found(2), stop),
          ...put(4, 2),
          ...drop(3),
          ...again(0),
        ),
      ),
      ...step(0),
      ...whileBefore(0, 1),
    ),
    ...found(2),
  ],
};

/** Of the 16 bytes at `p` + offset `o`: the buckets that have such bytes there. */
const buckets = (p: number, o: number, low: number, high: number, bytes: number): number[] => [
  ...get(p),
  ...get(o),
  add,
  ...load16(textAt),
  ...set(bytes),
  ...get(low),
  ...get(bytes),
  ...bytesOf(15),
  ...and16,
  ...swizzle,
  ...get(high),
  ...get(bytes),
  ...constant(4),
  ...shiftBytesRight,
  ...swizzle,
  ...and16,
];

/** candidates(from, to, o0, o1, o2, o3): locals 6 end, 7 bits, 8 at; vectors 9 … 16 tables, 17 bytes, 18 buckets. */
const candidates = {
  name: 'candidates',
  parameters: 6,
  numbers: 3,
  vectors: 10,
  code: [
    ...Array.from({ length: 8 }, (_, i) => [...constant(tablesAt + 16 * i), ...load16(0), ...set(9 + i)]).flat(),
    ...loop(
      ...buckets(0, 2, 9, 10, 17),
      ...buckets(0, 3, 11, 12, 17),
      ...and16,
      ...buckets(0, 4, 13, 14, 17),
      ...and16,
      ...buckets(0, 5, 15, 16, 17),
      ...and16,
      ...tee(18),
      ...isAny,
      ...when(
        // Bytes that are not zero: those that are, the other way round.
        ...get(18),
        ...bytesOf(0),
        ...equalBytes,
        ...upperBits,
        ...constant(0xffff),
        exclusiveOr,
        ...set(7),
        ...loop(
          ...lowest(0, 7, 8),
          ...get(1),
          notLess,
          ...when(...found(6), stop),
          ...put(8, 6),
          ...drop(7),
          ...again(0),
        ),
      ),
      ...step(0),
      ...whileBefore(0, 1),
    ),
    ...found(6),
  ],
};

/** cells(from, delimiter): locals 2 end, 3 bits, 4 at, 5 byte; vectors 6 bytes, 7 delimiters. */
const cells = {
  name: 'cells',
  parameters: 2,
  numbers: 4,
  vectors: 2,
  code: [
    ...get(1),
    ...splat,
    ...set(7),
    ...loop(
      ...get(0),
      ...load16(textAt),
      ...tee(6),
      ...get(7),
      ...equalBytes,
      ...get(6),
      ...bytesOf(10),
      ...equalBytes,
      ...or16,
      ...get(6),
      ...bytesOf(34),
      ...equalBytes,
      ...or16,
      ...upperBits,
      ...tee(3),
      ...when(
        ...loop(
          ...lowest(0, 3, 4),
          ...loadByte(textAt),
          ...tee(5),
          ...constant(34),
          equal,
          ...when(...constant(-1), stop),
          ...put(4, 2),
          ...get(5),
          ...constant(10),
          equal,
          ...when(...found(2), stop),
          ...drop(3),
          ...again(0),
        ),
      ),
      ...step(0),
      // Room for sixteen more.
      ...constant(4 * span),
      ...get(2),
      greater,
      ...again(0),
    ),
    ...constant(-1),
  ],
};

/** Where the three bytes of a character stand one behind the other. */
const character = (p: number, [a, b, c]: readonly [number, number, number]): number[] => [
  ...[a, b, c].flatMap((byte, i) => [...get(p), ...load16(textAt + i), ...bytesOf(byte), ...equalBytes]),
  ...and16,
  ...and16,
];

/** denies(from, to): locals 2 bits. 不, 除, 禁. */
const denies = {
  name: 'denies',
  parameters: 2,
  numbers: 1,
  vectors: 0,
  code: [
    ...loop(
      ...character(0, [0xe4, 0xb8, 0x8d]),
      ...character(0, [0xe9, 0x99, 0xa4]),
      ...or16,
      ...character(0, [0xe7, 0xa6, 0x81]),
      ...or16,
      ...upperBits,
      ...tee(2),
      // The first one decides: one behind `to` has only others behind it.
      ...when(...get(1), ...get(0), ...get(2), trailingZeros, add, ...constant(2), add, greater, stop),
      ...step(0),
      ...whileBefore(0, 1),
    ),
    ...constant(0),
  ],
};
