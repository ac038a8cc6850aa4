import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualRules } from '../../domain/china/registry/judge-text.ts';
import { keywordList } from '../../domain/china/registry/keyword.ts';
import {
  type CountRules,
  type FirmScan,
  type PlaceTables,
  type ScanRules,
  usualCounting,
} from '../../domain/china/registry/scan-contract.ts';
import type { SheetReader } from '../../study/ports.ts';
import { firmScanner, type ScannerOptions } from './registry-scan.ts';
import { sheetTexts } from './sheet-text.ts';

const city = (code: number, name: string, province: string) => ({
  code,
  name,
  province,
  provinceCode: Math.floor(code / 10_000) * 10_000,
  since: null,
  dissolved: null,
});
const places: PlaceTables = {
  gazetteer: [city(110000, '北京市', '北京市'), city(320500, '苏州市', '江苏省'), city(341300, '宿州市', '安徽省')],
  aliases: [],
  changes: [],
};
const keywords = keywordList(
  [{ zh: '人工智能' }, { zh: '物联网', false_positive_risk: 'high' }, { zh: '智能保险' }],
  [{ keyword: '智能保险', phrase: '智能保险柜' }],
  'keywords.csv',
);
const rules: ScanRules = {
  keywords,
  match: usualRules,
  counting: usualCounting,
  asOf: 20211231,
  lastYear: null,
  sample: 0,
  seed: 1,
};

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 登记-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(content: string | Uint8Array, ending = 'csv'): string {
  const path = join(folder, `${files++}.${ending}`);
  writeFileSync(path, content);
  return path;
}

function scanOf(
  contents: readonly (string | Uint8Array)[],
  more: { rules?: Partial<ScanRules>; counting?: Partial<CountRules>; options?: Partial<ScannerOptions> } = {},
): Promise<FirmScan> {
  const inputs = contents.map((content, i) => ({ path: put(content), name: `registry/${i}.csv` }));
  const counting = { ...usualCounting, ...more.counting };
  return firmScanner({ threads: 1, ...more.options }).scan(inputs, { ...rules, ...more.rules, counting }, places);
}

const counts = ({ cells }: FirmScan): string[] => cells.map(({ city: c, year, firms }) => `${c} ${year} ${firms}`);

/** Rows with known answers, dirt of every kind among them. Credit codes are made up (XX) with their own check digits. */
const header = '企业名称,统一社会信用代码,成立日期,登记状态,注销日期,所属省份,所属城市,注册地址,经营范围,企业类型';
const dirty = `${header}
甲人工智能公司,91110000XX0000000K,2015-03-02,存续,-,北京市,北京市,,软件,有限责任公司
乙公司,91110000XX0000001N,2015/3/2,注销,2018-01-01,江苏省,苏州市,,"物联网;
人工智能",有限责任公司
乙公司,91110000XX0000001N,2016-01-01,存续,-,安徽省,宿州市,,人工智能,有限责任公司
丙分公司,91110000XX0000002R,20160302,吊销,-,,,北京市海淀区某路,物联网,分公司
丁店,92341300XX0000003A,2016年3月2日,在业,-,,,,人工智能,个体工商户
戊公司,,42065,存续,-,江苏省,苏州市,,人工智能,有限责任公司
戊公司,-,2015-03-02,存续,-,江苏省,苏州市,,人工智能,有限责任公司
己公司,1.23E+17,2015-03-02,存续,-,江苏省,苏州市,,人工智能,有限责任公司
庚公司,91990000XX0000004A,2015-03-02,存续,-,某省,某市,某处,人工智能,有限责任公司
辛公司,91110000XX00000050,1900-01-01,存续,-,北京市,北京市,,人工智能,有限责任公司
壬公司,91110000XX00000060,2022-01-01,存续,-,北京市,北京市,,人工智能,有限责任公司
癸公司,91110000XX00000070,-,存续,-,北京市,北京市,,人工智能,有限责任公司
子公司,91110000XX00000080,不详,存续,-,北京市,北京市,,人工智能,有限责任公司
丑公司,91110000XX00000090,2015-03-02,存续,-,北京市,北京市,,智能保险柜,有限责任公司
寅公司,91110000XX000000A0,2015-03-02,存续,-,北京市,北京市,,不含人工智能,有限责任公司
卯公司,91110000XX000000B0,2015-03-02,存续,-,北京市,北京市,人工智能大厦,互联网,有限责任公司
辰公司,人工智能,缺列
９１１,９１１１００００ＸＸ０００００００Ｋ,２０１７-03-02,存续,-,北京市,北京市,,人工智能,有限责任公司
`;

