import { expect, test } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { notNumericText } from '../../../output/format/error-text/data-file.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { chooseRows } from '../../design/row-choice.ts';
import { thresholdSample } from './threshold-sample.ts';

const rows = Array.from({ length: 12 }, (_, i) => i);
const table = columnTable({
  id: numberColumn(rows.map((i) => Math.floor(i / 4))),
  year: numberColumn(rows.map((i) => 2001 + (i % 4))),
  y: numberColumn(rows.map((i) => Math.sin(i * i))),
  x: numberColumn(rows.map((i) => Math.cos(i))),
  z: numberColumn(rows.map((i) => Math.sin(i))),
  region: textColumn(rows.map((i) => (i % 2 === 0 ? 'East' : 'West'))),
});

test.each([
  [{ by: 'region', regime: ['x'] }, 'by region needs numbers', '--split region'],
  [{ by: 'x', regime: ['region'] }, 'regime region needs numbers', '--split region'],
])('a text among the variables of a threshold is said by its field: %o', (variables, said, remedy) => {
  const sample = () =>
    thresholdSample(table, {
      formula: 'y ~ z | id',
      ...variables,
      panel: { unit: 'id', time: 'year' },
      alsoComplete: [],
      choice: chooseRows(table.nrow, null),
      singletons: 'keep',
    });
  try {
    sample();
  } catch (error) {
    if (!isStudyError(error, 'not-numeric')) throw error;
    const text = notNumericText(error.detail, 'en');
    expect(text).toContain(said);
    expect(text).toContain(remedy);
    expect(text).not.toContain('i(region)');
    expect(notNumericText(error.detail, 'zh')).toContain(remedy);
    return;
  }
  expect.unreachable();
});
