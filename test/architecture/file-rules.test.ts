import { expect, test } from 'vitest';
import { digitOffenders, drawers, flagOffenders, longFiles } from './file-rules.ts';
import { repository } from './planted.ts';
import { sourceFiles } from './tree.ts';
import { isProgram, jsonParsers, jsonReader, unreasonedCasts } from './type-rules.ts';

const files = ['src', 'test', 'bench'].flatMap((folder) => sourceFiles(repository, folder));

const lines = (count: number): string => 'export {};\n'.repeat(count);

test('files are short', () => {
  const { over, near } = longFiles(files);
  for (const { path, what } of near) console.warn(`${path}: ${what}, above the soft limit of 250`);
  expect(files.length).toBeGreaterThan(50);
  expect(over).toEqual([]);
});

test('a long file is seen', () => {
  const { over, near } = longFiles([
    { path: 'src/math/long.ts', text: lines(401) },
    { path: 'src/math/longish.ts', text: lines(251) },
    { path: 'src/math/short.ts', text: lines(250) },
    { path: 'src/math/long.test.ts', text: lines(601) },
    { path: 'src/math/fair.test.ts', text: lines(600) },
    { path: 'src/output/format/zh.ts', text: lines(900) },
  ]);
  expect(over.map(({ path }) => path)).toEqual([
    'src/math/long.ts',
    'src/math/long.test.ts',
    'src/output/format/zh.ts',
  ]);
  expect(near.map(({ path }) => path)).toEqual(['src/math/longish.ts']);
});

test('digits become text in output/format alone', () => {
  expect(digitOffenders(files)).toEqual([]);
});

test('digits that become text elsewhere are seen', () => {
  const text = 'const a = 1;\nexport const b = a.toFixed(3);\nexport const c = new Intl.NumberFormat();\n';
  expect(digitOffenders([{ path: 'src/platform/cli/progress.ts', text }])).toEqual([
    { path: 'src/platform/cli/progress.ts', line: 2, what: '.toFixed' },
    { path: 'src/platform/cli/progress.ts', line: 3, what: 'Intl.' },
  ]);
  expect(digitOffenders([{ path: 'src/output/format/format-number.ts', text }])).toEqual([]);
});

test('the model names no flag of the command line', () => {
  expect(flagOffenders(files)).toEqual([]);
});

test('a flag in the model is seen', () => {
  const text = "const a = b--;\nthrow badOption('--trim', a);\n// `--robust-grid` beside it\n";
  expect(flagOffenders([{ path: 'src/model/threshold/options.ts', text }])).toEqual([
    { path: 'src/model/threshold/options.ts', line: 2, what: '--trim' },
    { path: 'src/model/threshold/options.ts', line: 3, what: '--robust-grid' },
  ]);
  expect(flagOffenders([{ path: 'src/platform/cli/flags.ts', text }])).toEqual([]);
});

test('every file and folder has a name of its own', () => {
  expect(drawers(files)).toEqual([]);
});

test('a drawer is seen', () => {
  const found = drawers([
    { path: 'src/math/utils.ts', text: '' },
    { path: 'src/helpers/solve.ts', text: '' },
    { path: 'src/math/solve.ts', text: '' },
  ]);
  expect(found.map(({ path }) => path)).toEqual(['src/math/utils.ts', 'src/helpers/solve.ts']);
});

/** What is found in a file of these lines: line and words. */
function castsOf(...lines: readonly string[]): string[] {
  const text = lines.join('\n');
  return unreasonedCasts([{ path: 'src/math/a.ts', text }]).map(({ line, what }) => `${line}: ${what}`);
}

test('every cast and every ! has its reason beside it', () => {
  expect(files.filter(({ path }) => isProgram(path)).length).toBeGreaterThan(500);
  expect(unreasonedCasts(files)).toEqual([]);
});

test('a cast or a ! without a reason is seen', () => {
  expect(
    castsOf(
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
    castsOf(
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
    castsOf(
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
