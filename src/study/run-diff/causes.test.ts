import { expect, test } from 'vitest';
import { causesOfRuns } from './causes.ts';
import type { RecordOfRun, RunRecord, StudyResults } from './contract.ts';
import { diffRuns } from './diff-runs.ts';

interface Made {
  readonly panel?: string;
  readonly engine?: string;
  readonly seed?: number;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly written?: Readonly<Record<string, unknown>> | null;
  readonly studySha?: string;
  readonly obtained?: number;
}

const inputs = { 'raw/a.csv': '1', 'kaya:packs/p/pack.yaml': '1', 'published.yaml': '1', 'other.yaml': '1' };
const study = {
  published: 'published.yaml',
  models: { m: { formula: 'y ~ x' } },
  tables: [{ id: 'table1', models: ['m'] }],
};

function runOf({
  panel = 'p',
  engine = 'e1',
  seed = 1,
  written = study,
  studySha = 's',
  ...made
}: Made = {}): RunRecord {
  const hashes = Object.entries({ ...inputs, ...made.inputs }).map(([name, sha256]) => [name, { sha256 }]);
  const manifest: RecordOfRun = {
    study: { id: 's', sha256: studySha, file: '../study.yaml', ...(written === null ? {} : { written }) },
    ...{ synthetic: true, seed, scale: 1, versions: { node: 'v20' }, outputs: {} },
    inputs: Object.fromEntries(hashes),
  };
  const results: StudyResults = {
    ...{ kaya: '1', study: 's', synthetic: true, tables: [{ id: 'table1' }], hypotheses: [] },
    comparison: [
      {
        ...{ table: '1', column: '(1)', term: 'x', published: '0.1' },
        obtained: made.obtained ?? 0.1,
        verdict: (made.obtained ?? 0.1) === 0.1 ? 'equal' : 'far',
      },
    ],
    run: { panel_sha256: panel, study_sha256: studySha, engine, seed, scale: 1, generator: 1 },
  };
  return { path: 'x', document: { kind: 'study', results }, printed: null, manifest, altered: [] };
}

function causesOf(made: Made) {
  const [a, b] = [runOf(), runOf(made)];
  const results = [a, b].map(({ document }) => document.results as StudyResults) as [StudyResults, StudyResults];
  return causesOfRuns([a, b], results);
}

const number = { part: 'tables.table1', what: 'number', file: 'printed.json' } as const;

test('what makes the panel is no cause where both panels are one', () => {
  const changed = {
    inputs: { 'raw/a.csv': '2', 'kaya:packs/p/pack.yaml': '2', 'other.yaml': '2' },
    seed: 2,
    engine: 'e2',
  };
  const other = causesOf({ ...changed, panel: 'q' });
  expect(other.of(number).among).toEqual(['version', 'shipped', 'settings', 'data', 'draw']);
  expect(other.causes.map(({ kind }) => kind)).toEqual(['version', 'shipped', 'settings', 'data', 'draw']);
  expect(causesOf(changed).of(number).among).toEqual([]);
});

test('a changed file of printed numbers changes what agrees with them alone', () => {
  const { of } = causesOf({ inputs: { 'published.yaml': '2' } });
  expect(of({ ...number, what: 'claim' }).among).toEqual(['settings']);
  expect(of(number).among).toEqual([]);
  const diff = diffRuns(runOf(), runOf({ inputs: { 'published.yaml': '2' }, obtained: 0.2 }), {
    tolerance: 0,
    only: [],
  });
  expect(diff.claims).toMatchObject([
    { table: '1', before: { verdict: 'equal' }, after: { verdict: 'far' }, cause: { among: ['settings'] } },
  ]);
});

test('of runs that did not record their keys the study file is a cause of everything', () => {
  const { of, causes } = causesOf({ written: null, studySha: 't' });
  expect(causes).toEqual([{ kind: 'settings', file: 'study.yaml', change: 'changed' }]);
  expect(of(number).among).toEqual(['settings']);
});

test('a file that one run alone read is named as such', () => {
  expect(causesOf({ inputs: { 'raw/b.csv': '1' } }).causes).toEqual([
    { kind: 'data', file: 'raw/b.csv', change: 'added' },
  ]);
});
