import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cityReferenceFolders } from '../../../../../test/china-pack.ts';
import { readReference } from '../../../../platform/app/raw-layer.ts';
import { firmScanner } from '../../../../platform/worker/registry-scan.ts';
import { writeFirmFile } from '../../../../platform/worker/write-firms.ts';
import { keywordsOf, placeTablesOf } from '../../registry/firm-rules.ts';
import { usualRules } from '../../registry/judge-text.ts';
import { type FirmScan, type PlaceTables, type ScanRules, usualCounting } from '../../registry/scan-contract.ts';
import { type FirmFaultKey, type FirmFaultKind, firmFaultKinds, joinFirmKeys } from '../faults/firm-key.ts';
import type { FirmTask } from '../raw/firms.ts';
import { type FirmFaultScore, scoreFirmFaults } from './score-firm-faults.ts';

let home: string;
let rules: ScanRules;
let places: PlaceTables;
let tasks: FirmTask[];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'kaya-'));
  const reference = await readReference(cityReferenceFolders);
  const keywords = keywordsOf(reference);
  rules = {
    keywords,
    match: usualRules,
    counting: usualCounting,
    asOf: 20211231,
    lastYear: null,
    sample: 0,
    seed: 0,
  };
  places = placeTablesOf(reference);
  const years = [2004, 2012, 2021];
  const city = (code: number, nameZh: string, provinceZh: string) => {
    return { code, nameZh, provinceZh, years, withKeyword: [150, 0, 400], decoys: [60, 40, 90] };
  };
  const of = (stream: number, cities: FirmTask['cities']): FirmTask => {
    return {
      file: `registry/firms-${stream}.csv`,
      seed: 5,
      stream,
      cities,
      keywords: keywords.map(({ word }) => word),
    };
  };
  // GB18030, UTF-8 with a mark, UTF-8; a municipality, a province and a city of one name, homonyms of districts.
  tasks = [
    of(110000, [city(110000, '北京市', '北京市')]),
    of(220000, [city(220100, '长春市', '吉林省'), city(220200, '吉林市', '吉林省')]),
    of(330000, [city(330100, '杭州市', '浙江省'), city(330200, '宁波市', '浙江省')]),
    of(230000, [city(230100, '哈尔滨市', '黑龙江省'), city(230600, '大庆市', '黑龙江省')]),
  ];
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function scanOf(
  faults: readonly FirmFaultKind[],
  more: Partial<ScanRules> = {},
): Promise<{ scan: FirmScan; key: FirmFaultKey }> {
  const written = tasks.map((task) => writeFirmFile(home, { ...task, faults }));
  const files = written.flatMap((one) => one.files).map(({ path }) => ({ path: join(home, path), name: path }));
  const sorted = files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const scan = await firmScanner({ threads: 1 }).scan(sorted, { ...rules, ...more }, places);
  return { scan, key: joinFirmKeys(written.flatMap(({ key }) => key ?? [])) };
}

const show = ({ kind, planted, found, correct }: FirmFaultScore): string => `${kind} ${planted} ${found} ${correct}`;

describe('scoreFirmFaults', () => {
  it.each(firmFaultKinds)('%s alone: found where it was planted, nothing else, no count changed', async (kind) => {
    const { scan, key } = await scanOf([kind]);
    const { rows, wrong } = scoreFirmFaults(scan, key);
    expect(wrong).toEqual([]);
    expect(rows.map(({ kind: name }) => name)).toEqual([kind, 'ai_counts']);
    for (const row of rows) expect(show(row)).toBe(show({ ...row, found: row.planted, correct: row.planted }));
    expect(rows[0].planted).toBeGreaterThan(['encoding', 'delimiter'].includes(kind) ? 0 : 5);
    expect(rows[1].planted).toBe(14);
    expect(key.counts.reduce((sum, [, , firms]) => sum + firms, 0)).toBe(7 * 550);
  });

  it('sees a rule that is off', async () => {
    const scoreOf = async (kind: FirmFaultKind, more: Partial<ScanRules>) => {
      const { scan, key } = await scanOf([kind], more);
      return scoreFirmFaults(scan, key);
    };
    const match = { ...usualRules, exclusions: false };
    const traps = await scoreOf('keyword-trap', { match });
    expect(traps.rows[0]).toMatchObject({ kind: 'keyword-trap', found: 0, correct: 0 });
    expect(traps.wrong.length).toBeGreaterThan(5);
    // Every trap is a firm too many.
    const extra = traps.wrong.reduce((sum, { got, wanted }) => sum + got - wanted, 0);
    expect(extra).toBe(traps.rows[0].planted);
    const denied = await scoreOf('negation', { match: { ...usualRules, negation: false } });
    expect(denied.rows[0]).toMatchObject({ found: 0, correct: 0 });
    const forms = await scoreOf('traditional', { match: { ...usualRules, variants: ['traditional'] } });
    expect(forms.rows[0].correct).toBeLessThan(forms.rows[0].planted);
    // Without a day of export what is founded in 2055 counts there, behind the panel.
    const late = await scoreOf('date-future', { asOf: null });
    expect(late.wrong).toEqual([]);
    expect(late.rows[0].found).toBe(late.rows[0].planted);
  });

  it('takes lines of the ledger that stand elsewhere for falsely found', async () => {
    const { scan, key } = await scanOf(['code-check-digit']);
    const ledger = scan.ledger.map((line, i) => (i < 3 ? { ...line, row: 1 } : line));
    const [row] = scoreFirmFaults({ ...scan, ledger }, key).rows;
    expect(row.correct).toBe(row.planted - 3);
    const elsewhere = scoreFirmFaults(scan, { ...key, planted: {} }).rows[0];
    expect(elsewhere).toEqual({ kind: 'unasked', planted: 0, found: row.planted, correct: 0 });
  });

  it('all at once', async () => {
    const { scan, key } = await scanOf(firmFaultKinds);
    const { rows, wrong } = scoreFirmFaults(scan, key);
    expect(wrong).toEqual([]);
    expect(rows).toHaveLength(firmFaultKinds.length + 1);
    for (const row of rows) expect(show(row)).toBe(show({ ...row, found: row.planted, correct: row.planted }));
    expect(scan.account.rows).toBe(key.files.reduce((sum, { rows: n }) => sum + n, 0));
  });
});
