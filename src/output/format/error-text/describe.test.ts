import { describe, expect, test } from 'vitest';
import type { ErrorCode, ErrorDetails } from '../../../error/codes.ts';
import type { Diagnostic, DiagnosticCode } from '../../../error/diagnostic.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { describeDiagnostic, diagnosticTexts } from '../diagnostic-text/describe.ts';
import { languages } from '../text-key.ts';
import { describeError, errorTexts } from './describe.ts';

const details: ErrorDetails = {
  'bad-option': {
    option: '--vcov',
    value: 'clust:city',
    expected: 'iid, hc1 or cluster:VAR',
    suggestion: 'cluster:city',
  },
  'needs-more': {
    subject: 'kaya threshold',
    needs: '--regime VARS',
    example: '--regime x',
    command: 'kaya threshold',
  },
  'not-available': { feature: '--format docx' },
  'formula-syntax': { formula: 'cp ~ ai + | city', column: 11, found: '"|"', expected: 'a term', suggestion: null },
  'study-invalid': {
    file: 'study.yaml',
    faults: [
      {
        path: 'panel.unt',
        line: 14,
        column: 3,
        problem: { key: 'fault.unknown_key', values: { key: 'unt' } },
        nearest: 'unit',
      },
    ],
  },
  'file-not-found': { path: 'panel.csv', role: 'data', nearest: 'panels.csv' },
  'outside-study': { path: '../p.yaml', role: said('file.printed'), folder: '/data/st', target: '/data/p.yaml' },
  'outside-folders': { path: '../a.csv', folders: ['/data'] },
  'file-unreadable': { path: 'panel.csv', reason: 'unclosed-quote', line: 12, column: 'city' },
  'unsupported-format': { path: 'panel.sav', known: ['csv', 'parquet'] },
  'unknown-sheet': {
    path: 'book.xlsx',
    sheet: 'Dta',
    sheets: [
      { name: 'Notes', rows: 4, columns: 1, isHidden: false },
      { name: 'Data', rows: 5150, columns: 15, isHidden: true },
    ],
    nearest: 'Data',
  },
  'choose-sheet': {
    path: 'book.xlsx',
    first: 'Notes',
    sheets: [
      { name: 'Notes', rows: 4, columns: 1, isHidden: false },
      { name: 'Data', rows: 5150, columns: 15, isHidden: false },
    ],
  },
  'unknown-column': { name: 'aii', where: 'cp ~ aii', known: ['cp', 'ai'], nearest: 'ai' },
  'not-numeric': {
    name: 'x',
    where: 'cp ~ x',
    example: 'n/a',
    cell: {
      reason: 'cells',
      first: { text: 'n/a', at: 4, unit: 'line' },
      notNumbers: 2,
      filled: 5,
      marks: ['..', 'n/a'],
    },
  },
  'bad-where': { where: 'year > and', fault: { kind: 'syntax', near: 'and' }, column: 8 },
  'empty-sample': { where: 'cp ~ ai', rows: 5149, dropped: { missing: 5149, singleton: 0 } },
  'too-few-rows': { where: 'cp ~ ai', nobs: 1, parameters: 2 },
  collinear: { where: 'cp ~ size | city', terms: ['size'] },
  'instrument-shortage': {
    where: 'y ~ x | 0 | a + b ~ z',
    endogenous: ['a', 'b'],
    instruments: ['z'],
    dropped: ['w'],
    reason: 'count',
  },
  'no-within-variation': { where: 'area ~ ai | city', name: 'area', finest: { name: 'city', levels: 271, rows: 300 } },
  'cluster-too-few': { where: 'cp ~ ai', by: 'country', clusters: 1 },
  'missing-cluster': { where: 'cp ~ ai', by: 'region', rows: 12 },
  'covariance-undefined': { where: 'y ~ x', vcov: 'hc3', reason: 'too-large', name: null, count: 5000, limit: 2000 },
  'bad-table': { reason: 'mixed', name: 'firm', row: 3, found: '7', expected: said('table.text_as', { row: 1 }) },
  'sums-refused': { where: 'y ~ x | city', use: { kind: 'covariance', name: 'hc1', by: 'city' } },
  'engine-refused': { where: 'y ~ winsor(x, 1, 99)', use: { kind: 'function', name: 'winsor()' } },
  'spark-failed': {
    ...{ server: 'localhost:15002', reason: 'error', message: 'The table or view `trips` cannot be found.' },
    ...{ errorClass: 'TABLE_OR_VIEW_NOT_FOUND', state: '42P01' },
  },
  'rows-needed': { where: 'y ~ x | city', use: { kind: 'covariance', vcov: 'cr2:city' } },
  'no-threshold-candidate': {
    where: 'cp ~ ai | city',
    by: 'region',
    distinct: 2,
    nobs: 300,
    minRows: 30,
    trim: 0.1,
  },
  'out-of-scale': { where: 'y ~ x', name: 'x', size: 1e200, reason: 'size', limit: 2 ** 500 },
  'over-budget': { where: 'y ~ sw(a, b)', budget: 'models', asked: 40000, limit: 10000 },
  'not-converged': { where: 'cp ~ ai | a + b', iterations: 10000, tolerance: 1e-8, reached: 2e-5 },
  'panel-needed': { where: 'cp ~ l(ai)', operator: 'l(ai)' },
  'bad-weight': { where: 'cp ~ ai', weights: 'w', row: 17, value: '-1', count: 2, reason: 'negative' },
  'duplicate-key': { where: 'panel.csv', keys: ['city', 'year'], example: '110000, 2003', count: 3 },
  'join-refused': {
    where: 'data.join[0]',
    file: 'prices.csv',
    reason: 'unmatched',
    names: ['industry'],
    example: 'C13 (row 4)',
    count: 12,
  },
  'time-unclear': { where: 'y ~ l(x)', name: 'month', reason: 'ambiguous', example: '201001' },
  'event-design': {
    where: 'y ~ event(first, year) | id + year',
    reason: 'date-varies',
    name: 'first',
    found: ['12', '2008', '2010'],
  },
  'missing-header': {
    file: 'gdp.csv',
    header: 'gdp',
    aliases: ['GDP', '地区生产总值'],
    known: ['city', 'gdb'],
    nearest: 'gdb',
  },
  'unknown-unit': {
    file: 'gdp.csv',
    row: 2,
    column: 4,
    header: 'GDP',
    indicator: 'gdp',
    unit: '美元',
    cell: '12.5',
    known: ['万元', '亿元'],
    reason: 'other-dimension',
    more: 3,
  },
  'unknown-year': { file: '年鉴2011.csv', written: '年鉴2011', years: [2011], reason: 'yearbook' },
  'duplicate-source': {
    indicator: 'gdp',
    city: 110000,
    year: 2010,
    cells: ['a.csv:2 "1"', 'b.csv:3 "2"'],
    files: ['yearbook/a.csv', 'yearbook/b.csv'],
    count: 4,
  },
  'share-scale': {
    file: 'yearbook/a.csv',
    row: 2,
    column: 5,
    cell: '0.45',
    indicator: 'tertiary_share',
    cells: 12,
    lowest: 0.2,
    highest: 0.7,
    path: 'yearbook/a.csv',
    factor: 100,
  },
  'nothing-to-make': {
    lacking: [
      {
        variable: 'ai',
        formula: 'log1p(ai_firms)',
        missing_tables: ['registry'],
        missing_series: [],
        near: [],
        years: null,
      },
    ],
  },
  'unused-rule': { where: 'data.rules[0]', indicator: 'gdp', file: 'yearbook/2009.csv' },
  'unresolved-place': {
    file: 'yearbook/2015.csv',
    count: 3,
    unproposed: 0,
    kind: 'city',
    places: [
      { written: '襄樊 (2015)', row: 7, rows: 2, reason: 'unknown', nearest: ['襄阳市'], entry: '襄樊,420600,name,,,' },
      { written: '吉林', row: null, rows: 1, reason: 'ambiguous', nearest: ['吉林市'], entry: null },
    ],
  },
  'reference-invalid': {
    file: 'reference/city_aliases.csv',
    line: 7,
    column: 'kind',
    value: 'nam',
    reason: 'not-known',
    known: ['name', 'code'],
  },
  'unknown-city': { file: 'gdp.csv', names: ['北京城'], count: 1, nearest: '北京市' },
  'format-limit': { path: 'panel.xlsx', of: 'rows', asked: 2_000_001, limit: 1_048_576 },
  'output-not-writable': { path: 'out', reason: said('place.not_empty') },
  'input-changed': { path: 'raw/energy/a.csv' },
  'folder-differs': {
    folder: 'out/x',
    differences: [
      { kind: 'missing', name: 'tables/t1.md' },
      { kind: 'no-study', name: '' },
      { kind: 'program', name: 'kaya', before: '0.1.0', now: '0.2.0' },
    ],
  },
  'audit-findings': { path: 'published.yaml', a: 1, b: 3, c: 2 },
  'runs-differ': { a: 'out/before', b: 'out/after', verdicts: 1, marks: 3, others: 41 },
  'figure-unprintable': { format: 'png', why: 'chinese-font', found: '城市' },
  'output-refused': { option: '--out', path: 'out', why: 'changed', files: ['tables/a.csv'] },
  'folder-in-use': {
    path: 'out',
    pid: 7,
    host: 'desk',
    since: '2026-01-02T03:04:05.000Z',
    age: 61,
    command: 'kaya study run',
    lock: 'out/.kaya-lock',
    isElsewhere: false,
  },
  'foreign-raw-layer': { path: 'raw', reason: 'gone', file: 'truth.json' },
  interrupted: { signal: 'SIGINT' },
  'missing-variable': { file: 'collect.yaml', key: 'api.key_env', variable: 'REGISTRY_KEY', reason: 'unset' },
  'foreign-collection': { path: 'collected/collect/journal.jsonl' },
  'collection-stopped': {
    reason: 'denied',
    url: 'https://api.example.com/search',
    status: 'HTTP 401',
    message: 'invalid token',
    attempts: 1,
    resumesAt: null,
    pages: 1200,
  },
  'machine-refused': { kind: 'disk-full', path: '/data/out/panel.csv' },
  'engine-failure': { sql: 'select 1', reason: 'out of memory' },
  internal: { reason: 'matrix is not square' },
};

