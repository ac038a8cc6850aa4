import type { WasmFunction } from '../wasm-code.ts';
import {
  add,
  addPair,
  again,
  constant,
  get,
  less,
  load16,
  loop,
  multiplyPair,
  set,
  store16,
  wasmModule,
} from '../wasm-code.ts';

/** Of the platform, known to Node and browsers alike; the core has no types of either. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const page = 2 ** 16;
/** Two rows of one table by four of another are multiplied in one pass. */
const [rowsOfOne, rowsOfOther] = [2, 4];
/** Numbers that the sums take: a pair for each product. */
const sumsLength = 2 * rowsOfOne * rowsOfOther;

/** Two tables of as many rows and the inner products of all rows of the one with the rows of the other. */
export interface RowProducts {
  /** Rows that there is room for; numbers of both tables. */
  readonly room: number;
  readonly one: Float64Array;
  readonly other: Float64Array;
  /**
   * Products of the first `rows` rows of `one` with those of `other`: element (i, j) at i × rows + j, for j ≤ i at least.
   * @param length numbers of a row; a row stands `padded(length)` numbers after the one before, with zeros at its end
   */
  readonly multiply: (rows: number, length: number, out: Float64Array) => void;
}

/** Numbers from one row to the next. */
export function padded(length: number): number {
  return length + (length % 2);
}

/** @param room numbers of each table, padding and all */
export function rowProducts(room: number): RowProducts {
  const module = productsModule();
  if (module === null) return plainRowProducts(room);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * (2 * room + sumsLength)) / page) });
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  // The module exports this one function.
  const products = (exports as Record<string, (...values: number[]) => number>).products;
  const sums = new Float64Array(memory.buffer, 16 * room, sumsLength);
  return {
    room,
    one: new Float64Array(memory.buffer, 0, room),
    other: new Float64Array(memory.buffer, 8 * room, room),
    multiply: (rows, length, out) => {
      const width = 8 * padded(length);
      for (let p = 0; p < rows; p += rowsOfOne) {
        const p1 = Math.min(p + 1, rows - 1);
        for (let q = 0; q <= p1; q += rowsOfOther) {
          const at = (offset: number): number => 8 * room + Math.min(q + offset, rows - 1) * width;
          products(p * width, p1 * width, at(0), at(1), at(2), at(3), p * width + width, 16 * room);
          for (let l = 0; l < rowsOfOther && q + l < rows; l++) {
            out[p * rows + q + l] = sums[2 * l] + sums[2 * l + 1];
            out[p1 * rows + q + l] = sums[8 + 2 * l] + sums[9 + 2 * l];
          }
        }
      }
    },
  };
}

/** The same without vectors. */
export function plainRowProducts(room: number): RowProducts {
  const one = new Float64Array(room);
  const other = new Float64Array(room);
  return {
    ...{ room, one, other },
    multiply: (rows, length, out) => {
      const step = padded(length);
      for (let p = 0; p < rows; p++) {
        for (let q = 0; q <= p; q++) {
          let [even, odd] = [0, 0];
          for (let i = 0; i < step; i += 2) {
            even += one[p * step + i] * other[q * step + i];
            odd += one[p * step + i + 1] * other[q * step + i + 1];
          }
          out[p * rows + q] = even + odd;
        }
      }
    },
  };
}

let compiled: object | null | undefined;

/** Compiled once; null where the platform has no vectors. */
function productsModule(): object | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(wasmModule([products]));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** Locals after the eight parameters: sums of the first row, of the second, then the two rows' pair and the other's. */
const [firstSum, onePair, otherPair] = [8, 16, 18];
const sumOf = (row: number, column: number): number => firstSum + row * rowsOfOther + column;
const addTo = (row: number, column: number): number[] => [
  ...get(sumOf(row, column)),
  ...get(onePair + row),
  ...get(otherPair),
  ...multiplyPair,
  ...addPair,
  ...set(sumOf(row, column)),
];
const columns = [0, 1, 2, 3];

/** Parameters: addresses of two rows, of four others, the end of the first row, where the sums go. */
const products: WasmFunction = {
  name: 'products',
  parameters: 8,
  numbers: 0,
  vectors: 11,
  code: [
    ...loop(
      ...[0, 1].flatMap((row) => [...get(row), ...load16(0), ...set(onePair + row)]),
      ...columns.flatMap((column) => [
        ...get(2 + column),
        ...load16(0),
        ...set(otherPair),
        ...addTo(0, column),
        ...addTo(1, column),
      ]),
      ...[0, 1, 2, 3, 4, 5].flatMap((local) => [...get(local), ...constant(16), add, ...set(local)]),
      ...get(0),
      ...get(6),
      less,
      ...again(0),
    ),
    ...[0, 1].flatMap((row) =>
      columns.flatMap((column) => [...get(7), ...get(sumOf(row, column)), ...store16(64 * row + 16 * column)]),
    ),
    ...constant(0),
  ],
};
