import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import { randomStream } from '../../../math/random/philox.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../../table/column.ts';
import { allRows } from '../../design/row-choice.ts';
import { balancedCells, drawer } from '../../replicate/draw-residuals.ts';
import { summarizeBootstrap } from '../../replicate/summary.ts';
import { bootstrapStatistics, setUpBootstrap } from '../bootstrap/bootstrap.ts';
import { prepareSearch } from './build-frame.ts';
import { thresholdCandidates } from './candidates.ts';
import { searchPairs } from './joint-search.ts';
import { profileGiven, searchInSequence } from './sequence.ts';
import { thresholdSample } from './threshold-sample.ts';

/** Running sums against a dense projection off all dummies and regressors, relative to S1. */
const oracleTolerance = 1e-10;

interface Shape {
  readonly seed: number;
  readonly units: number;
  readonly periods: number;
  /** Share of the cells left out. */
  readonly holes: number;
  readonly regimes: number;
  readonly effects: string;
  readonly shape: 'jump' | 'kink';
  readonly intercepts: boolean;
}

function panelOf({ seed, units, periods, holes }: Shape): ColumnTable {
  const random = randomStream(seed, 1);
  const columns: Record<string, number[]> = {
    id: [],
    t: [],
    y: [],
    x: [],
    c: [],
    r1: [],
    r2: [],
    r3: [],
    q: [],
    g: [],
  };
  for (let i = 0; i < units; i++) {
    const own = random.normal();
    for (let t = 0; t < periods; t++) {
      const isHole = random.uniform() < holes;
      const x = random.normal() + own;
      // Rounded, so that values of q repeat.
      const q = Math.round(8 * (random.normal() + own)) / 8;
      const r1 = 2 + random.normal();
      const y = x + own + 0.1 * t + (q > 0.4 ? 1 : 0.3) * r1 + random.normal();
      const row = { id: i, t, y, x, c: random.normal(), r1, r2: random.normal(), r3: 1 + random.normal() * q, q };
      if (isHole) continue;
      for (const [name, value] of Object.entries(row)) columns[name].push(value);
      columns.g.push(random.integer(3));
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

function prepared(shape: Shape) {
  const table = panelOf(shape);
  const regime = shape.shape === 'kink' ? ['q'] : ['r1', 'r2', 'r3'].slice(0, shape.regimes);
  const formula = `y ~ x + c${shape.effects === '' ? '' : ` | ${shape.effects}`}`;
  const panel = { unit: 'id', time: 't' };
  const sample = thresholdSample(table, {
    formula,
    regime,
    by: 'q',
    panel,
    alsoComplete: [],
    choice: allRows,
    singletons: 'keep',
  });
  const candidates = thresholdCandidates(sample.q, [sample.units.codes, sample.periods.codes], {
    trim: 0.1,
    grid: 'all',
  });
  const ones = new Float64Array(sample.q.length).fill(1);
  const jumping = shape.intercepts ? [...sample.regimeValues, ones] : sample.regimeValues;
  const columns = shape.shape === 'kink' ? [sample.q, ones] : jumping;
  return {
    sample,
    candidates,
    columns,
    search: prepareSearch(sample.design, candidates, { columns, shape: shape.shape }),
  };
}

/** S1 of thresholds at `gammas` by least squares on every dummy. */
function denseSsr(at: ReturnType<typeof prepared>, shape: Shape, gammas: readonly number[]): number {
  const { sample, columns } = at;
  const { design, q } = sample;
  const n = q.length;
  const dummies = design.effects.flatMap((effect) =>
    Array.from({ length: effect.count }, (_, level) => level).flatMap((level) =>
      [null, ...effect.slopes].map((slope) =>
        Float64Array.from(effect.codes, (code, i) => (code === level ? (slope?.[i] ?? 1) : 0)),
      ),
    ),
  );
  const constant = design.hasConstant ? [new Float64Array(n).fill(1)] : [];
  const regressors = Array.from({ length: design.x.ncol }, (_, j) => columnView(design.x, j));
  const added = gammas.flatMap((gamma) =>
    shape.shape === 'kink'
      ? [q.map((value) => (value <= gamma ? value - gamma : 0))]
      : columns.map((column) => column.map((value, i) => (q[i] <= gamma ? value : 0))),
  );
  const all = [...constant, ...dummies, ...regressors, ...added];
  const floors = all.map((column) => 1e-9 * Math.hypot(...column));
  const { q: basis } = orthogonalize(matrixOfColumns(n, all), floors);
  const left = Float64Array.from(design.y);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < basis.ncol; j++) {
      const direction = columnView(basis, j);
      let share = 0;
      for (let i = 0; i < n; i++) share += direction[i] * left[i];
      for (let i = 0; i < n; i++) left[i] -= share * direction[i];
    }
  }
  return left.reduce((sum, value) => sum + value * value, 0);
}

const shapes: readonly (readonly [string, Omit<Shape, 'seed'>])[] = [
  [
    'balanced, unit effects',
    { units: 9, periods: 5, holes: 0, regimes: 1, effects: 'id', shape: 'jump', intercepts: false },
  ],
  [
    'balanced, two-way',
    { units: 9, periods: 5, holes: 0, regimes: 1, effects: 'id + t', shape: 'jump', intercepts: false },
  ],
  [
    'two regressors',
    { units: 9, periods: 5, holes: 0, regimes: 2, effects: 'id + t', shape: 'jump', intercepts: false },
  ],
  [
    'three regressors, holes',
    { units: 10, periods: 6, holes: 0.15, regimes: 3, effects: 'id + t', shape: 'jump', intercepts: false },
  ],
  [
    'holes, unit effects',
    { units: 10, periods: 6, holes: 0.2, regimes: 1, effects: 'id', shape: 'jump', intercepts: false },
  ],
  [
    'holes, two-way',
    { units: 10, periods: 6, holes: 0.2, regimes: 1, effects: 'id + t', shape: 'jump', intercepts: false },
  ],
  [
    'three effects',
    { units: 10, periods: 6, holes: 0.1, regimes: 1, effects: 'id + t + g', shape: 'jump', intercepts: false },
  ],
  [
    'slopes by group',
    { units: 10, periods: 6, holes: 0, regimes: 1, effects: 'id + g[c]', shape: 'jump', intercepts: false },
  ],
  ['no effects', { units: 9, periods: 5, holes: 0, regimes: 1, effects: '', shape: 'jump', intercepts: false }],
  ['intercepts', { units: 9, periods: 5, holes: 0.1, regimes: 2, effects: 'id + t', shape: 'jump', intercepts: true }],
  ['kink', { units: 9, periods: 5, holes: 0, regimes: 1, effects: 'id + t', shape: 'kink', intercepts: false }],
];

describe('every candidate is a dense regression', () => {
  test.each(shapes)('%s', (_, rest) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const shape = { ...rest, seed };
        const at = prepared(shape);
        const values = at.candidates.values;
        expect(values.length).toBeGreaterThan(3);
        const profile = profileGiven(at.search, []);
        const middle = values.length >> 1;
        const given = profileGiven(at.search, [middle]);
        values.forEach((gamma, j) => {
          const one = denseSsr(at, shape, [gamma]);
          expect(Math.abs(profile[j] - one)).toBeLessThanOrEqual(oracleTolerance * one);
          if (Number.isNaN(given[j])) return;
          const two = denseSsr(at, shape, [gamma, values[middle]]);
          expect(Math.abs(given[j] - two)).toBeLessThanOrEqual(oracleTolerance * two);
        });
      }),
      { seed: 6, numRuns: 4 },
    );
  });
});

