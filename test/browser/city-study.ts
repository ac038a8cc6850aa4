import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../architecture/planted.ts';
import { kaya } from '../e2e/kaya.ts';

/** The shipped study of cities with a fiftieth of its firms, run: every kind of table, figure and text that a report has. */
export function cityStudy(...options: readonly string[]): {
  readonly folder: string;
  readonly address: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-city-'));
  const study = join(folder, 'city');
  const shipped = join(repository, 'studies', 'ai-carbon-productivity');
  cpSync(shipped, study, { recursive: true, filter: (path) => basename(path) !== 'raw' });
  const file = join(study, 'study.yaml');
  const text = readFileSync(file, 'utf8');
  const small = text.replace('scale: 1, faults', 'scale: 0.02, faults');
  if (small === text) throw new Error('the study has no scale to make small');
  writeFileSync(file, small);
  const run = kaya(folder, 'study', 'run', study, '--out', join(folder, 'out'), ...options);
  if (run.status !== 0) throw new Error(run.stderr);
  return {
    folder,
    address: pathToFileURL(join(folder, 'out', 'report.html')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
