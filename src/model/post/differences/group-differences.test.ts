import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import { fitModel, summarizeModel } from '../../estimate-formula.ts';
import type { GroupDifferences } from '../../result/differences.ts';
import type { AfterFitRequest } from '../after-fit.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import type { DifferencesOptions } from './contract.ts';

/** Two ways of the same arithmetic on some 100 rows. */
const same = 1e-10;

interface Shape {
  readonly units: number;
  readonly years: number;
  /** Share of rows that are missing. */
  readonly gaps: number;
  readonly groups: number;
}

/** A panel whose units are in groups. */
function panel(seed: number, { units, years, gaps, groups }: Shape): ColumnTable {
  const random = randomStream(seed, 9);
  const columns: Record<string, number[]> = { id: [], year: [], x: [], z: [], w: [], t: [], y: [] };
  const names: string[] = [];
  for (let unit = 0; unit < units; unit++) {
    const level = 3 * random.normal();
    const group = groups === 2 ? (unit % 5 < 2 ? 0 : 1) : unit % groups;
    for (let year = 0; year < years; year++) {
      if (random.uniform() < gaps) continue;
      const x = random.normal() + level / 2 + year / 3;
      const z = 100 + x / 2 + random.normal();
      columns.id.push(unit);
      columns.year.push(2000 + year);
      columns.x.push(x);
      columns.z.push(z);
      columns.w.push(0.5 + random.uniform());
      columns.t.push(year);
      columns.y.push((0.5 + 0.2 * group) * x + z + level + year + random.normal());
      names.push(`g${group}`);
    }
  }
  const numbers = Object.entries(columns).map(([name, values]) => [name, numberColumn(values)] as const);
  return columnTable({ ...Object.fromEntries(numbers), group: textColumn(names) });
}

const defaults: DifferencesOptions = { terms: ['x'], how: null, orders: [], reps: 60, seed: 5 };

function compared(table: ColumnTable, input: Partial<EstimateInput>, over: Partial<DifferencesOptions> = {}) {
  const request: AfterFitRequest = { ...nothingAfter, differences: { ...defaults, ...over } };
  const all = { formulas: ['y ~ x + z | id + year'], table, split: { by: 'group', full: false }, ...input };
  return estimateAfter(all, request).differences;
}

function only(differences: readonly GroupDifferences[]): GroupDifferences {
  expect(differences).toHaveLength(1);
  return differences[0];
}

/** Slopes of x by an own fit on the units that each group is given. */
function refit(
  table: ColumnTable,
  { formula, weights }: { readonly formula: string; readonly weights?: string },
  groupOf: ReadonlyMap<number, number>,
  groups: number,
): number[] {
  const id = table.columns.id;
  const rows = id.kind === 'number' ? id.values : new Float64Array(0);
  return Array.from({ length: groups }, (_, g) => {
    const own = Int32Array.from([...rows.keys()].filter((i) => groupOf.get(rows[i]) === g));
    try {
      const fitted = fitModel({
        ...{ id: '1', formula, table, choice: { rows: own, where: 0, split: 0 } },
        ...(weights === undefined ? {} : { weights }),
      });
      return fitted.fit.coefficients[fitted.fit.names.indexOf('x')];
    } catch (error) {
      if (isStudyError(error, 'too-few-rows')) return Number.NaN;
      throw error;
    }
  });
}

function groupsByUnit(table: ColumnTable): Map<number, number> {
  const { id, group } = table.columns;
  if (id.kind !== 'number' || group.kind !== 'text') throw new Error('columns of the test');
  return new Map([...id.values].map((unit, i) => [unit, group.codes[i]]));
}

const designs: readonly {
  readonly name: string;
  readonly formula: string;
  readonly shape: Shape;
  readonly weights?: string;
}[] = [
  { name: 'balanced, two ways', formula: 'y ~ x + z | id + year', shape: { units: 7, years: 5, gaps: 0, groups: 2 } },
  { name: 'gaps, two ways', formula: 'y ~ x + z | id + year', shape: { units: 8, years: 6, gaps: 0.25, groups: 2 } },
  { name: 'unit effects', formula: 'y ~ x + z | id', shape: { units: 8, years: 6, gaps: 0.25, groups: 2 } },
  { name: 'year effects', formula: 'y ~ x + z | year', shape: { units: 8, years: 6, gaps: 0.25, groups: 2 } },
  { name: 'no effects', formula: 'y ~ x + z', shape: { units: 8, years: 6, gaps: 0.25, groups: 2 } },
  { name: 'trends of units', formula: 'y ~ x + z | id[t] + year', shape: { units: 8, years: 7, gaps: 0.2, groups: 2 } },
  { name: 'slopes of years', formula: 'y ~ x | id + year[w]', shape: { units: 9, years: 5, gaps: 0, groups: 2 } },
  {
    name: 'weights',
    formula: 'y ~ x + z | id + year',
    shape: { units: 8, years: 6, gaps: 0.2, groups: 2 },
    weights: 'w',
  },
];

