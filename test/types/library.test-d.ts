// What compiles for a user of the library, and what must not: checked by the compiler alone, never run.
import type { Coefficient, ColumnTable, ErrorDetail, ModelResult, RegResult, ThresholdRun } from '../../src/model.ts';
import { fromColumns, fromRows, isStudyError, reg, threshold, toText } from '../../src/model.ts';

const rows = [
  { firm: 'a', year: 2001, y: 1.5, x: null },
  { firm: 'a', year: 2002, y: undefined, x: 2 },
];
const table: ColumnTable = fromRows(rows);
const other: ColumnTable = fromColumns({ y: Float64Array.of(1), day: [new Date(0)], firm: ['a'], n: [1n, null] });

export async function whatCompiles(): Promise<unknown> {
  const result: RegResult = reg(rows, 'y ~ x | firm', { vcov: ['hc1', 'cluster:firm'], panel: 'firm,year', re: true });
  const model: ModelResult = result.models[0];
  const coefficient: Coefficient = model.coef[0];
  const errors: number | null = coefficient.se;
  const run: ThresholdRun = await threshold(table, 'y ~ x | firm', {
    ...{ regime: ['x'], by: 'q', panel: { unit: 'firm', time: 'year' }, boot: 0, vcov: 'hc1' },
    replicates: async ({ count }) => new Float64Array(count),
  });
  const texts: readonly string[] = [toText(run, { language: 'zh' }), toText(result), toText(model), toText([model])];
  try {
    reg(other, ['y ~ x', 'y ~ n'], { singletons: 'keep', re_method: 'swar' });
  } catch (error) {
    if (isStudyError(error, 'unknown-column')) {
      const detail: ErrorDetail<'unknown-column'> = error.detail;
      const nearest: string | null = detail.nearest;
      return [nearest, errors, texts, run.tests[0].gamma];
    }
  }
  return null;
}

export function whatDoesNot(result: RegResult, model: ModelResult): unknown {
  // @ts-expect-error a cell is no list
  fromRows([{ a: [1, 2] }]);
  // @ts-expect-error a column is no object
  fromColumns({ a: { b: 1 } });
  // @ts-expect-error there is no such option
  reg(rows, 'y ~ x', { cluster: 'firm' });
  // @ts-expect-error singletons stay or go
  reg(rows, 'y ~ x', { singletons: 'maybe' });
  // @ts-expect-error a threshold has a function of its own
  reg(rows, 'y ~ x', { threshold: { regime: 'x', by: 'q' } });
  // @ts-expect-error a formula is needed
  reg(rows);
  // @ts-expect-error regime, by and panel are needed
  threshold(rows, 'y ~ x', { by: 'q', panel: 'firm,year' });
  // @ts-expect-error a panel is needed
  threshold(rows, 'y ~ x', { regime: 'x', by: 'q' });
  // @ts-expect-error a search is waited for
  threshold(rows, 'y ~ x', { regime: 'x', by: 'q', panel: 'firm,year' }).tests;
  // @ts-expect-error results are not changed
  result.models = [];
  // @ts-expect-error numbers of a result are not changed
  model.coef[0].estimate = 1;
  // @ts-expect-error a standard error may not exist
  const se: number = model.coef[0].se;
  // @ts-expect-error a language is one of two
  toText(result, { language: 'fr' });
  // @ts-expect-error only results are printed
  toText(rows);
  return se;
}
