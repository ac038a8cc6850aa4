// Checks the imports of src/ against .dependency-cruiser.cjs. Prints one line a breach; `--json` prints them as data.
// Usage: node scripts/check-imports.mjs [ROOT] [--json]
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const here = fileURLToPath(new URL('..', import.meta.url));
const isJson = process.argv.includes('--json');
const root = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? here;

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
process.chdir(root);
const { output } = await cruise(['src'], { ...options, baseDir: root, ruleSet: { forbidden }, validate: true }, null, {
  tsConfig: extractTSConfig(fileURLToPath(new URL('../tsconfig.base.json', import.meta.url))),
});

// dependency-cruiser passes when it sees nothing, as it does with a TypeScript it does not know.
const modules = output.modules.filter((module) => module.source.startsWith('src/'));
const breaches = output.summary.violations.map(({ rule, from, to, cycle }) => ({
  rule: rule.name,
  from,
  to,
  ...(cycle === undefined ? {} : { cycle: cycle.map((step) => step.name) }),
}));
if (isJson) {
  process.stdout.write(`${JSON.stringify({ modules: modules.length, breaches }, null, 2)}\n`);
} else {
  for (const { rule, from, to, cycle } of breaches) {
    console.error(`${rule}: ${from} imports ${to}${cycle ? ` (${cycle.join(' > ')})` : ''}`);
  }
  console.log(`imports: ${modules.length} modules, ${breaches.length} breaches`);
}
if (modules.length === 0) console.error('imports: no module was seen, so nothing was checked');
process.exitCode = modules.length === 0 || breaches.length > 0 ? 1 : 0;
