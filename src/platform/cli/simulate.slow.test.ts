import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultChoice, type FaultKey, usualFaults } from '../../domain/china/synthetic/faults/contract.ts';
import { firmFaultKinds } from '../../domain/china/synthetic/faults/firm-key.ts';
import type { CommandContext } from '../app/context.ts';
import { usualHold } from '../app/hold.ts';
import { isSameLayer, type RawManifest } from '../store/raw-layer.ts';
import type { SimulateOptions } from './command.ts';
import { runSimulateCommand } from './simulate.ts';

const study = fileURLToPath(new URL('../../../studies/ai-carbon-productivity', import.meta.url));
const context: CommandContext = {
  language: 'en',
  version: '0.0.0',
  signal: new AbortController().signal,
  progress: { step: () => undefined, detail: () => undefined, done: () => undefined, warn: () => undefined },
  print: () => undefined,
};
const options: SimulateOptions = {
  study,
  out: null,
  faults: null,
  score: false,
  format: null,
  seed: 7,
  scale: 0.0005,
  sampling: null,
  threads: 1,
  hold: usualHold,
};

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'kaya-simulate-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(scratch, ...path), 'utf8')) as T;

test('a dirty layer has its key in the manifest, a clean one has neither', async () => {
  await runSimulateCommand({ ...options, out: join(scratch, 'clean'), faults: 'none' }, context);
  await runSimulateCommand({ ...options, out: join(scratch, 'dirty'), faults: 'usual' }, context);
  const [clean, dirty] = ['clean', 'dirty'].map((name) => json<RawManifest>(name, 'manifest.json'));
  expect([existsSync(join(scratch, 'clean', 'faults.json')), clean.faults]).toEqual([false, undefined]);
  const key = json<FaultKey>('dirty', 'faults.json');
  expect(dirty.files['faults.json'].sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(dirty.faults?.kinds).toEqual(key.kinds);
  for (const { file } of key.faults) expect(dirty.files).toHaveProperty([file]);
  // What is true of the panel and the firms is the same.
  expect(dirty.files['truth.json'].sha256).toBe(clean.files['truth.json'].sha256);

  const wanted = { seed: 7, scale: 0.0005, sampling: false, inputs: dirty.inputs };
  const isSame = (manifest: RawManifest, faults: FaultChoice): boolean => isSameLayer(manifest, { ...wanted, faults });
  expect([isSame(clean, 'none'), isSame(clean, 'usual')]).toEqual([true, false]);
  expect([isSame(dirty, 'none'), isSame(dirty, 'usual'), isSame(dirty, 'all')]).toEqual([false, true, false]);
  // A layer with its errors is another one.
  expect(isSameLayer(clean, { ...wanted, sampling: true, faults: 'none' })).toBe(false);
  // Layers of before do not say it.
  const { sampling: _sampling, ...before } = clean.generator;
  expect(isSame({ ...clean, generator: before }, 'none')).toBe(true);
  // The same kinds by name leave the registry clean.
  expect(isSame(dirty, usualFaults)).toBe(false);
  expect(isSame({ ...dirty, faults: { version: 0, kinds: key.kinds, registry: firmFaultKinds } }, 'usual')).toBe(false);
});

test('a kind that is none, and a layer without a place, are refused', async () => {
  await expect(runSimulateCommand({ ...options, faults: 'usual2' }, context)).rejects.toMatchObject({
    code: 'bad-option',
    detail: { option: '--faults', value: 'usual2', suggestion: 'usual' },
  });
  await expect(runSimulateCommand({ ...options, faults: 'thousand,full-width' }, context)).rejects.toMatchObject({
    detail: { value: 'thousand', suggestion: 'thousands' },
  });
  await expect(runSimulateCommand(options, context)).rejects.toMatchObject({ code: 'needs-more' });
});

test('a layer with its errors is asked for here, whatever the study says', async () => {
  await runSimulateCommand({ ...options, out: join(scratch, 'as-said'), faults: 'none' }, context);
  await runSimulateCommand({ ...options, out: join(scratch, 'sampled'), faults: 'none', sampling: true }, context);
  const truthOf = (name: string) => json<{ readonly generator: { readonly sampling: boolean } }>(name, 'truth.json');
  expect([truthOf('as-said').generator.sampling, truthOf('sampled').generator.sampling]).toEqual([false, true]);
  const wanted = {
    seed: 7,
    scale: 0.0005,
    faults: 'none',
    inputs: json<RawManifest>('sampled', 'manifest.json').inputs,
  } as const;
  expect(isSameLayer(json('sampled', 'manifest.json'), { ...wanted, sampling: true })).toBe(true);
  expect(readFileSync(join(scratch, 'sampled', 'yearbook', '2010.csv'), 'utf8')).not.toBe(
    readFileSync(join(scratch, 'as-said', 'yearbook', '2010.csv'), 'utf8'),
  );
});
