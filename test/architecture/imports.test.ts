import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree, repository } from './planted.ts';

interface Report {
  readonly modules: number;
  readonly breaches: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

function checkImports(root: string): { status: number | null; report: Report; stderr: string } {
  const script = join(repository, 'scripts/check-imports.mjs');
  const run = spawnSync(process.execPath, [script, root, '--json'], { encoding: 'utf8' });
  return { status: run.status, report: JSON.parse(run.stdout) as Report, stderr: run.stderr };
}

const value = 'export const value = 1;\n';
const reads = (path: string): string => `import { value } from '${path}';\nexport const copy = value;\n`;

// The real tree is judged by `npm run check`.
test('each kind of breach is seen, type-only imports included', () => {
  const root = plantedTree({
    'src/error/a.ts': reads('../math/b.ts'),
    'src/math/b.ts': value,
    'src/table/c.ts': "import type { Engine } from '../platform/engine/e.ts';\nexport type Mine = Engine;\n",
    'src/platform/engine/e.ts': "import '@duckdb/node-api';\nexport interface Engine { readonly open: boolean }\n",
    'src/data/panel/d.ts': reads('../../model/result/r.ts'),
    'src/data/source/s.ts': reads('../panel/d.ts'),
    'src/model/result/r.ts': value,
    'src/model/inference/i.ts': value,
    'src/model/estimate/f.ts': reads('../inference/i.ts'),
    'src/output/table/o.ts': reads('../../model/estimate/f.ts'),
    'src/output/format/p.ts': reads('../report/q.ts'),
    'src/output/report/q.ts': value,
    'src/study/engine.ts': "import '@duckdb/node-api';\n",
    'src/math/fs.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    'src/math/stranger.ts': "import kleur from 'kleur';\nexport const colour = kleur;\n",
    'src/math/one.ts': "import type { Two } from './two.ts';\nexport type One = Two | null;\n",
    'src/math/two.ts': "import type { One } from './one.ts';\nexport type Two = One[];\n",
    'src/math/gone.ts': "import './not-there.ts';\n",
    'src/model.ts': reads('./platform/engine/v.ts'),
    'src/platform/engine/v.ts': value,
    'src/platform/cli/program.ts':
      "import { value } from '../engine/v.ts';\nexport const late = async () => [value, await import('../engine/v.ts')];\n",
    'src/platform/cli/values.ts': "import type { Engine } from '../engine/e.ts';\nexport type Mine = Engine;\n",
    'src/platform/cli/reg.ts': reads('./describe.ts'),
    'src/platform/cli/describe.ts': value,
    'src/platform/app/read-study.ts': reads('../cli/describe.ts'),
    'src/study/entry.ts': "export * from '../model.ts';\n",
  });
  const { status, report } = checkImports(root);
  expect(status).toBe(1);
  expect(new Set(report.breaches.map(({ rule, from }) => `${rule}: ${from}`))).toEqual(
    new Set([
      'error-imports-left-only: src/error/a.ts',
      'table-imports-left-only: src/table/c.ts',
      'data-imports-left-only: src/data/panel/d.ts',
      'data/source-imports-left-only: src/data/source/s.ts',
      'model/estimate-imports-left-only: src/model/estimate/f.ts',
      'output-sees-only-results-of-the-model: src/output/table/o.ts',
      'output/table+figure+format+layout-imports-left-only: src/output/format/p.ts',
      'only-platform.engine-imports-@duckdb/node-api: src/study/engine.ts',
      'core-runs-anywhere: src/math/fs.ts',
      'packages-are-listed: src/math/stranger.ts',
      'no-cycles: src/math/one.ts',
      'imports-resolve: src/math/gone.ts',
      'browser-entries-hold-no-machine: src/model.ts',
      'entries-are-for-users: src/study/entry.ts',
      'commands-load-when-called: src/platform/cli/program.ts',
      'no-command-imports-another: src/platform/cli/reg.ts',
      'platform/app-imports-left-only: src/platform/app/read-study.ts',
    ]),
  );
});

test('a tree in which nothing is seen fails', () => {
  const { status, report, stderr } = checkImports(plantedTree({ 'src/readme.txt': 'no modules here\n' }));
  expect(report.modules).toBe(0);
  expect(status).toBe(1);
  expect(stderr).toMatch(/no module was seen/);
});

test('the commands of the list are those that the program loads when they are called', () => {
  const { commands } = JSON.parse(readFileSync(join(repository, 'scripts/import-order.json'), 'utf8')) as {
    commands: string[];
  };
  const program = ['program.ts', 'machine-commands.ts', 'diff-options.ts', 'audit-options.ts']
    .map((name) => readFileSync(join(repository, 'src/platform/cli', name), 'utf8'))
    .join('\n');
  const loaded = [...program.matchAll(/\{ run\w+ \} = await import\('\.\/([\w-]+)\.ts'\)/g)].map(([, name]) => name);
  expect([...commands].sort()).toEqual([...new Set(loaded)].sort());
});

test('ARCHITECTURE.md states the same order', () => {
  const { layers } = JSON.parse(readFileSync(join(repository, 'scripts/import-order.json'), 'utf8')) as {
    layers: string[][];
  };
  const order = layers.map((group) => (group.length > 1 ? `{ ${group.join(' | ')} }` : group[0])).join(' -> ');
  expect(readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8')).toContain(order);
});
