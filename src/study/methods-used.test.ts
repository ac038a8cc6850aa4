import { expect, test } from 'vitest';
import { fromRows, reg } from '../model.ts';
import type { EstimatedColumn } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';
import { methodsOfTable, methodsUsed } from './methods-used.ts';

const rows = Array.from({ length: 60 }, (_, i) => ({
  id: `u${i % 12}`,
  year: 2000 + Math.floor(i / 12),
  x: Math.sin(i * 1.3),
  z: Math.cos(i * 0.7),
  y: Math.sin(i * 1.3) + Math.cos(i * 2.1),
}));

/** A table of one model, as far as its methods are asked of it. */
function tableOf(formula: string, words: Parameters<typeof reg>[2]): StudyTable {
  const { models } = reg(fromRows(rows), formula, words);
  const column = {
    ...{ results: [models[0]], threshold: null, differences: [], families: [], equality: [], variants: [] },
  } as unknown as EstimatedColumn; // what methods are found by
  return {
    kind: 'regression',
    id: 't',
    number: '1',
    obtained: null,
    columns: [],
    models: [column],
    blocks: null as never,
  };
}

const idsOf = (formula: string, words: Parameters<typeof reg>[2]): readonly string[] =>
  methodsOfTable(tableOf(formula, words)).map(({ id }) => id);

test.each([
  ['y ~ x + z', {}, ['ols', 'vcov_iid', 'ssc_fixest']],
  ['y ~ x + z | id + year', { vcov: 'cluster:id', ssc: 'xtreg' }, ['fe', 'vcov_cluster', 'ssc_xtreg']],
  ['y ~ 1 | id | x ~ z', { ssc: 'ivreg2', vcov: 'hc1' }, ['2sls', 'vcov_hc1', 'ssc_ivreg2', 'iv_tests']],
  [
    'y ~ x + z | id',
    { ssc: 'adj=false', vcov: 'cr2:id', diagnose: 'vif' },
    ['fe', 'vcov_cr2', 'ssc_custom', 'check_vif'],
  ],
])('%s %o is by these methods and no others', (formula, words, expected) => {
  expect(idsOf(formula, words)).toEqual(expected);
});

test('a report has the methods of its tables once, and those of models in no table', () => {
  const [one, two] = [tableOf('y ~ x | id', {}), tableOf('y ~ x', {})];
  expect(methodsUsed([one, one], two.models).map(({ id }) => id)).toEqual(['ols', 'fe', 'vcov_iid', 'ssc_fixest']);
});