describe('a scan', () => {
  it('accounts for every row', async () => {
    const scan = await scanOf([dirty]);
    // 乙 twice, 戊 twice (name and date), 甲 once more in full-width characters: three duplicates.
    expect(scan.account).toMatchObject({
      rows: 18,
      broken: 1,
      trapped: 1,
      denied: 1,
      hitRows: 14,
      duplicates: 3,
      firms: 11,
      counted: 6,
      leftOut: {
        'struck-off': 0,
        branch: 0,
        individual: 0,
        'no-date': 1,
        'bad-date': 1,
        early: 1,
        late: 1,
        unplaced: 1,
      },
    });
    expect(scan.account.codes.missing).toBe(1);
    expect(scan.account.codes.malformed).toBe(1);
    expect(counts(scan)).toEqual([
      '0 2015 1',
      '110000 0 4',
      '110000 2015 1',
      '110000 2016 1',
      '320500 2015 3',
      '341300 2016 1',
    ]);
  });

  it('keeps hits by keyword and firms that one keyword alone finds', async () => {
    const scan = await scanOf([dirty]);
    const byKeyword = scan.byKeyword.map(({ keyword, year, firms }) => `${keywords[keyword].word} ${year} ${firms}`);
    expect(byKeyword).toEqual(['人工智能 2015 4', '人工智能 2016 1', '物联网 2015 1', '物联网 2016 1']);
    const cell = scan.cells.find((one) => one.city === 320500)!;
    expect(cell.only).toEqual([2, 0, 0]);
    for (const { only, firms } of scan.cells) expect(only.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(firms);
  });

  it('says where each kind of trouble stands', async () => {
    const { ledger } = await scanOf([dirty]);
    const lines = ledger.map(({ row, column, rule, before }) => `${row} ${column} ${rule} ${before.slice(0, 20)}`);
    expect(lines).toContain('5 2 registry-duplicate 91110000XX0000001N');
    expect(lines).toContain('9 2 registry-duplicate -');
    expect(lines).toContain('10 2 registry-code 1.23E+17');
    expect(lines).toContain('11 7 registry-unplaced 某市');
    expect(lines).toContain('12 3 registry-date 1900-01-01');
    expect(lines).toContain('16 9 registry-excluded 智能保险柜');
    expect(lines).toContain('17 9 registry-excluded 不含人工智能');
    expect(lines).toContain('19 null unreadable 辰公司,人工智能,缺列');
    expect(ledger.every(({ file }) => file === 'registry/0.csv')).toBe(true);
  });

  it('leaves out what the rules of counting say', async () => {
    const only = async (counting: Partial<CountRules>): Promise<FirmScan['account']> =>
      (await scanOf([dirty], { counting })).account;
    expect((await only({ status: 'active' })).leftOut['struck-off']).toBe(2);
    expect((await only({ branches: false })).leftOut.branch).toBe(1);
    expect((await only({ individuals: false })).leftOut.individual).toBe(1);
  });

  it('carries a stock on from year to year until a firm closes', async () => {
    const scan = await scanOf([dirty], { counting: { count: 'stock' }, rules: { lastYear: 2019 } });
    const suzhou = scan.cells.filter(({ city: c }) => c === 320500).map(({ year, firms }) => [year, firms]);
    expect(suzhou).toEqual([
      [2015, 3],
      [2016, 3],
      [2017, 3],
      [2018, 2],
      [2019, 2],
    ]);
    expect(scan.account.closedWithoutDate).toBe(1);
  });

  it('reads GB18030, UTF-16 and tabs as the same text in UTF-8', async () => {
    const expected = await scanOf([dirty]);
    const tabs = dirty.replaceAll(',', '\t');
    const variants = [
      `\ufeff${dirty}`,
      iconv.encode(dirty, 'gb18030'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(dirty, 'utf-16le')]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(dirty, 'utf-16be')]),
      tabs,
      dirty.replaceAll('\n', '\r\n'),
    ];
    for (const partBytes of [64, 1 << 22]) {
      for (const variant of variants) {
        const scan = await scanOf([variant], { options: { partBytes } });
        expect(scan.cells).toEqual(expected.cells);
        expect(scan.account).toEqual({ ...expected.account, files: scan.account.files });
        expect(scan.ledger.map(({ row, rule }) => [row, rule])).toEqual(
          expected.ledger.map(({ row, rule }) => [row, rule]),
        );
      }
    }
  });

  it('reads 0x80 in GB18030 as the euro sign it stands for, and goes on', async () => {
    const text = `${header}\n甲公司,91110000XX0000000K,2015-03-02,存续,-,北京市,北京市,,A人工智能,公司\n`;
    const bytes = iconv.encode(text, 'gb18030');
    bytes[bytes.indexOf(',,A') + 2] = 0x80;
    const scan = await scanOf([bytes], { rules: { sample: 1 } });
    expect(scan.account).toMatchObject({ rows: 1, hitRows: 1 });
    expect(scan.sample[0].scope).toBe('€人工智能');
  });

  it('reads a header in quotes that goes on over lines, and one longer than its first look', async () => {
    const row = ['甲公司', '91110000XX0000000K', '2015-03-02', '北京市', '北京市', '人工智能'];
    const names = ['企业名称', '统一社会信用代码', '成立日期', '所属省份', '所属城市', '经营范围'];
    const filler = Array.from({ length: 800 }, (_, i) => `其他${i}`);
    const tables = [
      [names.map((one) => `"${one.slice(0, 2)}\n${one.slice(2)}"`), row],
      [
        [...names, `"${'注'.repeat(9000)}\n记"`],
        [...row, ''],
      ],
      [
        [...filler, ...names],
        [...filler.map(() => ''), ...row],
      ],
    ].map((lines) => `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
    for (const table of tables) {
      for (const encoding of ['utf8', 'gb18030', 'utf16le']) {
        const text = iconv.encode(table, encoding, { addBOM: true });
        expect(counts(await scanOf([text]))).toEqual(['110000 2015 1']);
      }
    }
  });

  it('takes rows of workbooks through the same logic', async () => {
    const expected = await scanOf([dirty.replace('物联网;\n人工智能', '物联网;人工智能')]);
    const rows = dirty
      .replace('物联网;\n人工智能', '物联网;人工智能')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','));
    const reading = { format: 'xlsx', encoding: null, delimiter: null, merges: [] } as const;
    const sheets: SheetReader = {
      sheets: async (path) => [
        { path, sheet: '导出', rows: rows.filter((row) => row.length === 10), lines: null, reading },
      ],
    };
    const scanner = firmScanner({ threads: 1, sheets });
    const scan = await scanner.scan([{ path: put('', 'xlsx'), name: 'a.xlsx' }], rules, places);
    expect(scan.cells).toEqual(expected.cells);
    expect(scan.account.files[0].path).toBe('a.xlsx[导出]');
  });

  it('writes no more of a sheet than its header is wide, and loses no row to what stands beside the table', async () => {
    const [head = [], ...rows] = dirty
      .replace('物联网;\n人工智能', '物联网;人工智能')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','))
      .filter((row) => row.length === 10);
    const reading = { format: 'xlsx', encoding: null, delimiter: null, merges: [] } as const;
    const textOf = async (body: readonly (readonly string[])[], first = head): Promise<string> => {
      const sheets = [{ path: 'a.xlsx', sheet: 's', rows: [first, ...body], lines: null, reading }];
      const [text] = await sheetTexts({ path: 'a.xlsx', name: 'a.xlsx' }, folder, { sheets: async () => sheets });
      return readFileSync(text.path, 'utf8');
    };
    const beside = rows.map((row, i) => (i === 1 ? [...row, ...Array<string>(16_000).fill(''), 'note'] : row));
    expect(await textOf(beside)).toBe(await textOf(rows));
    // A header over 16,000 columns and thousands of short rows: more commas than cells that any sheet may have.
    const wide = [...head, ...Array<string>(16_000).fill(''), 'far'];
    await expect(textOf(Array<string[]>(3000).fill(['a']), wide)).rejects.toMatchObject({
      detail: { reason: 'sheet-too-large', sheet: 's' },
    });
  });

  it('refuses what it cannot read, with the place', async () => {
    const fault = (content: string | Uint8Array) =>
      scanOf([content], { options: { partBytes: 256 } }).then(
        () => expect.unreachable(),
        (error) => error.detail.reason ?? error.code,
      );
    expect(await fault('')).toBe('no-header');
    expect(await fault(`${header}\n"甲,1\n`)).toBe('unclosed-quote');
    expect(await fault(Buffer.concat([Buffer.from(dirty.repeat(40)), Buffer.from([0xff, 10])]))).toMatch(/encoding/);
    expect(await fault('锟斤拷名称,成立日期\n')).toBe('garbled-text');
    expect(await fault('名称,省\n')).toBe('missing-header');
  });
});

