import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kaya } from '../e2e/kaya.ts';

/** A title, a label and a name that would like to be a formula and markup. */
export const hostile = `=cmd()</script><img src=x onerror="document.title='owned'">`;

export interface LivingStudy {
  /** Holds `data.csv`, the study, and `out` of its run. */
  readonly folder: string;
  /** Of the report as it was made. */
  readonly address: string;
  readonly remove: () => void;
}

/** A small study whose texts are hostile, run: 24 units over ten years, a threshold, a figure of each kind that a click changes. */
export function livingStudy(...options: readonly string[]): LivingStudy {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-living-'));
  const lines = ['id,year,y,x,z,part'];
  for (let i = 0; i < 240; i++) {
    const [id, year] = [i % 24, 2000 + Math.floor(i / 24)];
    const wave = (k: number) => Math.sin(i * k) + Math.cos(id * k * 0.7);
    const cells = [(0.4 * wave(1.3) + wave(2.9)).toFixed(6), wave(1.3).toFixed(6), wave(0.7).toFixed(6), id % 2];
    lines.push([`u${id}`, year, ...cells].join(','));
  }
  writeFileSync(join(folder, 'data.csv'), `${lines.join('\n')}\n`);
  const study = {
    ...{ kaya: 1, id: 's', title: hostile, data: { panel: 'data.csv' }, panel: { unit: 'id', time: 'year' } },
    variables: { controls: ['z'] },
    labels: { x: hostile },
    conventions: { vcov: ['iid', 'cluster:id'] },
    models: {
      m: { formula: 'y ~ x + ..controls | id + year' },
      p: { formula: 'y ~ x + ..controls | id + year', permute: 'x', permute_by: 'id', reps: 39 },
      th: { formula: 'y ~ 1 | id + year', threshold: { regime: 'x', by: 'z', boot: 0 } },
    },
    tables: [
      { id: 't1', kind: 'regression', title: hostile, models: ['m'] },
      { id: 't2', kind: 'regression', title: 'Placebo', models: ['p'] },
      { id: 't3', kind: 'regression', title: 'Threshold', models: ['th'] },
    ],
    figures: [
      { id: 'f1', kind: 'coefficients', title: hostile, table: 't1', term: 'x' },
      { id: 'f2', kind: 'threshold_units', title: 'Units', model: 'th' },
      { id: 'f3', kind: 'map', title: 'Map', variable: 'y', longitude: 'x', latitude: 'z' },
    ],
    hypotheses: [{ id: 'H1', text: hostile, table: 't1', term: 'x', sign: 'positive', level: 0.05 }],
    report: { headline: { table: 't1', column: 1, term: 'x' } },
  };
  writeFileSync(join(folder, 'study.yaml'), JSON.stringify(study));
  const run = kaya(folder, 'study', 'run', folder, '--out', join(folder, 'out'), ...options);
  if (run.status !== 0) throw new Error(run.stderr);
  return {
    folder,
    address: pathToFileURL(join(folder, 'out', 'report.html')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
