import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orthogonalize } from '../gram-schmidt.ts';
import { columnView, matrixOfColumns } from '../matrix.ts';
import { pairwiseDot } from '../pairwise-sum.ts';
import { randomStream } from '../random/philox.ts';
import { absorbedRank, buildAbsorber } from './absorber.ts';
import { componentCount } from './components.ts';
import { jacobiPreconditioner, solveConjugateGradient } from './conjugate-gradient.ts';
import type { AbsorbGroup } from './contract.ts';
import { factorize, formSchurMatrix, solveDirect } from './direct-solver.ts';
import { factorizeEnvelope, solveEnvelope } from './envelope-solver.ts';
import { applySchurInto, buildSchurSystem } from './schur-system.ts';
import { applySparseInto, buildSparseSchur } from './sparse-schur.ts';

/** Absorbed columns against a dense projection off all dummies. */
const dense = 1e-10;

interface Sample {
  readonly groups: AbsorbGroup[];
  readonly weights: Float64Array | null;
  readonly column: Float64Array;
}

function closedUp(raw: readonly number[], slopes: Float64Array[] = []): AbsorbGroup {
  const levels = [...new Set(raw)].sort((a, b) => a - b);
  return { codes: Int32Array.from(raw, (code) => levels.indexOf(code)), count: levels.length, slopes };
}

/** Every dummy (and dummy times slope) as a column, with the root of the weight on it. */
function dummies({ groups, weights, column }: Sample): Float64Array[] {
  const root = (i: number): number => Math.sqrt(weights?.[i] ?? 1);
  return groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, level) => level).flatMap((level) =>
      [null, ...group.slopes].map((slope) =>
        column.map((_, i) => (group.codes[i] === level ? root(i) * (slope?.[i] ?? 1) : 0)),
      ),
    ),
  );
}

/** The column net of all dummies by Gram-Schmidt on the dummies themselves. */
function oracle(sample: Sample): { residual: Float64Array; rank: number } {
  const columns = dummies(sample);
  const n = sample.column.length;
  const floors = columns.map((column) => 1e-9 * Math.sqrt(pairwiseDot(column, column)));
  const { q, kept } = orthogonalize(matrixOfColumns(n, columns), floors);
  const left = sample.column.map((value, i) => value * Math.sqrt(sample.weights?.[i] ?? 1));
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const direction = columnView(q, j);
      const share = pairwiseDot(direction, left);
      for (let i = 0; i < n; i++) left[i] -= share * direction[i];
    }
  }
  return { residual: left.map((value, i) => value / Math.sqrt(sample.weights?.[i] ?? 1)), rank: kept.length };
}

/** Data of one scale: what the rules on negligible parts are made for. */
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);

const sampleOf = (options: { groups: number; withSlopes: boolean }): fc.Arbitrary<Sample> =>
  fc.integer({ min: 8, max: 40 }).chain((n) => {
    const codes = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: n, maxLength: n });
    const numbers = fc.array(hundredths(-500, 500), { minLength: n, maxLength: n });
    const raw = [codes(9), codes(4), codes(3)].slice(0, options.groups);
    return fc
      .tuple(
        fc.tuple(...raw),
        numbers,
        numbers,
        fc.option(fc.array(hundredths(20, 300), { minLength: n, maxLength: n })),
      )
      .map(([all, column, slope, weights]) => ({
        groups: all.map((one, g) => closedUp(one, options.withSlopes && g === 0 ? [Float64Array.from(slope)] : [])),
        weights: weights === null ? null : Float64Array.from(weights),
        column: Float64Array.from(column),
      }));
  });

describe('absorption is the projection off all dummies', () => {
  test.each([
    ['one group', { groups: 1, withSlopes: false }],
    ['two groups', { groups: 2, withSlopes: false }],
    ['three groups', { groups: 3, withSlopes: false }],
    ['slopes', { groups: 1, withSlopes: true }],
    ['slopes and a second group', { groups: 2, withSlopes: true }],
  ])('%s', (_, options) => {
    fc.assert(
      fc.property(sampleOf(options), (sample) => {
        const own = Float64Array.from(sample.column);
        const absorber = buildAbsorber(own.length, sample.groups, sample.weights);
        absorber.absorbAllInto([own]);
        const { residual, rank } = oracle(sample);
        const scale = Math.sqrt(pairwiseDot(sample.column, sample.column)) + 1e-300;
        own.forEach((value, i) => {
          expect(Math.abs(value - residual[i])).toBeLessThanOrEqual(dense * scale);
        });
        if (!options.withSlopes) expect(absorbedRank(absorber, sample.groups)).toEqual({ rank, isExact: true });
      }),
      { seed: 6, numRuns: 150 },
    );
  });
});

