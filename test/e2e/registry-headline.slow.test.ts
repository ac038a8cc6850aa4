import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cityReference } from '../china-pack.ts';
import { kaya } from './kaya.ts';

const packReference = fileURLToPath(cityReference);

it('the headline without a keyword is that of a scan which never knew it', () => {
  const home = mkdtempSync(join(tmpdir(), 'kaya-'));
  try {
    const study = join(home, 'study');
    expect(kaya(home, 'study', 'init', study).status).toBe(0);
    const headline = (...more: string[]) =>
      JSON.parse(kaya(home, 'registry', 'scan', '--study', study, '--report', '--json', ...more).stdout).headline.rows;
    const all = headline();
    expect(all).toHaveLength(41);
    // 物联网 is the second keyword of the list.
    const lines = readFileSync(join(packReference, 'keywords.csv'), 'utf8').split('\n');
    const shorter = join(home, 'keywords.csv');
    writeFileSync(shorter, lines.filter((line) => !line.startsWith('2,')).join('\n'));
    // A list is read with the exclusions that lie beside it.
    const exclusions = 'keyword_exclusions.csv';
    copyFileSync(join(packReference, exclusions), join(home, exclusions));
    const [without] = headline('--keywords', shorter);
    const left = all.find(({ word }: { word: string }) => word === '物联网');
    expect(left.estimate).not.toBeCloseTo(all[0].estimate, 4);
    expect(left.estimate).toBe(without.estimate);
    expect(left.se).toBe(without.se);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
