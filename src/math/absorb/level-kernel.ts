import { wasmModule } from '../wasm-code.ts';
import type { ColumnSource } from './contract.ts';
import { levelFunctions } from './level-code.ts';
import type { SchurSystem } from './schur-system.ts';

/** Of the platform, known to Node and browsers alike; the core has no types of either. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Columns side by side, two in each vector. */
const width = 4;
const shift = 2;
/** Below this many rows the plain passes are done before a kernel is made. */
const fewestRows = 20_000;
/** Addresses stay positive 32-bit numbers. */
const mostBytes = 2 ** 31 - 2 ** 20;
const page = 2 ** 16;

/**
 * The passes over levels for up to four columns at once, compiled: what `plain-passes.ts` and `schur-block.ts` compute, to the last
 * bit. Rows are brought part by part into a room that stays in the cache.
 */
export interface LevelKernel {
  /** out = S unknowns of four columns, laid out as in schur-block.ts. */
  readonly applyInto: (unknowns: Float64Array, out: Float64Array) => void;
  /** Means of every level, sums of squares of every part, and the gathered rest, of up to four columns. */
  readonly open: (sources: readonly ColumnSource[]) => readonly OpenedLevels[];
  /** Writes up to four columns net of the means and of D times their unknowns; gathers what is left. */
  readonly close: (columns: readonly ClosingLevels[]) => void;
}

export interface OpenedLevels {
  readonly means: Float64Array;
  readonly squared: Float64Array;
  readonly right: Float64Array;
}

export interface ClosingLevels extends ColumnSource {
  readonly means: Float64Array;
  readonly unknowns: Float64Array;
  readonly into: Float64Array;
  /** Become the sum of squares of every part and D' times the values. */
  readonly squared: Float64Array;
  readonly left: Float64Array;
}

type Code = (...values: number[]) => number;

let compiled: object | null | undefined;

/** Compiled once; null where the platform has no vectors. */
function levelModule(): object | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(wasmModule(levelFunctions));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** Places of everything in the kernel's memory, in bytes. */
interface Rooms {
  readonly starts: number;
  readonly positions: number;
  readonly unknowns: number;
  readonly out: number;
  readonly means: number;
  readonly squares: number;
  readonly level: number;
  readonly rows: number;
  readonly end: number;
}

const centreAt = 0;

function roomsOf(system: SchurSystem, parts: number, rowsOfPart: number): Rooms {
  let at = 64;
  const take = (bytes: number): number => {
    const start = at;
    at += Math.ceil(bytes / 64) * 64;
    return start;
  };
  const levels = system.totals.length;
  return {
    starts: take(4 * (levels + 1)),
    positions: take(4 * system.nrow * system.blocks.length),
    unknowns: take(8 * width * system.size),
    out: take(8 * width * system.size),
    means: take(8 * width * levels),
    squares: take(8 * width * parts),
    level: take(8 * width * system.longest),
    rows: take(8 * width * rowsOfPart),
    end: at,
  };
}

/**
 * The kernel of an unweighted system of one or two other groups without slopes and of many rows; null for others.
 * @param parts bounds of the parts of the levels, one behind the other.
 */
export function levelKernel(system: SchurSystem, parts: readonly number[], smallest = fewestRows): LevelKernel | null {
  const { starts, blocks, nrow, totals } = system;
  if (nrow < smallest || blocks.length > 2 || system.weights !== null) return null;
  if (blocks.some(({ slope }) => slope !== null)) return null;
  let rowsOfPart = 0;
  for (let p = 1; p < parts.length; p++) rowsOfPart = Math.max(rowsOfPart, starts[parts[p]] - starts[parts[p - 1]]);
  for (let g = 0; g < totals.length; g++) if (starts[g + 1] === starts[g]) return null;
  const rooms = roomsOf(system, parts.length - 1, rowsOfPart);
  const module = rooms.end > mostBytes ? null : levelModule();
  if (module === null) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(rooms.end / page) });
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  // The module exports functions of numbers and nothing else.
  return kernelOf(system, { parts, rowsOfPart, rooms, buffer: memory.buffer, code: exports as Record<string, Code> });
}

interface Made {
  readonly parts: readonly number[];
  readonly rowsOfPart: number;
  readonly rooms: Rooms;
  readonly buffer: ArrayBuffer;
  readonly code: Readonly<Record<string, Code>>;
}