// By hand: units 1 1 2 2, periods 1 2 1 2, x = 1 2 4 9: unit means 1.5 and 6.5, period means 2.5 and 5.5, mean 4;
// x - xi - xt + x = 1-1.5-2.5+4, 2-1.5-5.5+4, 4-6.5-2.5+4, 9-6.5-5.5+4 = 1, -1, -1, 1.
test('balanced two-way by hand', () => {
  const groups = [closedUp([1, 1, 2, 2]), closedUp([1, 2, 1, 2])];
  const column = Float64Array.of(1, 2, 4, 9);
  const absorber = buildAbsorber(4, groups, null);
  expect(absorber.method).toBe('balanced-two-way');
  absorber.absorbAllInto([column]);
  expect(Array.from(column)).toEqual([1, -1, -1, 1]);
  expect(absorbedRank(absorber, groups)).toEqual({ rank: 3, isExact: true });
});

test('a sorted panel gives the numbers of the way by codes', () => {
  const [units, periods] = [7, 5];
  const codesOf = (f: (i: number) => number): Int32Array =>
    Int32Array.from({ length: units * periods }, (_, i) => f(i));
  const unit = { codes: codesOf((i) => Math.floor(i / periods)), count: units, slopes: [] };
  const period = { codes: codesOf((i) => i % periods), count: periods, slopes: [] };
  const sorted = Float64Array.from({ length: units * periods }, (_, i) => Math.sin(i * i) * 10 ** (i % 4));
  // Two rows change places, so that the grid is not sorted; only the order of the sums differs then.
  const swapped = { ...unit, codes: unit.codes.slice() };
  const swappedPeriod = { ...period, codes: period.codes.slice() };
  const other = sorted.slice();
  for (const array of [swapped.codes, swappedPeriod.codes, other]) [array[0], array[34]] = [array[34], array[0]];
  buildAbsorber(35, [unit, period], null).absorbAllInto([sorted]);
  buildAbsorber(35, [swapped, swappedPeriod], null).absorbAllInto([other]);
  [other[0], other[34]] = [other[34], other[0]];
  for (let i = 0; i < 35; i++) expect(Math.abs(other[i] - sorted[i])).toBeLessThan(1e-12);
});

test('a repeated cell is not a full grid although the counts multiply up', () => {
  const groups = [closedUp([0, 0, 1, 1]), closedUp([0, 0, 1, 1])];
  expect(buildAbsorber(4, groups, null).method).not.toBe('balanced-two-way');
  expect(absorbedRank(buildAbsorber(4, groups, null), groups)).toEqual({ rank: 2, isExact: true });
});

// What three effects that part the rows alike leave of each other is rounding, of weights that sums do not hold.
test('effects that repeat the largest one add nothing to the rank', () => {
  const groups = [closedUp([0, 0, 1, 1, 2, 2]), closedUp([2, 2, 0, 0, 1, 1]), closedUp([1, 1, 2, 2, 0, 0])];
  const weights = Float64Array.of(0.37, 0.61, 1.13, 0.29, 0.7, 0.9);
  expect(absorbedRank(buildAbsorber(6, groups, weights), groups)).toEqual({ rank: 3, isExact: true });
});

test('components: rows join levels', () => {
  expect(componentCount(Int32Array.of(0, 0, 1), 2, Int32Array.of(0, 1, 2), 3)).toBe(2);
  expect(componentCount(Int32Array.of(0, 0, 1, 1), 2, Int32Array.of(0, 1, 1, 2), 3)).toBe(1);
});