const diagnostics: Record<DiagnosticCode, Diagnostic['detail']> = {
  'collinear-dropped': { terms: ['size', 'area'] },
  'effect-contained': { coarse: 'province', fine: 'city' },
  'instruments-dropped': { terms: ['z1', 'z2'] },
  'singletons-dropped': { count: 3, levels: ['city (a, b)', 'year (2003)'] },
  'singletons-kept': { count: 1234, levels: ['city (1, 2, 3, 4, 5, +1229)'] },
  'rows-undefined': { name: 'log(x)', count: 12 },
  'event-cells-dropped': { count: 3, cohorts: ['2008', '2010'] },
  'event-controls-treated': { count: 12, cohorts: ['2008'] },
  'identifiers-rounded': { names: ['firm'] },
  'lags-absent': { count: 40, gaps: 3, terms: ['l(x, 1)'] },
  'panel-period': { time: 'year', step: 5, unit: 'number' },
  'panel-keys-swapped': { unit: 'year', time: 'city', units: 10, times: 50 },
  'panel-keys-missing': { count: 2, unit: 'city', time: 'year' },
  'perfect-fit': { outcome: 'gdp' },
  'outcome-among-regressors': { outcome: 'gdp', terms: ['gdp2'] },
  'constant-outcome': { outcome: 'gdp' },
  'few-clusters': { by: 'province', clusters: 30 },
  'covariance-repaired': { smallest: -0.0012 },
  'error-undefined': { terms: ['ai', 'pop'], reason: 'zero' },
  'test-undefined': { tests: ['F'], reason: 'covariance-rank', ranks: ' (5 < 8)' },
  'constant-not-reported': { reason: 'other-effects-not-estimable' },
  'threshold-wild-draws': { draw: 'wild-rademacher' },
  'threshold-fewer-found': { found: 1, asked: 2, minRows: 52 },
  'threshold-few-switchers': { switchers: 4, units: 271 },
  'threshold-set-broken': { threshold: 1, count: 3 },
  'threshold-not-joint': { gamma: ['0.056', '0.09'] },
  'cells-interpolated': { measure: 'ip', count: 142 },
  'cells-missing': { measure: 'ip', count: 142 },
  'rows-unassigned': { count: 7 },
  'header-blank': { names: ['col1'] },
  'header-repeated': { names: ['x'], called: ['x_2'] },
  'synthetic-data': {},
  'column-is-text': { name: 'x', text: '(0.14)', at: '4', unit: 'line', not_numbers: 1, filled: 9 },
  'sheet-taken': { path: 'book.xlsx', sheet: 'Data', others: ['Notes (4 x 1)'] },
  'titles-passed': { path: 'world.csv', rows: 4, header: 5 },
  'encoding-judged': { path: 'old.dta', encoding: 'windows-1252', example: 'Zürich' },
  'coded-missing': { path: 'old.dta', count: 3, codes: '.a, .b' },
  'engine-accuracy': { names: ['x'] },
  'from-sums': { by: 'city', groups: 271, least: 10 },
  'comparison-undefined': { reason: 'one-row', names: ['east'] },
};

