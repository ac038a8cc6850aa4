import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { usualRules } from '../../domain/china/registry/judge-text.ts';
import { keywordList } from '../../domain/china/registry/keyword.ts';
import { type PlaceTables, type ScanRules, usualCounting } from '../../domain/china/registry/scan-contract.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { keptFiles } from './kept-files.ts';
import { firmScanner } from './registry-scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const city = (code: number, name: string, province: string) => ({
  ...{ code, name, province, provinceCode: Math.floor(code / 10_000) * 10_000, since: null, dissolved: null },
});
const places: PlaceTables = {
  gazetteer: [city(110000, '北京市', '北京市'), city(320500, '苏州市', '江苏省')],
  ...{ aliases: [], changes: [] },
};
const rules: ScanRules = {
  keywords: keywordList([{ zh: '人工智能' }, { zh: '物联网' }], [], 'keywords.csv'),
  ...{ match: usualRules, counting: usualCounting, asOf: 20211231, lastYear: null, sample: 7, seed: 1 },
};

const head = '企业名称,成立日期,所属城市,经营范围\n';
/** Rows of which some are in other files too, dates out of range, lines in quotes. */
const rowsOf = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const k = from + i;
    const scope = k % 3 === 0 ? '人工智能' : k % 5 === 0 ? '"物联网\n设备"' : '软件';
    return `公司${k},${k % 11 === 0 ? 1900 : 2001 + (k % 20)}-03-02,${k % 2 === 0 ? '北京市' : '苏州市'},${scope}`;
  }).join('\n');

const names = ['a.csv', 'b.csv', 'c.csv', 'd.csv'];
const inputs = names.map((name) => ({ path: join(folder, name), name }));
const state = join(folder, 'state');

beforeEach(() => {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state);
  writeFileSync(join(folder, 'a.csv'), head + rowsOf(0, 90));
  writeFileSync(join(folder, 'b.csv'), iconv.encode(head + rowsOf(60, 80), 'gb18030'));
  writeFileSync(join(folder, 'c.csv'), head);
  writeFileSync(join(folder, 'd.csv'), head + rowsOf(10, 30));
});

const options = { threads: 2, partBytes: 300, isInside: true, sheets: sheetReader() };

/** A scan with what was kept, and how many files that was. */
async function scanned(settings: unknown = null) {
  const told: (readonly [number, number])[] = [];
  const kept = keptFiles(state, settings, (...counts) => told.push(counts));
  const result = await firmScanner({ ...options, kept }).scan(inputs, rules, places);
  return { result, told };
}

it('files one by one, kept or not, give what they give together', async () => {
  const whole = await firmScanner(options).scan(inputs, rules, places);
  expect(whole.account.duplicates).toBeGreaterThan(0);
  const first = await scanned();
  expect([first.result, first.told]).toEqual([whole, [[0, 4]]]);
  const second = await scanned();
  expect([second.result, second.told]).toEqual([whole, [[4, 4]]]);
});

it('a run that was stopped leaves what it had read; files that have changed are read again', async () => {
  writeFileSync(
    join(folder, 'd.csv'),
    Buffer.concat([Buffer.from(head + rowsOf(10, 30)), Buffer.from([10, 0xff, 0xfe, 0xff, 10])]),
  );
  await expect(scanned()).rejects.toMatchObject({ code: 'file-unreadable' });
  writeFileSync(join(folder, 'd.csv'), head + rowsOf(10, 30));
  appendFileSync(join(folder, 'a.csv'), `\n${rowsOf(500, 3)}`);
  const whole = await firmScanner(options).scan(inputs, rules, places);
  const { result, told } = await scanned();
  expect([result, told]).toEqual([whole, [[2, 4]]]);
  // What belongs to no file any more is gone.
  expect(readdirSync(state)).toHaveLength(4);
});

it('nothing is taken over that is not whole, or was read by other rules', async () => {
  await scanned();
  const [one = ''] = readdirSync(state);
  for (const name of readdirSync(join(state, one)))
    if (name.startsWith('firms-')) appendFileSync(join(state, one, name), 'x');
  rmSync(join(state, readdirSync(state)[1] ?? '', 'read.json'));
  const whole = await firmScanner(options).scan(inputs, rules, places);
  const again = await scanned();
  expect(again.result).toEqual(whole);
  expect(again.told[0]?.[0]).toBeLessThan(4);
  expect((await scanned({ 'a.csv': ['x'] })).told).toEqual([[0, 4]]);
});

it('leaves what others have put into the folder', async () => {
  mkdirSync(join(state, 'kaya-read-mine'));
  await scanned();
  expect(readdirSync(state)).toContain('kaya-read-mine');
});
