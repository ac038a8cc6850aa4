import { expect, test } from 'vitest';
import { keyChanges, keyText } from './keys.ts';
import { optionsOf } from './options.ts';
import { reachOf } from './reach.ts';

const study = {
  conventions: { ssc: 'xtreg' },
  variables: { controls: ['a', 'b'] },
  models: {
    base: { formula: 'y ~ x + ..controls | city', ssc: 'xtreg' },
    own: { formula: 'y ~ x', ssc: 'reghdfe' },
  },
  tables: [
    { id: 't1', kind: 'regression', title: { en: 'One', zh: '一' }, models: ['base'] },
    { id: 't2', kind: 'family', title: 'Two', family: [{ model: 'own', term: 'x' }] },
  ],
  hypotheses: [{ id: 'H1', table: 't1', term: 'x' }],
  report: { decimals: 3 },
};

const textsOf = (a: object, b: object): readonly string[] =>
  keyChanges(a as Record<string, unknown>, b as Record<string, unknown>).map(({ path }) => keyText(path));

test('keys are named as far in as they differ, things with ids by their id', () => {
  const [first, second] = study.tables;
  expect(textsOf(study, study)).toEqual([]);
  expect(textsOf(study, { ...study, report: { decimals: 4 } })).toEqual(['report.decimals']);
  expect(textsOf(study, { ...study, tables: [{ ...first, title: { en: 'Another', zh: '一' } }, second] })).toEqual([
    'tables.t1.title',
  ]);
  expect(textsOf(study, { ...study, tables: [first] })).toEqual(['tables.t2']);
  expect(textsOf(study, { ...study, tables: [second, first] })).toEqual(['tables']);
  expect(textsOf({ join: [{ by: 'a' }, { by: 'b' }] }, { join: [{ by: 'a' }, { by: 'c' }] })).toEqual(['join[2].by']);
  expect(textsOf({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual([]);
});

test('a part rests on what it names, and that on what it names', () => {
  expect([...reachOf('hypotheses.H1', [study])].sort()).toEqual([
    'hypotheses.H1',
    'models.base',
    'tables.t1',
    'variables.controls',
  ]);
  expect([...reachOf('tables.t2', [study])].sort()).toEqual(['models.own', 'tables.t2']);
});

test('a convention has the models that follow it, and can have changed those alone', () => {
  const { base, own } = study.models;
  const changed = {
    ...study,
    conventions: { ssc: 'fixest' },
    models: { base: { ...base, ssc: 'fixest' }, own },
  };
  const [option, ...more] = optionsOf(study, changed) ?? [];
  expect(more).toEqual([]);
  expect(option?.followers.map(keyText)).toEqual(['models.base.ssc']);
  expect(option?.touches('number', reachOf('tables.t1', [study]), true)).toBe(true);
  expect(option?.touches('number', reachOf('tables.t2', [study]), true)).toBe(false);
});

test.each([
  ['report.decimals', { report: { decimals: 4 } }, { print: true, number: false }],
  ['variables.controls', { variables: { controls: ['a'] } }, { print: false, number: true }],
  ['data', { data: { raw: 'raw' } }, { print: false, number: false }],
] as const)('%s changes no number that does not rest on it', (key, part, wanted) => {
  const [option] = optionsOf(study, { ...study, ...part }) ?? [];
  const parts = reachOf('tables.t1', [study]);
  expect(keyText(option?.path ?? [])).toBe(key);
  expect(option?.touches('print', parts, true)).toBe(wanted.print);
  expect(option?.touches('number', parts, true)).toBe(wanted.number);
  // What makes the panel can have changed any number once the panels differ.
  if (key === 'data') expect(option?.touches('number', parts, false)).toBe(true);
});

test('nothing is told of a run that did not record its keys', () => {
  expect(optionsOf(undefined, study)).toBeNull();
});
