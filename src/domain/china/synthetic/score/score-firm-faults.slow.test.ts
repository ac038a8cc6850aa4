import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { chinaPack, cityReferenceFolders, cityStudy, studyOf } from '../../../../../test/china-pack.ts';
import { groupsIn } from '../../../../platform/app/own-groups.ts';
import { readReference } from '../../../../platform/app/raw-layer.ts';
import { referenceFilesIn } from '../../../../platform/app/reference-folders.ts';
import { listTableFiles } from '../../../../platform/store/raw-files.ts';
import { writeRawLayer } from '../../../../platform/store/raw-layer.ts';
import { firmScanner } from '../../../../platform/worker/registry-scan.ts';
import { parsePublished } from '../../../../study/language/published.ts';
import { readYaml } from '../../../../study/language/read-yaml.ts';
import { placeTablesOf, scanRulesOf } from '../../registry/firm-rules.ts';
import { calibrationSchema } from '../calibration.ts';
import { type FirmFaultKey, firmFaultKinds } from '../faults/firm-key.ts';
import { simulateRawLayer } from '../simulate.ts';
import { scoreFirmFaults } from './score-firm-faults.ts';

const own = { groups: groupsIn(fileURLToPath(cityStudy)) };
const silent = { step: () => undefined, detail: () => undefined, done: () => undefined, warn: () => undefined };
const read = (name: string): string => readFileSync(new URL(name, cityStudy), 'utf8');

it.each([20_261, 77_003, 914_402])(
  'every fault on, seed %i: the counts of the clean layer, kinds found',
  async (seed) => {
    const home = mkdtempSync(join(tmpdir(), 'kaya-'));
    try {
      const study = studyOf(read('study.yaml'), own);
      const published = parsePublished(read('published.yaml'), 'published.yaml');
      const calibration = readYaml(read('calibration.yaml'), 'calibration.yaml', calibrationSchema);
      const settings = { pack: chinaPack, groups: { ...chinaPack.groups, ...own.groups }, calibration };
      const reference = await readReference(cityReferenceFolders);
      const { dirt, ...clean } = simulateRawLayer(study, reference, published, { ...settings, seed, scale: 0.01 });
      const raw = join(home, 'raw');
      mkdirSync(raw);
      await writeRawLayer(
        {
          clean: Promise.resolve(clean),
          dirt: Promise.resolve(dirt),
          firmTasks: clean.firmTasks.map((task) => ({ ...task, faults: firmFaultKinds })),
        },
        {
          folder: raw,
          option: '--out',
          replace: [],
          onKept: () => undefined,
          reference: referenceFilesIn(cityReferenceFolders),
          inputs: '',
          threads: 1,
          progress: silent,
          signal: new AbortController().signal,
        },
      );
      const key = JSON.parse(readFileSync(join(raw, 'faults-registry.json'), 'utf8')) as FirmFaultKey;
      const files = listTableFiles(raw, 'registry');
      const scan = await firmScanner({ threads: 1 }).scan(
        files,
        scanRulesOf(study, reference),
        placeTablesOf(reference),
      );
      const { rows, wrong } = scoreFirmFaults(scan, key);
      expect(wrong).toEqual([]);
      expect(rows).toHaveLength(firmFaultKinds.length + 1);
      for (const { kind, planted, found, correct } of rows) {
        expect(planted, kind).toBeGreaterThan(['encoding', 'delimiter'].includes(kind) ? 3 : 50);
        expect(correct / planted, kind).toBeGreaterThanOrEqual(0.95);
        expect(correct / found, kind).toBeGreaterThanOrEqual(0.95);
      }
      const sum = (of: 'planted' | 'found' | 'correct'): number => rows.reduce((total, row) => total + row[of], 0);
      expect(sum('correct') / sum('planted')).toBeGreaterThanOrEqual(0.99);
      expect(sum('correct') / sum('found')).toBeGreaterThanOrEqual(0.99);
      const truth = JSON.parse(readFileSync(join(raw, 'truth.json'), 'utf8'));
      expect(key.counts.reduce((total, [, , firms]) => total + firms, 0)).toBe(truth.totals.firmsWithKeyword);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
);
