import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { chinaPack, cityReferenceFolders, cityStudy, studyOf } from '../../../../test/china-pack.ts';
import { groupsIn } from '../../../platform/app/own-groups.ts';
import { readReference } from '../../../platform/app/raw-layer.ts';
import { parsePublished } from '../../../study/language/published.ts';
import { readYaml } from '../../../study/language/read-yaml.ts';
import type { ReferenceTables } from '../source/reference-tables.ts';
import { calibrationSchema } from './calibration.ts';
import { brandFirst, brandSecond, decoyTrades, plainPhrases, plainTrades, trapPhrases } from './raw/firm-words.ts';
import type { RawLayer } from './raw/raw-layer.ts';
import { columnTexts, simulateRawLayer } from './simulate.ts';

const own = { groups: groupsIn(fileURLToPath(cityStudy)) };
const read = (name: string): string => readFileSync(new URL(name, cityStudy), 'utf8');
const study = studyOf(read('study.yaml'), own);
const calibration = readYaml(read('calibration.yaml'), 'calibration.yaml', calibrationSchema);
const settings = { pack: chinaPack, groups: { ...chinaPack.groups, ...own.groups }, calibration };
const published = parsePublished(read('published.yaml'), 'published.yaml');

let reference: ReferenceTables;
let layer: RawLayer;

beforeAll(async () => {
  reference = await readReference(cityReferenceFolders);
  layer = simulateRawLayer(study, reference, published, { ...settings, seed: 11, scale: 0.02 });
});

describe('simulateRawLayer', () => {
  it('makes a yearbook a year, with Chinese headers and their units', () => {
    const names = layer.files.map(({ path }) => path);
    expect(names.filter((name) => name.startsWith('yearbook/'))).toHaveLength(19);
    const [header] = layer.files[0].text.split('\n');
    expect(header).toContain('地区生产总值(万元)');
    expect(header).toContain('年末户籍人口(万人)');
  });

  it('has rows only for years in which a city exists', () => {
    const rows = (year: number): string[] =>
      layer.files.find(({ path }) => path === `yearbook/${year}.csv`)!.text.split('\n');
    const has = (year: number, name: string): boolean => rows(year).some((row) => row.includes(`,${name},`));
    expect([has(2010, '巢湖市'), has(2011, '巢湖市')]).toEqual([true, false]);
    expect([has(2018, '莱芜市'), has(2019, '莱芜市')]).toEqual([true, false]);
    expect([has(2012, '海东市'), has(2013, '海东市')]).toEqual([false, true]);
  });

  it('gives the same bytes for the same seed, others for another', () => {
    const again = simulateRawLayer(study, reference, published, { ...settings, seed: 11, scale: 0.02 });
    const other = simulateRawLayer(study, reference, published, { ...settings, seed: 12, scale: 0.02 });
    expect(again.files).toEqual(layer.files);
    expect(again.truth).toEqual(layer.truth);
    expect(other.files).not.toEqual(layer.files);
  });

  it('tells the registry files, with their faults, as soon as the firms are counted', () => {
    const heard: string[] = [];
    const hear = {
      onFirms: (tasks: unknown) => heard.push(JSON.stringify(tasks)),
      onClean: () => heard.push('clean'),
    };
    const dirty = { ...settings, seed: 11, scale: 0.02, faults: 'usual' } as const;
    const { firmTasks } = simulateRawLayer(study, reference, published, dirty, hear);
    expect(firmTasks[0].faults?.length).toBeGreaterThan(0);
    expect(heard).toEqual([JSON.stringify(firmTasks), 'clean']);
  });

  it('says in truth.json that no sampling error is left', () => {
    expect(layer.truth.generator).toMatchObject({ seed: 11, scale: 0.02, sampling: false });
    expect(layer.truth.note).toContain('is therefore not in this layer');
  });

  it('says in truth.json which cells were made faulty', () => {
    const faults = Object.fromEntries(layer.truth.faults.map(({ id, cells }) => [id, cells]));
    expect(faults['internet-blank']).toHaveLength(142);
    const [city, year] = faults['internet-blank'][0];
    const rows = layer.files.find(({ path }) => path === `yearbook/${year}.csv`)!.text.split('\n');
    const column = rows[0].split(',').findIndex((header) => header.startsWith('互联网'));
    expect(rows.find((row) => row.startsWith(`${city},`))!.split(',')[column]).toBe('');
  });

  it('composes firms of words without a keyword', () => {
    const keywords = columnTexts(reference.keywords!, 'zh');
    const phrases = [...plainPhrases, ...plainTrades, ...decoyTrades, ...trapPhrases];
    const brands = brandFirst.flatMap((first) => brandSecond.map((second) => first + second));
    for (const text of [...phrases, ...brands]) for (const keyword of keywords) expect(text).not.toContain(keyword);
    expect(keywords).toHaveLength(40);
  });
});
