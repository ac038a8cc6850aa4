import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { isStudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { makeTable } from './make.ts';

const data = table();

/** The family of a study with two tables of models. */
async function familyOf(family: readonly object[]) {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    conventions: { vcov: 'cluster:city' },
    models: {
      base: { formula: 'y ~ x + z | city' },
      more: { formula: 'y ~ x + z + c | city + year' },
      other: { formula: 'q ~ x | city' },
    },
    tables: [
      { id: 't1', kind: 'regression', title: 'One', models: ['base', 'more'] },
      { id: 't2', kind: 'regression', title: 'Two', models: ['more', 'other'] },
      { id: 'd', kind: 'differences', title: 'Apart', models: ['base', 'more', 'other'], term: 'x' },
      { id: 'f', kind: 'family', title: 'Family', adjust: ['holm', 'rw'], reps: 39, family },
    ],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const study = resolvePanelFileStudy(parsed.spec);
  const models = await estimateModels(study, data);
  const spec = study.tables[3];
  return makeTable(spec, { study, panel: data, models, isSynthetic: false });
}

const rowsOf = ({ blocks: [{ table: printed }] }: Awaited<ReturnType<typeof familyOf>>) =>
  printed.rows.map(({ label, cells }) => ({ label, cells }));

test('a family of all models of several tables is that of the models named one by one, each once', async () => {
  const byTable = await familyOf([
    { table: 't1', term: 'x' },
    { table: 't2', term: 'x' },
  ]);
  const byModel = await familyOf(['base', 'more', 'other'].map((model) => ({ model, term: 'x' })));
  expect(rowsOf(byTable)).toHaveLength(3);
  expect(rowsOf(byTable)).toEqual(rowsOf(byModel));
  // Models of one outcome are told apart by their names.
  const names = rowsOf(byTable).map(({ label }) => (label.kind === 'label' ? formatText(label.label, 'en') : ''));
  expect(new Set(names).size).toBe(3);
});

test('a table that is none, and a term that none of its models has, are told where they stand', async () => {
  const faultsOf = async (member: object): Promise<readonly string[]> => {
    try {
      await familyOf([member]);
      return [];
    } catch (error) {
      if (!isStudyError(error, 'study-invalid')) throw error;
      return error.detail.faults.map(({ path }) => path);
    }
  };
  expect(await faultsOf({ table: 't9', term: 'x' })).toEqual(['tables[3].family[0].table']);
  expect(await faultsOf({ table: 't1', term: 'nope' })).toEqual(['tables[3].family[0].term']);
  expect(await faultsOf({ table: 't1', model: 'base', term: 'x' })).not.toEqual([]);
});