function kernelOf(system: SchurSystem, { parts, rowsOfPart, rooms, buffer, code }: Made): LevelKernel {
  const { starts, blocks, nrow, totals, counts, size, isSorted } = system;
  const numbers = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length);
  new Int32Array(buffer, rooms.starts, starts.length).set(starts);
  const positions = new Int32Array(buffer, rooms.positions, nrow * blocks.length);
  blocks.forEach((block, b) => {
    const own = block.positions;
    for (let s = 0, at = b * nrow; s < nrow; s++, at++) positions[at] = own[s] << (3 + shift);
  });
  const behind = 4 * nrow;
  const isTwo = blocks.length === 2;
  const [apply, open, close] = isTwo
    ? [code.applyTwo, code.openTwo, code.closeTwo]
    : [code.applyOne, code.openOne, code.closeOne];
  const centres = numbers(centreAt, width);
  const unknowns = numbers(rooms.unknowns, width * size);
  const out = numbers(rooms.out, width * size);
  const means = numbers(rooms.means, width * totals.length);
  const squares = numbers(rooms.squares, width * (parts.length - 1));
  const rows = Array.from({ length: width }, (_, c) => numbers(rooms.rows + 8 * c * rowsOfPart, rowsOfPart));
  const order = isSorted ? null : system.order;

  /** Whose means stand in the room. */
  let held: readonly Float64Array[] = [];
  const bring = (sources: readonly ColumnSource[], first: number, last: number): void => {
    sources.forEach(({ from }, c) => {
      const room = rows[c];
      if (order === null) room.set(from.subarray(first, last));
      else for (let s = first; s < last; s++) room[s - first] = from[order[s]];
    });
  };
  /** Arguments that the passes share: levels, positions, rows and rooms of a part. */
  const eachPart = (act: (shared: readonly number[], first: number, last: number) => void): void => {
    for (let p = 1; p < parts.length; p++) {
      const g = parts[p - 1];
      const first = starts[g];
      act(
        [
          ...[rooms.starts + 4 * g, rooms.starts + 4 * parts[p], rooms.positions + 4 * first, behind],
          ...[
            rooms.rows,
            8 * rowsOfPart,
            rooms.level,
            rooms.means + 8 * width * g,
            rooms.squares + 8 * width * (p - 1),
          ],
        ],
        first,
        starts[parts[p]],
      );
    }
  };
  return {
    applyInto: (from, into) => {
      unknowns.set(from);
      if (isTwo) out.fill(0);
      else for (let at = 0; at < out.length; at++) out[at] = counts[at >> shift] * unknowns[at];
      const last = rooms.starts + 4 * totals.length;
      apply(rooms.starts, last, rooms.positions, rooms.unknowns, rooms.out, behind);
      into.set(out);
    },
    open: (sources) => {
      sources.forEach(({ centre }, c) => {
        centres[c] = centre;
      });
      out.fill(0);
      eachPart((shared, first, last) => {
        bring(sources, first, last);
        open(...shared, rooms.out, centreAt);
      });
      const opened = sources.map((_, c) => ({
        means: laneOf(means, c),
        squared: laneOf(squares, c),
        right: laneOf(out, c),
      }));
      held = opened.map((one) => one.means);
      return opened;
    },
    close: (columns) => {
      columns.forEach((column, c) => {
        centres[c] = column.centre;
        if (held[c] !== column.means) putLane(means, column.means, c);
        putLane(unknowns, column.unknowns, c);
      });
      held = columns.map((column) => column.means);
      out.fill(0);
      eachPart((shared, first, last) => {
        bring(columns, first, last);
        close(...shared, rooms.out, centreAt, rooms.unknowns);
        columns.forEach(({ into }, c) => {
          into.set(last - first === rowsOfPart ? rows[c] : rows[c].subarray(0, last - first), first);
        });
      });
      columns.forEach((column, c) => {
        column.squared.set(laneOf(squares, c));
        column.left.set(laneOf(out, c));
      });
    },
  };
}

function laneOf(all: Float64Array, c: number): Float64Array {
  const lane = new Float64Array(all.length >> shift);
  for (let i = 0, at = c; i < lane.length; i++, at += width) lane[i] = all[at];
  return lane;
}

function putLane(all: Float64Array, lane: Float64Array, c: number): void {
  for (let i = 0, at = c; i < lane.length; i++, at += width) all[at] = lane[i];
}
