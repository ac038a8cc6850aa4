import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree, repository } from './planted.ts';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What the compiler says about the core of a tree: no Node types, no DOM. */
function checkCore(root: string): string {
  const options = ['-p', 'tsconfig.core.json', '--noEmit', '--composite', 'false', '--pretty', 'false'];
  return spawnSync(process.execPath, [compiler, ...options], { cwd: root, encoding: 'utf8' }).stdout;
}

function planted(files: Readonly<Record<string, string>>): string {
  const root = plantedTree(files);
  for (const name of ['package.json', 'tsconfig.base.json', 'tsconfig.core.json'])
    copyFileSync(join(repository, name), join(root, name));
  return root;
}

// The real tree is judged by `npm run check`.
test('Node and the browser are refused in the core', () => {
  const said = checkCore(
    planted({
      'src/error/file.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      'src/math/page.ts': 'export const title = document.title;\n',
      'src/data/home.ts': 'export const home = process.env.HOME;\n',
      'src/model/good.ts': 'export const good = Math.sqrt(2);\n',
    }),
  );
  expect(said).toMatch(/src\/error\/file\.ts\(1,\d+\): error/);
  expect(said).toMatch(/src\/math\/page\.ts\(1,\d+\): error/);
  expect(said).toMatch(/src\/data\/home\.ts\(1,\d+\): error/);
  expect(said).not.toMatch(/good\.ts/);
});
