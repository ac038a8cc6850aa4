import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { expectNear } from '../../../test/tolerance.ts';
import { isStudyError } from '../../error/study-error.ts';
import { readRequest } from '../../model/request/read.ts';
import { runRequest } from '../../model/request/run.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import type { Cell, TableModel } from '../../output/table/contract.ts';
import type { ColumnTable } from '../../table/column.ts';
import { evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { unitKeys } from '../unit-names.ts';
import { authorsVersion, type Version } from './contract.ts';
import type { KeptColumns } from './estimate-version.ts';
import type { LivingStudy } from './packed-study.ts';
import { runVersion, type VersionPart } from './run-version.ts';

/** The same rows, the same fit, the same sums: what differs is the order in which covariances are computed. */
const same = 1e-12;
const data = table();
const panel = { unit: 'city', time: 'year' };

function living(main: object = {}): LivingStudy {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel },
    variables: { controls: ['z'] },
    conventions: { vcov: ['iid', 'cluster:city'] },
    models: {
      main: 'y ~ x + ..controls | city + year',
      parts: {
        formula: 'y ~ x + ..controls | city',
        samples: [
          { where: "region = 'East'", label: 'East' },
          { where: "region = 'West'", label: 'West' },
        ],
      },
      tested: { formula: 'y ~ x + ..controls | city + year', permute: 'x', permute_by: 'city', reps: 19 },
    },
    tables: [
      { id: 't1', kind: 'regression', title: 'T', models: ['main', 'parts'] },
      { id: 't2', kind: 'regression', title: 'T', models: ['tested'] },
      { id: 't3', kind: 'summary', title: 'T', variables: ['y', 'x'] },
    ],
    figures: [{ id: 'f1', kind: 'placebo', title: 'F', model: 'tested' }],
    hypotheses: [{ id: 'H1', text: 'x is there', table: 't1', term: 'x', sign: 'positive', level: 0.05 }],
    report: { headline: { table: 't1', column: 1, term: 'x' } },
  }).replace(
    '"main":"y ~ x + ..controls | city + year"',
    `"main":${JSON.stringify({ formula: 'y ~ x + ..controls | city + year', ...main })}`,
  );
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  return { study: resolvePanelFileStudy(parsed.spec), table: data, isSynthetic: false, verdicts: [] };
}

async function partsOf(
  change: Partial<Version>,
  kept: KeptColumns = new Map(),
  study: LivingStudy = living(),
): Promise<VersionPart[]> {
  const parts: VersionPart[] = [];
  for await (const part of runVersion(study, { ...authorsVersion, ...change }, kept)) parts.push(part);
  return parts;
}

/** The last form of a table. */
function tableIn(parts: readonly VersionPart[], id: string): TableModel {
  const found = parts.flatMap((part) => {
    if (part.kind === 'table') return [part.block.table];
    return part.kind === 'exhibit' && part.exhibit.table !== null ? [part.exhibit.table[0].table] : [];
  });
  const last = found.findLast((one) => one.id === id);
  if (last === undefined) throw new Error(`no table ${id}`);
  return last;
}

const numberIn = (cell: Cell): number | null => ('value' in cell && typeof cell.value === 'number' ? cell.value : null);

/** Estimate and standard error of x in the first column of Table 1 against the request of `kaya reg`. */
async function expectAsCommand(change: Partial<Version>, words: Partial<RequestWords>, on: ColumnTable = data) {
  const parts = await partsOf(change);
  const rows = tableIn(parts, 't1').rows;
  const request = readRequest({ formula: ['y ~ x + z | city + year'], panel, ssc: 'fixest', ...words });
  const [column] = (await runRequest(request, on)).columns;
  const x = column.results[0].coef.find(({ term }) => term === 'x');
  const at = rows.findIndex(({ id }) => id === 'x');
  expectNear(numberIn(rows[at].cells[0]), x?.estimate, same);
  expectNear(numberIn(rows[at + 1].cells[0]), x?.se, same);
  return { parts, rows, column };
}

test('the authors’ version leaves everything as it is', async () => {
  const cities = new Set(unitKeys(data, 'city')).size;
  const parts = await partsOf({});
  expect(parts.slice(0, 2)).toEqual([
    { kind: 'rows', rows: { left: data.nrow, of: data.nrow }, units: { left: cities, of: cities } },
    { kind: 'left', places: ['t1', 't2', 't3'], coefficient: true, verdicts: true },
  ]);
  expect(parts.filter(({ kind }) => !['rows', 'left', 'verdicts', 'progress'].includes(kind))).toEqual([]);
});

