import { expect, test } from 'vitest';
import type { Collection } from './contract.ts';
import { emptyReplay, type JournalPage, pagesOf, parseJournal, takeLine } from './journal.ts';
import { tallyWindows, walkWindows } from './walk.ts';
import { windowName } from './window.ts';

const collection = {
  windows: {
    keywords: ['a'],
    cities: [null],
    years: [2020, 2021],
    limit: 4,
    statuses: ['open', 'closed'],
    order: ['status'],
  },
  page: { size: 2, first: 1, passes: 2 },
} as unknown as Collection;

const name = (from: string, to: string, status: string | null = null) =>
  windowName({ keyword: 'a', city: null, from, to, district: null, status });

let file = 0;
function page(window: JournalPage['window'], total: number, keys: string[], number = 0): JournalPage {
  file++;
  return { window, pass: 0, page: number, total, keys, file, sha256: '' };
}

test('the tally of a year that fell into halves, one of which lacks a row', () => {
  const replay = emptyReplay();
  const lines = [
    { journal: 1 as const, kaya: '0', plan: '' },
    { ask: 1 },
    page(name('2020-01-01', '2020-12-31'), 5, ['p', 'q']),
    page(name('2020-01-01', '2020-06-30'), 3, ['p', 'q']),
    page(name('2020-01-01', '2020-06-30'), 3, ['r'], 1),
    page(name('2020-07-01', '2020-12-31'), 1, ['s']),
    page(name('1999-01-01', '1999-12-31'), 1, ['old']),
  ];
  for (const line of lines) takeLine(replay, line, collection);
  const tally = tallyWindows(collection.windows, replay.progress, 2);
  expect(tally).toMatchObject({ roots: 2, rootsDone: 1, leaves: 3, split: 1, settled: 2, open: 1, pagesLeft: 1 });
  expect(tally.uncovered).toMatchObject([{ total: 5, read: 4, window: { from: '2020-01-01', to: '2020-12-31' } }]);
  expect(replay.asks).toEqual([1]);
  // A window that the collection lacks is kept in the journal and left out of the table.
  const kept = pagesOf(replay, walkWindows(collection.windows, replay.progress));
  expect([replay.pages.length, kept.length]).toEqual([5, 4]);
});

test('lines of a journal: what is none is told by its number', () => {
  expect(parseJournal('')).toEqual({ lines: [], badLine: null });
  expect(parseJournal('{"ask":5}\n{"ask":6}\n')).toEqual({ lines: [{ ask: 5 }, { ask: 6 }], badLine: null });
  for (const bad of ['{"ask":', '{}', 'null', '[]', '{"window":[]}', '{"ask":"5"}']) {
    expect(parseJournal(`{"ask":5}\n${bad}\n{"ask":6}\n`).badLine).toBe(2);
  }
});
