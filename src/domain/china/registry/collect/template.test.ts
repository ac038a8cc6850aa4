import { expect, test } from 'vitest';
import { saidText } from '../../../../output/format/said-text.ts';
import { parseTemplate, renderTemplate, type Template, templateValues, valueNames } from './template.ts';

const values = Object.fromEntries(valueNames.map((name) => [name, name.toUpperCase()])) as Record<
  (typeof valueNames)[number],
  string | null
>;

function read(text: string): Template {
  const read = parseTemplate(text);
  if ('fault' in read) throw new Error(saidText(read.fault.problem, 'en'));
  return read.template;
}

const shown = (text: string): string | null => renderTemplate(read(text), values, (name, of) => `${name}(${of})`);

test('values, functions, functions in functions, braces that are meant', () => {
  expect(shown('{keyword}')).toBe('KEYWORD');
  expect(shown('{md5upper:{key}{timespan}{secret}}')).toBe('md5upper(KEYTIMESPANSECRET)');
  expect(shown('a{upper:x{md5:{key}-}y}b')).toBe('aupper(xmd5(KEY-)y)b');
  expect(shown(String.raw`\{"q": "{keyword}"\}`)).toBe('{"q": "KEYWORD"}');
  expect(shown('')).toBe('');
  expect(templateValues(read('{md5:{key}{upper:{secret}}}{page}'))).toEqual(['key', 'secret', 'page']);
});

test('a text that names a value which is not there is not there', () => {
  const lacking = { ...values, district: null };
  const render = (text: string): string | null => renderTemplate(read(text), lacking, (_, of) => of);
  expect(render('{district}')).toBeNull();
  expect(render('d={upper:{district}}')).toBeNull();
  expect(render('{city}')).toBe('CITY');
});

test.each([
  ['a {keyword', 2, 'a { without its }', null],
  ['{md5:{key}', 5, 'a { without its }', null],
  ['a } b', 2, 'a } without its {', null],
  ['{keywrod}', 0, 'unknown value {keywrod}', 'keyword'],
  ['x {md5uper:{key}}', 2, 'unknown function {md5uper}', 'md5upper'],
  ['{}', 0, expect.stringContaining('unknown value {} (known: key, secret'), null],
])('%s is refused at its place', (text, offset, problem, nearest) => {
  const read = parseTemplate(text);
  if (!('fault' in read)) throw new Error('nothing was refused');
  expect({ ...read.fault, problem: saidText(read.fault.problem, 'en') }).toEqual({ offset, problem, nearest });
});
