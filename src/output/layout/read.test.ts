import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { houseStyles } from '../format/house/catalog.ts';
import { isPlain, plainLayout, readLayout } from './read.ts';
import { type LayoutWords, layoutSchema } from './schema.ts';

function faultOf(words: LayoutWords): string {
  try {
    readLayout(words);
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return error.detail.option;
    throw error;
  }
  return 'none';
}

test('no word leaves a table as it is', () => {
  expect(readLayout({})).toEqual(plainLayout);
  expect(isPlain(readLayout({}))).toBe(true);
  for (const [word, value] of Object.entries(examples)) {
    const layout = readLayout({ [word]: value });
    // What variables are called is no layout of its own.
    expect([word, isPlain(layout)]).toEqual([word, word === 'labels']);
  }
  expect(Object.keys(examples).sort()).toEqual(Object.keys(layoutSchema.shape).sort());
});

/** Every word as it is typed on the command line. */
const examples: Readonly<Required<LayoutWords>> = {
  style: 'aer',
  title: 'A title',
  label: 'main',
  headers: 'OLS, IV',
  spanners: 'OLS = 1-2; IV = 3',
  panels: 'A = 1-2; B = 3-4',
  stacked: true,
  below: 'se, ci',
  beside: 'p',
  stars: '0.1, 0.05, 0.01',
  digits: '3 significant',
  keep: 'x*',
  drop: '_cons',
  order: 'x, z',
  rename: 'x = Income; x:z = Both',
  labels: false,
  group: 'Controls = z, w',
  effects: 'firm',
  fit: 'nobs, r2',
  rows: 'Controls = Yes, No',
  only_notes: true,
  transpose: true,
  siunitx: true,
  notes: 'A note.',
};

test('a text, a mapping and a list say the same', () => {
  const pairs = [
    readLayout({ spanners: 'OLS = 1-2; IV = 3' }),
    readLayout({ spanners: { OLS: '1-2', IV: '3' } }),
    readLayout({
      spanners: [
        { label: 'OLS', columns: ['1', '2'] },
        { label: 'IV', columns: '3' },
      ],
    }),
  ];
  for (const layout of pairs) {
    expect(layout.spanners).toEqual([
      { label: 'OLS', from: 0, count: 2 },
      { label: 'IV', from: 2, count: 1 },
    ]);
  }
  expect(readLayout({ group: 'Controls = z, w' }).groups).toEqual(
    readLayout({ group: { Controls: ['z', 'w'] } }).groups,
  );
  expect(readLayout({ rename: 'x = A; z = B' }).rename).toEqual({ x: 'A', z: 'B' });
  expect(readLayout({ rows: [{ label: { en: 'Yes', zh: '是' }, values: ['a', 'b, c'] }] }).rows).toEqual([
    { label: { en: 'Yes', zh: '是' }, values: ['a', 'b, c'] },
  ]);
});

test('stars are levels, marks with levels, or none', () => {
  const usual = [
    { mark: '***', below: 0.01 },
    { mark: '**', below: 0.05 },
    { mark: '*', below: 0.1 },
  ];
  expect(readLayout({ stars: '0.1, 0.05, 0.01' }).stars).toEqual(usual);
  expect(readLayout({ stars: '.01, .1, .05' }).stars).toEqual(usual);
  expect(readLayout({ stars: { '*': 0.1, '**': 0.05, '***': 0.01 } }).stars).toEqual(usual);
  expect(readLayout({ stars: '+ 0.1, * 0.05' }).stars).toEqual([
    { mark: '*', below: 0.05 },
    { mark: '+', below: 0.1 },
  ]);
  expect(readLayout({ stars: 'none' }).stars).toEqual([]);
});

test('digits are decimals, or significant', () => {
  expect(readLayout({ digits: 2 }).digits).toEqual({ decimals: 2 });
  expect(readLayout({ digits: '0' }).digits).toEqual({ decimals: 0 });
  expect(readLayout({ digits: '3s' }).digits).toEqual({ significant: 3 });
});

test('a wrong word is refused by its name', () => {
  const wrong: readonly (readonly [keyof LayoutWords, unknown])[] = [
    ['style', 'nature'],
    ['label', '1 table'],
    ['spanners', 'OLS'],
    ['spanners', 'OLS = 3-1'],
    ['spanners', 'OLS = 0'],
    ['spanners', 'OLS = 1, 3'],
    ['panels', 'A = x'],
    ['below', 'sd'],
    ['beside', 'standard error'],
    ['stars', '0.1, * 0.05'],
    ['stars', '5%'],
    ['stars', '* 1.5'],
    ['stars', { a: 0.1 }],
    ['stars', { '*': 0.1, '**': 0.1 }],
    ['digits', -1],
    ['digits', '13'],
    ['digits', '0 significant'],
    ['digits', 'three'],
    ['rename', 'x'],
    ['rename', 'ai = A; ai = B'],
    ['group', '= z'],
    ['fit', 'aic'],
    ['rows', 'Controls'],
    ['transpose', 'yes'],
  ];
  for (const [word, value] of wrong) expect([word, value, faultOf({ [word]: value })]).toEqual([word, value, word]);
});

test('any text is read or refused by the word that it stands for', () => {
  const words = fc.constantFrom('spanners', 'panels', 'below', 'stars', 'digits', 'rename', 'group', 'fit', 'rows');
  fc.assert(
    fc.property(words, fc.string({ unit: 'binary', maxLength: 20 }), (word, text) => {
      expect(['none', word]).toContain(faultOf({ [word]: text }));
    }),
  );
});

test('every house has a name, a caption and notes in both languages, and every caption has its number', () => {
  for (const { id, caption, notesLead, name } of houseStyles) {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const language of ['en', 'zh'] as const) {
      expect([id, caption[language]]).toEqual([id, expect.stringMatching(/\{(number|roman)\}/)]);
      expect([id, caption[language]]).toEqual([id, expect.stringMatching(/\{(title|TITLE)\}/)]);
      expect(typeof notesLead[language]).toBe('string');
      expect(name[language]).not.toBe('');
    }
  }
});
