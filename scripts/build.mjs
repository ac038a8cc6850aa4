// Compiles src/ into dist/ and writes the JSON schema of study files there. Runs as npm's `prepare`, so that a clone works
// after `npm ci` alone.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
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
if (done.status !== 0) process.exit(done.status ?? 1);

const { studyJsonSchema } = await import('../dist/study/json-schema.js');
writeFileSync(new URL('../dist/study.schema.json', import.meta.url), `${JSON.stringify(studyJsonSchema(), null, 2)}\n`);
chmodSync(new URL('../dist/platform/cli/main.js', import.meta.url), 0o755);
