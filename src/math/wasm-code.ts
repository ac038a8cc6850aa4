/**
 * What little of WebAssembly's binary format the sweeps over text and the passes over levels need (W3C WebAssembly core specification 2.0, section 5):
 * functions of 32-bit numbers that return one, over one memory that is handed in.
 */

/** A function: how many parameters, how many more locals of each kind, and its instructions. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly numbers: number;
  readonly vectors: number;
  /** Instructions; the value left on the stack is returned. */
  readonly code: readonly number[];
}

const i32 = 0x7f;
const v128 = 0x7b;

/** The bytes of a module that imports a memory as `host.memory` and exports the functions by name. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const bodies = functions.map(({ numbers, vectors, code }) => {
    const locals = [2, ...leb(numbers), i32, ...leb(vectors), v128];
    return sized([...locals, ...code, 0x0b]);
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...leb(parameters), ...new Array<number>(parameters).fill(i32), 1, i32]),
    ),
    ...section(2, [[...named('host'), ...named('memory'), 0x02, 0x00, 1]]),
    ...section(
      3,
      functions.map((_, i) => leb(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...named(name), 0x00, ...leb(i)]),
    ),
    ...section(10, bodies),
  ]);
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  return [id, ...sized([...leb(entries.length), ...entries.flat()])];
}

function sized(content: readonly number[]): number[] {
  return [...leb(content.length), ...content];
}

function named(name: string): number[] {
  return sized([...name].map((letter) => letter.charCodeAt(0)));
}

/** Unsigned LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

/** Signed LEB128 of a 32-bit number. */
function signedLeb(value: number): number[] {
  const low = value & 127;
  const rest = value >> 7;
  return (rest === 0 && low < 64) || (rest === -1 && low >= 64) ? [low] : [low | 128, ...signedLeb(rest)];
}

/** Instructions by their names in the specification; operands that stand on the stack are written before them. */
export const get = (local: number): number[] => [0x20, ...leb(local)];
export const set = (local: number): number[] => [0x21, ...leb(local)];
export const tee = (local: number): number[] => [0x22, ...leb(local)];
export const constant = (value: number): number[] => [0x41, ...signedLeb(value)];
export const add = 0x6a;
export const subtract = 0x6b;
export const bitAnd = 0x71;
export const exclusiveOr = 0x73;
export const shiftLeft = 0x74;
export const shiftRight = 0x76;
export const trailingZeros = 0x68;
export const equal = 0x46;
/** Of numbers without sign. */
export const less = 0x49;
export const greater = 0x4a;
export const notLess = 0x4e;
export const stop = 0x0f;

/** A byte of memory at the address on the stack + `offset`. */
export const loadByte = (offset: number): number[] => [0x2d, 0, ...leb(offset)];
/** A number at the address on the stack + `offset`. */
export const load4 = (offset: number): number[] => [0x28, 2, ...leb(offset)];
/** Writes a number to the address below it on the stack + `offset`. */
export const store = (offset: number): number[] => [0x36, 2, ...leb(offset)];

export const loop = (...code: readonly number[]): number[] => [0x03, 0x40, ...code, 0x0b];
export const when = (...code: readonly number[]): number[] => [0x04, 0x40, ...code, 0x0b];
/** Goes on with the loop around it, `depth` blocks out, when the number on the stack is not 0. */
export const again = (depth: number): number[] => [0x0d, ...leb(depth)];

const vector = (operation: number): number[] => [0xfd, ...leb(operation)];
/** 16 bytes of memory, at any address. */
export const load16 = (offset: number): number[] => [...vector(0x00), 0, ...leb(offset)];
/** 16 times the same byte. */
export const bytesOf = (value: number): number[] => [...vector(0x0c), ...new Array<number>(16).fill(value)];
/** Byte i of the result is the byte of the table that byte i of the indices names. */
export const swizzle = vector(0x0e);
export const splat = vector(0x0f);
export const equalBytes = vector(0x23);
export const and16 = vector(0x4e);
export const or16 = vector(0x50);
export const isAny = vector(0x53);
/** The upper bit of each byte as 16 bits. */
export const upperBits = vector(0x64);
export const shiftBytesRight = vector(0x6d);

/** Writes 16 bytes to the address below them on the stack + `offset`. */
export const store16 = (offset: number): number[] => [...vector(0x0b), 3, ...leb(offset)];

/** Pairs of 64-bit numbers: the first of a pair from memory, the other 0. */
export const load8 = (offset: number): number[] => [...vector(0x5d), 3, ...leb(offset)];
/** One of the pair on the stack from the address below it. */
export const load8Into = (lane: 0 | 1): number[] => [...vector(0x57), 3, 0, lane];
/** Writes one of the pair on the stack to the address below it. */
export const store8Of = (lane: 0 | 1): number[] => [...vector(0x5b), 3, 0, lane];
/** A whole number on the stack as a pair of the same 64-bit numbers. */
export const splatNumber = [0xb7, ...vector(0x14)];
export const zeroPair = [...vector(0x0c), ...new Array<number>(16).fill(0)];
export const addPair = vector(0xf0);
export const subtractPair = vector(0xf1);
export const multiplyPair = vector(0xf2);
export const dividePair = vector(0xf3);
