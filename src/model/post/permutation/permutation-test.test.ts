import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { tTwoSided } from '../../../math/distribution.ts';
import { columnView } from '../../../math/matrix.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import { estimate, fitModel } from '../../estimate-formula.ts';
import { rowsOf } from '../../fit-rows.ts';
import { runReplicates } from '../../run-replicates.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import { arrangementInto, countArrangements, drawInto } from './arrangements.ts';
import type { PermuteOptions } from './contract.ts';
import type { Exchange } from './exchange.ts';
import { arrangeInto, exchangeOf } from './exchange.ts';

/** Digits after the point: two ways of the same arithmetic on some ten rows. */
const same = 10;

/** 12 units in 6 years, some rows missing where `isHoled`; d is a dated treatment of four units, s the same in all rows of a unit. */
function panel(seed: number, isHoled: boolean): ColumnTable {
  const random = randomStream(seed, 1);
  const columns: Record<string, number[]> = {};
  const push = (row: Record<string, number>): void => {
    for (const [name, value] of Object.entries(row)) columns[name] = [...(columns[name] ?? []), value];
  };
  for (let id = 0; id < 12; id++) {
    const common = random.normal();
    for (let year = 0; year < 6; year++) {
      const [x, z, w, e] = [random.normal() + common, random.normal() + year / 4, random.uniform(), random.normal()];
      if (isHoled && (id * 7 + year * 3) % 11 === 0) continue;
      const d = id < 4 && year >= 2 + (id % 2) ? 1 : 0;
      const place = { lat: 30 + (id % 4), lon: 100 + id };
      const y = 0.3 * x + z + common * (1 + year / 3) + 0.5 * d + e;
      push({ id, year, region: id % 3, x, z, w: 0.5 + w, d, s: id % 5, ...place, y });
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

const asked = (over: Partial<PermuteOptions>): PermuteOptions => ({
  ...{ term: 'x', by: null, within: null, reps: 12, seed: 5 },
  ...over,
});

type Case = readonly [
  formula: string,
  input: Partial<EstimateInput>,
  options: Partial<PermuteOptions>,
  isHoled?: boolean,
];

function tested(table: ColumnTable, [formula, input, options]: Case) {
  const all = { ...input, formulas: [formula], table };
  const { models } = estimateAfter(all, { ...nothingAfter, permute: asked(options) });
  const [{ permutation }] = models;
  if (permutation === undefined) throw new Error('no test');
  return permutation;
}

/** The exchange of a case, and the rows and values that it moves. */
function movedBy(table: ColumnTable, [formula, input, options]: Case) {
  const { panel: keys = null, weights = null } = input;
  const { fit } = fitModel({
    id: '1',
    formula,
    table,
    panel: keys,
    weights,
    ...(input.ssc === undefined ? {} : { ssc: input.ssc }),
  });
  const { design } = rowsOf(fit, { kind: 'permutation' });
  const values = columnView(design.x, design.terms.indexOf(asked(options).term));
  return { design, values, exchange: exchangeOf(design, values, asked(options)) };
}

function sourcesOf(exchange: Exchange): Int32Array {
  return Int32Array.from({ length: exchange.starts.length - 1 }, (_, item) => item);
}

const keys = { unit: 'id', time: 'year' };

const cases: readonly Case[] = [
  ['y ~ x + z | id + year', {}, {}],
  ['y ~ x + z | id + year', { vcov: 'cluster:id' }, { within: ['year'] }],
  ['y ~ x + z | id + year', { vcov: 'cluster:id', ssc: 'xtreg' }, { by: ['id'] }],
  ['y ~ x + z | id + year', { vcov: 'cluster:id', ssc: 'reghdfe', panel: keys }, { by: ['year'] }],
  ['y ~ z + d | id + year', { vcov: 'cluster:id' }, { term: 'd', by: ['id'], within: ['region'] }],
  ['y ~ x + z | id + year', { vcov: 'hc1', weights: 'w' }, { within: ['region', 'year'] }, true],
  ['y ~ x + z | id + year', { vcov: 'cluster:id+year' }, {}, true],
  ['y ~ x + z', { vcov: 'hc3' }, {}],
  ['y ~ x + z', { vcov: 'iid' }, { within: ['id'] }],
  ['y ~ x + z', { vcov: 'hc1', weights: 'w' }, {}],
  ['y ~ z + s | year', { vcov: 'cr2:id' }, { term: 's', by: ['id'] }, true],
  ['y ~ x | id', { vcov: 'dk', panel: keys }, {}, true],
  ['y ~ x + z | id', { vcov: 'nw', panel: keys }, { within: ['id'] }],
  ['y ~ x + z | id', { vcov: 'conley:300,coords=lat+lon', panel: keys }, {}],
  ['y ~ z + x | id[year] + year', { vcov: 'cluster:id' }, { within: ['year'] }],
];

describe('each draw is the model on the permuted data', () => {
  test.each(cases.map((one) => ({ one, title: JSON.stringify(one) })))('$title', ({ one }) => {
    const table = panel(3, one[3] === true);
    const [formula, input, options] = one;
    const { draws, reps, is_enumerated } = tested(table, one);
    expect(is_enumerated).toBe(false);
    expect(draws.estimate).toHaveLength(reps);
    const { design, values, exchange } = movedBy(table, one);
    const sources = sourcesOf(exchange);
    const { term } = asked(options);
    for (let draw = 0; draw < reps; draw++) {
      drawInto(sources, exchange, asked(options).seed, draw);
      const moved = new Float64Array(values.length);
      arrangeInto(moved, values, exchange, sources);
      const own = table.columns[term];
      if (own.kind !== 'number') throw new Error(term);
      const whole = Float64Array.from(own.values);
      design.rows.forEach((row, i) => {
        whole[row] = moved[i];
      });
      const [model] = estimate({
        ...input,
        formulas: [formula],
        table: columnTable({ ...table.columns, [term]: numberColumn(whole) }),
      });
      const line = model.coef.find((c) => c.term === term);
      expect(draws.estimate[draw]).toBeCloseTo(line?.estimate ?? Number.NaN, same);
      expect(draws.p[draw]).toBeCloseTo(line?.p ?? Number.NaN, same);
    }
  });
});

describe('what changes places', () => {
  test('whole paths go to other units, period by period', () => {
    const one: Case = ['y ~ x + z | id + year', {}, { by: ['id'] }];
    const { design, values, exchange } = movedBy(panel(3, false), one);
    const sources = sourcesOf(exchange);
    drawInto(sources, exchange, 1, 0);
    const moved = new Float64Array(values.length);
    arrangeInto(moved, values, exchange, sources);
    const cell = new Map<string, number>();
    const [unit, time] = design.effects;
    values.forEach((value, i) => {
      cell.set(`${unit.codes[i]} ${time.codes[i]}`, value);
    });
    moved.forEach((value, i) => {
      expect(value).toBe(cell.get(`${sources[unit.codes[i]]} ${time.codes[i]}`));
    });
    expect(new Set(sources).size).toBe(12);
  });

  test('in an unbalanced panel units of other periods are left alone', () => {
    const one: Case = ['y ~ x + z | id + year', {}, { by: ['id'] }, true];
    const { design, exchange } = movedBy(panel(3, true), one);
    const periods = Array.from({ length: 12 }, () => '');
    design.rows.forEach((_, i) => {
      periods[design.effects[0].codes[i]] += `${design.effects[1].codes[i]} `;
    });
    const sources = sourcesOf(exchange);
    for (let draw = 0; draw < 20; draw++) {
      drawInto(sources, exchange, 1, draw);
      sources.forEach((source, unit) => {
        expect(periods[source]).toBe(periods[unit]);
      });
    }
  });

  test('all arrangements once: 12! / (8! 2! 2!) of four treated units with two dates', () => {
    const one: Case = ['y ~ d | id + year', {}, { term: 'd', by: ['id'] }];
    const { exchange } = movedBy(panel(3, false), one);
    expect(countArrangements(exchange)).toBe(2970);
    const seen = new Set<string>();
    const sources = sourcesOf(exchange);
    for (let index = 0; index < 2970; index++) {
      arrangementInto(sources, exchange, index);
      seen.add(Array.from(sources, (item) => exchange.classes[item]).join());
    }
    expect(seen.size).toBe(2970);
  });

  test('draws are even over the arrangements', () => {
    // 4! / (2! 2!) = 6 arrangements of a block; 3000 draws: the share of each within five standard errors of 1/6.
    const order = Int32Array.of(0, 1, 2, 3);
    const exchange = {
      ...{ order, starts: Int32Array.of(0, 1, 2, 3, 4), members: order, strata: Int32Array.of(0, 4) },
      ...{ classes: Int32Array.of(0, 0, 1, 1), isConstant: true },
    };
    const counts = new Map<string, number>();
    const sources = new Int32Array(4);
    for (let draw = 0; draw < 3000; draw++) {
      drawInto(sources, exchange, 7, draw);
      const key = Array.from(sources, (item) => exchange.classes[item]).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count / 3000 - 1 / 6)).toBeLessThan(0.034);
  });
});

describe('p', () => {
  test('by hand: 2 of 4 rows treated, y = 1 2 3 5, six arrangements', () => {
    const table = columnTable({ y: numberColumn([1, 2, 3, 5]), x: numberColumn([0, 0, 1, 1]) });
    const found = tested(table, ['y ~ x', {}, { reps: 100 }]);
    // Differences of means: +-2.5, +-1.5, +-0.5.
    expect(found).toMatchObject({ is_enumerated: true, arrangements: 6, reps: 6, items: 4, held: 0, failed: 0 });
    expect(found.estimate.value).toBeCloseTo(2.5, 12);
    expect(found.estimate.both).toEqual({ count: 2, p: 2 / 6, p_plus: null });
    expect(found.estimate.upper).toEqual({ count: 1, p: 1 / 6, p_plus: null });
    expect(found.estimate.lower).toEqual({ count: 6, p: 1, p_plus: null });
    expect([...found.draws.estimate].sort((a, b) => Number(a) - Number(b)).map((v) => Number(v).toFixed(6))).toEqual(
      [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map((v) => v.toFixed(6)),
    );
  });

  test('of drawn arrangements is near that of all, and (1 + #) / (1 + B) stands beside it', () => {
    const one: Case = ['y ~ d | id + year', { vcov: 'cluster:id' }, { term: 'd', by: ['id'] }];
    const exact = tested(panel(3, false), [one[0], one[1], { ...one[2], reps: 5000 }]);
    expect(exact.is_enumerated).toBe(true);
    const drawn = tested(panel(3, false), [one[0], one[1], { ...one[2], reps: 2000 }]);
    expect(drawn.is_enumerated).toBe(false);
    for (const kind of ['estimate', 't'] as const) {
      const { count, p, p_plus } = drawn[kind].both;
      expect(p).toBe(count / 2000);
      expect(p_plus).toBe((1 + count) / 2001);
      // Five standard errors of a share of 2000.
      expect(Math.abs((p ?? 0) - (exact[kind].both.p ?? 9))).toBeLessThan(0.056);
    }
  });

  test('of t follows the drawn p', () => {
    const found = tested(panel(3, false), ['y ~ x + z | id + year', { vcov: 'cluster:id' }, { reps: 200 }]);
    const own = tTwoSided(found.t.value ?? Number.NaN, 11);
    const below = found.draws.p.filter((p) => p !== null && p <= own).length;
    expect(found.t.both.count).toBe(below);
  });
});

test('any split of the draws gives the same bytes', () => {
  const table = panel(3, true);
  const requests: Parameters<typeof runReplicates>[0][] = [];
  const fit = fitModel({ id: '1', formula: 'y ~ x + z | id + year', table });
  const { design } = rowsOf(fit.fit, { kind: 'permutation' });
  const exchange = exchangeOf(design, columnView(design.x, 0), asked({}));
  const setup = {
    ...{ design, place: 0, absorbedRank: fit.fit.absorbedRank, covariance: { type: 'cluster', by: ['id'] } },
    ...{ ssc: 'fixest', exchange, seed: 5, isEnumerated: false },
  };
  requests.push({ kind: 'permutation', setup }, structuredClone({ kind: 'permutation', setup }));
  const [whole, cloned] = requests.map((job) => runReplicates(job, 0, 40));
  const parts = [0, 1, 8, 13, 29].map((first, k, all) => runReplicates(requests[0], first, all[k + 1] ?? 40));
  expect(Float64Array.from(parts.flatMap((part) => [...part]))).toEqual(whole);
  expect(cloned).toEqual(whole);
});

describe('what cannot be permuted is refused with what to do', () => {
  const refusal = (one: Case, isHoled = false): readonly string[] => {
    try {
      tested(panel(3, isHoled), one);
      return ['nothing'];
    } catch (error) {
      if (!isStudyError(error, 'bad-option')) throw error;
      const { option, expected } = error.detail;
      return [option, typeof expected === 'string' ? expected : expected.key];
    }
  };

  test.each<readonly [...Case, string, string]>([
    ['y ~ s + z', {}, { term: 's', within: ['id'] }, false, 'permute', 'expected.permute_varies_within'],
    ['y ~ z + s | id', {}, { term: 's' }, false, 'permute', 'expected.permute_left'],
    ['y ~ x + x:z', {}, {}, false, 'permute', 'expected.permute_alone'],
    ['y ~ x + z | id[x] + year', {}, {}, false, 'permute', 'expected.permute_left'],
    ['y ~ i(region) + z', {}, { term: 'region::1' }, false, 'permute', 'expected.permute_alone'],
    ['y ~ x + z | region', {}, { by: ['region'] }, false, 'permute_by', 'expected.permute_match'],
    ['y ~ x + z | id + year', {}, { by: ['id'], within: ['year'] }, false, 'permute_within', 'expected.permute_within'],
    ['y ~ x + z', {}, { term: 'q' }, false, 'permute', 'expected.terms_of_model'],
    ['y ~ x + z', {}, { term: '(Intercept)' }, false, 'permute', 'expected.terms_of_model'],
  ])('%s %j %j', (formula, input, options, isHoled, option, key) => {
    expect(refusal([formula, input, options], isHoled)).toEqual([option, key]);
  });

  test('units of which no two have the same periods', () => {
    const rows = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 0],
      [3, 2],
      [3, 3],
    ];
    const of = (pick: (row: number[], i: number) => number) => numberColumn(rows.map(pick));
    const table = columnTable({
      ...{ id: of(([id]) => id), year: of(([, year]) => year), x: of((_, i) => Math.sin(3 * i)) },
      y: of((_, i) => Math.cos(5 * i * i)),
    });
    const run = (): unknown => tested(table, ['y ~ x', { panel: keys }, { by: ['id'] }]);
    expect(run).toThrow(expect.objectContaining({ detail: expect.objectContaining({ option: 'permute' }) }));
  });

  test('with instruments', () => {
    const run = (): unknown => tested(panel(3, false), ['y ~ z | id | x ~ w', {}, {}]);
    expect(run).toThrow(expect.objectContaining({ code: 'not-available' }));
  });
});
