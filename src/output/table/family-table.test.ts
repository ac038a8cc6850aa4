import { expect, test } from 'vitest';
import { fromRows, reg, toText } from '../../model.ts';

const rows = Array.from({ length: 24 }, (_, unit) =>
  [0, 1, 2, 3].map((year) => ({
    ...{ unit, year, part: unit < 9 ? 'few' : 'many' },
    ...{ x: (unit * 7 + year * year * 5) % 11, y: (unit * 3 + year * 8) % 13 },
  })),
).flat();
const words = { split: 'part', family: 'x', adjust: 'holm' };

const said = (more: object) => toText(reg(fromRows(rows), 'y ~ x | unit', { ...words, ...more })).replace(/\s+/g, ' ');

test('a family over samples names the range of their clusters', () => {
  expect(said({ vcov: 'cluster:unit' })).toContain(
    'Standard errors: clustered by unit, 9 to 15 clusters of each model;',
  );
});

test('and one kind of errors once, however many rows a sample has', () => {
  const notes = said({ vcov: 'hc1' });
  expect(notes.slice(notes.indexOf('Holm')).match(/Standard errors/g)).toHaveLength(1);
});
