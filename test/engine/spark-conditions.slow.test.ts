import { expect, test } from 'vitest';
import { printConditionSql } from '../../src/data/sql/print-condition.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import { randomStream } from '../../src/math/random/philox.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { checkCondition, columnsOfTable } from '../../src/table/condition/check.ts';
import { evaluateCondition } from '../../src/table/condition/evaluate.ts';
import { parseCondition } from '../../src/table/condition/parse.ts';
import { printCondition } from '../../src/table/condition/print.ts';
import { randomCondition } from '../random-condition.ts';
import { onServers } from './spark-servers.ts';

const words = ['East', 'West', 'north', "O'Neil", '北京', 'a_b', '50%', '', 'Zürich', '😀'];
const days = ['2010-01-31', '2012-02-29', '1999-12-31', '2020-06-15', '2021-01-03'];
const numbers = [-2.5, -1, 0, 0.5, 1, 1.5, 2, 3, 10, 2010];

function randomTable(random: () => number, nrow: number): ColumnTable {
  const pick = <T>(list: readonly T[]): (T | null)[] =>
    Array.from({ length: nrow }, () => (random() < 0.25 ? null : (list[Math.floor(random() * list.length)] ?? null)));
  return columnTable({
    x: numberColumn(pick(numbers)),
    y: numberColumn(pick(numbers)),
    'a b': numberColumn(pick([0, 1])),
    name: textColumn(pick(words)),
    g: textColumn(pick(words)),
    day: textColumn(pick(days)),
  });
}

const perTable = 25;

await onServers('a condition chooses the same rows as here', ({ engine }) => {
  test.each([1, 2, 3, 4, 5, 6])(
    '%i: some at random',
    async (seed) => {
      const stream = randomStream(seed, 0);
      const random = (): number => stream.uniform();
      const table = randomTable(random, 40);
      const columns = columnsOfTable(table);
      const { dialect } = engine();
      const loaded = Object.fromEntries(table.names.map((name, j) => [`c${j}`, table.columns[name]]));
      await engine().load('conditions', columnTable(loaded));
      const printed: {
        readonly text: string;
        readonly sql: string;
        readonly condition: ReturnType<typeof parseCondition>;
      }[] = [];
      for (let k = 0; k < perTable; k++) {
        const text = printCondition(randomCondition(random, 3));
        const { condition } = checkCondition(parseCondition(text), columns);
        try {
          const sql = printConditionSql(condition, dialect, {
            column: (name) => `c${table.names.indexOf(name)}`,
            kindOf: columns.kindOf,
          });
          printed.push({ text, sql, condition });
        } catch (error) {
          // What the dialect does not have is refused by name.
          if (!isStudyError(error, 'not-available')) throw error;
        }
      }
      expect(printed.length).toBeGreaterThan(perTable / 2);
      for (const { text, sql, condition } of printed) {
        const found = await engine().table(
          `SELECT CASE WHEN (${sql}) THEN 1 WHEN NOT (${sql}) THEN 0 ELSE -1 END AS k FROM conditions`,
        );
        const met = evaluateCondition(condition, table, text);
        const denied = evaluateCondition({ kind: 'not', operand: condition, at: 0 }, table, text);
        const ours = Array.from(met, (mark, row) => (mark === 1 ? 1 : denied[row] === 1 ? 0 : -1));
        const column = found.columns.k;
        expect([text, sql, column?.kind === 'number' ? [...column.values] : column]).toEqual([text, sql, ours]);
      }
    },
    300_000,
  );
});
