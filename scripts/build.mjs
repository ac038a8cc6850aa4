// Compiles src/ into dist/. Runs as npm's `prepare`, so that a clone works after `npm ci` alone.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(new URL('../src', import.meta.url))) process.exit(0);

const require = createRequire(import.meta.url);
let compiler;
try {
  compiler = require.resolve('typescript/bin/tsc');
} catch {
  console.error('kaya: TypeScript is not installed (npm ci --omit=dev?): dist/ is left as it is');
  process.exit(0);
}
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const done = spawnSync(process.execPath, [compiler, '-b', 'tsconfig.json', '--force'], { cwd: root, stdio: 'inherit' });
process.exit(done.status ?? 1);
