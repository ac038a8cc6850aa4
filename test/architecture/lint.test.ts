import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree, repository } from './planted.ts';

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** The lint rules that a file breaks, under the project's own settings. */
function brokenRules(path: string, text: string): string[] {
  const root = plantedTree({ [path]: text, 'src/math/a.ts': 'export const a = 1;\n' });
  copyFileSync(join(repository, 'biome.json'), join(root, 'biome.json'));
  const options = ['lint', '--vcs-enabled=false', '--reporter=json', '.'];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: root, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { category: string; severity: string }[] };
  return diagnostics.filter((one) => one.severity === 'error').map((one) => one.category);
}

// The real tree is judged by `npm run check`.
test.each([
  ['a default export', 'export default 1;\n', 'lint/style/noDefaultExport'],
  [
    'an empty catch',
    'export function f(): void {\n  try {\n    g();\n  } catch {}\n}\nfunction g(): void {\n  throw new RangeError("g");\n}\n',
    'lint/suspicious/noEmptyBlockStatements',
  ],
  ['printing', 'console.log(1);\n', 'lint/suspicious/noConsole'],
  ['any', 'export const x: any = 1;\n', 'lint/suspicious/noExplicitAny'],
  [
    'an import without its extension',
    "import { a } from './a';\nexport const b = a;\n",
    'lint/correctness/useImportExtensions',
  ],
])('%s is refused', (_what, text, rule) => {
  expect(brokenRules('src/math/x.ts', text)).toContain(rule);
});

test('a clean file passes', () => {
  expect(brokenRules('src/math/x.ts', 'export const x = 1;\n')).toEqual([]);
});