function errorOf(code: ErrorCode): StudyError {
  return new StudyError(code, details[code]) as unknown as StudyError;
}

describe.each(languages)('%s', (language) => {
  test('every error code', () => {
    const sentences = (Object.keys(details) as ErrorCode[]).map(
      (code) => `${code}\n${describeError(errorOf(code), language)}`,
    );
    expect(sentences.join('\n\n')).toMatchSnapshot();
  });

  test('every diagnostic code', () => {
    const sentences = (Object.keys(diagnostics) as DiagnosticCode[]).map((code) => {
      return `${code}\n${describeDiagnostic({ code, severity: 'note', detail: diagnostics[code] }, language)}`;
    });
    expect(sentences.join('\n\n')).toMatchSnapshot();
  });

  test('no sentence shows a hole or the inside of the program', () => {
    for (const code of Object.keys(details) as ErrorCode[]) {
      expect(describeError(errorOf(code), language)).not.toMatch(/undefined|null\b(?!")|NaN|\[object/);
    }
    for (const code of Object.keys(diagnostics) as DiagnosticCode[]) {
      const bare = describeDiagnostic({ code, severity: 'note', detail: {} }, language);
      expect(bare).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

test('every reason for which a collection stops', () => {
  const reasons = ['denied', 'quota', 'bad-request', 'redirected', 'attempts', 'long-wait', 'day-budget'] as const;
  const detail = { ...details['collection-stopped'], resumesAt: '2026-03-02 00:00 (UTC+8)', pages: 0 };
  const errors = reasons.map((reason) => new StudyError('collection-stopped', { ...detail, reason }));
  for (const language of languages) {
    expect(
      errors.map((error) => describeError(error as unknown as StudyError, language)).join('\n\n'),
    ).toMatchSnapshot();
  }
});

test('both languages know the same codes', () => {
  expect(Object.keys(errorTexts.en).sort()).toEqual(Object.keys(errorTexts.zh).sort());
  expect(Object.keys(diagnosticTexts.en).sort()).toEqual(Object.keys(diagnosticTexts.zh).sort());
});

test('data that a sentence has no place for follow in brackets', () => {
  const text = describeDiagnostic(
    { code: 'singletons-dropped', severity: 'note', detail: { count: 3, by: 'city' } },
    'en',
  );
  expect(text).toMatch(/^3 singleton .* \[by: city\]$/);
});

test('the caret stands below its character, Chinese names before it included', () => {
  const error = new StudyError('formula-syntax', {
    formula: '产值 ~ + x',
    column: 6,
    found: '"+"',
    expected: 'a term',
    suggestion: null,
  });
  expect(describeError(error as unknown as StudyError, 'en').split('\n')[2]).toBe(`  \u3000\u3000   ^`);
});

test('a cell at fault and how many more there are, in both languages', () => {
  const place = { path: 'a.csv', line: 3, column: 'gdp' };
  const cut = new StudyError('file-unreadable', { ...place, reason: 'cut-code', cell: '1.1E+17', more: 0 });
  const number = new StudyError('file-unreadable', { ...place, reason: 'no-number', cell: '12x', more: 2 });
  const ragged = new StudyError('file-unreadable', {
    ...place,
    column: null,
    reason: 'ragged-row',
    expected: 5,
    found: 4,
  });
  expect(describeError(number, 'en')).toContain('cannot be read: "12x" is not a number (and 2 more). Open the file');
  expect(describeError(number, 'zh')).toContain('“12x”不是数值（另有2处）。');
  expect(describeError(cut, 'en')).toContain('"1.1E+17" is what Excel left of a code');
  for (const error of [cut, number, ragged]) expect(describeError(error, 'zh')).not.toMatch(/cells|number|format/);
});

test('one row without a lag is one row', () => {
  const absent = (count: number): Diagnostic => ({
    code: 'lags-absent',
    severity: 'note',
    detail: { count, terms: 'l(x, 1)', gaps: 0 },
  });
  expect(describeDiagnostic(absent(1), 'en')).toMatch(/^1 row has no period that l\(x, 1\) asks for and is not/);
  expect(describeDiagnostic(absent(2), 'en')).toMatch(/^2 rows have no period that l\(x, 1\) asks for and are not/);
});
