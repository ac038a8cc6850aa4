import { randomStream } from '../../src/math/random/philox.ts';
import { type Column, type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

/** Labels of columns of `firmTable`; one of them would act if a page took it for markup. */
export const firmLabels: Readonly<Record<string, string>> = {
  firm: 'Firm identifier',
  year: 'Year',
  profit: 'Profit over assets',
  rd: 'Research over sales',
  subsidy: 'Subsidy <img src=x onerror=alert(1)>',
  region: 'Region',
  ...Object.fromEntries(Array.from({ length: 14 }, (_, k) => [`control${k + 1}`, `Control number ${k + 1}`])),
};

/** A balanced panel of 20 columns: a text, whole numbers, an instrument `subsidy` of `rd`, controls with missing cells. */
export function firmTable(firms: number, years: number, seed: number): ColumnTable {
  const random = randomStream(seed, 1);
  const rows = firms * years;
  const own = Array.from({ length: firms }, () => random.normal());
  const subsidy = Array.from({ length: rows }, () => random.normal());
  const rd = subsidy.map((value) => 0.6 * value + random.normal());
  const firmOf = (row: number): number => Math.floor(row / years);
  const columns: [string, Column][] = [
    ['firm', numberColumn(Array.from({ length: rows }, (_, row) => firmOf(row) + 1))],
    ['year', numberColumn(Array.from({ length: rows }, (_, row) => 2005 + (row % years)))],
    [
      'profit',
      numberColumn(rd.map((value, row) => 0.5 * value + own[firmOf(row)] + 0.1 * (row % years) + random.normal())),
    ],
    ['rd', numberColumn(rd)],
    ['subsidy', numberColumn(subsidy)],
    ['region', textColumn(Array.from({ length: rows }, (_, row) => ['Central', 'East', 'West'][firmOf(row) % 3]))],
    ...Array.from({ length: 14 }, (_, k): [string, Column] => [
      `control${k + 1}`,
      numberColumn(Array.from({ length: rows }, () => (random.integer(50) === 0 ? null : random.normal()))),
    ]),
  ];
  return columnTable(Object.fromEntries(columns));
}
