import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { wilson } from '../../domain/china/registry/hand-coding.ts';
import type { CommandContext } from '../app/context.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { scanOptions } from './registry-options.ts';
import { runRegistryScan } from './registry-scan.ts';

let folder: string;
const registry = `企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围
甲公司,91110000XX0000000K,2015-03-02,北京市,北京市,人工智能；物联网
乙公司,91110000XX0000001N,2015-03-02,北京市,北京市,物联网
丙公司,91110000XX0000002R,2016-03-02,江苏省,苏州市,人工智能
丁公司,91110000XX00000030,2016-03-02,江苏省,苏州市,软件
戊公司,91110000XX00000040,2016-03-02,江苏省,苏州市,智能保险柜
`;
const files = (): string[] => [join(folder, 'a.csv')];
const keywords = (): string => join(folder, 'keywords.csv');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-'));
  writeFileSync(files()[0], registry);
  writeFileSync(keywords(), 'zh,false_positive_risk\n人工智能,medium\n物联网,high\n智能保险,high\n');
  writeFileSync(join(folder, 'keyword_exclusions.csv'), 'keyword,phrase,unless\n智能保险,智能保险柜,\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  given: object,
  paths = files(),
  language: 'en' | 'zh' = 'en',
  warned: string[] = [],
): Promise<string> {
  const printed: string[] = [];
  const nothing = (): void => undefined;
  const context: CommandContext = {
    language,
    progress: { step: nothing, detail: nothing, done: nothing, warn: (text) => warned.push(text) },
    signal: new AbortController().signal,
    version: '0.0.0',
    print: (text) => printed.push(text),
  };
  const flags = { branches: true, individuals: true, exclusions: true, negation: true, threads: 1 };
  await runRegistryScan(scanOptions(paths, { ...flags, keywords: keywords(), ...given }), context);
  return printed.join('');
}

