import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDta } from '../file/dta/read-dta.ts';
import { runInside } from './testing/run-inside.ts';

const studies = fileURLToPath(new URL('../../../studies', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kaya-export-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const answers = (command: string, args: readonly string[]): boolean => spawnSync(command, [...args]).status === 0;
/** A Python with numpy and pandas: `KAYA_PYTHON`, else python3. */
const python = process.env.KAYA_PYTHON ?? 'python3';
const hasR = answers('Rscript', ['--version']);
const hasPython = answers(python, ['-c', 'import numpy, pandas']);

/** The two studies: a ready panel, and raw tables of a fiftieth of the firms. */
const names = ['income-and-life-expectancy', 'ai-carbon-productivity'] as const;

beforeAll(async () => {
  for (const name of names) {
    const folder = join(scratch, name);
    cpSync(join(studies, name), folder, { recursive: true, filter: (path) => !path.endsWith('/raw') });
    const file = join(folder, 'study.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('scale: 1,', 'scale: 0.02,'));
    for (const program of ['r', 'python', 'stata']) {
      const { status, err } = await runInside([
        'export',
        program,
        folder,
        '--out',
        join(scratch, `${name}-${program}`),
      ]);
      expect(status, err).toBe(0);
    }
  }
}, 600_000);

/** A script's last words: how many of how many agree. */
function run(command: string, file: string, environment: Readonly<Record<string, string>>): readonly [number, number] {
  const { stdout, stderr } = spawnSync(command, [file], { encoding: 'utf8', env: { ...process.env, ...environment } });
  const [, agreed, compared] = /^(\d+) of (\d+) numbers agree/m.exec(stdout) ?? [];
  expect(agreed, stdout.slice(-2000) + stderr.slice(-2000)).toBeDefined();
  return [Number(agreed), Number(compared)];
}

/** Numbers that the two studies print in tables of models and of statistics, at least. */
const least = { 'income-and-life-expectancy': 140, 'ai-carbon-productivity': 850 } as const;

describe.skipIf(!hasR)(`the script for R (Rscript ${hasR ? 'is there' : 'is not on this machine'})`, () => {
  test.each(names)('%s: every number agrees', (name) => {
    const [agreed, compared] = run('Rscript', join(scratch, `${name}-r`, 'replicate.R'), {});
    expect(compared).toBeGreaterThanOrEqual(least[name]);
    expect(agreed).toBe(compared);
  });

  test('a number that is another is found', () => {
    const file = join(scratch, `${names[0]}-r`, 'replicate.R');
    const text = readFileSync(file, 'utf8');
    const changed = text.replace(/"income" = (\d+\.\d{3})\d+/, '"income" = $19');
    expect(changed).not.toBe(text);
    writeFileSync(`${file}.changed.R`, changed);
    const [agreed, compared] = run('Rscript', `${file}.changed.R`, {});
    expect(compared - agreed).toBe(1);
  });
});

describe.skipIf(!hasPython)(
  `the script for Python (${python} ${hasPython ? 'has numpy and pandas' : 'has no numpy and pandas'})`,
  () => {
    test.each(names)('%s: every number agrees, written out in numpy', (name) => {
      const file = join(scratch, `${name}-python`, 'replicate.py');
      const [agreed, compared] = run(python, file, { KAYA_WRITTEN_OUT: '1' });
      expect(compared).toBeGreaterThanOrEqual(least[name]);
      expect(agreed).toBe(compared);
    });

    const hasPyfixest = hasPython && answers(python, ['-c', 'import pyfixest']);
    test.skipIf(!hasPyfixest)(`${names[0]}: every number agrees, by pyfixest (there: ${hasPyfixest})`, () => {
      const [agreed, compared] = run(python, join(scratch, `${names[0]}-python`, 'replicate.py'), {});
      expect(agreed).toBe(compared);
    });
  },
);

test('panel.dta has the columns of panel.csv under the names of the do-file, with labels', () => {
  for (const name of names) {
    const folder = join(scratch, `${name}-stata`);
    const { names: columns, labels } = describeDta(join(folder, 'panel.dta'));
    const [header = ''] = readFileSync(join(folder, 'panel.csv'), 'utf8').split('\n', 1);
    expect(columns).toEqual(header.split(','));
    expect(labels.every((label) => label !== '')).toBe(true);
  }
});

function describeDta(path: string): { names: string[]; labels: string[] } {
  const { variables } = readDta(readFileSync(path), path);
  return { names: variables.map((one) => one.name), labels: variables.map((one) => one.label) };
}
