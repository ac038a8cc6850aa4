import { expect, test } from 'vitest';
import { repository } from './planted.ts';
import { sourceFiles } from './tree.ts';
import { isProgram, jsonParsers, jsonReader, unreasonedCasts } from './type-rules.ts';

const files = sourceFiles(repository, 'src');

/** What is found in a file of these lines: line and words. */
function found(...lines: readonly string[]): string[] {
  const text = lines.join('\n');
  return unreasonedCasts([{ path: 'src/math/a.ts', text }]).map(({ line, what }) => `${line}: ${what}`);
}

test('every cast and every ! has its reason beside it', () => {
  expect(files.filter(({ path }) => isProgram(path)).length).toBeGreaterThan(500);
  expect(unreasonedCasts(files)).toEqual([]);
});

test('a cast or a ! without a reason is seen', () => {
  expect(
    found(
      'const a = b as Letter;',
      'const c = list[0]!.value;',
      'const d = (e as unknown as Letter).size;',
      'const f = <Letter>g;',
      'const long = first(',
      '  second as readonly Letter[],',
      ');',
      'export const h = [list.at(-1)!, `two letters`];',
    ),
  ).toEqual([
    '1: as Letter',
    '2: list[0]!',
    '3: as Letter',
    '4: as Letter',
    '6: as readonly Letter[]',
    '8: list.at(-1)!',
  ]);
});

test('what only looks like a reason is none', () => {
  expect(
    found(
      '/** The letter that is asked for. */',
      'const a = b as Letter;',
      '// biome-ignore lint/style/noNonNullAssertion: because it is so',
      'const c = d!;',
      'const e = f!; // sure',
      "const url = 'http:// one two three' as Letter;",
      '// A reason that stands too far above.',
      '',
      'const g = h!;',
      'const one = 1; // the reason of the line before it',
      'const i = k!;',
    ).map((one) => Number.parseInt(one, 10)),
  ).toEqual([2, 4, 5, 6, 9, 11]);
});

test('a reason beside or right above is one, and what is no cast needs none', () => {
  expect(
    found(
      'const a = b as Letter; // the reader gives nothing else',
      '// The reader gives nothing else.',
      'const c = d!;',
      '// The reader gives nothing else.',
      'const e = first(',
      '  second as Letter,',
      '  list.at(-1)!,',
      ');',
      "import * as all from './all.ts';",
      "import { one as other } from './one.ts';",
      "const kinds = ['a'] as const;",
      "const f = g !== h && !i && text === 'said as much!';",
      'let j!: number;',
      '// It was said as Letter, and k! as well.',
    ),
  ).toEqual([]);
});

test('tests, and what only they use, need none', () => {
  const text = 'const a = b as Letter;\nJSON.parse(a);\n';
  for (const path of ['src/math/a.test.ts', 'src/math/testing/a.ts', 'test/a.ts']) {
    expect(unreasonedCasts([{ path, text }])).toEqual([]);
    expect(jsonParsers([{ path, text }])).toEqual([]);
  }
});

test('JSON is parsed in one place, whose callers hold it to a schema', () => {
  expect(jsonParsers(files)).toEqual([]);
  expect(files.find(({ path }) => path === jsonReader)?.text).toContain('JSON.parse(text)');
});

test('JSON that is parsed elsewhere is seen', () => {
  const text = [
    'const a = JSON.parse(text);',
    "const b = JSON['parse'](text);",
    'const { parse } = JSON;',
    'lines.map(JSON.parse);',
    'const c = await answer.json();',
    'const d = schema.parse(JSON.stringify(a));',
    '// JSON.parse would take it',
  ].join('\n');
  expect(jsonParsers([{ path: 'src/platform/store/a.ts', text }]).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  expect(jsonParsers([{ path: jsonReader, text }])).toEqual([]);
});
