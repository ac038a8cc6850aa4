import type { WasmFunction } from '../wasm-code.ts';
import {
  add,
  addPair,
  again,
  constant,
  dividePair,
  get,
  less,
  load4,
  load8,
  load8Into,
  load16,
  loop,
  multiplyPair,
  set,
  shiftLeft,
  splatNumber,
  store8Of,
  store16,
  subtract,
  subtractPair,
  tee,
  zeroPair,
} from '../wasm-code.ts';

/*
 * The passes of plain-passes.ts and schur-block.ts over one part of the rows for four columns, two in each vector. Every column
 * has the operations of the plain passes in their order: to the last bit. Positions are offsets in bytes of an unknown's four
 * numbers; those of the second group, where there is one, stand `dist` bytes behind those of the first.
 */

const pair = 16;
const four = 32;

/** local += amount. */
const advance = (local: number, amount: number): number[] => [...get(local), ...constant(amount), add, ...set(local)];
/** Goes on with the loop while `local` is before `end`. */
const whileBefore = (local: number, end: number): number[] => [...get(local), ...get(end), less, ...again(0)];
/** The vectors `a` and `b` become the four numbers at the address in `local`. */
const fetch = (a: number, b: number, local: number): number[] => [
  ...[...get(local), ...load16(0), ...set(a)],
  ...[...get(local), ...load16(pair), ...set(b)],
];
/** Writes them there. */
const keep = (a: number, b: number, local: number): number[] => [
  ...[...get(local), ...get(a), ...store16(0)],
  ...[...get(local), ...get(b), ...store16(pair)],
];
const combined = (a: number, b: number, operation: readonly number[]): number[] => [
  ...[...get(a), ...get(b), ...operation, ...set(a)],
];
/** a and b combined with the four numbers at the address in `local`. */
const withMemory = (a: number, b: number, local: number, operation: readonly number[]): number[] => [
  ...[...get(a), ...get(local), ...load16(0), ...operation, ...set(a)],
  ...[...get(b), ...get(local), ...load16(pair), ...operation, ...set(b)],
];
/** The four numbers at the address in `local` combined with a and b. */
const ontoMemory = (local: number, a: number, b: number, operation: readonly number[]): number[] => [
  ...[...get(local), ...get(local), ...load16(0), ...get(a), ...operation, ...store16(0)],
  ...[...get(local), ...get(local), ...load16(pair), ...get(b), ...operation, ...store16(pair)],
];
const cleared = (...locals: readonly number[]): number[] => locals.flatMap((local) => [...zeroPair, ...set(local)]);
const copied = (from: number, to: number): number[] => [...get(from), ...set(to)];
/** q = base + the position at p, or at p + dist. */
const place = (q: number, p: number, base: number, dist: number | null): number[] => [
  ...get(p),
  ...(dist === null ? [] : [...get(dist), add]),
  ...load4(0),
  ...get(base),
  add,
  ...set(q),
];
/** How many rows the level at `starts` has. */
const rowsOf = (starts: number): number[] => [...get(starts), ...load4(4), ...get(starts), ...load4(0), subtract];
/** The rows' numbers of four columns, `stride` bytes apart, at x; q is used on the way. */
const row = (a: number, b: number, x: number, stride: number, q: number): number[] => [
  ...[...get(x), ...load8(0), ...set(a)],
  ...[...get(x), ...get(stride), add, ...tee(q), ...get(a), ...load8Into(1), ...set(a)],
  ...[...get(q), ...get(stride), add, ...tee(q), ...load8(0), ...set(b)],
  ...[...get(q), ...get(stride), add, ...get(b), ...load8Into(1), ...set(b)],
];
const writeRow = (a: number, b: number, x: number, stride: number, q: number): number[] => [
  ...[...get(x), ...get(a), ...store8Of(0)],
  ...[...get(x), ...get(stride), add, ...tee(q), ...get(a), ...store8Of(1)],
  ...[...get(q), ...get(stride), add, ...tee(q), ...get(b), ...store8Of(0)],
  ...[...get(q), ...get(stride), add, ...get(b), ...store8Of(1)],
];
const addSquares = (a: number, b: number, v: number, w: number): number[] => [
  ...[...get(a), ...get(v), ...get(v), ...multiplyPair, ...addPair, ...set(a)],
  ...[...get(b), ...get(w), ...get(w), ...multiplyPair, ...addPair, ...set(b)],
];
const both = (isTwo: boolean, act: (dist: number | null) => number[], dist: number): number[] => [
  ...act(null),
  ...(isTwo ? act(dist) : []),
];

