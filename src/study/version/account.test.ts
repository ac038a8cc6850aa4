import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import type { TrueModel } from '../../domain/contract.ts';
import { takeMarked } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { estimatesOfTruth } from '../compare-truth.ts';
import { estimateModels } from '../estimate-models.ts';
import { makeTable } from '../exhibit/make.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import type { PublishedNumber } from '../language/published.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { printedAccount } from './account.ts';
import { authorsVersion, type Version } from './contract.ts';
import type { LivingStudy } from './packed-study.ts';
import { runVersion, type VersionPart } from './run-version.ts';

const data = table();

function study() {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    variables: { controls: ['z'] },
    conventions: { vcov: ['iid', 'cluster:city'] },
    models: { main: { formula: 'y ~ x + ..controls | city + year' }, other: { formula: 'x ~ z | city' } },
    tables: [
      { id: 'table1', kind: 'regression', title: 'T', models: ['main'] },
      { id: 'table2', kind: 'regression', title: 'T', models: ['other'] },
    ],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  return resolvePanelFileStudy(parsed.spec);
}

const number = (table: string, term: string): PublishedNumber => ({
  ...{ table, column: '(1)', term, cell: 'estimate', printed: '0.100', value: 0.1, decimals: 3, stars: 0 },
});
const printed = [number('table1', 'x'), number('table2', 'z')];
const known: TrueModel = {
  ...{ id: 'y', outcome: 'y', fixedEffects: ['city', 'year'], where: null, regressors: ['x', 'z'], slopes: { x: 0.5 } },
};

/** The study with what its authors count, on some of the rows. */
async function living(where: string | null = null): Promise<LivingStudy> {
  const own = where === null ? data : takeMarked(data, markRows(readRowCondition(where), data, 'where'));
  const resolved = study();
  const models = await estimateModels(resolved, own);
  const context = { study: resolved, panel: own, models, isSynthetic: false, house: null };
  const tables = resolved.tables.map((one) => makeTable(one, context as Parameters<typeof makeTable>[1])); // without a house style
  const size = ['Units', 'Years', 'Observations'].map((label) => ({ label, value: '' }));
  const account = { size, printed: printedAccount(printed, tables), truths: estimatesOfTruth([known], models) };
  return { study: resolved, table: data, isSynthetic: false, verdicts: [], account };
}

async function partsOf(change: Partial<Version>): Promise<readonly VersionPart[]> {
  const parts: VersionPart[] = [];
  const study = await living();
  for await (const part of runVersion(study, { ...authorsVersion, ...change }, new Map())) parts.push(part);
  return parts;
}

const part = <Kind extends VersionPart['kind']>(parts: readonly VersionPart[], kind: Kind) =>
  parts.find((one): one is Extract<VersionPart, { kind: Kind }> => one.kind === kind);

test('a version of rows counts what a study of those rows alone counts', async () => {
  const where = 'year >= 2003';
  const [parts, alone] = [await partsOf({ where }), await living(where)];
  const rows = markRows(readRowCondition(where), data, 'where').filter((mark) => mark === 1).length;
  expect(part(parts, 'left')?.counted).toEqual([]);
  expect(part(parts, 'size')?.size[2]?.value).toEqual({ key: 'report.count', values: { count: rows } });
  const [compared, truth] = [part(parts, 'comparison')?.rows ?? [], part(parts, 'truth')?.rows ?? []];
  expect(compared).toHaveLength(2);
  compared.forEach((row, i) => {
    expect(row.obtained).toBeCloseTo(alone.account?.printed[i]?.row.obtained ?? Number.NaN, 12);
  });
  expect(truth).toHaveLength(1);
  expect(truth[0]?.se).toBeCloseTo(alone.account?.truths[0]?.row.se ?? Number.NaN, 12);
});

test('without a control nothing is said of a slope that holds it; what no change reaches is the authors’', async () => {
  const parts = await partsOf({ dropped: ['z'] });
  expect(part(parts, 'left')?.counted).toEqual(['size']);
  expect(part(parts, 'truth')?.rows).toMatchObject([{ term: 'x', truth: 0.5, estimate: null, se: null, covers: null }]);
  expect(part(parts, 'comparison')?.rows[1]).toMatchObject({ obtained: null, verdict: 'missing' });
  expect((await partsOf({ replicates: 10 })).filter(({ kind }) => /size|comparison|truth/.test(kind))).toEqual([]);
});
