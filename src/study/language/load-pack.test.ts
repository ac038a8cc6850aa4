import { expect, test } from 'vitest';
import type { StudyFault } from '../../error/codes.ts';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { parsePack } from './load-pack.ts';

const head = `kaya: 1
id: mine
title: Mine
unit: region
series:
  tables:
    coal: { unit: 10^4 t, headers: [Coal] }
    mined: { unit: 10^4 t, headers: [Mined] }
`;

function faultsOf(definitions: string): readonly StudyFault[] {
  try {
    parsePack({ pack: { file: 'pack.yaml', text: `${head}${definitions}` }, series: null, measures: null });
  } catch (error) {
    if (isStudyError(error, 'study-invalid')) return error.detail.faults;
    throw error;
  }
  return [];
}

test('a definition says a series of the pack by others of it', () => {
  expect(faultsOf('definitions: [{ series: coal, formula: mined * 2 }]\n')).toEqual([]);
  expect(faultsOf('definitions: [{ series: coal, formula: mines * 2 }]\n')).toMatchObject([
    {
      line: 9,
      column: 40,
      path: 'definitions[0].formula',
      problem: said('fault.unknown', { what: said('noun.series'), found: 'mines' }),
      nearest: 'mined',
    },
  ]);
  expect(faultsOf('definitions: [{ series: coals, formula: mined }]\n')).toMatchObject([
    {
      line: 9,
      path: 'definitions[0].series',
      problem: said('fault.unknown', { what: said('noun.series'), found: 'coals' }),
      nearest: 'coal',
    },
  ]);
});
