import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree, repository } from './planted.ts';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What the compiler says about a project of a tree. */
function checked(root: string, project: string): string {
  const options = ['-p', `tsconfig.${project}.json`, '--noEmit', '--composite', 'false', '--pretty', 'false'];
  return spawnSync(process.execPath, [compiler, ...options], { cwd: root, encoding: 'utf8' }).stdout;
}

function planted(files: Readonly<Record<string, string>>): string {
  const root = plantedTree(files);
  for (const name of readdirSync(repository))
    if (/^(package|tsconfig.*)\.json$/.test(name)) copyFileSync(join(repository, name), join(root, name));
  return root;
}

interface Project {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

const readProject = (name: string): Project => JSON.parse(readFileSync(join(repository, name), 'utf8'));

const careless = 'export const first = (list: readonly number[]): number => list[0];\n';

// The real tree is judged by `npm run check`.
test('the core has no Node and no browser, and an index is checked everywhere but in the loops over numbers', () => {
  const root = planted({
    'src/error/file.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    'src/math/page.ts': 'export const title = document.title;\n',
    'src/math/kernel.ts': careless,
    'src/data/home.ts': 'export const home = process.env.HOME;\n',
    'src/table/place.ts': careless,
    'src/model/formula/good.ts': 'export const good = Math.sqrt(2);\n',
    'src/model/design/home.ts': 'export const home = process.env.HOME;\n',
    'src/model/inference/kernel.ts': careless,
    'src/model/request/page.ts': 'export const title = document.title;\n',
    'src/domain/china/place/place.ts': careless,
    'src/study/place.ts': careless,
  });
  const said = ['math', 'table', 'estimation', 'core', 'node'].map((project) => checked(root, project)).join('');
  const refused = [...said.matchAll(/^(src\/\S+)\(1,\d+\): error/gm)].map((found) => found[1]);
  expect([...new Set(refused)].sort()).toEqual([
    'src/data/home.ts',
    'src/domain/china/place/place.ts',
    'src/error/file.ts',
    'src/math/page.ts',
    'src/model/design/home.ts',
    'src/model/request/page.ts',
    'src/study/place.ts',
    'src/table/place.ts',
  ]);
});

test('two projects of the source and that of the tests alone leave indices unchecked', () => {
  const projects = readdirSync(repository).filter((name) => /^tsconfig\.\w+\.json$/.test(name));
  const flags = projects.map((name) => [name, readProject(name).compilerOptions.noUncheckedIndexedAccess] as const);
  expect(flags.filter(([, flag]) => flag !== undefined)).toEqual([
    ['tsconfig.base.json', true],
    ['tsconfig.estimation.json', false],
    ['tsconfig.math.json', false],
    ['tsconfig.test.json', false],
  ]);
});
