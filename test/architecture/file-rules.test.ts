import { expect, test } from 'vitest';
import { digitOffenders, drawers, flagOffenders, longFiles } from './file-rules.ts';
import { repository } from './planted.ts';
import { sourceFiles } from './tree.ts';

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
