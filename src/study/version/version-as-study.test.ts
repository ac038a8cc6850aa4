import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { expectNear } from '../../../test/tolerance.ts';
import type { HypothesisRow } from '../../output/report/outline.ts';
import type { TableModel } from '../../output/table/contract.ts';
import type { ColumnTable } from '../../table/column.ts';
import { evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { estimateModels } from '../estimate-models.ts';
import { makeTable } from '../exhibit/make.ts';
import { judgeHypothesis } from '../judge-hypotheses.ts';
import { parseAnyStudy } from '../language/load-any-study.ts';
import type { StudyCore } from '../language/resolve.ts';
import { resolvePanelFileStudy } from '../language/resolve-panel-file.ts';
import { authorsVersion, type Version } from './contract.ts';
import type { LivingStudy } from './packed-study.ts';
import { runVersion, type VersionPart } from './run-version.ts';

/* A version against the study whose file says what the version changes, run as `kaya study run` runs it. */

const same = 1e-12;
const data = table();

interface Wish {
  readonly vcov?: string;
  readonly where?: string;
  readonly controls?: readonly string[];
  readonly trim?: number;
  readonly boot?: number;
}

/** A study with a model of coefficients, one with draws and one with a threshold, asked for as its file would. */
function studyOf({ vcov = 'iid', where, controls = ['z'], trim = 0.1, boot = 19 }: Wish = {}): StudyCore {
  const rows = where === undefined ? {} : { where };
  const right = ['x', ...controls].join(' + ');
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    variables: { controls: ['z'] },
    conventions: { vcov: [vcov] },
    models: {
      main: { formula: `y ~ ${right} | city + year`, ...rows },
      tested: { formula: `y ~ ${right} | city + year`, permute: 'x', permute_by: 'city', reps: 19, ...rows },
      levels: { formula: 'y ~ 1 | city + year', threshold: { regime: 'x', by: 'c', trim, boot, grid: 20 }, ...rows },
    },
    tables: [
      { id: 't1', kind: 'regression', title: 'T', models: ['main'] },
      { id: 't2', kind: 'regression', title: 'T', models: ['tested'] },
      { id: 't3', kind: 'thresholds', title: 'T', models: ['levels'] },
      { id: 't4', kind: 'regression', title: 'T', models: ['levels'] },
    ],
    hypotheses: [
      { id: 'H1', text: 'x is there', table: 't1', term: 'x', sign: 'positive', level: 0.05 },
      { id: 'H2', text: 'x rises', model: 'levels', slopes: 'rising', level: 0.05 },
    ],
    report: { headline: { table: 't1', column: 1, term: 'x' } },
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  return resolvePanelFileStudy(parsed.spec);
}

async function ran(study: StudyCore, on: ColumnTable = data) {
  const models = await estimateModels(study, on);
  const tables = study.tables.map((spec) => makeTable(spec, { study, panel: on, models, house: null } as never));
  const verdicts = study.hypotheses.flatMap((claim) => judgeHypothesis(claim, tables, models) ?? []);
  return { tables: new Map(tables.map(({ id, blocks }) => [id, blocks[0].table])), verdicts };
}

const authors = ran(studyOf());

async function partsOf(change: Partial<Version>): Promise<readonly VersionPart[]> {
  const { verdicts } = await authors;
  const living: LivingStudy = { study: studyOf(), table: data, isSynthetic: false, verdicts };
  const parts: VersionPart[] = [];
  for await (const part of runVersion(living, { ...authorsVersion, ...change }, new Map())) parts.push(part);
  return parts;
}

/** What a reader sees at the end: the last form of each table, and the authors' of what was left. */
async function seen(change: Partial<Version>) {
  const parts = await partsOf(change);
  const [left] = parts.flatMap((part) => (part.kind === 'left' ? [part.places] : []));
  const tables = new Map<string, TableModel>();
  for (const [id, one] of (await authors).tables) if (left?.includes(id)) tables.set(id, one);
  for (const part of parts) {
    if (part.kind === 'table') tables.set(part.block.table.id, part.block.table);
    if (part.kind === 'exhibit' && part.exhibit.table !== null) {
      const [{ table: own }] = part.exhibit.table;
      tables.set(own.id, own);
    }
  }
  const verdicts = parts.flatMap((part) => (part.kind === 'verdicts' ? [part.hypotheses] : []));
  return { tables, left: left ?? [], verdicts, faults: parts.filter(({ kind }) => kind === 'fault') };
}

/** Every number of one value lies near that of the other; everything else is the same. */
function expectSame(one: unknown, other: unknown): void {
  if (typeof one === 'number' && typeof other === 'number') {
    if (Number.isNaN(one) && Number.isNaN(other)) return;
    expectNear(one, other, same);
    return;
  }
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
    expect(one).toEqual(other);
    return;
  }
  expect(Object.keys(one).sort()).toEqual(Object.keys(other).sort());
  for (const [key, value] of Object.entries(one)) expectSame(value, (other as Record<string, unknown>)[key]);
}

