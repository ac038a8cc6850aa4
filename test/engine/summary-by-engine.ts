import { expect } from 'vitest';
import type { EngineExecutor } from '../../src/engine/contract.ts';
import { describeByEngine, requireEngineDescribes } from '../../src/engine/describe-by-engine.ts';
import { runPasses } from '../../src/engine/run-passes.ts';
import { readDescribe } from '../../src/model/describe/read.ts';
import type { Summaries } from '../../src/model/describe/run.ts';
import type { DescribeWords } from '../../src/model/describe/schema.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { loadedSource } from './loaded-source.ts';

/** What is asked of the table of a random design. */
export const summaryWords: readonly DescribeWords[] = [
  {},
  { quantiles: 'r7' },
  { where: "region in ('east', 'west') and z > 0" },
  { variables: 'region, p, x' },
];

/** Columns without a number, with one, with one value, with infinite ones; texts that are as common. */
export function oddColumns(): ColumnTable {
  const inf = Number.POSITIVE_INFINITY;
  return columnTable({
    none: numberColumn([Number.NaN, Number.NaN, Number.NaN, Number.NaN]),
    one: numberColumn([Number.NaN, 3, Number.NaN, Number.NaN]),
    same: numberColumn([2, 2, 2, 2]),
    ends: numberColumn([-inf, 1, inf, 7]),
    tied: textColumn(['b', 'a', null, 'é']),
    empty: textColumn([null, null, null, null]),
  });
}

/** The summary of a table that is brought to an engine. */
export async function summaryByEngine(
  engine: EngineExecutor,
  table: ColumnTable,
  words: DescribeWords,
): Promise<Summaries> {
  const request = readDescribe(words);
  requireEngineDescribes(request);
  const source = await loadedSource(engine, table);
  return runPasses(describeByEngine(request, { source, dialect: engine.dialect }), engine);
}

/** Moments to 1e-12 of their size, all else as it is. */
export function expectSameSummary(ours: Summaries, theirs: unknown): void {
  const rounded = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, one) =>
        (key === 'mean' || key === 'sd') && typeof one === 'number' ? Number(one.toPrecision(11)) : one,
      ),
    );
  expect(rounded(ours)).toEqual(rounded(theirs));
}
