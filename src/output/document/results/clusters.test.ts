import { expect, test } from 'vitest';
import type { ClusterReport, ClusterSpread } from '../../../model/result/clusters.ts';
import { languages } from '../../format/text-key.ts';
import type { ModelAfterFit } from '../../table/after-fit-parts.ts';
import { printNow } from '../../testing/print-now.ts';
import { publishedModels } from '../../testing/published-tables.ts';
import { modelsDocument } from './models.ts';

const spread = (mean: number): ClusterSpread => ({
  ...{ min: mean / 2, q1: mean * 0.8, median: mean * 0.9, mean, q3: mean * 1.2, max: mean * 2, cv: 0.4 },
});
const report: ClusterReport = {
  ...{ term: 'ai', by: 'city', clusters: 8, estimate: 0.25, absent: [] },
  effective: { independent: 6.25, common: 4.5 },
  spread: { rows: spread(20), leverage: spread(0.75), partial_leverage: spread(0.125), estimate_without: spread(0.24) },
  members: [
    { cluster: 'A', rows: 12, leverage: 1.5, partial_leverage: 0.3, estimate_without: 0.1 },
    { cluster: 'B', rows: 30, leverage: 0.5, partial_leverage: 0.1, estimate_without: 0.26 },
  ],
  compared: [
    { method: 'CR1', se: 0.1, df: 7, p: 0.04, ci95: [[0.0135, 0.4865]] },
    { method: 'CR2', se: 0.11, df: 4.6, p: 0.08, ci95: [[-0.04, 0.54]] },
    { method: 'CR3', se: 0.13, df: 7, p: 0.096, ci95: [[-0.057, 0.557]] },
    {
      method: 'WCR31',
      se: null,
      df: null,
      p: 0.09,
      ci95: [
        [-0.06, 0.3],
        [0.32, null],
      ],
    },
  ],
  bootstrap: { weights: 'webb', reps: 9999, seed: 1, is_enumerated: false },
  advice: 'few-disagree',
};
const [first, second] = publishedModels;
const rests: ClusterReport = {
  ...{ ...report, advice: 'decided-by-one', effective: { independent: 1, common: null } },
  spread: report.spread === null ? null : { ...report.spread, estimate_without: null },
  members: [{ ...report.members[0], estimate_without: null }, report.members[1]],
  compared: report.compared.map((one) =>
    one.method === 'CR3' ? { method: 'CR3', se: null, df: null, p: null, ci95: null, reason: 'decided-by-one' } : one,
  ),
  bootstrap: { weights: 'rademacher', reps: 256, seed: 1, is_enumerated: true },
};
const absent: ClusterReport = {
  ...{ ...report, estimate: null, effective: { independent: null, common: null }, spread: null, members: [] },
  ...{ compared: [], bootstrap: null, advice: null, absent: ['ai'] },
};
const models: readonly ModelAfterFit[] = [
  { ...first, id: '1', clusters: report },
  { ...second, id: '2', clusters: rests },
  { ...second, id: '3', clusters: report },
  { ...second, id: '4', clusters: absent },
];

test.each(languages)('the clusters behind a coefficient of several models, in %s', async (language) => {
  const text = printNow(modelsDocument(models, { version: '0.1.0' }), 'text', language);
  await expect(text.slice(text.indexOf('\n\n'))).toMatchFileSnapshot(`../golden/clusters.${language}.txt`);
});

test('one model: without its number, and JSON with the whole report', () => {
  const one: readonly ModelAfterFit[] = [{ ...first, clusters: report }];
  expect(printNow(modelsDocument(one, { version: '0.1.0' }), 'text', 'en')).toContain(
    'Advice for ai: report the bootstrap',
  );
  const data = JSON.parse(printNow(modelsDocument(one, { version: '0.1.0' }), 'json', 'en'));
  expect(data.models[0].clusters).toEqual(report);
});