/**
 * apply(starts, last, positions, u, out, dist): out less the means of D u in every level; with two groups, out + D'(D u - means).
 * Locals 6 end, 7 r, 8 q; vectors 9 a, 10 b, 11 n, 12 v, 13 w.
 */
const applyOf = (isTwo: boolean): WasmFunction => ({
  name: isTwo ? 'applyTwo' : 'applyOne',
  parameters: 6,
  numbers: 3,
  vectors: 5,
  code: [
    ...loop(
      ...[...rowsOf(0), ...splatNumber, ...set(11)],
      ...[...get(2), ...rowsOf(0), ...constant(2), shiftLeft, add, ...set(6)],
      ...cleared(9, 10),
      ...copied(2, 7),
      ...loop(
        ...place(8, 7, 3, null),
        ...(isTwo
          ? [
              ...fetch(12, 13, 8),
              ...place(8, 7, 3, 5),
              ...withMemory(12, 13, 8, addPair),
              ...combined(9, 12, addPair),
              ...combined(10, 13, addPair),
            ]
          : withMemory(9, 10, 8, addPair)),
        ...advance(7, 4),
        ...whileBefore(7, 6),
      ),
      ...combined(9, 11, dividePair),
      ...combined(10, 11, dividePair),
      ...loop(
        ...(isTwo
          ? [
              ...place(8, 2, 3, null),
              ...fetch(12, 13, 8),
              ...place(8, 2, 3, 5),
              ...withMemory(12, 13, 8, addPair),
              ...combined(12, 9, subtractPair),
              ...combined(13, 10, subtractPair),
              ...both(true, (dist) => [...place(8, 2, 4, dist), ...ontoMemory(8, 12, 13, addPair)], 5),
            ]
          : [...place(8, 2, 4, null), ...ontoMemory(8, 9, 10, subtractPair)]),
        ...advance(2, 4),
        ...whileBefore(2, 6),
      ),
      ...advance(0, 4),
      ...whileBefore(0, 1),
    ),
    ...constant(0),
  ],
});

/**
 * open(starts, last, positions, dist, x, stride, room, means, squares, right, centre).
 * Locals 11 end of the rows, 12 t, 13 q, 14 end of the room; vectors 15 a, 16 b, 17 c, 18 d centre, 19 n, 20 v, 21 w, 22 and 23 means,
 * 24 and 25 squares.
 */