/** Random registries: every row may be repeated, quoted, spoilt. */
const row = fc
  .record({
    serial: fc.integer({ min: 0, max: 12 }),
    year: fc.constantFrom('2014-01-05', '2015/6/7', '20160708', '-', '1900-01-01', '2022-02-02'),
    place: fc.constantFrom('北京市,北京市', '江苏省,苏州市', ',', '某省,某市'),
    scope: fc.constantFrom(
      '人工智能',
      '物联网；人工智能',
      '软件',
      '"人工智能,\n物联网"',
      '"软件\n""开发"""',
      '智能保险柜',
      '不含人工智能',
      '"一\n二\n三"',
    ),
  })
  .map(
    ({ serial, year, place, scope }) =>
      `公司${serial % 5},${serial < 3 ? '' : `91110000XX00000${serial + 10}0`},${year},存续,-,${place},,${scope},公司`,
  );
const registry = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => `${[header, ...rows].join('\n')}\n`);

/** The counts once more, row by row: a map of keys, the first row wins. */
function naiveCounts(texts: readonly string[]): string[] {
  const firms = new Map<string, string>();
  for (const text of texts) {
    const body = text.slice(header.length + 1);
    for (const match of body.matchAll(/((?:"(?:[^"]|"")*"|[^\n"])*)\n/g)) {
      const cells = match[1].match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)!.map((cell) => cell.replace(/,$/, ''));
      const [name, code, founded, , , , cityName, , scope] = cells;
      if (!/人工智能|物联网/.test(scope) || scope === '不含人工智能') continue;
      const digits = founded.replace(/\D+/g, '-').split('-');
      const year = founded === '-' ? 0 : Number(digits[0].slice(0, 4));
      const place = { 北京市: 110000, 苏州市: 320500 }[cityName] ?? (code === '' ? 0 : 110000);
      const key = code === '' ? `${name} ${founded}` : code;
      if (!firms.has(key)) firms.set(key, `${place} ${year < 1949 || year > 2021 ? 0 : year}`);
    }
  }
  const sums = new Map<string, number>();
  for (const place of firms.values()) sums.set(place, (sums.get(place) ?? 0) + 1);
  return [...sums].map(([place, count]) => `${place} ${count}`).sort();
}