describe('permutation of units against refits', () => {
  test.each(designs)('$name: every assignment', ({ formula, shape, weights }) => {
    const table = panel(3, shape);
    const groupOf = groupsByUnit(table);
    const units = [...groupOf.keys()];
    const size = units.filter((unit) => groupOf.get(unit) === 0).length;
    const model = { formula, ...(weights === undefined ? {} : { weights }) };
    const [first, second] = refit(table, model, groupOf, 2);
    const observed = second - first;
    const draws: number[] = [];
    for (let mask = 0; mask < 2 ** units.length; mask++) {
      const chosen = units.map((_, u) => Math.floor(mask / 2 ** u) % 2);
      if (chosen.filter((one) => one === 0).length !== size) continue;
      const [a, b] = refit(table, model, new Map(units.map((unit, u) => [unit, chosen[u]])), 2);
      draws.push((b ?? Number.NaN) - (a ?? Number.NaN));
    }
    const { pairs } = only(
      compared(table, { formulas: [formula], panel: { unit: 'id', time: 'year' }, ...model }, { reps: 5000 }),
    );
    const [{ estimate, permute }] = pairs;
    expect(Math.abs(estimate - observed)).toBeLessThan(same * Math.abs(observed));
    const larger = draws.filter((draw) => Math.abs(draw) >= Math.abs(observed) * (1 - 1e-9)).length;
    const above = draws.filter((draw) => draw * Math.sign(observed) >= Math.abs(observed) * (1 - 1e-9)).length;
    const failed = draws.filter(Number.isNaN).length;
    expect(permute).toMatchObject({
      larger,
      above,
      reps: draws.length,
      is_enumerated: true,
      failed,
      p: larger / (draws.length - failed),
    });
  });
});

describe('one regression with everything interacted', () => {
  const table = panel(4, { units: 12, years: 6, gaps: 0.2, groups: 2 });
  test.each(['iid', 'hc1', 'cluster:id', 'cluster:year', 'cr2:id', 'dk'])('%s', (vcov) => {
    const found = only(compared(table, { vcov, panel: { unit: 'id', time: 'year' } }, { how: ['chow'] }));
    const inputs = fitModel({
      ...{ id: '1', formula: 'y ~ i(group, x) + i(group, z) | id^group + year^group', table },
      panel: { unit: 'id', time: 'year' },
    });
    expect(inputs.fit.names).toEqual(expect.arrayContaining(['group::g0:x', 'group::g1:x']));
    const one = estimateAfter(
      {
        ...{ formulas: ['y ~ i(group, x) + i(group, z) | id^group + year^group'], table, vcov },
        panel: { unit: 'id', time: 'year' },
      },
      { ...nothingAfter, lincoms: ['group::g1:x - group::g0:x'] },
    ).models[0].combinations?.[0];
    const line = found.pairs[0].chow;
    expect(line?.se).toBeCloseTo(one?.se ?? Number.NaN, 10);
    expect(line?.p).toBeCloseTo(one?.p ?? Number.NaN, 10);
    expect(line?.df).toBeCloseTo(one?.df_t ?? Number.NaN, 8);
    expect(line?.p_holm).toBe(line?.p);
  });
});

test('the groups are those of their own fits', () => {
  const table = panel(4, { units: 15, years: 6, gaps: 0.2, groups: 3 });
  const [found] = compared(table, { vcov: 'cluster:id' });
  for (const group of found.groups) {
    const kept = Uint8Array.from({ length: table.nrow }, (_, i) => {
      const column = table.columns.group;
      return column.kind === 'text' && column.levels[column.codes[i]] === group.sample ? 1 : 0;
    });
    const rows = Int32Array.from([...kept.keys()].filter((i) => kept[i] === 1));
    const own = fitModel({ id: '1', formula: 'y ~ x + z | id + year', table, choice: { rows, where: 0, split: 0 } });
    const { coef } = summarizeModel(own, { vcov: 'cluster:id' });
    expect(group).toMatchObject({ estimate: coef[0].estimate, se: coef[0].se, p: coef[0].p });
  }
});

