import { expect, test } from 'vitest';
import { table, type Words } from '../../../test/request/every-field.ts';
import { formatText } from '../../output/format/format-text.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { foldedAfterFit } from './after-fit.ts';

const data = table();

/** Headings of what is folded below a table of one model of a study. */
async function headingsOf(words: Words): Promise<readonly string[]> {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: { m: { formula: 'y ~ x + z | city', ...words } },
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const { m } = await estimateModels(resolvePanelFileStudy(parsed.spec), data);
  return foldedAfterFit(m).map((block) => (block.kind === 'fold' ? formatText(block.heading, 'en') : ''));
}

const iv = 'y ~ c | city | x ~ z + z2';
const threshold = { regime: 'x', by: 'q', boot: 0 };

test('nothing is folded below least squares where nothing is asked for', async () => {
  expect(await headingsOf({})).toEqual([]);
});

test('the tests of instruments and the search of a threshold are folded without being asked for', async () => {
  expect(await headingsOf({ formula: iv })).toContainEqual(expect.stringContaining('Tests of the instruments'));
  expect(await headingsOf({ formula: 'y ~ c | city', threshold })).toContainEqual('Regimes');
});

test.each([
  [{ test: 'x' }, 'linear restrictions'],
  [{ lincom: 'x + z' }, 'Combinations'],
  [{ nlcom: 'x/z' }, 'Combinations'],
  [{ split: 'region', equal: 'x' }, 'Equal coefficients'],
  [{ re: true }, 'andom effects by city'],
  [{ hausman: true }, 'Fixed or random'],
  [{ mundlak: true }, 'Fixed or random'],
  [{ fixef: true }, 'ixed effects'],
  [{ formula: iv, orthog: 'z2' }, 'nstrument'],
  [{ formula: iv, relax: 'z:0.1' }, 'nstrument'],
  [{ formula: 'y ~ c | city', threshold: { ...threshold, sensitivity: true } }, 'hreshold'],
  [{ formula: 'y ~ c | city', threshold: { ...threshold, shape_check: true } }, 'hreshold'],
  [{ formula: 'y ~ c | city', threshold: { ...threshold, robust: 'unit' } }, 'hreshold'],
])('%j is folded below the table', async (words, heading) => {
  expect((await headingsOf(words)).join('\n')).toContain(heading);
});

test('under several covariances each has its own, named', async () => {
  const headings = await headingsOf({ vcov: ['iid', 'cluster:city'], test: 'x' });
  expect(headings).toHaveLength(2);
  expect(new Set(headings).size).toBe(2);
  expect(headings[1]).toContain('city');
});
