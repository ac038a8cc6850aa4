// Compiles src/ into dist/, joins the program there and writes the JSON schema of study files. Runs as npm's `prepare`, so that
// a clone works after `npm ci` alone. npx runs `prepare` again when it links a clone: nothing is taken away while it may be in use.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForPages, bundlePages, bundleProgram } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const target = join(root, 'dist');
if (!existsSync(source)) process.exit(0);

const require = createRequire(import.meta.url);
let compiler;
try {
  compiler = require.resolve('typescript/bin/tsc');
} catch {
  console.error('kaya: TypeScript is not installed (npm ci --omit=dev?): dist/ is left as it is');
  process.exit(0);
}

/** Files below a folder, as paths relative to it. */
function filesBelow(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    : [];
}

const isTest = (path) => path.endsWith('.test.ts') || /(^|[\\/])testing[\\/]/.test(path);
const wanted = filesBelow(source)
  .filter((path) => /\.tsx?$/.test(path) && !isTest(path))
  .map((path) => path.replace(/\.tsx?$/, ''));
const isWhole = wanted.every((path) => existsSync(join(target, `${path}.js`)));

const options = ['-b', 'tsconfig.json', ...(isWhole ? [] : ['--force'])];
const { status } = spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// What was made from a source that is gone.
for (const path of filesBelow(target)) {
  const made = /^(.*)\.(d\.ts|js)$/.exec(path);
  if (made !== null && !/^(program|browser|pages)/.test(path) && !wanted.includes(made[1])) rmSync(join(target, path));
}

const { studyJsonSchema } = await import('../dist/study/language/json-schema.js');
const { packsFor } = await import('../dist/platform/app/packs.js');
const packs = packsFor(root);
const schema = studyJsonSchema(packs.names.map(packs.read));
writeFileSync(join(target, 'study.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
await bundleProgram(root);
await bundleForPages(root);
await bundlePages(root);
chmodSync(join(target, 'program', 'main.js'), 0o755);
