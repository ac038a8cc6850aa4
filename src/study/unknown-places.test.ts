import { describe, expect, it } from 'vitest';
import { nameIndex } from '../data/source/name-index.ts';
import type { PlaceIndex, PlaceQuery } from '../data/source/places.ts';
import type { StudyError } from '../error/study-error.ts';
import { describeError } from '../output/format/error-text/describe.ts';
import { readRawTables } from './read-raw.ts';

const units = Array.from({ length: 3000 }, (_, i) => ({
  ...{ id: i + 1, code: `C${i}`, names: [`unit number ${i}`], codes: [], from: null, to: null },
}));
const indicator = {
  ...{
    id: 'gdp',
    label: { en: 'GDP', zh: 'GDP' },
    headers: ['gdp'],
    unit: { bases: {}, power: 0, text: { en: '1', zh: '1' } },
  },
  units: {},
};

/** Reads a table whose rows name units that nobody knows, and says for how many near ones were looked for. */
async function readStrangers(count: number) {
  const known = nameIndex(units, []);
  const asked: PlaceQuery[] = [];
  const places: PlaceIndex = {
    ...known,
    nearest: (query) => {
      asked.push(query);
      return known.nearest(query);
    },
  };
  const rows = Array.from({ length: count }, (_, i) => [`unti number ${i % (count - 1)}x`, '2000', '1']);
  const reading = { format: 'csv', encoding: null, delimiter: null, merges: [] } as const;
  const sheets = async () => [
    { path: 'a.csv', sheet: null, rows: [['country', 'year', 'gdp'], ...rows], lines: null, reading },
  ];
  const error = await readRawTables({ sheets } as never, { tables: [{ path: 'a.csv', name: 'a.csv' }] } as never, {
    indicators: { tables: [indicator as never] },
    definitions: [],
    places,
    unresolved: { kind: 'unit', codeOf: String, entry: (_, { nearest }) => nearest[0] ?? 'none' },
    settle: { zeroIsMissing: {}, rules: [], priority: [] },
  }).then(
    () => null,
    (thrown: StudyError<'unresolved-place'>) => {
      if (thrown.code !== 'unresolved-place') throw thrown;
      return thrown;
    },
  );
  return { error, asked: asked.length };
}

describe('names that no unit has', () => {
  it('near names are looked for as far as they are shown, and the others are counted', async () => {
    const { error, asked } = await readStrangers(50_001);
    expect(asked).toBe(100);
    expect(error?.code).toBe('unresolved-place');
    expect(error?.detail.count).toBe(50_001);
    expect(error?.detail.places).toHaveLength(50_000);
    expect(error?.detail.unproposed).toBe(49_900);
    expect(error?.detail.places[3]).toMatchObject({ rows: 1, entry: 'unit number 3' });
    expect(error?.detail.places[0].rows).toBe(2);
    expect(error?.detail.places[100]).toMatchObject({ nearest: [], entry: null });
    expect(describeError(error as StudyError, 'en')).toContain(
      'and 49,990 more; for 49,900 of them no near name was looked for',
    );
    expect(describeError(error as StudyError, 'zh')).toContain('其中49,900处未查找相近的名称');
  });

  it('a few have all their near names', async () => {
    const { error, asked } = await readStrangers(6);
    expect(asked).toBe(5);
    expect(error?.detail.unproposed).toBe(0);
    expect(describeError(error as StudyError, 'en')).not.toContain('no near name');
  });
});
