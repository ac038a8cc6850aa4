import { expect, test } from 'vitest';
import { columnTable, numberColumn } from '../../table/column.ts';
import { estimate } from '../estimate-formula.ts';

const rows = Array.from({ length: 60 }, (_, i) => i);
const wave = (k: number) => rows.map((i) => Math.sin(k + 1.7 * k * i + i * i));
const [a, b, e] = [wave(1), wave(2), wave(3)];
const y = a.map((value, i) => 3 + value - 0.5 * b[i] + e[i]);
const table = columnTable({
  unit: numberColumn(rows.map((i) => Math.floor(i / 6))),
  a: numberColumn(a),
  b: numberColumn(b),
  y: numberColumn(y),
  twice: numberColumn(y.map((value) => 7 - 2 * value)),
  shifted: numberColumn(y.map((value, i) => value + Math.floor(i / 6))),
  near: numberColumn(y.map((value, i) => value + 1e-6 * e[i])),
  rest: numberColumn(y.map((value, i) => value - a[i])),
  large: numberColumn(y.map((value) => 1e12 + value)),
  same: numberColumn(rows.map(() => 4)),
});

const codesOf = (formula: string): readonly string[] =>
  estimate({ formulas: [formula], table, vcov: 'hc1' })[0]
    .warnings.map(({ code }) => code)
    .filter((code) => ['perfect-fit', 'outcome-among-regressors', 'constant-outcome'].includes(code));

test.each<[string, readonly string[]]>([
  ['y ~ y', ['outcome-among-regressors']],
  ['y ~ a + y', ['outcome-among-regressors']],
  ['y ~ a + twice', ['outcome-among-regressors']],
  ['y ~ I(y * 3) | unit', ['outcome-among-regressors']],
  ['y ~ a + shifted | unit', ['outcome-among-regressors']],
  ['log(y + 9) ~ log(y + 9) + a', ['outcome-among-regressors']],
  ['y ~ a | b ~ y', ['outcome-among-regressors']],
  ['y ~ a | twice ~ b', ['outcome-among-regressors']],
  ['y ~ a + rest', ['perfect-fit']],
  ['y ~ a + rest | unit', ['perfect-fit']],
  ['I(2 * a - b) ~ a + b', ['perfect-fit']],
  ['same ~ a', ['constant-outcome']],
  ['y ~ a + b', []],
  ['y ~ a + b | unit', []],
  ['y ~ near', []],
  ['large ~ a + b', []],
  ['y ~ a | b ~ rest', []],
  ['same ~ a - 1', []],
])('%s: %j', (formula, codes) => {
  expect(codesOf(formula)).toEqual(codes);
});

test('models of one plan have the warnings that they would have alone', () => {
  const formulas = ['y ~ a', 'y ~ a + b', 'y ~ a + rest', 'y ~ twice', 'same ~ a'];
  const together = estimate({ formulas, table });
  const alone = formulas.map((formula) => estimate({ formulas: [formula], table })[0]);
  expect(together.map(({ warnings }) => warnings)).toEqual(alone.map(({ warnings }) => warnings));
});