test('the joint search sees every pair', () => {
  for (const regimes of [1, 2]) {
    const shape: Shape = { ...shapes[1][1], regimes, units: 7, periods: 5, seed: 11 };
    const at = prepared(shape);
    const { cuts, values } = at.candidates;
    let best = { pair: [-1, -1], ssr: Number.POSITIVE_INFINITY };
    for (let a = 0; a < cuts.length; a++) {
      for (let b = a + 1; b < cuts.length; b++) {
        if (cuts[b] - cuts[a] < at.candidates.minRows) continue;
        const ssr = denseSsr(at, shape, [values[a], values[b]]);
        if (ssr < best.ssr) best = { pair: [a, b], ssr };
      }
    }
    const found = searchPairs(at.search);
    expect(found?.candidates).toEqual(best.pair);
    expect(Math.abs((found?.ssr ?? 0) - best.ssr)).toBeLessThanOrEqual(oracleTolerance * best.ssr);
  }
});

test('a sequence never does worse than its earlier stage, and refining never worse than not', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { search } = prepared({ ...shapes[1][1], units: 20, seed });
    const outcome = { e: search.residuals, ssr: search.ssr };
    const plain = searchInSequence(search, outcome, { count: 3, refine: 'none' });
    const stable = searchInSequence(search, outcome, { count: 3, refine: 'stable' });
    expect(stable[0]).toEqual(plain[0]);
    for (let k = 1; k < stable.length; k++) {
      expect(stable[k].ssr).toBeLessThan(stable[k - 1].ssr);
      expect(stable[k].candidates.length).toBe(k + 1);
    }
    expect(stable[1].ssr).toBeLessThanOrEqual(plain[1].ssr);
    // At the end no threshold alone can be moved for a smaller sum of squares.
    const [a, b] = stable[1].candidates;
    for (const other of [a, b]) {
      for (const ssr of profileGiven(search, [other])) {
        if (!Number.isNaN(ssr)) expect(ssr).toBeGreaterThanOrEqual(stable[1].ssr * (1 - 1e-12));
      }
    }
  }
});

