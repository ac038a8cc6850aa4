import { expect, test } from 'vitest';
import { columnTable, numberColumn } from '../../table/column.ts';
import { fitModel } from '../estimate-formula.ts';

const rows = Array.from({ length: 60 }, (_, i) => i);
const table = columnTable({
  y: numberColumn(rows.map((i) => Math.sin(i * i))),
  x: numberColumn(rows.map((i) => Math.cos(3 * i * i))),
  city: numberColumn(rows.map((i) => Math.floor(i / 5))),
  code: numberColumn(rows.map((i) => 100 + Math.floor(i / 5))),
  province: numberColumn(rows.map((i) => Math.floor(i / 20))),
  year: numberColumn(rows.map((i) => i % 5)),
});

const contained = (effects: string) => {
  const { fit } = fitModel({ id: 'm', formula: `y ~ x | ${effects}`, table });
  return fit.diagnostics.flatMap(({ code, detail }) =>
    code === 'effect-contained' ? [`${detail.coarse} < ${detail.fine}`] : [],
  );
};

test.each([
  ['city + year', []],
  ['city + year + province', ['province < city']],
  ['province + city', ['province < city']],
  ['city + code + year', ['code < city']],
  ['province^year + year', ['year < province^year']],
  ['city + province[year]', []],
])('%s', (effects, expected) => {
  expect(contained(effects)).toEqual(expected);
});

test('what is contained changes no coefficient', () => {
  const of = (effects: string) => fitModel({ id: 'm', formula: `y ~ x | ${effects}`, table }).fit.coefficients[0];
  expect(of('city + year + province')).toBeCloseTo(of('city + year'), 12);
});
