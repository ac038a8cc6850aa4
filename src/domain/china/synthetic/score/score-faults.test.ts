import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chinaPack, patentIndicators, yearbookIndicators } from '../../../../../test/china-pack.ts';
import type { LedgerLine } from '../../../../data/clean/ledger.ts';
import { sheetReader } from '../../../../platform/file/sheet-reader.ts';
import { listTableFiles } from '../../../../platform/store/raw-files.ts';
import { gridBytes } from '../../../../platform/store/write-grid.ts';
import { readRawTables } from '../../../../study/read-raw.ts';
import type { GazetteerCity, PlaceAlias } from '../../place/gazetteer.ts';
import { placeIndex } from '../../place/place-index.ts';
import { fuelIndicators } from '../../source/energy.ts';
import {
  chosenFaults,
  type FaultKey,
  lossyFaults,
  type TableFaultKind,
  tableFaultKinds,
  usualFaults,
} from '../faults/contract.ts';
import { dirtyTables } from '../faults/dirty-layer.ts';
import { type LayerReading, overallScore, scoreFaults, slipRules } from './score-faults.ts';

const names: readonly (readonly [number, string, string, string | null])[] = [
  [110000, '北京市', '北京市', null],
  [130100, '石家庄市', '河北省', '石家莊市'],
  [130200, '唐山市', '河北省', null],
  [130300, '秦皇岛市', '河北省', '秦皇島市'],
  [420100, '武汉市', '湖北省', '武漢市'],
  [420600, '襄阳市', '湖北省', '襄陽市'],
  [421000, '荆州市', '湖北省', '荊州市'],
];
const gazetteer = names.map(([code, name, province]): GazetteerCity => {
  return { code, name, province, provinceCode: Math.floor(code / 1e4) * 1e4, since: null, dissolved: null };
});
const aliases: PlaceAlias[] = ['襄樊市', '襄樊'].map((alias) => {
  return { alias, city: 420600, division: null, kind: 'name', from: null, to: 2010 };
});
const cities = names.map(([code, nameZh, provinceZh, traditional]) => {
  const own = aliases.filter(({ city }) => city === code);
  return {
    code,
    nameZh,
    provinceZh,
    traditional,
    aliases: own.map(({ alias, from, to }) => ({ name: alias, from, to })),
  };
});
const fuels = [
  { key: 'raw_coal', nameZh: '原煤', nameEn: 'raw coal', baseUnit: 'kg', kgcePerUnit: null },
  { key: 'electricity', nameZh: '电力', nameEn: 'electricity', baseUnit: 'kWh', kgcePerUnit: null },
];
const years = [2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012];

/** A smooth level of a city in a year, with decimals that do not end soon in binary. */
const level = (city: number, year: number, size: number): string =>
  String(Math.round(size * (1 + (city % 97) / 50) * 1.08 ** (year - 2005)) / 100);

function tinyLayer(): { path: string; text: string }[] {
  const header =
    '行政区划代码,城市,省份,地区生产总值(万元),地区生产总值指数(上年=100),年末户籍人口(万人),年末金融机构人民币各项存款余额(万元),互联网宽带接入用户数(万户),一般工业固体废物综合利用率(%)';
  const rows = (year: number): string[] =>
    names.map(([code, name, province], c) => {
      const internet = (c + year) % 3 === 0 ? '' : level(code, year, 4_321);
      const index = String(Math.round(1_050 + ((code + year) % 80)) / 10);
      const waste = String(60 + (code % 30));
      const sizes = [
        level(code, year, 987_654_321),
        index,
        level(code, year, 54_321),
        level(code, year, 2_222_222_222),
      ];
      return [code, name, province, ...sizes, internet, waste].join(',');
    });
  const long = (row: (code: number, name: string, year: number) => string[]): string[] =>
    names.flatMap(([code, name]) => years.flatMap((year) => row(code, name, year)));
  const energy = long((code, name, year) => [
    `${code},${name},${year},原煤,${level(code, year, 77_777)},万吨`,
    `${code},${name},${year},电力,${level(code, year, 33_333)},亿千瓦时`,
  ]);
  const patents = long((code, name, year) => [`${code},${name},${year},${year - 2000},${code % 1000}`]);
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  return [
    ...years.map((year) => ({ path: `yearbook/${year}.csv`, text: text([header, ...rows(year)]) })),
    { path: 'energy/city_energy.csv', text: text(['行政区划代码,城市,年份,能源品种,消费量,单位', ...energy]) },
    {
      path: 'patents/green.csv',
      text: text(['行政区划代码,城市,年份,绿色发明专利申请量,绿色实用新型专利申请量', ...patents]),
    },
  ];
}

let folder: string;
let clean: LayerReading;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 毛病-'));
  for (const { path, text } of tinyLayer()) put('clean', path, text);
  clean = await readingOf('clean');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const indicators = [...yearbookIndicators, ...patentIndicators];

function put(layer: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, layer, path)), { recursive: true });
  writeFileSync(join(folder, layer, path), content);
}

async function readingOf(layer: string, rules: ReturnType<typeof slipRules> = []): Promise<LayerReading> {
  const place = join(folder, layer);
  const files = {
    registry: [],
    energy: listTableFiles(place, 'energy'),
    yearbook: listTableFiles(place, 'yearbook'),
    patents: listTableFiles(place, 'patents'),
  };
  const raw = await readRawTables(sheetReader(), files as unknown as Parameters<typeof readRawTables>[1], {
    indicators: {
      yearbook: yearbookIndicators,
      energy: fuelIndicators(fuels, chinaPack.fuels!),
      patents: patentIndicators,
    },
    definitions: chinaPack.definitions,
    places: placeIndex(gazetteer, aliases),
    unresolved: { kind: 'city', codeOf: (place) => place, entry: () => null },
    settle: { zeroIsMissing: {}, rules, priority: [] },
    onFile: async () => undefined,
  });
  const values = raw.observations.map(({ indicator, place, year, value, cell: { file } }) => {
    return { indicator, place, year, value, file };
  });
  return { values, ledger: raw.ledger, slips: raw.slips };
}

