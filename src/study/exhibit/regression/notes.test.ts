import { expect, test } from 'vitest';
import { table, type Words } from '../../../../test/request/every-field.ts';
import { formatText } from '../../../output/format/format-text.ts';
import type { Text } from '../../../output/table/contract.ts';
import { estimateModels } from '../../estimate-models.ts';
import { parseAnyStudy } from '../../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../../language/resolve-panel-file.ts';
import { foldedNotes, printedNotes } from './notes.ts';

const data = table();

/** Notes below a table of all models of a study. */
async function notesOfStudy(...models: readonly Words[]) {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: Object.fromEntries(models.map((words, i) => [`m${i}`, { formula: 'y ~ x + z | city', ...words }])),
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const columns = Object.values(await estimateModels(resolvePanelFileStudy(parsed.spec), data)).flat();
  const told = (notes: readonly Text[]) => notes.map((note) => formatText(note, 'en'));
  const labels = { city: { en: 'City', zh: '城市' }, region: { en: 'Region', zh: '地区' } };
  const inChinese = printedNotes(columns, undefined, labels).map((note) => formatText(note, 'zh'));
  return { printed: told(printedNotes(columns)), folded: told(foldedNotes(columns)), inChinese };
}

test('effects that change nothing, and a term that is left out, are said below the table of a study', async () => {
  const { printed, inChinese } = await notesOfStudy({}, { formula: 'y ~ x + z | city + region' });
  expect(inChinese).toEqual(['(2) 地区的固定效应已包含在城市的固定效应之中，不改变任何系数。']);
  expect(printed).toEqual(['(2) The effects of region are contained in those of city: they change no coefficient.']);
  expect((await notesOfStudy({ formula: 'y ~ x + I(2*x) | city' })).printed).toEqual([
    expect.stringMatching(/^Omitted because of collinearity: I\(2/),
  ]);
});

test('few clusters are said beside the errors that they are of', async () => {
  const under = (...vcov: string[]) => notesOfStudy({ vcov });
  const few = expect.stringMatching(/^Only \d+ clusters by city/);
  expect(await under('cluster:city', 'iid')).toMatchObject({ printed: [few], folded: [] });
  expect(await under('iid', 'cluster:city')).toMatchObject({ printed: [], folded: [few] });
});

test('rows that the report counts are not told again', async () => {
  expect((await notesOfStudy({ formula: 'y ~ l(x, 1) | city' })).printed).toEqual([]);
});
