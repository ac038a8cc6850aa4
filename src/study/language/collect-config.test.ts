import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StudyFault } from '../../error/codes.ts';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { parseCollectConfig } from './collect-config.ts';

/** The sample of docs/methods/collection.md: what users copy is what is tested. */
const page = readFileSync(new URL('../../../docs/methods/collection.md', import.meta.url), 'utf8');
const sample = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

type Told = Omit<StudyFault, 'problem'> & { readonly problem: string };

function faultsOf(text: string): readonly Told[] {
  try {
    parseCollectConfig(text, 'collect.yaml');
  } catch (error) {
    if (isStudyError(error, 'study-invalid'))
      return error.detail.faults.map((fault) => ({ ...fault, problem: problemText(fault.problem, 'en') }));
    throw error;
  }
  return [];
}

/** The sample with one text for another, which must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = sample.replace(from, to);
  expect(text).not.toBe(sample);
  return text;
}

test('the sample of the docs is a collection', () => {
  const collection = parseCollectConfig(sample, 'collect.yaml');
  expect(collection.windows).toMatchObject({ keywords: ['人工智能', '物联网'], years: [2003, 2021], limit: 5000 });
  expect(collection.windows.cities[0]).toEqual({
    name: '杭州市',
    province: '浙江省',
    code: '330100',
    districts: ['上城区', '西湖区'],
  });
  expect(collection.answer).toMatchObject({
    rows: 'Result',
    total: 'Paging.TotalRecords',
    ok: ['200'],
    empty: ['201'],
  });
  expect(collection.map.fields.city).toEqual({ kind: 'window', name: 'city' });
  expect(collection.map.fields.uscc).toEqual({ kind: 'path', path: 'CreditCode' });
});

test('without pace a collection is polite', () => {
  const { pace } = parseCollectConfig(changed(/pace:\n( .*\n)+/, ''), 'c.yaml');
  expect(pace).toMatchObject({ perSecond: 1, perDay: null, attempts: 6, timeoutSeconds: 30 });
});

test('an unknown key is told with its place and the nearest name', () => {
  expect(faultsOf(changed('per_second:', 'per_secnd:'))).toMatchObject([
    { path: 'pace.per_secnd', problem: expect.stringContaining("unknown key 'per_secnd'"), nearest: 'per_second' },
  ]);
  const [fault] = faultsOf(changed('keywords:', 'keyword:'));
  expect(fault).toMatchObject({ path: 'windows.keyword', nearest: 'keywords', column: 3 });
  expect(sample.split('\n')[fault.line - 1].trim()).toMatch(/^keywords:/);
});

test.each([
  ['{keyword}', '{keywrd}', 'api.query.searchKey', 'unknown value {keywrd}', 'keyword'],
  ['{md5upper:', '{md5uper:', 'api.headers.Token', 'unknown function {md5uper}', 'md5upper'],
  ['{page}', '1', 'api', 'no parameter of the request holds {page}', null],
  ['{to}', 'x', 'api', 'no parameter of the request holds {from} and {to}', null],
  ['{district}', 'x', 'api', 'no parameter of the request holds {district}', null],
  ['{city_code}', 'x', 'api', 'no parameter of the request holds {city} or {city_code}', null],
  [/^ {2}secret_env: .*\n/m, '', 'api.headers.Token', '{secret} needs api.secret_env', null],
  [', code: 330100', '', 'api.query.cityCode', '{city_code} needs a code in every city; 杭州市 has none', null],
  ['https://', 'http://', 'api.url', 'expected https: over http the key could be read on the way', null],
  ['https://', 'ftp://', 'api.url', 'expected https, found ftp', null],
  ['https://', 'https://me:pass@', 'api.url', 'a URL must not hold a user name or a password', null],
  [/url: \S+/, 'url: nowhere', 'api.url', 'this is not a URL such as https://host/path', null],
  ['[2003, 2021]', '[2021, 2003]', 'windows.years', 'the first year 2021 is after the last year 2003', null],
  ['size: 20', 'size: 6000', 'page.size', 'a page of 6,000 rows is larger than windows.limit, 5,000', null],
  ['物联网]', '人工智能]', 'windows.keywords[1]', 'the keyword stands twice: 人工智能', null],
  ['法定代表人:', '企业名称:', 'fields.extra.企业名称', '企业名称 is a column already', null],
  ['ok: [200]', 'ok: []', 'response.code', 'response.ok must list the codes that mean a good answer', null],
  ['[2, 120]', '[200, 120]', 'pace.backoff_seconds', 'the first wait is longer than the longest', null],
  ['method: GET', 'method: GET\n  body: { a: b }', 'api.body', 'a GET request has no body', null],
  ['window: city', 'window: town', 'fields.city.window', "expected keyword or city or province, found 'town'", null],
])('%s -> %s', (from, to, path, problem, nearest) => {
  const faults = faultsOf(changed(from, to));
  expect(faults).toContainEqual(expect.objectContaining({ path, problem, nearest }));
});

test('a key that stands where its variable should is not repeated', () => {
  const faults = faultsOf(changed(/key_env: .*/, 'key_env: 0f3d-secret-key'));
  expect(faults).toMatchObject([{ path: 'api.key_env' }]);
  expect(JSON.stringify(faults)).not.toContain('0f3d');
});