test.each<[string, Partial<Version>, Partial<RequestWords>]>([
  ['a covariance of the study', { vcov: 'cluster:city' }, { vcov: 'cluster:city' }],
  ['a covariance of the reader', { vcov: 'dk:2' }, { vcov: 'dk:2' }],
  ['a period', { period: [2004, 2007] }, { where: 'year >= 2004 and year <= 2007' }],
  ['a condition', { where: "region = 'East' or z > 0" }, { where: "region = 'East' or z > 0" }],
  ['units left out', { without: ['3', '5'] }, { where: 'city not in (3, 5)' }],
  ['a control left out', { dropped: ['z'] }, { formula: ['y ~ x | city + year'] }],
])('%s gives what the command gives', async (_, change, words) => {
  await expectAsCommand(change, words);
});

test('tails are cut over the whole panel, by the function of formulas', async () => {
  const cut = (name: string) => evaluateExpression(parseExpression(`winsor(${name}, 5, 95)`), data, name);
  const columns = { ...data.columns };
  for (const name of ['y', 'x', 'z']) columns[name] = { kind: 'number', values: cut(name) };
  await expectAsCommand({ tails: { how: 'winsor', share: 5 } }, {}, { ...data, columns });
  for (const name of ['y', 'x', 'z']) {
    const column = data.columns[name];
    if (column.kind !== 'number') throw new Error('a column of numbers was asked for');
    const ends = cut(name);
    columns[name] = { kind: 'number', values: column.values.map((one, i) => (one === ends[i] ? one : Number.NaN)) };
  }
  await expectAsCommand({ tails: { how: 'trim', share: 5 } }, {}, { ...data, columns });
});

test('estimates come first, what takes longer after, and verdicts with both', async () => {
  const parts = await partsOf({ vcov: 'cluster:city' });
  const order = parts.map((part) => {
    if (part.kind === 'table') return `table ${part.block.table.id}`;
    return part.kind === 'exhibit' ? `exhibit ${part.exhibit.table?.[0].table.id}` : part.kind;
  });
  expect(order.filter((one) => one !== 'progress' && one !== 'left')).toEqual([
    ...['rows', 'exhibit t1', 'table t2', 'coefficient', 'verdicts', 'exhibit t2', 'verdicts'],
  ]);
  const figures = parts.flatMap((part) => (part.kind === 'exhibit' ? part.exhibit.figures : []));
  expect(figures.map(({ id }) => id)).toEqual(['f1']);
});

test('a covariance that comes back is not estimated again', async () => {
  const kept: KeptColumns = new Map();
  await partsOf({ vcov: 'cluster:city' }, kept);
  const before = kept.size;
  await partsOf({ vcov: 'hc1' }, kept);
  // The prompt columns of three models hold every covariance that is offered; the test after the fit is of one.
  expect(kept.size).toBe(before + 1);
});

test('a covariance that one model alone can have takes none of the others with it', async () => {
  // A part of the rows is of one region; what is by distance wants coordinates, which main alone names.
  const study = living({ vcov: ['iid', 'cluster:region', 'conley:300'], coords: 'lat,lon' });
  const kept: KeptColumns = new Map();
  const first = await partsOf({ vcov: 'cluster:city' }, kept, study);
  const before = kept.size;
  const second = await partsOf({ vcov: 'hc1' }, kept, study);
  expect(kept.size).toBe(before + 1);
  expect([...first, ...second].filter(({ kind }) => kind === 'fault')).toEqual([]);
  const none = await partsOf({ vcov: 'cluster:region' }, kept, study);
  expect(none.flatMap((part) => (part.kind === 'fault' ? [part.error.code] : []))).toContain('cluster-too-few');
});

test('what cannot be had is told at its place, and takes nothing else with it', async () => {
  const parts = await partsOf({ where: "region = 'East'" });
  const faults = parts.flatMap((part) => (part.kind === 'fault' ? [part] : []));
  expect(faults.map(({ id }) => id)).toContain('t1');
  expect(faults[0].error.code).toBeTypeOf('string');
  expect(tableIn(parts, 't2').id).toBe('t2');
});

test('a version that cannot be read is refused by itself', async () => {
  const changes = [
    { where: 'x >' },
    { where: 'nosuch > 1' },
    { without: ['3) or (1 = 1'] },
    { without: ['999'] },
    { dropped: ['zz'] },
  ];
  for (const change of changes) {
    const error = await partsOf(change).catch((thrown: unknown) => thrown);
    expect(isStudyError(error)).toBe(true);
  }
});