test('the three ways to solve the normal equations agree', () => {
  fc.assert(
    fc.property(sampleOf({ groups: 3, withSlopes: true }), ({ groups, weights }) => {
      const system = buildSchurSystem(groups, weights);
      const scratch = new Float64Array(system.nrow);
      const unknowns = Float64Array.from({ length: system.size }, (_, i) => Math.sin(i + 1));
      const b = new Float64Array(system.size);
      applySchurInto(system, unknowns, b, scratch);

      const matrix = formSchurMatrix(system);
      const sparse = buildSparseSchur(system, 10_000);
      expect(sparse).not.toBeNull();
      const fromSparse = new Float64Array(system.size);
      applySparseInto(sparse!, unknowns, fromSparse);
      for (let i = 0; i < system.size; i++) {
        let sum = 0;
        for (let j = 0; j < system.size; j++) sum += matrix[i + j * system.size] * unknowns[j];
        expect(sum).toBeCloseTo(b[i], 9);
        expect(fromSparse[i]).toBeCloseTo(b[i], 9);
      }

      const direct = solveDirect(factorize(matrix.slice(), system.size), b);
      const { solution } = solveConjugateGradient(
        (x, out) => applySchurInto(system, x, out, scratch),
        b,
        jacobiPreconditioner(system.diagonal),
        { target: 1e-13, limit: 2000 },
      );
      // Solutions differ by what moves between groups; their images do not.
      for (const found of [direct, solution]) {
        const image = new Float64Array(system.size);
        applySchurInto(system, found, image, scratch);
        image.forEach((value, i) => {
          expect(value).toBeCloseTo(b[i], 6);
        });
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('a full pair table gives up', () => {
  const groups = [closedUp([0, 0, 0, 1, 1, 1, 2]), closedUp([0, 1, 2, 0, 1, 2, 3])];
  expect(buildSparseSchur(buildSchurSystem(groups, null), 0)).toBeNull();
});

/** A chain: every unit is seen in one firm and its neighbour, so that information takes many steps. */
function chain(units: number): AbsorbGroup[] {
  const unit: number[] = [];
  const firm: number[] = [];
  for (let i = 0; i < units; i++) {
    for (let t = 0; t < 4; t++) {
      unit.push(i);
      firm.push(Math.floor(i / 3) + (t === 3 && i % 3 === 2 ? 1 : 0));
    }
  }
  return [closedUp(unit), closedUp(firm)];
}

/** Sums over each level, which vanish for what is orthogonal to every dummy. */
function largestSum(groups: readonly AbsorbGroup[], column: Float64Array): number {
  let largest = 0;
  for (const { codes, count } of groups) {
    const sums = new Float64Array(count);
    for (let i = 0; i < codes.length; i++) sums[codes[i]] += column[i];
    largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), largest);
  }
  return largest;
}

test('slow mixing is eliminated, not iterated', () => {
  const groups = chain(1500);
  const column = Float64Array.from(groups[0].codes, (_, i) => Math.sin(i * i));
  const absorber = buildAbsorber(column.length, groups, null);
  expect(absorber.method).toBe('direct');
  const [{ report, unknowns }] = absorber.absorbAllInto([column]);
  expect(report).toMatchObject({ method: 'direct', iterations: 0, tolerance: 1e-12 });
  expect(report.reached).toBeLessThan(1e-12);
  expect(largestSum(groups, column)).toBeLessThan(1e-10);
  expect(unknowns).toHaveLength(501);
});

test('the sparse elimination solves what iterations solve, with parts that hang by themselves', () => {
  const [unit, firm] = chain(900);
  // Two chains that nothing joins, and a third effect of three levels that meets every firm.
  const third = { codes: unit.codes.map((_, i) => (i * i) % 3), count: 3, slopes: [] };
  const codes = firm.codes.map((code, i) => (i < firm.codes.length / 2 ? code : code + 1));
  const split = closedUp(Array.from(codes));
  for (const groups of [
    [unit, firm],
    [unit, split],
    [unit, firm, third],
  ]) {
    const system = buildSchurSystem(groups, null);
    const sparse = buildSparseSchur(system, system.nrow)!;
    const factors = factorizeEnvelope(sparse, { entries: 1e7, products: 1e9 })!;
    const truth = Float64Array.from({ length: system.size }, (_, i) => Math.sin(3 * i));
    const b = new Float64Array(system.size);
    applySparseInto(sparse, truth, b);
    const image = new Float64Array(system.size);
    applySparseInto(sparse, solveEnvelope(factors, b), image);
    image.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i], 9);
    });
    expect(factorizeEnvelope(sparse, { entries: 10, products: 1e9 })).toBeNull();
    expect(factorizeEnvelope(sparse, { entries: 1e7, products: -1 })).toBeNull();
  }
});

/** Units that meet firms anywhere: iterations converge, elimination would fill up. */
function mixed(units: number, firms: number): AbsorbGroup[] {
  const random = randomStream(4, 1);
  const rows = Array.from({ length: units * 6 }, (_, i) => [Math.floor(i / 6), random.integer(firms)]);
  return [closedUp(rows.map(([unit]) => unit)), closedUp(rows.map(([, firm]) => firm))];
}

test('a column becomes the same numbers alone and in the company of others', () => {
  const [unit, firm] = mixed(3000, 700);
  const n = unit.codes.length;
  const year = { codes: Int32Array.from(unit.codes, (_, i) => i % 5), count: 5, slopes: [] };
  const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 7));
  const slope = Float64Array.from({ length: n }, (_, i) => Math.cos(i));
  const cases: readonly [AbsorbGroup[], Float64Array | null][] = [
    [[unit, firm], null],
    [[unit, firm, year], null],
    [[unit, firm], weights],
    [[unit, { ...firm, slopes: [slope] }, year], weights],
    [chain(1500), null],
  ];
  for (const [groups, w] of cases) {
    const rows = groups[0].codes.length;
    const make = (): Float64Array[] =>
      Array.from({ length: 6 }, (_, c) => Float64Array.from({ length: rows }, (_, i) => Math.sin(i * i + c) * 10 ** c));
    const absorber = buildAbsorber(rows, groups, w);
    const together = make();
    const reports = absorber.absorbAllInto(together);
    make().forEach((column, c) => {
      expect(absorber.absorbAllInto([column])).toEqual([reports[c]]);
      expect(column).toEqual(together[c]);
    });
  }
});

test('the limit of iterations is reported, not hidden', () => {
  const groups = mixed(3000, 700);
  const options = { tolerance: 1e-12, iterationLimit: 5 };
  const column = Float64Array.from(groups[0].codes, (_, i) => Math.cos(i * i));
  const absorber = buildAbsorber(column.length, groups, null, options);
  expect(absorber.method).toBe('conjugate-gradient');
  const [{ report }] = absorber.absorbAllInto([column]);
  expect(report.iterations).toBe(5);
  expect(report.reached).toBeGreaterThan(1e-9);
});
