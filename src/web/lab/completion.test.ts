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
  completionAt(text, cursor, { variables, grammar: 'formula' })?.offers.map(({ name }) => name) ?? null;
const askedAt = (text: string, grammar: 'formula' | 'condition' = 'formula') =>
  completionAt(text, text.length, { variables, grammar, isAsked: true })?.offers ?? [];
const variable = (name: string) => ({ kind: 'variable', name, label: null }) as const;

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
  const place = completionAt('profit ~ uni + rd', 12, { variables, grammar: 'formula' });
  expect(place).toMatchObject({ from: 9, to: 12 });
  expect(completed('profit ~ uni + rd', { from: 9, to: 12 }, variable('unit cost'))).toEqual({
    text: 'profit ~ `unit cost` + rd',
    cursor: 20,
  });
});

it('offers functions behind the variables, with room for what they are of', () => {
  expect(namesAt('y ~ log')).toEqual(['log1p']);
  expect(namesAt('y ~ lo')).toEqual(['log', 'log1p', 'rd']);
  expect(namesAt('y ~ wins')).toEqual(['winsor', 'winsor7']);
  expect(namesAt('profit ~ r')).toEqual(['rd', 'rd_lag', 'profit']);
  const log = { kind: 'function', name: 'log', label: null } as const;
  expect(completed('y ~ lo', { from: 4, to: 6 }, log)).toEqual({ text: 'y ~ log()', cursor: 8 });
  expect(completed('y ~ lo(x)', { from: 4, to: 6 }, log)).toEqual({ text: 'y ~ log(x)', cursor: 8 });
  const rows = completionAt('start', 5, { variables, grammar: 'condition' })?.offers.map(({ name }) => name);
  expect(rows).toEqual(['starts_with']);
});

it('asked with nothing typed, offers names where a name comes next, signs where a sign does', () => {
  expect(askedAt('').slice(0, 2)).toMatchObject([{ name: 'profit' }, { name: 'rd' }]);
  expect(askedAt('profit ~ ').map(({ name }) => name)).toContain('l');
  for (const text of ['profit', 'profit ', 'profit ~ l(rd) '])
    expect(askedAt(text).map(({ kind }) => kind)).toEqual(Array(7).fill('sign'));
  expect(askedAt('rd ', 'condition').map(({ name }) => name)).toContain('is null');
  const sign = { kind: 'sign', name: '~', label: null } as const;
  expect(completed('profit', { from: 6, to: 6 }, sign)).toEqual({ text: 'profit ~ ', cursor: 9 });
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
      const place = completionAt(text, cursor, { variables, grammar: 'formula', isAsked: true });
      if (place === null) return;
      const done = completed(text, place, place.offers[0] ?? variable('x'));
      expect(done.text.startsWith(text.slice(0, place.from).trimEnd())).toBe(true);
      expect(done.text.endsWith(text.slice(place.to).trimStart())).toBe(true);
      expect(done.cursor).toBeLessThanOrEqual(done.text.length);
    }),
  );
});
