import { expect, test } from 'vitest';
import { randomStream } from '../random/philox.ts';
import type { AbsorbGroup, ColumnSource } from './contract.ts';
import type { LevelKernel } from './level-kernel.ts';
import { levelKernel } from './level-kernel.ts';
import { closeColumns, openColumns, partBounds } from './plain-passes.ts';
import { applySchurBlockInto } from './schur-block.ts';
import type { SchurSystem } from './schur-system.ts';
import { buildSchurSystem } from './schur-system.ts';

function closedUp(raw: readonly number[]): AbsorbGroup {
  const levels = [...new Set(raw)].sort((a, b) => a - b);
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { codes: Int32Array.from(raw, (level) => codeOf.get(level)!), count: levels.length, slopes: [] };
}

interface Shape {
  readonly units: number;
  readonly firms: number;
  /** Most rows of a unit; each has at least one. */
  readonly rows: number;
  /** Levels of a third effect, 0 for none. */
  readonly years: number;
  readonly isShuffled: boolean;
}

const shapes: readonly Shape[] = [
  { units: 3000, firms: 200, rows: 12, years: 0, isShuffled: false },
  { units: 3000, firms: 200, rows: 12, years: 7, isShuffled: false },
  { units: 700, firms: 40, rows: 9, years: 0, isShuffled: true },
  { units: 700, firms: 40, rows: 9, years: 3, isShuffled: true },
  { units: 1, firms: 1, rows: 50, years: 0, isShuffled: false },
  { units: 2, firms: 2, rows: 5000, years: 2, isShuffled: true },
  { units: 5000, firms: 4000, rows: 1, years: 0, isShuffled: false },
  { units: 5000, firms: 300, rows: 1, years: 6, isShuffled: true },
  { units: 20, firms: 19, rows: 2000, years: 0, isShuffled: false },
  { units: 20, firms: 7, rows: 2000, years: 5, isShuffled: false },
];

function systemOf({ units, firms, rows, years, isShuffled }: Shape): SchurSystem {
  const random = randomStream(11, units + years);
  const unit = Array.from({ length: units }, (_, u) => new Array(1 + random.integer(rows)).fill(u)).flat();
  if (isShuffled) unit.sort((a, b) => Math.sin(a * 7 + unit.length) - Math.sin(b * 7 + unit.length));
  const firm = unit.map(() => random.integer(firms));
  const groups = [unit, firm, ...(years > 0 ? [unit.map(() => random.integer(years))] : [])];
  return buildSchurSystem(groups.map(closedUp), null);
}

function sourcesOf(nrow: number, count: number): readonly ColumnSource[] {
  const random = randomStream(12, nrow);
  return Array.from({ length: count }, (_, c) => ({
    from: Float64Array.from({ length: nrow }, () => (random.uniform() - 0.4) * 10 ** (5 * c - 3)),
    centre: 0.3 * c,
  }));
}

function kernelOf(system: SchurSystem): LevelKernel {
  const kernel = levelKernel(system, partBounds(system), 0);
  expect(kernel).not.toBeNull();
  return kernel!;
}

test.each(shapes)('the compiled passes have the bits of the plain ones: %o', (shape) => {
  const system = systemOf(shape);
  const kernel = kernelOf(system);
  const unknowns = Float64Array.from({ length: 4 * system.size }, (_, i) => Math.sin(i * i));
  const plain = new Float64Array(unknowns.length);
  const compiled = new Float64Array(unknowns.length);
  applySchurBlockInto(system, unknowns, plain, new Float64Array(4 * system.longest));
  kernel.applyInto(unknowns, compiled);
  expect(compiled).toEqual(plain);
  for (const count of [4, 3, 2]) {
    const sources = sourcesOf(system.nrow, count);
    const opened = openColumns(system, sources, null);
    expect(openColumns(system, sources, kernel)).toEqual(opened);
    const closing = () =>
      opened.map((one, c) => ({
        ...one,
        unknowns: Float64Array.from({ length: system.size }, (_, i) => Math.cos(i + c)),
        into: new Float64Array(system.nrow),
        left: new Float64Array(system.size),
      }));
    const [one, other] = [closing(), closing()];
    expect(closeColumns(system, one, kernel)).toEqual(closeColumns(system, other, null));
    expect(one).toEqual(other);
  }
});

test('columns are written over themselves where rows are sorted', () => {
  const system = systemOf(shapes[0]);
  const sources = sourcesOf(system.nrow, 2);
  const opened = openColumns(system, sources, null);
  const closing = (into: readonly Float64Array[]) =>
    opened.map((one, c) => ({
      ...{ ...one, from: into[c] === sources[c].from ? into[c] : one.from },
      unknowns: new Float64Array(system.size).fill(c + 1),
      into: into[c],
      left: new Float64Array(system.size),
    }));
  const apart = sources.map(({ from }) => new Float64Array(from.length));
  closeColumns(system, closing(apart), null);
  closeColumns(system, closing(sources.map(({ from }) => from)), kernelOf(system));
  sources.forEach(({ from }, c) => {
    expect(from).toEqual(apart[c]);
  });
});

test('weights, slopes, four effects and few rows have no kernel', () => {
  const [unit, firm, year] = [
    [0, 0, 1, 1, 2],
    [0, 1, 1, 0, 1],
    [0, 1, 0, 1, 1],
  ].map(closedUp);
  const kernelFor = (system: SchurSystem, smallest: number) => levelKernel(system, partBounds(system), smallest);
  const slope = Float64Array.of(1, 2, 3, 4, 6);
  expect(kernelFor(buildSchurSystem([unit, firm], null), 0)).not.toBeNull();
  expect(kernelFor(buildSchurSystem([unit, firm], null), 6)).toBeNull();
  expect(kernelFor(buildSchurSystem([unit, firm], Float64Array.of(1, 2, 1, 2, 1)), 0)).toBeNull();
  expect(kernelFor(buildSchurSystem([unit, { ...firm, slopes: [slope] }], null), 0)).toBeNull();
  expect(kernelFor(buildSchurSystem([unit, firm, year, year], null), 0)).toBeNull();
});