/** Marks of a condition on the numbers of a column. */
function marked(table: ColumnTable, name: string, keeps: (value: number) => boolean): Uint8Array {
  const column = table.columns[name];
  if (column.kind !== 'number') throw new Error(`${name} holds no numbers`);
  return Uint8Array.from(column.values, (value) => (keeps(value) ? 1 : 0));
}

describe('groups that overlap', () => {
  const table = panel(6, { units: 14, years: 6, gaps: 0.1, groups: 2 });
  const parts = [
    { sample: 'all', kept: marked(table, 'id', () => true) },
    { sample: 'some', kept: marked(table, 'id', (unit) => unit < 9) },
  ];
  const input = { parts, split: null, panel: { unit: 'id', time: 'year' } };

  test('by the joint covariance, which a stacked regression with rows twice has by clusters', () => {
    const found = only(compared(table, { ...input, vcov: 'cluster:id' }));
    expect(found.without.map(({ method, reason }) => [method, reason])).toEqual([
      ['chow', 'rows-in-two-groups'],
      ['permute', 'units-in-two-groups'],
    ]);
    expect(found.shared.units).toBe(9);
    expect(found.pairs[0]).toMatchObject({ chow: null, permute: null });
    const equal = estimateAfter(
      { formulas: ['y ~ x + z | id + year'], table, ...input, vcov: 'cluster:id' },
      { ...nothingAfter, equal: ['x'] },
    ).equality[0];
    expect(found.pairs[0].suest).toMatchObject({ se: equal.differences[0].se, p: equal.differences[0].p });
    expect(found.joint.suest?.p).toBe(equal.test.p);
  });

  test('what is asked for and cannot be had is refused by name', () => {
    for (const how of ['chow', 'permute'] as const) {
      expect(detailOf(() => compared(table, input, { how: [how] }))).toMatchObject({
        option: 'differences_how',
        value: how,
      });
    }
  });

  test('a draw of units is one of both groups', () => {
    const [order] = only(compared(table, input, { orders: ['all > some'], reps: 200 })).orders;
    expect(order).toMatchObject({ reps: 200, failed: 0, places: [['1'], ['2']] });
    expect(order.largest.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 12);
  });
});

function detailOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return error.detail;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('bad input', () => {
  const table = panel(7, { units: 12, years: 5, gaps: 0, groups: 2 });

  test('one group, a term of one group, no such term', () => {
    const one = { parts: [{ sample: 'a', kept: null }], split: null };
    expect(detailOf(() => compared(table, one))).toMatchObject({ option: 'differences', value: 'x' });
    expect(detailOf(() => compared(table, {}, { terms: ['xx'] }))).toMatchObject({
      option: 'differences',
      value: 'xx',
    });
    const constant = columnTable({
      ...table.columns,
      own: numberColumn(
        Array.from({ length: table.nrow }, (_, i) => {
          const { group } = table.columns;
          return group.kind === 'text' && group.codes[i] === 0 ? 0 : Math.sin(i * i);
        }),
      ),
    });
    const formulas = ['y ~ x + own | id + year'];
    expect(detailOf(() => compared(constant, { formulas }, { terms: ['own'] }))).toMatchObject({
      option: 'differences',
    });
  });

  test('a group without the term is left out and named', () => {
    const three = panel(8, { units: 15, years: 5, gaps: 0, groups: 3 });
    const { group } = three.columns;
    const own = numberColumn(
      Array.from({ length: three.nrow }, (_, i) =>
        group.kind === 'text' && group.codes[i] === 0 ? 0 : Math.sin(i * i),
      ),
    );
    const found = only(
      compared(columnTable({ ...three.columns, own }), { formulas: ['y ~ x + own | id + year'] }, { terms: ['own'] }),
    );
    expect(found.absent).toEqual([{ model: '1', sample: 'g0' }]);
    expect(found.groups.map(({ sample }) => sample)).toEqual(['g1', 'g2']);
  });

  test('a group of one cluster has no clustered errors, which is said as for a model alone', () => {
    const parts = [
      { sample: 'one', kept: marked(table, 'id', (unit) => unit === 0) },
      { sample: 'rest', kept: marked(table, 'id', (unit) => unit > 0) },
    ];
    const run = () => compared(table, { formulas: ['y ~ x'], parts, split: null, vcov: 'cluster:id' });
    expect(run).toThrow(expect.objectContaining({ code: 'cluster-too-few' }));
  });

  test.each(['g0', 'g0 > ', 'g0 > g9', 'g0 > g0', '3 > 1', 'g0, g1 > *'])('order: %s', (order) => {
    expect(detailOf(() => compared(table, {}, { orders: [order] }))).toMatchObject({ option: 'differences_order' });
  });
});

