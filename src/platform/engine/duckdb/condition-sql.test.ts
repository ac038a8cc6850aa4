import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomCondition } from '../../../../test/random-condition.ts';
import { printConditionSql } from '../../../data/sql/print-condition.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { checkCondition, columnsOfTable } from '../../../table/condition/check.ts';
import { evaluateCondition } from '../../../table/condition/evaluate.ts';
import { parseCondition } from '../../../table/condition/parse.ts';
import { printCondition } from '../../../table/condition/print.ts';
import { duckdb } from './dialect.ts';
import { openDuckdb } from './open.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

const words = ['East', 'West', 'north', "O'Neil", '北京', 'a_b', '50%', '', 'Zürich', '😀'];
const days = ['2010-01-31', '2012-02-29', '1999-12-31', '2020-06-15', '2021-01-03'];
const numbers = [-2.5, -1, 0, 0.5, 1, 1.5, 2, 3, 10, 2010];

function randomTable(random: () => number, nrow: number): ColumnTable {
  const pick = <T>(list: readonly T[]): (T | null)[] =>
    Array.from({ length: nrow }, () => (random() < 0.25 ? null : list[Math.floor(random() * list.length)]));
  return columnTable({
    x: numberColumn(pick(numbers)),
    y: numberColumn(pick(numbers)),
    'a b': numberColumn(pick([0, 1])),
    name: textColumn(pick(words)),
    g: textColumn(pick(words)),
    day: textColumn(pick(days)),
  });
}

const tables = 20;
const perTable = 100;

describe('a condition chooses the same rows here and in the engine', () => {
  it.each(Array.from({ length: tables }, (_, seed) => seed + 1))('%i: a hundred at random', async (seed) => {
    const stream = randomStream(seed, 0);
    const random = (): number => stream.uniform();
    const table = randomTable(random, 40);
    const columns = columnsOfTable(table);
    const conditions = Array.from({ length: perTable }, () => {
      const text = printCondition(randomCondition(random, 3));
      const { condition, faults } = checkCondition(parseCondition(text), columns);
      expect([text, faults]).toEqual([text, []]);
      return { text, condition };
    });
    const sql = conditions.map(({ condition }, k) => {
      const printed = printConditionSql(condition, duckdb, {
        column: (name) => `c${table.names.indexOf(name)}`,
        kindOf: columns.kindOf,
      });
      return `CASE WHEN (${printed}) THEN 1 WHEN NOT (${printed}) THEN 0 ELSE -1 END AS k${k}`;
    });
    const loaded = Object.fromEntries(table.names.map((name, j) => [`c${j}`, table.columns[name]]));
    await engine.load('conditions', columnTable(loaded));
    const result = await engine.table(`SELECT ${sql.join(',\n')} FROM conditions`);
    await engine.run('DROP TABLE conditions');
    for (const [k, { text, condition }] of conditions.entries()) {
      const met = evaluateCondition(condition, table, text);
      const denied = evaluateCondition({ kind: 'not', operand: condition, at: 0 }, table, text);
      const ours = Array.from(met, (mark, row) => (mark === 1 ? 1 : denied[row] === 1 ? 0 : -1));
      const column = result.columns[`k${k}`];
      expect([text, column.kind === 'number' ? [...column.values] : column]).toEqual([text, ours]);
    }
  });
});