const openOf = (isTwo: boolean): WasmFunction => ({
  name: isTwo ? 'openTwo' : 'openOne',
  parameters: 11,
  numbers: 4,
  vectors: 11,
  code: [
    ...fetch(17, 18, 10),
    ...cleared(24, 25),
    ...loop(
      ...[...rowsOf(0), ...splatNumber, ...set(19)],
      ...[...get(4), ...rowsOf(0), ...constant(3), shiftLeft, add, ...set(11)],
      ...cleared(15, 16),
      ...copied(6, 12),
      ...loop(
        ...row(20, 21, 4, 5, 13),
        ...combined(20, 17, subtractPair),
        ...combined(21, 18, subtractPair),
        ...keep(20, 21, 12),
        ...combined(15, 20, addPair),
        ...combined(16, 21, addPair),
        ...advance(12, four),
        ...advance(4, 8),
        ...whileBefore(4, 11),
      ),
      ...copied(12, 14),
      ...[...get(15), ...get(19), ...dividePair, ...set(22)],
      ...[...get(16), ...get(19), ...dividePair, ...set(23)],
      ...cleared(15, 16),
      ...copied(6, 12),
      ...loop(
        ...fetch(20, 21, 12),
        ...combined(20, 22, subtractPair),
        ...combined(21, 23, subtractPair),
        ...keep(20, 21, 12),
        ...combined(15, 20, addPair),
        ...combined(16, 21, addPair),
        ...advance(12, four),
        ...whileBefore(12, 14),
      ),
      ...combined(15, 19, dividePair),
      ...combined(16, 19, dividePair),
      ...combined(22, 15, addPair),
      ...combined(23, 16, addPair),
      ...keep(22, 23, 7),
      ...copied(6, 12),
      ...loop(
        ...fetch(20, 21, 12),
        ...combined(20, 15, subtractPair),
        ...combined(21, 16, subtractPair),
        ...addSquares(24, 25, 20, 21),
        ...both(isTwo, (dist) => [...place(13, 2, 9, dist), ...ontoMemory(13, 20, 21, addPair)], 3),
        ...advance(2, 4),
        ...advance(12, four),
        ...whileBefore(12, 14),
      ),
      ...advance(7, four),
      ...advance(0, 4),
      ...whileBefore(0, 1),
    ),
    ...keep(24, 25, 8),
    ...constant(0),
  ],
});

/**
 * close(starts, last, positions, dist, x, stride, room, means, squares, left, centre, u).
 * Locals 12 end of the rows, 13 t, 14 q, 15 first row, 16 r; vectors 17 a, 18 b, 19 c, 20 d centre, 21 n, 22 v, 23 w, 24 and 25 means,
 * 26 and 27 squares.
 */
const closeOf = (isTwo: boolean): WasmFunction => ({
  name: isTwo ? 'closeTwo' : 'closeOne',
  parameters: 12,
  numbers: 5,
  vectors: 11,
  code: [
    ...fetch(19, 20, 10),
    ...cleared(26, 27),
    ...loop(
      ...[...rowsOf(0), ...splatNumber, ...set(21)],
      ...[...get(4), ...rowsOf(0), ...constant(3), shiftLeft, add, ...set(12)],
      ...fetch(24, 25, 7),
      ...cleared(17, 18),
      ...copied(6, 13),
      ...copied(4, 15),
      ...copied(2, 16),
      ...loop(
        ...row(22, 23, 4, 5, 14),
        ...combined(22, 19, subtractPair),
        ...combined(23, 20, subtractPair),
        ...combined(22, 24, subtractPair),
        ...combined(23, 25, subtractPair),
        ...both(isTwo, (dist) => [...place(14, 16, 11, dist), ...withMemory(22, 23, 14, subtractPair)], 3),
        ...keep(22, 23, 13),
        ...combined(17, 22, addPair),
        ...combined(18, 23, addPair),
        ...advance(16, 4),
        ...advance(13, four),
        ...advance(4, 8),
        ...whileBefore(4, 12),
      ),
      ...combined(17, 21, dividePair),
      ...combined(18, 21, dividePair),
      ...copied(6, 13),
      ...copied(15, 4),
      ...loop(
        ...fetch(22, 23, 13),
        ...combined(22, 17, subtractPair),
        ...combined(23, 18, subtractPair),
        ...writeRow(22, 23, 4, 5, 14),
        ...addSquares(26, 27, 22, 23),
        ...both(isTwo, (dist) => [...place(14, 2, 9, dist), ...ontoMemory(14, 22, 23, addPair)], 3),
        ...advance(2, 4),
        ...advance(13, four),
        ...advance(4, 8),
        ...whileBefore(4, 12),
      ),
      ...advance(7, four),
      ...advance(0, 4),
      ...whileBefore(0, 1),
    ),
    ...keep(26, 27, 8),
    ...constant(0),
  ],
});

/** All of them, for one other group and for two. */
export const levelFunctions: readonly WasmFunction[] = [false, true].flatMap((isTwo) => [
  applyOf(isTwo),
  openOf(isTwo),
  closeOf(isTwo),
]);
