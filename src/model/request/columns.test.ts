import { expect, test } from 'vitest';
import { asked, table } from '../../../test/request/every-field.ts';
import { isStudyError } from '../../error/study-error.ts';
import { columnsNamed } from './columns.ts';
import { placed, readRequest } from './read.ts';
import { runRequest } from './run.ts';
import type { RequestWords } from './schema.ts';

const data = table();

async function refusal(words: Partial<RequestWords>): Promise<unknown> {
  return runRequest(readRequest({ formula: 'y ~ x | city', ...words }), data).then(
    () => null,
    (error: unknown) => error,
  );
}

const search = { by: 'q', boot: 0 } as const;

test.each<[Partial<RequestWords>, string, string]>([
  [{ panel: 'ctiy,year' }, 'panel ctiy,year', 'ctiy'],
  [{ weights: 'log(ww + x)' }, 'weights log(ww + x)', 'ww'],
  [{ split: 'regin' }, 'split regin', 'regin'],
  [{ fsplit: 'regin' }, 'fsplit regin', 'regin'],
  [{ vcov: 'cluster:ctiy' }, 'vcov cluster:ctiy', 'ctiy'],
  [{ vcov: ['hc1', 'cluster:city+yaer'] }, 'vcov cluster:city+yaer', 'yaer'],
  [{ vcov: 'dk:2,time=yaer' }, 'vcov dk:2,time=yaer', 'yaer'],
  [{ vcov: 'conley:100', coords: 'x,lon9' }, 'vcov conley:100,coords=x+lon9', 'lon9'],
  [{ vcov: 'cluster:city', wild: 'x', wild_by: 'regin' }, 'wild_by regin', 'regin'],
  [{ leave_out: 'x', leave_out_by: 'regin' }, 'leave_out_by regin', 'regin'],
  [{ permute: 'x', permute_by: 'regin' }, 'permute_by regin', 'regin'],
  [{ permute: 'x', permute_within: 'regin' }, 'permute_within regin', 'regin'],
  [{ panel: 'city,year', threshold: { ...search, regime: 'ww' } }, 'threshold.regime ww', 'ww'],
  [{ panel: 'city,year', threshold: { ...search, regime: 'w', by: 'log(qq)' } }, 'threshold.by log(qq)', 'qq'],
])('%o: the field is named, not the formula', async (words, where, name) => {
  const error = await refusal(words);
  expect(isStudyError(error, 'unknown-column') && error.detail).toMatchObject({ where, name });
  const inStudy = placed(error, 'models.m');
  expect(isStudyError(inStudy, 'unknown-column') && inStudy.detail.where).toBe(`models.m.${where}`);
});

test('a stranger of the formula is told by the formula, in a study as well', async () => {
  const error = await refusal({ formula: 'y ~ xx | city' });
  expect(isStudyError(error, 'unknown-column') && error.detail).toMatchObject({ where: 'y ~ xx | city', name: 'xx' });
  expect(placed(error, 'models.m')).toBe(error);
});

test('a column whose name has blanks is one name', async () => {
  const named = columnsNamed(readRequest({ formula: 'y ~ x', weights: 'my weight' }), ['y', 'x', 'my weight']);
  expect(named.map(({ field, names }) => [field, names()])).toEqual([['weights', ['my weight']]]);
});

test('what is asked for in every field is there', async () => {
  // The cases of test/request/every-field are of that table: none of their columns is a stranger.
  expect(Object.keys(asked).length).toBeGreaterThan(40);
  expect(await refusal({ panel: 'city,year', weights: 'w', vcov: ['cluster:city', 'dk:2'] })).toBeNull();
});
