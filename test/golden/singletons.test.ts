import { describe, expect, test } from 'vitest';
import { estimate } from '../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose } from '../tolerance.ts';

interface Errors {
  readonly se: readonly number[];
  readonly df_t: number;
}
interface Own {
  readonly nobs: number;
  readonly coef: readonly number[];
  readonly vcov: Readonly<Record<string, Errors>>;
}
interface Reference {
  readonly models: readonly { formula: string; weights: string | null; drop: Own; keep: Own }[];
  readonly leverage: {
    readonly formula: string;
    readonly data: Readonly<Record<string, readonly number[]>>;
    readonly exact: Readonly<Record<string, number>>;
  };
}

/** fixest's iterations stop at 1e-11 of a change of the effects, which several rounds from the limit is 1e-9. */
const fixestIterations = 1e-8;
/** R's inverse cross product of the raw columns. */
const rawLeverage = 1e-10;

const folder = new URL('singletons/', import.meta.url);
const reference = readJson<Reference>(new URL('reference.json', folder));
const table = readPlainCsv(new URL('data.csv', folder));
const panel = { unit: 'unit', time: 'year' };

describe.each(reference.models)('$formula, weights $weights, as fixest 0.14.2', ({ formula, weights, ...own }) => {
  test.each(['drop', 'keep'] as const)('singletons: %s', (singletons) => {
    const { nobs, coef, vcov } = own[singletons];
    let compared = 0;
    for (const [name, { se, df_t }] of Object.entries(vcov)) {
      const [model] = estimate({ formulas: [formula], table, panel, weights, vcov: name, singletons });
      expect(model.nobs, name).toBe(nobs);
      expect(model.df_t, name).toBe(df_t);
      // R puts the instrumented regressor first, as we do.
      coef.forEach((value, j) => {
        expectClose(model.coef[j].estimate, value, fixestIterations, `${formula} ${name}`);
        expectClose(model.coef[j].se, se[j], fixestIterations, `${formula} ${name}`);
        compared += 1;
      });
    }
    expect(compared).toBeGreaterThan(5);
  });

  test('the default of the convention fixest is to drop, and the result says which', () => {
    const [model] = estimate({ formulas: [formula], table, panel, weights });
    expect(model.nobs).toBe(own.drop.nobs);
    expect(model.dropped.singleton).toBe(own.keep.nobs - own.drop.nobs);
    const said = model.warnings.find(({ code }) => code === 'singletons-dropped');
    expect(said?.detail).toMatchObject({ count: model.dropped.singleton, levels: expect.any(Array) });
  });
});

test('HC2 and HC3 are those of the dummy regression where effects are not connected, where fixest has no exact ones', () => {
  const { formula, data, exact } = reference.leverage;
  const columns = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, numberColumn([...values])]));
  for (const [vcov, se] of Object.entries(exact)) {
    const [model] = estimate({ formulas: [formula], table: columnTable(columns), vcov });
    expectClose(model.coef[0].se, se, rawLeverage, vcov);
  }
});