describe('kaya registry scan', () => {
  it('takes a folder or a pattern for the tables in it, and keeps what it read', async () => {
    const many = join(folder, 'many');
    mkdirSync(join(many, 'sub'), { recursive: true });
    mkdirSync(join(many, '.hidden'));
    const [head = '', ...rows] = registry.trimEnd().split('\n');
    writeFileSync(join(many, 'firms-1.csv'), `${head}\n${rows.slice(0, 2).join('\n')}\n`);
    writeFileSync(join(many, 'firms-2.csv'), `${head}\n${rows.slice(1).join('\n')}\n`);
    writeFileSync(join(many, 'sub', 'firms-3.csv'), `${head}\n`);
    writeFileSync(join(many, '.hidden', 'firms-4.csv'), registry);
    writeFileSync(join(many, 'readme.md'), 'no table');
    const whole = JSON.parse(await run({ json: true }));
    const warned: string[] = [];
    for (const round of [0, 1]) {
      const found = JSON.parse(await run({ json: true, resume: join(folder, 'kept') }, [many], 'en', warned));
      expect([found.rows, found.account.files.length, found.account.duplicates]).toEqual([whole.rows, 3, 1]);
      expect(warned).toHaveLength(round);
    }
    expect(warned[0]).toContain('3 of 3 files');
    const matched = JSON.parse(await run({ json: true }, [join(many, 'firms-?.csv')]));
    expect([matched.rows, matched.account.files.length]).toEqual([whole.rows, 2]);
    await expect(run({}, [join(many, '.hidden', 'none')])).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('prints counts by city and year, with the measure', async () => {
    const { rows, account } = JSON.parse(await run({ json: true }));
    expect(rows).toEqual([
      { city: 110000, city_zh: '北京市', province: '北京市', year: 2015, firms: 2, ln: Math.log(3) },
      { city: 320500, city_zh: '苏州市', province: '江苏省', year: 2016, firms: 1, ln: Math.log(2) },
    ]);
    expect(account).toMatchObject({ rows: 5, trapped: 1, hitRows: 3, firms: 3, counted: 3 });
  });

  it('sums by one key, and takes the log that is asked for', async () => {
    expect(await run({ by: ['year'], format: 'csv', log: { kind: 'log' } })).toBe(
      `year,firms,ln\r\n2015,2,${Math.log(2)}\r\n2016,1,0\r\n`,
    );
    const { rows } = JSON.parse(await run({ by: ['city'], json: true, log: { kind: 'plus', c: 0.5 } }));
    expect(rows[0]).toMatchObject({ city: 110000, firms: 2, ln: Math.log(2.5) });
  });

  it('prints every format, and says what bare records leave out', async () => {
    for (const format of ['text', 'md', 'tex', 'html'] as const) {
      const printed = await run({ format });
      for (const words of ['北京市', '苏州市', 'Firms by city', 'Account of the rows'])
        expect(printed).toContain(words);
    }
    const warned: string[] = [];
    const csv = await run({ format: 'csv' }, files(), 'en', warned);
    expect(csv).toMatch(/^city,city_zh,province,year,firms,ln\r\n110000,/);
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect(warned).toEqual([expect.stringContaining('csv has no place for: Account of the rows')]);
    const report = await run({ format: 'csv', report: true });
    expect(report.match(/^"?# /gm)?.length).toBeGreaterThan(2);
  });

  it('takes the format from the ending of --out', async () => {
    const out = join(folder, 'counts.html');
    expect(await run({ out })).toBe('');
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>/);
    await expect(run({ out: join(folder, 'counts.tex'), format: 'md' })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('reports what each keyword adds', async () => {
    const { report, ledger } = JSON.parse(await run({ json: true, report: true }));
    expect(report.keywords.map(({ word, firms, only }: never) => [word, firms, only])).toEqual([
      ['人工智能', 2, 1],
      ['物联网', 2, 1],
      ['智能保险', 0, 0],
    ]);
    expect(report).toMatchObject({ counted: 3, weakOnly: 1 });
    expect(ledger).toHaveLength(1);
    expect(ledger[0]).toMatchObject({ row: 6, rule: 'registry-excluded', before: '智能保险柜' });
    const text = await run({ report: true }, files(), 'zh');
    expect(text).toContain('仅由一个高误判风险关键词识别的企业：3 家中的 1 家。');
    expect(await run({ report: true })).toContain('Firms that one keyword of high risk finds and no other: 1 of 3.');
  });

  it('writes a sample for coding and reads it back with precision', async () => {
    const out = join(folder, 'sample.xlsx');
    await run({ sample: 10, seed: 4, out });
    const [sheet] = await sheetReader().sheets(out, 'sample.xlsx');
    expect(sheet.rows[0]).toEqual([
      'file',
      'line',
      'uscc',
      'name',
      'scope',
      'city',
      'year',
      'keywords',
      'is_ai',
      'note',
    ]);
    expect(
      sheet.rows
        .slice(1)
        .map((row) => row[3])
        .sort(),
    ).toEqual(['丙公司', '乙公司', '甲公司']);
    // The coder's marks: 甲 and 丙 are AI firms, 乙 is none.
    const coded = sheet.rows.map((row, i) => {
      const cells = Array.from({ length: 10 }, (_, j) => row[j] ?? '');
      if (i > 0) cells[8] = row[3] === '乙公司' ? '0' : '是';
      return cells.map((value) => (value === '' ? null : { value, type: String }));
    });
    const path = join(folder, 'coded.xlsx');
    writeFileSync(path, await writeExcelFile(coded).toBuffer());
    const { precision } = JSON.parse(await run({ json: true, coded: path }, []));
    expect(precision).toMatchObject({ method: 'wilson', open: 0 });
    expect(precision.rows).toEqual([
      { word: null, coded: 3, correct: 2, precision: 2 / 3, ci95: wilson(2, 3) },
      { word: '人工智能', coded: 2, correct: 2, precision: 1, ci95: wilson(2, 2) },
      { word: '物联网', coded: 2, correct: 1, precision: 0.5, ci95: wilson(1, 2) },
    ]);
  });

  it('refuses options that say nothing', () => {
    const flags = { branches: true, individuals: true, exclusions: true, negation: true };
    expect(() => scanOptions(['a.csv'], flags)).toThrow(expect.objectContaining({ code: 'needs-more' }));
    expect(() => scanOptions([], { ...flags, keywords: 'k.csv' })).toThrow(
      expect.objectContaining({ code: 'needs-more' }),
    );
    expect(() => scanOptions(['a.csv'], { ...flags, keywords: 'k.csv', sample: 3, out: 'a.csv' })).toThrow();
  });
});

describe('wilson', () => {
  // The bounds p solve n (share - p)^2 = z^2 p (1 - p), held to that equation below.
  it('is the score interval', () => {
    const [low, high] = wilson(8, 10);
    expect(low).toBeCloseTo(0.4901625, 6);
    expect(high).toBeCloseTo(0.9433178, 6);
    for (const p of [low, high]) expect(10 * (0.8 - p) ** 2).toBeCloseTo(1.959963984540054 ** 2 * p * (1 - p), 10);
    expect(wilson(0, 5)[0]).toBe(0);
    expect(wilson(5, 5)[1]).toBe(1);
  });
});

it('the shipped exclusions belong to shipped keywords', () => {
  const reference = new URL('../../../packs/china-cities/reference/', import.meta.url);
  const words = readFileSync(new URL('keywords.csv', reference), 'utf8');
  const lines = readFileSync(new URL('keyword_exclusions.csv', reference), 'utf8').trim().split('\n').slice(1);
  for (const line of lines) expect(words).toContain(`,${line.split(',')[0]},`);
});