/** F* of a drawn outcome by dense regressions alone: one threshold, then a second given the first. */
function denseStatistic(at: ReturnType<typeof prepared>, shape: Shape, drawn: Float64Array, count: number): number {
  const y = new Float64Array(drawn.length);
  at.candidates.order.forEach((row, s) => {
    y[row] = drawn[s];
  });
  const other = { ...at, sample: { ...at.sample, design: { ...at.sample.design, y } } };
  const { cuts, values, minRows } = at.candidates;
  let chosen: number[] = [];
  let before = denseSsr(other, shape, []);
  let after = before;
  for (let k = 0; k < count; k++) {
    before = after;
    let best = { j: -1, ssr: before };
    for (let j = 0; j < cuts.length; j++) {
      if (chosen.some((c) => Math.abs(cuts[c] - cuts[j]) < minRows)) continue;
      const ssr = denseSsr(
        other,
        shape,
        [...chosen, j].map((one) => values[one]),
      );
      if (ssr < best.ssr) best = { j, ssr };
    }
    chosen = [...chosen, best.j];
    after = best.ssr;
  }
  return (100 * (before - after)) / after;
}

test.each(['unit-block', 'wild-rademacher', 'wild-webb'] as const)(
  'replicates by %s are refits of the drawn outcome, whatever the range they are computed in',
  (draw) => {
    const shape: Shape = { ...shapes[1][1], units: 8, periods: 5, seed: 21 };
    const at = prepared(shape);
    const { search } = at;
    const [first, second] = searchInSequence(
      search,
      { e: search.residuals, ssr: search.ssr },
      { count: 2, refine: 'none' },
    );
    const { unit, period } = search.frame;
    const units = unit as NonNullable<typeof unit>;
    const cells = balancedCells(units, period as NonNullable<typeof period>);
    const shared = { search, units, cells, draw, refine: 'none', scale: 100, seed: 4, from: 'alternative' } as const;
    for (const [nullStage, stage] of [
      [null, first],
      [first, second],
    ] as const) {
      const setup = setUpBootstrap({ ...shared, nullStage, stage });
      const all = bootstrapStatistics(setup, 0, 6);
      expect([...bootstrapStatistics(setup, 4, 6), ...bootstrapStatistics(setup, 0, 4)]).toEqual([
        ...all.subarray(4),
        ...all.subarray(0, 4),
      ]);
      for (let b = 0; b < 3; b++) {
        const drawn = new Float64Array(at.sample.q.length);
        drawer(setup)(randomStream(4, 0x7468 + setup.nullCount, b), drawn);
        for (let i = 0; i < drawn.length; i++) drawn[i] += setup.explained?.[i] ?? 0;
        const own = denseStatistic(at, shape, drawn, setup.nullCount + 1);
        expect(Math.abs(all[b] - own)).toBeLessThanOrEqual(1e-8 * own);
      }
    }
    // A block keeps a unit's residuals together and in their order.
    if (draw !== 'unit-block') return;
    const rows = cells as Int32Array;
    const setup = setUpBootstrap({ ...shared, nullStage: null, stage: first });
    const drawn = new Float64Array(at.sample.q.length);
    drawer(setup)(randomStream(4, 1, 1), drawn);
    const blocks = (values: Float64Array) =>
      Array.from({ length: 8 }, (_, u) => Array.from({ length: 5 }, (__, t) => values[rows[5 * u + t]]).join());
    const known = new Set(blocks(setup.residuals));
    for (const block of blocks(drawn)) expect(known.has(block)).toBe(true);
  },
);

test('p and critical values by hand', () => {
  const { p, pAdjusted, critical } = summarizeBootstrap(Float64Array.of(5, 1, 4, 2, 3, 10, 9, 8, 7, 6), 8.5);
  expect([p, pAdjusted]).toEqual([0.2, 3 / 11]);
  // The ninth of ten is the least that 90 % do not exceed.
  expect(critical).toEqual({ 10: 9, 5: 10, 1: 10 });
});
