import fc from 'fast-check';
import { expect, it } from 'vitest';
import { completed, completionAt, inserted } from './completion.ts';

const variables = [
  { name: 'profit', label: 'Profit over assets', kind: 'number' },
  { name: 'rd', label: 'Research and development', kind: 'number' },
  { name: 'rd_lag', label: null, kind: 'number' },
  { name: 'unit cost', label: null, kind: 'number' },
  { name: '固定资产', label: null, kind: 'number' },
] as const;
const namesAt = (text: string, cursor = text.length) =>
  completionAt(text, cursor, variables)?.variables.map(({ name }) => name) ?? null;

it('offers names that begin with the word, then those that have it, then labels', () => {
  expect(namesAt('profit ~ rd')).toEqual(['rd', 'rd_lag']);
  expect(namesAt('cost')).toEqual(['unit cost']);
  expect(namesAt('y ~ development')).toEqual(['rd']);
  expect(namesAt('y ~ 固')).toEqual(['固定资产']);
});

it('offers nothing after a sign, for a stranger, and for the one name that stands there', () => {
  for (const text of ['', 'profit ~ ', 'profit ~ zz', 'profit']) expect(namesAt(text)).toBeNull();
});

it('completes the word that the cursor is in, quoted where a formula needs it', () => {
  const place = completionAt('profit ~ uni + rd', 12, variables);
  expect(place).toMatchObject({ from: 9, to: 12 });
  expect(completed('profit ~ uni + rd', { from: 9, to: 12 }, 'unit cost')).toEqual({
    text: 'profit ~ `unit cost` + rd',
    cursor: 20,
  });
});

it('puts the first variable on the left, the next one behind ~, others behind +', () => {
  let now = { text: '', cursor: 0 };
  for (const name of ['profit', 'rd', 'rd_lag']) now = inserted(now.text, now.cursor, name);
  expect(now.text).toBe('profit ~ rd + rd_lag');
  expect(inserted('profit ~ rd | ', 14, 'firm').text).toBe('profit ~ rd | firm');
});

it('property: what is completed begins and ends as the text did', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.nat(20), (text, at) => {
      const cursor = Math.min(at, text.length);
      const place = completionAt(text, cursor, variables);
      if (place === null) return;
      const done = completed(text, place, place.variables[0]?.name ?? '');
      expect(done.text.startsWith(text.slice(0, place.from))).toBe(true);
      expect(done.text.endsWith(text.slice(place.to))).toBe(true);
    }),
  );
});
