import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './planted.ts';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

const isBuilt = existsSync(join(repository, 'dist/index.js'));
const npm = process.env.npm_execpath;

/** Files that the package would hold. */
function packedFiles(): string[] {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const run =
    npm === undefined
      ? spawnSync('npm', options, { cwd: repository, encoding: 'utf8', shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...options], { cwd: repository, encoding: 'utf8' });
  const [packed] = JSON.parse(run.stdout) as { files: { path: string }[] }[];
  return packed.files.map((file) => file.path);
}

/** What is in the list that should not be, and what is named but not there. */
function packageFaults(files: readonly string[], manifest: Manifest): string[] {
  const targets = [...Object.values(manifest.exports), manifest.bin].flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const stray =
    /\.test\.|(^|\/)(test|bench|out|node_modules|\.ci)\/|\.tsbuildinfo$|(^|\/)testing\/|^src\/|^studies\/[^/]+\/(raw|out)\//;
  return [
    ...targets
      .map((target) => target.replace(/^\.\//, ''))
      .filter((path) => !files.includes(path))
      .map((path) => `missing: ${path}`),
    ...files.filter((path) => stray.test(path)).map((path) => `stray: ${path}`),
  ];
}

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;

test.skipIf(!isBuilt)('the package holds what its entries name, and no tests (skipped without dist/)', () => {
  const files = packedFiles();
  expect(packageFaults(files, manifest)).toEqual([]);
  for (const path of [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'dist/study.schema.json',
    'dist/browser/model.js',
    'dist/platform/run-study.js',
    'studies/ai-carbon-productivity/study.yaml',
    'studies/ai-carbon-productivity/reference/groups.csv',
    'studies/income-and-life-expectancy/data/gapminder.csv',
    'packs/china-cities/pack.yaml',
    'packs/china-cities/reference/cities.csv',
  ]) {
    expect(files).toContain(path);
  }
});

test('a missing entry and a stray file are seen', () => {
  const files = ['dist/index.js', 'dist/index.d.ts', 'dist/a.test.js', 'studies/x/raw/y.csv'];
  const entries = {
    bin: { kaya: 'dist/cli.js' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  };
  expect(packageFaults(files, entries)).toEqual([
    'missing: dist/cli.js',
    'stray: dist/a.test.js',
    'stray: studies/x/raw/y.csv',
  ]);
});
