import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../src/output/format/en.ts';
import { zh } from '../../src/output/format/zh.ts';
import { repository } from './planted.ts';
import { sourceFiles } from './tree.ts';

type Texts = Readonly<Record<string, string>>;

/** What two languages do not have in common: keys, and slots of the same key. */
function differences(first: Texts, second: Texts): string[] {
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return keys.filter((key) => slots(first[key]) !== slots(second[key]));
}

function slots(text: string | undefined): string | null {
  if (text === undefined) return null;
  return [...new Set(text.match(/(?<=\{)\w+/g) ?? [])].sort().join(' ');
}

// The legend of the stars is built otherwise in each language.
const ownSlots = ['stars.legend'];

test('every text is there in both languages, with the same slots', () => {
  expect(Object.keys(en).length).toBeGreaterThan(20);
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  expect(differences(en, zh).filter((key) => !ownSlots.includes(key))).toEqual([]);
});

test.each([
  ['en', en],
  ['zh', zh],
])('every text of %s stands in one file of its areas, and every area is in the list', async (language, texts) => {
  const files = sourceFiles(repository, `src/output/format/${language}`);
  const areas = await Promise.all(files.map(({ path }) => import(join(repository, path))));
  const keys = areas.flatMap((area) => Object.values<Texts>(area).flatMap((entries) => Object.keys(entries)));
  expect(keys.sort()).toEqual(Object.keys(texts).sort());
});

const nouns =
  'units|observations|requests|results|rows|firms|lines|years|cities|periods|lags|clusters|levels|singletons|models|columns|numbers|' +
  'intervals|candidates|minutes|hours|days|sets|rules|values|replicates|places|cells|files|measures|keywords|instruments|groups';

test('a count stands with its noun in both numbers: {rows:row/rows}', () => {
  const bare = new RegExp(`\\{\\w+\\} (?:[a-z]+ )?(?:${nouns})\\b(?! of serial)`);
  const keys = Object.entries(en).filter(([, text]) => bare.test(text));
  expect(keys).toEqual([]);
  expect(bare.test('{n} distinct values')).toBe(true);
});

test('a missing text and a missing slot are seen', () => {
  expect(differences({ a: 'one {n}', b: 'two', c: 'x' }, { a: '一', b: '二' })).toEqual(['a', 'c']);
});
