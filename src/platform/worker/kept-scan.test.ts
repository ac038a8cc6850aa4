import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { usualRules } from '../../domain/china/registry/judge-text.ts';
import type { FirmScan, PlaceTables, ScanRules } from '../../domain/china/registry/scan-contract.ts';
import { leftOutReasons, usualCounting } from '../../domain/china/registry/scan-contract.ts';
import { withKeys } from '../../error/known-keys.ts';
import { hashBytes } from '../store/hash.ts';
import { keptScan } from './kept-scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const places: PlaceTables = { gazetteer: [], aliases: [], changes: [] };
const rules: ScanRules = {
  keywords: [],
  match: usualRules,
  counting: usualCounting,
  asOf: null,
  lastYear: null,
  sample: 0,
  seed: 1,
};
const file = { path: join(folder, 'firms.csv'), name: 'registry/firms.csv' };
const keptAt = join(folder, 'registry-scan.json');
let scans = 0;
const noFirms: FirmScan = {
  keywords: [],
  cells: [],
  byKeyword: [],
  only: [],
  account: {
    files: [],
    ...{ rows: 0, broken: 0, trapped: 0, denied: 0, hitRows: 0, duplicates: 0, firms: 0, counted: 0 },
    leftOut: withKeys(leftOutReasons, () => 0),
    codes: { missing: 0, malformed: 0, checkDigit: 0 },
    closedWithoutDate: 0,
  },
  sample: [],
  ledger: [],
};

/** A scan through what stands at `keptAt`; the scanner gives the number of its calls. */
async function scanned(
  asked: ScanRules = rules,
  path: string | null = keptAt,
  sheets: Record<string, string[]> = {},
): Promise<number> {
  const kept = keptScan(path, sheets);
  const scanner = kept.before({ scan: async () => ({ ...noFirms, only: [++scans] }) });
  const { only } = await scanner.scan([file], asked, places);
  writeFileSync(keptAt, kept.text());
  return only[0];
}

it('gives a scan again only for the same bytes, rules, places and sheets', async () => {
  writeFileSync(file.path, 'a,b\n1,2\n');
  expect([await scanned(), await scanned(), await scanned()]).toEqual([1, 1, 1]);
  // Another cell, the same length and name.
  writeFileSync(file.path, 'a,b\n1,3\n');
  expect([await scanned(), await scanned()]).toEqual([2, 2]);
  expect([await scanned({ ...rules, counting: { ...usualCounting, count: 'stock' } }), await scanned()]).toEqual([
    3, 4,
  ]);
  expect(await scanned(rules, null)).toBe(5);
  const sheets = { 'registry/firms.csv': ['A'] };
  expect([await scanned(rules, keptAt, sheets), await scanned(rules, keptAt, sheets), await scanned()]).toEqual([
    6, 6, 7,
  ]);
});

it('does not trust a kept scan that was cut or changed', async () => {
  const now = await scanned();
  const text = readFileSync(keptAt, 'utf8');
  for (const broken of [text.slice(0, -20), text.replace(`[${now}]`, '[999]'), 'null\n', '[]\n', '{"key":1}\n']) {
    writeFileSync(keptAt, broken);
    const before = scans;
    expect(await scanned()).toBe(before + 1);
  }
});

it('does not take for a scan what has the hash of one', async () => {
  const { key, scan } = JSON.parse(readFileSync(keptAt, 'utf8'));
  for (const forged of [{ ...scan, account: {} }, { ...scan, cells: [{ city: '110000' }] }, { only: [1] }, []]) {
    writeFileSync(keptAt, JSON.stringify({ key, sha256: hashBytes(JSON.stringify(forged)), scan: forged }));
    const before = scans;
    expect(await scanned()).toBe(before + 1);
  }
});
