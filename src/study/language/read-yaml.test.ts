import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { readYaml } from './read-yaml.ts';

const anyValue: z.ZodType = z.lazy(() =>
  z.union([z.string(), z.number(), z.array(anyValue), z.record(z.string(), anyValue)]),
);
const schema = z.strictObject({ kaya: anyValue, list: anyValue.optional(), map: anyValue.optional() });

const read = (text: string): unknown => readYaml(text, 'study.yaml', schema);

/** What is said of a text, with its place. */
function saidOf(text: string, language: 'en' | 'zh' = 'en'): string[] {
  try {
    read(text);
  } catch (error) {
    if (isStudyError(error, 'over-budget'))
      return [`${error.detail.where}: ${error.detail.budget} ${error.detail.asked}`];
    if (!isStudyError(error, 'study-invalid')) throw error;
    return error.detail.faults.map(
      ({ line, column, problem }) => `${line}:${column} ${problemText(problem, language)}`,
    );
  }
  return [];
}

describe('what editors and other programs leave in a file', () => {
  it.each([
    ['a byte order mark', '\ufeffkaya: 1\nlist: [a]\n'],
    ['line ends of Windows', 'kaya: 1\r\nlist: [a]\r\n'],
    ['line ends of old Macs', 'kaya: 1\rlist: [a]\r'],
    ['a mark and line ends of Windows', '\ufeffkaya: 1\r\nlist:\r\n  - a\r\n'],
    ['a document mark', '---\nkaya: 1\nlist: [a]\n...\n'],
    ['tabs behind a value', 'kaya: 1\t\nlist: [a]\t# comment\n'],
    ['an anchor and its alias', 'kaya: &one 1\nlist: [a]\n'],
  ])('%s changes nothing', (_, text) => {
    expect(read(text)).toEqual({ kaya: 1, list: ['a'] });
  });

  it.each([
    ['a tab that indents', 'kaya: 1\nmap:\n\ta: 1\n', /^3:\d+ a tab stands where lines are indented: use blanks$/],
    ['a key twice', 'kaya: 1\nmap:\n  a: 1\n  a: 2\n', /^4:3 this key is there twice in its mapping$/],
    ['a merge key', 'kaya: 1\nlist: &b { a: 1 }\nmap:\n  <<: *b\n', /^4:3 a merge key \(<<\) is not read/],
    ['an alias without an anchor', 'kaya: 1\nlist: [a, *other]\n', /^2:11 the alias \*other names no anchor/],
    ['an alias before its anchor', 'kaya: *b\nlist: &b [a]\n', /^1:7 the alias \*b names no anchor/],
    ['an alias in its own anchor', 'kaya: 1\nlist: &b [a, *b]\n', /^2:14 the alias \*b stands inside its own anchor/],
    ['an alias as a key', 'kaya: &k 1\nmap:\n  *k : 2\n', /^3:3 a key must be a plain text$/],
    ['a key that reaches into the program', 'kaya: 1\nmap: { __proto__: 1 }\n', /^2:8 a key cannot be __proto__$/],
    ['two documents', 'kaya: 1\n---\nkaya: 1\n', /^2:1 the file holds more than one document/],
  ])('%s has a sentence and a place', (_, text, said) => {
    expect(saidOf(text)[0]).toMatch(said);
    expect(saidOf(text, 'zh')[0]).toMatch(/\p{Script=Han}/u);
    // The same place where lines end as on Windows, behind a byte order mark.
    expect(saidOf(text.replaceAll('\n', '\r\n'))[0]).toMatch(said);
  });
});

describe('aliases', () => {
  it('a value may be used as often as a long study needs it', () => {
    const text = `kaya: &c [a, b]\nlist:\n${'  - *c\n'.repeat(5000)}`;
    expect((read(text) as { list: unknown[] }).list).toHaveLength(5000);
  });

  it('a billion of them is refused before they are written out', () => {
    const names = [...'abcdefghi'];
    const lines = names.map((name, i) =>
      i === 0
        ? `  ${name}: &${name} [${'x,'.repeat(9)}x]`
        : `  ${name}: &${name} [${Array(10).fill(`*${names[i - 1]}`)}]`,
    );
    expect(saidOf(`kaya: 1\nmap:\n${lines.join('\n')}\n`)).toEqual([
      // The alias that stands for the most: the one of the last line, its first.
      expect.stringMatching(/^study\.yaml:11:10: values \d{10}$/),
    ]);
  });
});

it('a file of eleven million characters is refused before it is read', () => {
  expect(saidOf(`kaya: 1\nlist: ${'x'.repeat(11_000_000)}`)).toEqual(['study.yaml: letters 11000014']);
});

it('lists five thousand deep are refused with a sentence', () => {
  expect(saidOf(`kaya: ${'['.repeat(5000)}${']'.repeat(5000)}`)[0]).toMatch(/nested too deeply/);
  expect(
    saidOf(`kaya:\n${Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`)[0],
  ).toBeDefined();
});