describe('the order of slopes', () => {
  const table = panel(9, { units: 30, years: 6, gaps: 0.1, groups: 3 });

  test('the share of draws by refits of the drawn units', () => {
    const found = only(compared(table, {}, { orders: ['g2 > g1 > g0'], reps: 25, how: ['suest'] }));
    const [order] = found.orders;
    const groupOf = groupsByUnit(table);
    const units = [...groupOf.keys()];
    const strata = [0, 1, 2].map((g) => units.filter((unit) => groupOf.get(unit) === g));
    let holding = 0;
    for (let draw = 0; draw < 25; draw++) {
      const random = randomStream(defaults.seed, 0x68_0000, draw);
      const slopes = strata
        .map((own) => own.map(() => own[random.integer(own.length)]))
        .map((drawn) => slopeOf(table, drawn));
      if (slopes[2] > slopes[1] && slopes[1] > slopes[0]) holding += 1;
    }
    expect(order).toMatchObject({ holding, reps: 25, failed: 0, probability: holding / 25 });
  });

  test('names, numbers and all others', () => {
    const [first, second] = only(compared(table, {}, { orders: ['g2 > *', '3 > 1, 2'], how: ['suest'] })).orders;
    expect(second).toEqual({ ...first, text: '3 > 1, 2' });
  });

  test('two slopes: the opposite has the one-sided p of their difference', () => {
    const found = only(compared(table, { vcov: 'cluster:id' }, { orders: ['g1 > g0'] }));
    const pair = found.pairs.find(({ model, base }) => model === '2' && base === '1');
    const half = (pair?.suest?.p ?? Number.NaN) / 2;
    expect(found.orders[0].p).toBeCloseTo((pair?.estimate ?? 0) > 0 ? half : 1 - half, 12);
  });
});

/** The slope of x on units that were drawn, each draw a unit of its own. */
function slopeOf(table: ColumnTable, drawn: readonly number[]): number {
  const { id } = table.columns;
  const values = id.kind === 'number' ? [...id.values] : [];
  const rows = drawn.flatMap((unit, d) => values.flatMap((value, i) => (value === unit ? [{ i, d }] : [])));
  const column = (name: string) => {
    const own = table.columns[name];
    return numberColumn(rows.map(({ i }) => (own.kind === 'number' ? own.values[i] : Number.NaN)));
  };
  const names = ['year', 'x', 'z', 'y'];
  const all = columnTable({
    ...Object.fromEntries(names.map((name) => [name, column(name)])),
    id: numberColumn(rows.map(({ d }) => d)),
  });
  const { fit } = fitModel({ id: '1', formula: 'y ~ x + z | id + year', table: all });
  return fit.coefficients[0];
}

/**
 * By hand: no effects but the constant, five rows a unit with x = -2 … 2 and y = b_u x + e, e = (1, -2, 0, 2, -1) / 10, which is
 * orthogonal to x and sums to zero: the slope of a group is the mean of its units' b. Groups {1, 2} and {3, 6}: difference 3; of the
 * six assignments, {1, 2} | {3, 6} and its mirror are as large, so that p = 2 / 6.
 */
test('by hand: a third of the assignments is as large', () => {
  const slopes = [1, 2, 3, 6];
  const e = [0.1, -0.2, 0, 0.2, -0.1];
  const rows = slopes.flatMap((b, u) => e.map((error, t) => ({ u, t, x: t - 2, y: b * (t - 2) + error })));
  const table = columnTable({
    id: numberColumn(rows.map(({ u }) => u)),
    year: numberColumn(rows.map(({ t }) => t)),
    x: numberColumn(rows.map(({ x }) => x)),
    y: numberColumn(rows.map(({ y }) => y)),
    group: textColumn(rows.map(({ u }) => (u < 2 ? 'a' : 'b'))),
  });
  const [{ estimate, permute }] = only(
    compared(table, { formulas: ['y ~ x'], panel: { unit: 'id', time: 'year' } }),
  ).pairs;
  expect(estimate).toBeCloseTo(3, 12);
  expect(permute).toMatchObject({ larger: 2, above: 1, reps: 6, is_enumerated: true, p: 1 / 3, p_holm: 1 / 3 });
});
