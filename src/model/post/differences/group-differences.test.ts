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
