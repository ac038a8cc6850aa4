import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { repository } from './planted.ts';

/*
 * What a study is about stands in packs and in src/domain. The other layers name no city, no fuel and no keyword of the shipped
 * pack, and hold no Chinese outside language files. Comments are prose: an example in one shows a reader what a cell looks like.
 */

const layers = [
  'error',
  'math',
  'table',
  'data',
  'model',
  'audit',
  'output',
  'export',
  'study',
  'file',
  'platform',
  'web',
];

/** Words of both languages: of texts that are printed, and of tables that are read. */
const isLanguageFile = (path: string): boolean => /^(?:output\/format|data\/language|web\/\w+\/words)\//.test(path);

/** Files that hold Chinese characters for another reason than a field, each with it. */
const exceptions: Readonly<Record<string, string>> = {
  'audit/paste/words.ts': 'words by which rows of a printed table are known, in both languages',
  'file/text/garbled-text.ts': 'the marks of a damaged encoding are Chinese characters by accident',
  'platform/worker/registry-file.ts': 'the marks of a damaged encoding are Chinese characters by accident',
  'model/design/panel-notes.ts': 'words by which a column is known for a time, in both languages',
  'study/panel-source/panel-nouns.ts': 'words by which a column is known for a time, in both languages',
  'table/time/calendar.ts': 'dates are read as people write them, in both languages',
  'study/start/choose-variables.ts': 'words by which a column is known for a kind of variable, in both languages',
  'study/start/key-names.ts': 'words by which a column is known for a unit or a time, in both languages',
};

const files = layers.flatMap((layer) =>
  readdirSync(join(repository, 'src', layer), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(repository, 'src').length + 1))
    .filter((path) => !path.includes('/testing/')),
);

/** A source without its comments; quotes and regular expressions may hold what looks like one, which then is left out as well. */
/** A vendor of data whose name ends in that of a city. */
const vendor = '国泰安';
const codeOf = (text: string): string =>
  text
    .replaceAll(vendor, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');
const sources = files.map((path) => ({ path, code: codeOf(readFileSync(join(repository, 'src', path), 'utf8')) }));

function rowsOf(table: string): Record<string, string>[] {
  return parse(readFileSync(join(repository, 'packs/china-cities/reference', table)), { columns: true, bom: true });
}

/** The report's caution against counting carbon twice names what is counted. */
const caution = /'data\.double_counting':\n.*\n/u;

function naming(words: readonly string[]): string[] {
  const names = new RegExp(`(?<![A-Za-z_])(?:${words.join('|')})(?![A-Za-z_])`, 'u');
  return sources.flatMap(({ path, code }) => {
    const found = names.exec(code.replace(caution, ''));
    return found === null ? [] : [`${path}: ${found[0]}`];
  });
}

test('no layer but domain names a city, a fuel or a keyword', () => {
  const cities = rowsOf('cities.csv').flatMap(({ name_zh, name_en }) => [
    name_zh,
    name_zh.replace(/市$/u, ''),
    name_en,
  ]);
  const fuels = rowsOf('fuels.csv').flatMap(({ key, name_zh }) => [key, name_zh]);
  const keywords = rowsOf('keywords.csv').flatMap(({ zh, en_printed }) => [zh, en_printed]);
  const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  for (const words of [cities, fuels, keywords]) {
    const wanted = [...new Set(words)].filter((word) => word.length > 1);
    expect(wanted.length).toBeGreaterThan(10);
    expect(naming(wanted.map(escaped))).toEqual([]);
  }
});

test('no layer but domain holds Chinese outside language files', () => {
  expect(sources.length).toBeGreaterThan(300);
  const chinese = sources.filter(({ code }) => /\p{Script=Han}/u.test(code)).map(({ path }) => path);
  expect(chinese.filter((path) => !isLanguageFile(path) && exceptions[path] === undefined)).toEqual([]);
  expect(Object.keys(exceptions).filter((path) => !chinese.includes(path))).toEqual([]);
});

/** Files of the study that speak of one domain, each with the reason. */
const speakOfOne: readonly string[] = ['study/language/collect-config.ts']; // the config of one command of that domain

test('data, model and study ask a domain through its contract alone', () => {
  const engine = sources.filter(({ path }) => /^(?:data|model|study)\//.test(path));
  expect(engine.length).toBeGreaterThan(100);
  const peeking = engine.filter(({ code }) => /from '[^']*domain\/[a-z-]+\//u.test(code)).map(({ path }) => path);
  expect(peeking).toEqual(speakOfOne);
});

test('raw tables of any unit go through data: no type there has a city', () => {
  const data = sources.filter(({ path }) => path.startsWith('data/') && !isLanguageFile(path));
  expect(data.length).toBeGreaterThan(30);
  // Rules of the ledger and columns of provenance files keep their names.
  const named = data.filter(({ code }) => /\bcit(?:y|ies)\??:/iu.test(code)).map(({ path }) => path);
  // An entry of a study file, and a row of a registry as its JSON document has it.
  expect(named).toEqual(['data/clean/slip-rule.ts', 'data/panel/explain.ts']);
});

test('a planted name is found', () => {
  expect(naming(['ResolvedRawStudy']).length).toBeGreaterThan(3);
});
