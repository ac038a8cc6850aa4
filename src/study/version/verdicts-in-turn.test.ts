import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import type { HypothesisRow } from '../../output/report/outline.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { authorsVersion } from './contract.ts';
import { runVersion } from './run-version.ts';

const data = table();
const threshold = (by: string) => ({
  formula: 'y ~ 1 | city + year',
  threshold: { regime: 'x', by, trim: 0.1, boot: 19, grid: 20 },
});
const text = JSON.stringify({
  ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
  conventions: { vcov: ['iid'] },
  models: { first: threshold('c'), second: threshold('z') },
  tables: [{ id: 't1', kind: 'thresholds', title: 'T', models: ['first', 'second'] }],
  hypotheses: ['first', 'second'].map((model) => ({
    ...{ id: model, text: 'x rises', model, slopes: 'rising', level: 0.05 },
  })),
});

test('a verdict on draws is told as soon as those of its own model are there', async () => {
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const verdicts = ['first', 'second'].map(
    (id): HypothesisRow => ({
      ...{ id, text: { en: 'x rises', zh: 'x rises' }, rule: 'rising', level: 0.05 },
      verdicts: [{ vcov: { type: 'iid' } as never, holding: 0, columns: 1, verdict: 'not-supported' }], // of the authors
    }),
  );
  const living = { study: resolvePanelFileStudy(parsed.spec), table: data, isSynthetic: false, verdicts };
  const told: (readonly string[])[] = [];
  for await (const part of runVersion(living, { ...authorsVersion, replicates: 9 }, new Map())) {
    if (part.kind === 'verdicts') told.push(part.hypotheses.map(({ standing }) => standing ?? 'own'));
  }
  expect(told).toEqual([
    ['waiting', 'waiting'],
    ['own', 'waiting'],
    ['own', 'own'],
  ]);
});
