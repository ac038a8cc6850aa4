import { expect, test } from 'vitest';
import type { ScriptStudy } from '../contract.ts';
import { environmentFiles } from './environment.ts';
import { type ReplicationStudy, replicationReadme } from './readme.ts';

const study: ScriptStudy = {
  id: 'small',
  title: 'A small study',
  isSynthetic: true,
  version: '1.2.3',
  panelSha256: 'ab',
  panel: { unit: 'firm', time: 'year' },
  columns: { names: ['firm', 'year', 'y'], kindOf: () => 'number', step: 1 },
  nrow: 12,
  exhibits: [
    { heading: 'Table 1', title: 'Models', parts: [] },
    {
      heading: 'Figure 1',
      title: 'Curve',
      parts: [{ kind: 'note', name: 'f', text: 'drawn by Kaya alone', count: 1 }],
    },
  ],
};
const whole: ReplicationStudy = {
  study,
  authors: 'A. Author',
  follows: 'Someone (2020), A paper',
  scripts: [
    {
      name: 'R',
      file: 'replicate.R',
      run: 'Rscript replicate.R',
      compared: 7,
      notRepeated: 1,
      exhibits: [
        { heading: 'Table 1', compared: 7, notRepeated: 0 },
        { heading: 'Figure 1', compared: 0, notRepeated: 1 },
      ],
    },
  ],
  inputs: [{ path: 'raw/a.csv', sha256: 'cd', bytes: 10, synthetic: true }],
  generator: { version: 3, seed: 42, scale: 1 },
  copied: ['study.yaml', 'LICENSE.md'],
};

test('synthetic data are called so at the head, in the statement and in the list', () => {
  const text = replicationReadme(whole);
  expect(text).toMatch(/^# SYNTHETIC DATA: A small study\n/);
  expect(text).toContain('nothing here is a replication of a paper (Someone (2020), A paper)');
  expect(text).toContain('All data of this package are **synthetic**');
  expect(text).toContain('seed 42, scale 1');
  expect(text).toContain('| `raw/a.csv` | `cd` | 10 | synthetic |');
  expect(text).not.toContain('legitimate access');
});

test('real data are not', () => {
  const text = replicationReadme({ ...whole, study: { ...study, isSynthetic: false }, generator: null, inputs: [] });
  expect(text).not.toMatch(/synthetic/i);
  expect(text).toContain('legitimate access to and permission to use the data');
  expect(text).toContain('Terms of use: `study/LICENSE.md`.');
});

test('it has the sections of the template, and a line for every table and figure', () => {
  const text = replicationReadme(whole);
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    'Overview',
    'Data availability and provenance statements',
    'Computational requirements',
    'Description of programs',
    'List of tables, figures and programs',
    'References',
  ]);
  expect(text).toContain('| Table 1 | Models | 7 |  |');
  expect(text).toContain('| Figure 1 | Curve | 0 | drawn by Kaya alone |');
  expect(text).toContain('| `replicate.R` | `Rscript replicate.R` | 7 | 1, each with its reason |');
});

test('the environments pin what was tried, and ask for this very program', () => {
  const files = environmentFiles(study);
  expect(Object.keys(files).sort()).toEqual(['Dockerfile', 'install.R', 'package.json', 'requirements.txt']);
  expect(files['requirements.txt']).toMatch(/^numpy==[\d.]+\npandas==[\d.]+\npyfixest==[\d.]+$/m);
  expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({ dependencies: { 'kaya-panel': '1.2.3' } });
});
