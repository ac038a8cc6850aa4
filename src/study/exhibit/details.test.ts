import { expect, test } from 'vitest';
import { table, type Words } from '../../../test/request/every-field.ts';
import { printNow } from '../../output/testing/print-now.ts';
import { estimateModels } from '../estimate-models.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { columnsDocument } from './after-fit.ts';
import { detailsDocument } from './details.ts';
import { makeTable } from './make.ts';

const data = table();

/** The file of details of a table of one model, and the model in results.json. */
async function detailsOf(words: Words): Promise<{ csv: string; results: object }> {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: { m: { formula: 'y ~ x + z | city', ...words } },
    tables: [{ kind: 'regression', id: 't', title: 'T', models: ['m'] }],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const study = resolvePanelFileStudy(parsed.spec);
  const models = await estimateModels(study, data);
  const made = makeTable(study.tables[0], { study, panel: data, models, isSynthetic: false });
  const details = detailsDocument(made);
  if (details === null) throw new Error('a table of models has details');
  return { csv: printNow(details, 'csv', 'en'), results: columnsDocument(models.m) };
}

/** Keys whose numbers say how a fit was made. */
const account = new Set(['absorption', 'lost', 'warnings', 'settings', 'factors', 'correction']);
/** In a sentence below the table or in a row's label, rounded. */
const inWords = new Set(['stock_yogo', 'effective_f_critical', 'critical', 'gamma']);
/** In percent in the table, and the shares of regimes over time, which are a figure. */
const drawn = new Set(['share', 'shares']);
/** The same number under another name: F for chi2, the tests that are one another with one endogenous variable or under iid. */
const twins = new Set([
  'wald',
  'shea_r2',
  'kleibergen_paap_f',
  'kleibergen_paap_lm',
  'sanderson_windmeijer',
  'angrist_pischke',
]);
const skipped = new Set([...account, ...inWords, ...drawn, ...twins]);

/** Every number of a result, with the way to it. */
function numbersOf(value: unknown, at = ''): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[at, value]];
  if (Array.isArray(value)) return value.flatMap((one, i) => numbersOf(one, `${at}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (skipped.has(key) ? [] : numbersOf(one, `${at}.${key}`)));
}

const iv = 'y ~ c | city | x ~ z + z2';

test.each<Words>([
  {},
  { vcov: ['cluster:city', 'dk:1', 'dk:2'], test: 'x = z', lincom: 'x + z', nlcom: 'x/z' },
  { re: true, hausman: true, mundlak: true },
  { split: 'region', equal: 'x' },
  { formula: iv, vcov: ['iid', 'cluster:city'], orthog: 'z2' },
  { formula: iv, relax: 'z:0.1' },
  { formula: 'y ~ c | city', threshold: { regime: 'x', by: 'q', boot: 9, seed: 1 } },
])('every number that results.json has of a model stands in the file of details: %j', async (words) => {
  const { csv, results } = await detailsOf(words);
  const fields = new Set(csv.split(/[,\r\n;=" ()[\]]+/));
  const missing = numbersOf(results).filter(([, value]) => !fields.has(String(value)));
  expect(missing).toEqual([]);
});

test('covariances of one type are told apart by their lags', async () => {
  const { csv } = await detailsOf({ vcov: ['dk:1', 'dk:2'] });
  expect(csv).toContain(',dk:1,');
  expect(csv).toContain(',dk:2,');
  expect(csv).toMatch(/DK:1[\s\S]*DK:2/);
});
