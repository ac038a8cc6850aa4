import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { randomCondition } from '../../../test/random-condition.ts';
import { at } from '../../error/at.ts';
import { isStudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { Condition } from '../../table/condition/ast.ts';
import { checkCondition, columnsOfTable } from '../../table/condition/check.ts';
import { evaluateCondition } from '../../table/condition/evaluate.ts';
import { parseCondition } from '../../table/condition/parse.ts';
import { printCondition } from '../../table/condition/print.ts';
import type { PrintColumns } from '../../table/condition/print-foreign.ts';
import { printConditionPython } from '../../table/condition/print-python.ts';
import { printConditionR } from '../../table/condition/print-r.ts';

const python = process.env.KAYA_PYTHON ?? 'python3';
const hasPython = spawnSync(python, ['-c', 'import numpy, pandas']).status === 0;
const hasR = spawnSync('Rscript', ['--version']).status === 0;

const words = ['East', 'West', 'north', "O'Neil", '北京', 'a_b', '50%', 'Zürich'];
const days = ['2010-01-31', '2012-02-29', '1999-12-31', '2020-06-15'];
const numbers = [-2.5, -1, 0, 0.5, 1, 1.5, 2, 3, 10, 2010];
const stream = randomStream(20_240_601, 0);
const random = (): number => stream.uniform();
const nrow = 40;
const pick = <T extends string | number>(list: readonly T[]): (T | null)[] =>
  Array.from({ length: nrow }, () => (random() < 0.25 ? null : at(list, Math.floor(random() * list.length))));
const cells = {
  x: pick(numbers),
  y: pick(numbers),
  'a b': pick([0, 1]),
  name: pick(words),
  g: pick(words),
  day: pick(days),
};
const table: ColumnTable = columnTable({
  x: numberColumn(cells.x),
  y: numberColumn(cells.y),
  'a b': numberColumn(cells['a b']),
  name: textColumn(cells.name),
  g: textColumn(cells.g),
  day: textColumn(cells.day),
});
const columns = columnsOfTable(table);

interface Written {
  readonly text: string;
  readonly written: string;
  /** Rows that meet it here. */
  readonly rows: readonly number[];
}

/** Conditions at random that a program has, with their rows here. */
function conditionsOf(
  print: (condition: Condition, columns: PrintColumns) => string,
  column: (name: string) => string,
): Written[] {
  return Array.from({ length: 600 }).flatMap((): Written[] => {
    const text = printCondition(randomCondition(random, 2));
    const { condition } = checkCondition(parseCondition(text), columns);
    try {
      const written = print(condition, { column, kindOf: columns.kindOf });
      const marks = evaluateCondition(condition, table, text);
      return [{ text, written, rows: [...marks].flatMap((mark, row) => (mark === 1 ? [row] : [])) }];
    } catch (error) {
      if (isStudyError(error, 'not-available')) return [];
      throw error;
    }
  });
}

function run(command: string, args: readonly string[], input: string): unknown {
  const { stdout, stderr, status } = spawnSync(command, [...args], { input, encoding: 'utf8', maxBuffer: 1e8 });
  expect(status, stderr.slice(-2000)).toBe(0);
  return JSON.parse(stdout);
}

describe.skipIf(!hasPython)(`conditions in pandas (${python} ${hasPython ? 'has it' : 'has no pandas'})`, () => {
  test('they keep the rows that they keep here', () => {
    const all = conditionsOf(printConditionPython, (name) => `d[${JSON.stringify(name)}]`);
    expect(all.length).toBeGreaterThan(100);
    const literal = (list: readonly unknown[]): string => JSON.stringify(list).replaceAll('null', 'None');
    const data = Object.entries(cells).map(([name, list]) => {
      const isText = columns.kindOf(name) === 'text';
      return `${JSON.stringify(name)}: pd.Series(${literal(list)}, dtype=${isText ? 'str' : 'float'})`;
    });
    const script = [
      'import json, numpy as np, pandas as pd, warnings',
      'warnings.simplefilter("ignore")',
      'np.seterr(all="ignore")',
      `d = pd.DataFrame({${data.join(', ')}})`,
      'out = []',
      ...all.map(
        ({ written }) =>
          `out.append(np.flatnonzero(np.broadcast_to(np.asarray(${written}, dtype=bool), len(d))).tolist())`,
      ),
      'print(json.dumps(out))',
    ].join('\n');
    const found = run(python, ['-'], script) as number[][];
    expect(found.map((rows, i) => [all[i]?.text, all[i]?.written, rows])).toEqual(
      all.map(({ text, written, rows }) => [text, written, rows]),
    );
  });
});

describe.skipIf(!hasR)(`conditions in R (Rscript ${hasR ? 'is there' : 'is not on this machine'})`, () => {
  test('they keep the rows that they keep here', () => {
    const all = conditionsOf(printConditionR, (name) => (name === 'a b' ? '`a b`' : name));
    expect(all.length).toBeGreaterThan(100);
    const literal = (list: readonly unknown[]): string =>
      `c(${list.map((one) => (one === null ? 'NA' : JSON.stringify(one))).join(', ')})`;
    const script = [
      'Sys.setlocale("LC_CTYPE", "C.UTF-8")',
      `d <- data.frame(${Object.entries(cells)
        .map(([name, list]) => `\`${name}\` = ${literal(list)}`)
        .join(', ')}, check.names = FALSE)`,
      'out <- list()',
      ...all.map(({ written }) => `out <- c(out, list(which(rep_len(with(d, ${written}), nrow(d))) - 1L))`),
      'cat("[", paste(vapply(out, function(rows) paste0("[", paste(rows, collapse = ","), "]"), ""), collapse = ","), "]", sep = "")',
    ].join('\n');
    const found = run(
      'Rscript',
      ['--vanilla', '-e', 'source(file("stdin", encoding = "UTF-8"), echo = FALSE, print.eval = FALSE)'],
      script,
    ) as number[][];
    expect(found.map((rows, i) => [all[i]?.text, all[i]?.written, rows])).toEqual(
      all.map(({ text, written, rows }) => [text, written, rows]),
    );
  });
});
