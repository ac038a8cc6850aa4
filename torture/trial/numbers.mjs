import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../contract.mjs';

/** Texts that programs have taken for numbers, or numbers that they have lost. */
const STRANGE = [
  '1e308',
  '-1e308',
  '5e-324',
  '0',
  '-0',
  'NaN',
  'Inf',
  '-Inf',
  '',
  '.',
  'NA',
  '1,5',
  '0x1F',
  '1e',
  '１２',
  '1_000',
  '∞',
  '+3',
  '1e400',
  '"',
  'true',
  '2003-01-01',
];

export const trial = {
  name: 'numbers',
  promise: 'strange numbers in a file give an estimate or a sentence, never a crash',
  unit: 'files',
  goal: 500,
  /** A small panel with some strange cells, through a regression with two effects. */
  async attempt({ random, whole, pick, folder, kaya }) {
    const rows = 20 + whole(60);
    const lines = ['id,year,y,x,z'];
    for (let row = 0; row < rows; row++) {
      const cells = [
        `${row % 10}`,
        `${2000 + Math.floor(row / 10)}`,
        random().toFixed(4),
        random().toFixed(4),
        random().toFixed(4),
      ];
      if (random() < 0.2) cells[2 + whole(3)] = pick(STRANGE);
      lines.push(cells.join(','));
    }
    const file = join(folder, 'data.csv');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const run = await kaya(['reg', file, 'y ~ x + z | id + year', '--vcov', 'cluster:id', '--format', 'json']);
    const fault = faultOf(run);
    if (fault !== undefined) return `${fault}\n${readFileSync(file, 'utf8')}`;
    if (run.code === 0) {
      JSON.parse(run.stdout);
      return undefined;
    }
    return lines.slice(1).some((line) => line.split(',').some((cell) => STRANGE.includes(cell)))
      ? undefined
      : `refused a plain file: ${run.stderr}`;
  },
};