async function dirtyReading(layer: string, kinds: readonly TableFaultKind[]) {
  rmSync(join(folder, layer), { recursive: true, force: true });
  const { grids, key } = dirtyTables(tinyLayer(), { seed: 5, kinds, cities, fuels, indicators, share: 1 });
  for (const grid of grids) put(layer, grid.path, await gridBytes(grid));
  return { key, dirty: await readingOf(layer) };
}

/** Values by indicator, city and year; without those that cannot be known. */
function valuesOf({ values }: LayerReading, { faults }: FaultKey): [string, number | null][] {
  const lost = new Set(
    faults.filter(({ isKnowable }) => !isKnowable).map(({ indicator, city, year }) => `${indicator}|${city}|${year}`),
  );
  const wanted = new Set(clean.values.map(({ indicator }) => indicator));
  return values
    .map((one): [string, number | null] => [`${one.indicator}|${one.place}|${one.year}`, one.value])
    .filter(([at]) => !lost.has(at) && wanted.has(at.split('|')[0]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('each kind of fault, planted alone', () => {
  it.each(tableFaultKinds)('%s is found, mended, and nothing else is noted', async (kind) => {
    const { key, dirty } = await dirtyReading('dirty', chosenFaults([kind]));
    const own = key.faults.filter((fault) => fault.kind === kind);
    expect(own.length).toBeGreaterThan(0);
    const scores = scoreFaults(key.faults, dirty, clean);
    expect(scores.find((score) => score.kind === kind)).toEqual({
      kind,
      planted: own.length,
      found: own.length,
      wrong: 0,
    });
    expect(overallScore(scores).wrong).toBe(0);
    expect(valuesOf(dirty, key)).toEqual(valuesOf(clean, key));
  });
});

describe('dirtyTables', () => {
  it('gives every value back under all usual faults at once', async () => {
    const { key, dirty } = await dirtyReading('usual', usualFaults);
    expect(valuesOf(dirty, key)).toEqual(valuesOf(clean, { ...key, faults: [] }));
    const { planted, found, wrong } = overallScore(scoreFaults(key.faults, dirty, clean));
    expect([found, wrong]).toEqual([planted, 0]);
  });

  it('gives unit slips back once the proposals stand as rules', async () => {
    const { key, dirty } = await dirtyReading('slips', ['unit-slip']);
    expect(key.faults.length).toBeGreaterThan(8);
    const ruled = await readingOf('slips', slipRules(dirty.slips, clean.slips));
    expect(valuesOf(ruled, { ...key, faults: [] })).toEqual(valuesOf(clean, { ...key, faults: [] }));
  });

  it('depends on the seed and on nothing else', async () => {
    const make = (seed: number) =>
      dirtyTables(tinyLayer(), { seed, kinds: tableFaultKinds, cities, fuels, indicators });
    expect(make(3)).toEqual(make(3));
    expect(make(4).key.faults).not.toEqual(make(3).key.faults);
    const [grid] = make(3).grids.filter(({ form }) => form.format === 'xlsx');
    expect(await gridBytes(grid)).toEqual(await gridBytes(grid));
  });

  it('says in the key where each dirty cell stands', () => {
    const { grids, key } = dirtyTables(tinyLayer(), {
      seed: 8,
      kinds: tableFaultKinds,
      cities,
      fuels,
      indicators,
      share: 1,
    });
    const cell = ({ file, row, column }: { file: string; row: number | null; column: number | null }): string =>
      grids.find(({ path }) => path === file)?.rows[(row as number) - 1][(column as number) - 1] as string;
    const last = ['thousands', 'full-width', 'footnote-mark', 'missing-mark', 'traditional', 'merged-city'];
    const cells = key.faults.filter(({ kind }) => last.includes(kind));
    expect(cells.length).toBeGreaterThan(100);
    for (const fault of cells) expect(cell(fault)).toBe(fault.after);
  });
});

describe('scoreFaults', () => {
  it('counts a fault that was not noted, one that was not mended, and a note of nothing', async () => {
    const { key, dirty } = await dirtyReading('score', ['thousands']);
    const [first, second] = key.faults;
    const isAt = (fault: typeof first, { file, row, column }: LedgerLine): boolean =>
      file === fault.file && row === fault.row && column === fault.column;
    const without = { ...dirty, ledger: dirty.ledger.filter((line) => !isAt(first, line)) };
    const moved = { ...dirty.ledger[0], row: 999, city: 130200, year: 1999 };
    const wrong = dirty.values.map((one) =>
      one.indicator === second.indicator && one.place === second.city && one.year === second.year
        ? { ...one, value: 1 }
        : one,
    );
    const total = key.faults.length;
    expect(scoreFaults(key.faults, { ...without, values: wrong, ledger: [...without.ledger, moved] }, clean)).toEqual([
      { kind: 'thousands', planted: total, found: total - 2, wrong: 1 },
    ]);
  });

  it('knows which kinds lose a value', () => {
    expect(chosenFaults('usual')).toEqual(usualFaults);
    expect(chosenFaults('all').filter((kind) => !chosenFaults('usual').includes(kind))).toEqual(lossyFaults);
    expect(chosenFaults(['traditional'])).toEqual(['no-codes', 'traditional']);
    expect(chosenFaults('none')).toEqual([]);
  });
});
