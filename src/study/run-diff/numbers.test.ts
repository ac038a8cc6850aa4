import { expect, test } from 'vitest';
import { documentChanges } from './numbers.ts';

const all = { skipped: ['kaya'], tolerance: 0 };

const model = (estimate: number, p: number, nobs = 100) => ({
  kaya: '1',
  models: [{ id: 'm', nobs, coef: [{ term: 'x', estimate, p, ci95: [estimate - 1, estimate + 1] }] }],
});

const told = (a: object, b: object, rules = all) =>
  documentChanges(a as Record<string, unknown>, b as Record<string, unknown>, rules).changes.map(
    ({ path, weight }) => [path, weight] as const,
  );

test('numbers are found by the names of what they stand in', () => {
  const a = {
    tables: [
      { id: 't1', n: 1 },
      { id: 't2', n: 2 },
    ],
  };
  const b = {
    tables: [
      { id: 't2', n: 3 },
      { id: 't1', n: 1 },
    ],
  };
  expect(told(a, b)).toEqual([['tables[t2].n', 'printed']]);
  const { changes, compared } = documentChanges(a, b, all);
  expect(compared).toBe(4);
  expect(changes[0]).toMatchObject({ section: 'tables[t2]', before: 2, after: 3, relative: 0.5 });
});

test('of a coefficient signs and stars are told as such', () => {
  expect(told(model(0.5, 0.04), model(-0.5, 0.06))).toEqual([
    ['models[m].coef[x].estimate', 'sign'],
    ['models[m].coef[x].p', 'stars'],
    ['models[m].coef[x].ci95[1]', 'printed'],
    ['models[m].coef[x].ci95[2]', 'printed'],
  ]);
});

test('what agrees in four digits is beyond them; a whole number never is', () => {
  expect(told({ x: 0.123412 }, { x: 0.123413 })).toEqual([['x', 'beyond']]);
  expect(told({ x: 0.12341 }, { x: 0.12352 })).toEqual([['x', 'printed']]);
  expect(told({ n: 123_456 }, { n: 123_457 })).toEqual([['n', 'printed']]);
  expect(told({ x: 0.12341 }, { x: 0.12352 }, { ...all, tolerance: 0.01 })).toEqual([['x', 'within']]);
});

test('what one of the two lacks is told value by value', () => {
  expect(told({ a: { x: 1, y: 'b' } }, { a: null })).toEqual([
    ['a.x', 'printed'],
    ['a.y', 'words'],
  ]);
  expect(told({ a: [1, 2] }, { a: [1] })).toEqual([['a[2]', 'printed']]);
  expect(told({ a: 1 }, { a: [1] })).toEqual([
    ['a', 'printed'],
    ['a[1]', 'printed'],
  ]);
  expect(told({ a: 1 }, { a: 1, kaya: '2' })).toEqual([]);
});

test('models under several covariances are found by their covariance', () => {
  const of = (type: string, se: number) => ({ id: 'm', vcov: { type, by: ['firm'] }, se });
  const a = { other: [of('iid', 1), of('cluster', 2)] };
  const b = { other: [of('cluster', 2), of('iid', 4)] };
  expect(told(a, b)).toEqual([['other[iid:firm].se', 'printed']]);
});
