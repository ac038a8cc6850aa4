// What must hold before a commit: format and lint, types, imports, quick tests. `--no-tests` leaves the tests out.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const tsc = resolve('typescript/bin/tsc');

const steps = [
  ['format and lint', resolve('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  ['types', tsc, '-b'],
  ['types of the tests', tsc, '-p', 'tsconfig.test.json'],
  ['imports', 'scripts/check-imports.mjs'],
  ['quick tests', join(dirname(resolve('vitest/package.json')), 'vitest.mjs'), 'run', '--project', 'quick'],
];
const wanted = process.argv.includes('--no-tests') ? steps.slice(0, -1) : steps;

const failed = [];
for (const [name, ...command] of wanted) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\ncheck: all is well' : `\ncheck: not well: ${failed.join(', ')}`);
console.log(`check: ${wanted.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