describe('on random registries', () => {
  it('counts what counting row by row does, for any cut of the files and any number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(registry, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 8, max: 400 }),
        async (texts, partBytes) => {
          const whole = await scanOf(texts, { rules: { sample: 3 } });
          expect(counts(whole).sort()).toEqual(naiveCounts(texts));
          for (const threads of [1, 2, 3]) {
            const cut = await scanOf(texts, { rules: { sample: 3 }, options: { partBytes, threads, isInside: true } });
            expect(cut).toEqual(whole);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cuts a file at every byte', async () => {
    const text = dirty.slice(0, 700).replace(/[^\n]*$/, '');
    const whole = await scanOf([text]);
    for (let partBytes = 1; partBytes < 60; partBytes++) {
      const cut = await scanOf([text], { options: { partBytes } });
      expect(cut).toEqual(whole);
    }
  });

  it('draws the same sample for any cut, another for another seed', async () => {
    const many = `${header}\n${Array.from({ length: 200 }, (_, i) => `公司${i},,2015-01-01,存续,-,北京市,北京市,,人工智能,公司`).join('\n')}\n`;
    const drawn = async (seed: number, partBytes = 1 << 22): Promise<string[]> =>
      (await scanOf([many], { rules: { sample: 20, seed }, options: { partBytes } })).sample.map(({ name }) => name);
    expect(await drawn(1)).toHaveLength(20);
    expect(await drawn(1, 300)).toEqual(await drawn(1));
    expect(await drawn(2)).not.toEqual(await drawn(1));
  });
});
