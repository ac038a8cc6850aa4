import type { WasmFunction } from '../wasm-code.ts';
import { add, addPair, again, constant, get, less, load16, loop, set, store16, wasmModule } from '../wasm-code.ts';

/** Of the platform, known to Node and browsers alike; the core has no types of either. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Rows that are added in one pass. */
export const rowsTogether = 8;
const page = 2 ** 16;
/** Bytes that a pass of the loop takes: two pairs. */
const stride = 32;
/** Addresses stay positive 32-bit numbers; larger tables are added without the kernel. */
const mostBytes = 2 ** 30;

/** Rows of one length in a table, and sums of such rows; lengths are padded to `rowLength`. */
export interface RowSums {
  /** Numbers from one row to the next: the length, padded. */
  readonly step: number;
  /** Rows one after the other. */
  readonly table: Float64Array;
  readonly sums: Float64Array;
  /** sums row `to` += the eight rows that `rows` names from `first` on, ((a + b) + (c + d)) + ((e + f) + (g + h)). */
  readonly add: (to: number, rows: Int32Array, first: number) => void;
}

/** The numbers of a row with its padding. */
export function rowLength(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** Room for `rows` rows of a table and `sums` sums of rows, compiled where the platform has vectors. */
export function rowSums(length: number, rows: number, sums: number): RowSums {
  const step = rowLength(length);
  const bytes = 8 * step * (rows + sums);
  const module = bytes > mostBytes ? null : eightRowsModule();
  if (module === null) return plainRowSums(step, rows, sums);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) });
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  // The module exports this one function.
  const addRows = (exports as Record<string, (...values: number[]) => number>).add;
  const [width, from] = [8 * step, 8 * step * rows];
  return {
    step,
    table: new Float64Array(memory.buffer, 0, step * rows),
    sums: new Float64Array(memory.buffer, from, step * sums),
    add: (to, r, k) => {
      const at = from + to * width;
      const [a, b, c, d] = [r[k] * width, r[k + 1] * width, r[k + 2] * width, r[k + 3] * width];
      addRows(at, at + width, a, b, c, d, r[k + 4] * width, r[k + 5] * width, r[k + 6] * width, r[k + 7] * width);
    },
  };
}

/** The same without vectors, to the last bit. */
export function plainRowSums(step: number, rows: number, sums: number): RowSums {
  const table = new Float64Array(step * rows);
  const out = new Float64Array(step * sums);
  return {
    ...{ step, table, sums: out },
    add: (to, r, k) => {
      const [a, b, c, d] = [r[k] * step, r[k + 1] * step, r[k + 2] * step, r[k + 3] * step];
      const [f, g, h, i] = [r[k + 4] * step, r[k + 5] * step, r[k + 6] * step, r[k + 7] * step];
      for (let e = 0, at = to * step; e < step; e++, at++) {
        const left = table[a + e] + table[b + e] + (table[c + e] + table[d + e]);
        out[at] += left + (table[f + e] + table[g + e] + (table[h + e] + table[i + e]));
      }
    },
  };
}

let compiled: object | null | undefined;

/** Compiled once; null where the platform has no vectors. */
function eightRowsModule(): object | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(wasmModule([addEight]));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

const pairOf = (first: number, offset: number): number[] => [
  ...get(first),
  ...load16(offset),
  ...get(first + 1),
  ...load16(offset),
  ...addPair,
];
const four = (first: number, offset: number): number[] => [
  ...pairOf(first, offset),
  ...pairOf(first + 2, offset),
  ...addPair,
];
const oneOf = (offset: number): number[] => [
  ...get(0),
  ...get(0),
  ...load16(offset),
  ...four(2, offset),
  ...four(6, offset),
  ...addPair,
  ...addPair,
  ...store16(offset),
];
const forward = (local: number): number[] => [...get(local), ...constant(stride), add, ...set(local)];

/** Parameters: address of the sums, its end, addresses of eight rows. */
const addEight: WasmFunction = {
  name: 'add',
  parameters: 10,
  numbers: 0,
  vectors: 0,
  code: [
    ...loop(
      ...oneOf(0),
      ...oneOf(16),
      ...[0, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(forward),
      ...get(0),
      ...get(1),
      less,
      ...again(0),
    ),
    ...constant(0),
  ],
};