/** The panel with its tails cut by the function of formulas. */
function cut(how: 'winsor' | 'trim', share: number): ColumnTable {
  const columns = { ...data.columns };
  for (const name of ['y', 'x', 'z', 'c']) {
    const column = data.columns[name];
    if (column.kind !== 'number') throw new Error('a column of numbers was asked for');
    const ends = evaluateExpression(parseExpression(`winsor(${name}, ${share}, ${100 - share})`), data, name);
    const trimmed = column.values.map((one, i) => (one === ends[i] ? one : Number.NaN));
    columns[name] = { kind: 'number', values: how === 'winsor' ? ends : trimmed };
  }
  return { ...data, columns };
}

const cases: [string, Partial<Version>, Wish, ColumnTable?][] = [
  ['a covariance', { vcov: 'cluster:city' }, { vcov: 'cluster:city' }],
  ['a period', { period: [2001, 2006] }, { where: 'year >= 2001 and year <= 2006' }],
  ['a condition', { where: 'z > -1' }, { where: 'z > -1' }],
  ['units left out', { without: ['3', '5'] }, { where: 'city not in (3, 5)' }],
  ['a control left out', { dropped: ['z'] }, { controls: [] }],
  ['winsorized tails', { tails: { how: 'winsor', share: 5 } }, {}, cut('winsor', 5)],
  ['trimmed tails', { tails: { how: 'trim', share: 5 } }, {}, cut('trim', 5)],
  ['the least share of a regime', { thresholdTrim: 0.2 }, { trim: 0.2 }],
  ['replicates', { replicates: 39 }, { boot: 39 }],
];

test.each(cases)(
  '%s: every number of every table, and the verdicts, as the study of that wish',
  async (_, change, wish, on) => {
    const [version, study] = [await seen(change), await ran(studyOf(wish), on)];
    expect(version.faults).toEqual([]);
    expect([...version.tables.keys()].sort()).toEqual([...study.tables.keys()]);
    for (const [id, own] of study.tables) {
      const rows = (one: TableModel | undefined) => one?.rows.map(({ id: row, cells }) => ({ id: row, cells }));
      const [mine, theirs] = [rows(version.tables.get(id)), rows(own)];
      // A covariance of the reader stands before those of the study, whose numbers a table may hold too.
      expectSame(mine, theirs);
    }
    const standing = version.verdicts.at(-1) ?? [];
    const firstOf = (rows: readonly HypothesisRow[]) => rows.map(({ id, verdicts: [first] }) => ({ id, first }));
    expect(firstOf(standing)).toEqual(firstOf(study.verdicts));
  },
);

test('what a version cannot change is left, not run again', async () => {
  expect((await seen({ replicates: 39 })).left).toEqual(['t1', 't2']);
  expect((await seen({ thresholdTrim: 0.2 })).left).toEqual(['t1', 't2']);
  expect((await seen({ dropped: ['z'] })).left).toEqual(['t3', 't4']);
  expect((await seen({ vcov: 'iid' })).left).toEqual(['t1', 't2', 't3', 't4']);
  expect((await seen({ period: [2001, 2006] })).left).toEqual([]);
});

test('verdicts on draws that are not there yet are the authors’, and say so', async () => {
  const { verdicts } = await seen({ replicates: 39 });
  const standings = verdicts.map((rows) => rows.map(({ id, standing }) => [id, standing]));
  expect(standings).toEqual([
    [['H1', undefined], ['H2', 'waiting']], // biome-ignore format: a row each
    [
      ['H1', undefined],
      ['H2', undefined],
    ],
  ]);
  const [first] = verdicts;
  expect(first?.[1]?.verdicts).toEqual((await authors).verdicts[1]?.verdicts);
});

test('a verdict that cannot be had is the authors’, and says so', async () => {
  const { verdicts } = await seen({ where: 'year = 2003' });
  expect(verdicts.at(-1)?.map(({ standing }) => standing)).toEqual(['authors', 'authors']);
});
