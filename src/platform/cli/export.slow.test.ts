import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDta } from '../../file/dta/read-dta.ts';
import { hashBytes } from '../store/hash.ts';
import { manyModels, manyModelsData } from './testing/many-models.ts';
import { runInside } from './testing/run-inside.ts';

const studies = fileURLToPath(new URL('../../../studies', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kaya-export-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const answers = (command: string, args: readonly string[]): boolean => spawnSync(command, [...args]).status === 0;
/** A Python with numpy and pandas: `KAYA_PYTHON`, else python3. */
const python = process.env.KAYA_PYTHON ?? 'python3';
const hasR = answers('Rscript', ['--version']);
const hasPython = answers(python, ['-c', 'import numpy, pandas']);

/** The package of a study: all scripts at once. */
const made = (name: string): string => join(scratch, `${name}-replication`);

/** A ready panel, raw tables of a fiftieth of the firms, and a model of every kind that scripts repeat. */
const names = ['income-and-life-expectancy', 'ai-carbon-productivity', 'many-models'] as const;

beforeAll(async () => {
  for (const name of names) {
    const folder = join(scratch, name);
    const file = join(folder, 'study.yaml');
    if (name === 'many-models') {
      mkdirSync(folder);
      writeFileSync(file, manyModels);
      writeFileSync(join(folder, 'firms.csv'), manyModelsData());
    } else {
      cpSync(join(studies, name), folder, { recursive: true, filter: (path) => !path.endsWith('/raw') });
      writeFileSync(file, readFileSync(file, 'utf8').replace('scale: 1,', 'scale: 0.02,'));
    }
    const { status, err } = await runInside(['export', 'replication', folder, '--out', made(name)]);
    expect(status, err).toBe(0);
  }
}, 600_000);

/** A script's last words: how many of how many agree. */
function run(command: string, file: string, environment: Readonly<Record<string, string>>): readonly [number, number] {
  const { stdout, stderr } = spawnSync(command, [file], { encoding: 'utf8', env: { ...process.env, ...environment } });
  const [, agreed, compared] = /^(\d+) of (\d+) numbers agree/m.exec(stdout) ?? [];
  expect(agreed, stdout.slice(-2000) + stderr.slice(-2000)).toBeDefined();
  return [Number(agreed), Number(compared)];
}

/** Numbers that the studies print in tables of models and of statistics, at least. */
const least = { 'income-and-life-expectancy': 140, 'ai-carbon-productivity': 850, 'many-models': 420 } as const;

describe.skipIf(!hasR)(`the script for R (Rscript ${hasR ? 'is there' : 'is not on this machine'})`, () => {
  test.each(names)('%s: every number agrees', (name) => {
    const [agreed, compared] = run('Rscript', join(made(name), 'replicate.R'), {});
    expect(compared).toBeGreaterThanOrEqual(least[name]);
    expect(agreed).toBe(compared);
  });

  test('a number that is another is found', () => {
    const file = join(made(names[0]), 'replicate.R');
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
      const file = join(made(name), 'replicate.py');
      const [agreed, compared] = run(python, file, { KAYA_WRITTEN_OUT: '1' });
      expect(compared).toBeGreaterThanOrEqual(least[name]);
      expect(agreed).toBe(compared);
    });

    const hasPyfixest = hasPython && answers(python, ['-c', 'import pyfixest']);
    describe.skipIf(!hasPyfixest)(`by pyfixest (there: ${hasPyfixest})`, () => {
      test.each([names[0], names[2]])('%s: every number agrees', (name) => {
        const [agreed, compared] = run(python, join(made(name), 'replicate.py'), {});
        expect(agreed).toBe(compared);
      });
    });
  },
);

test('a replication package holds what its checksums list, and calls synthetic data so', async () => {
  for (const name of names) {
    const out = made(name);
    const listed = readFileSync(join(out, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    for (const line of listed) {
      const [sha256 = '', file = ''] = line.split('  ');
      expect(hashBytes(readFileSync(join(out, file))), file).toBe(sha256);
    }
    const files = listed.map((line) => line.slice(66));
    for (const file of ['README.md', 'replicate.R', 'replicate.py', 'replicate.do', 'study/study.yaml', 'Dockerfile'])
      expect(files).toContain(file);
    const isSynthetic = name === 'ai-carbon-productivity';
    expect(files.includes('SYNTHETIC-DATA.txt')).toBe(isSynthetic);
    const readme = readFileSync(join(out, 'README.md'), 'utf8');
    expect(readme.startsWith('# SYNTHETIC DATA')).toBe(isSynthetic);
    for (const script of ['replicate.R', 'replicate.py', 'replicate.do'])
      expect(readFileSync(join(out, script), 'utf8').includes('THE DATA ARE SYNTHETIC')).toBe(isSynthetic);
    expect((await runInside(['study', 'check', join(out, 'study')])).status).toBe(0);
  }
});

test('panel.dta has the columns of panel.csv under the names of the do-file, with labels', () => {
  for (const name of names) {
    const folder = made(name);
    const { names: columns, labels } = describeDta(join(folder, 'panel.dta'));
    const [header = ''] = readFileSync(join(folder, 'panel.csv'), 'utf8').split('\n', 1);
    if (name === 'many-models') expect(columns).toContain('net_sales');
    else expect(columns).toEqual(header.split(','));
    expect(labels.every((label) => label !== '')).toBe(true);
  }
});

function describeDta(path: string): { names: string[]; labels: string[] } {
  const { variables } = readDta(readFileSync(path), path);
  return { names: variables.map((one) => one.name), labels: variables.map((one) => one.label) };
}
