import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldPage, type PageFacts, type ReadingRules, unread, type WindowProgress } from './fold-page.ts';

const rules: ReadingRules = { size: 2, limit: 10, passes: 3, canSplit: true };

/** Pages as `total:key,key`, one after the other. */
function read(pages: readonly string[], changed: Partial<ReadingRules> = {}): WindowProgress {
  return pages.reduce<WindowProgress>((state, text) => {
    if (state.kind !== 'reading') return state;
    const [total, keys] = text.split(':');
    const facts: PageFacts = {
      pass: state.pass,
      page: state.page,
      total: total === '' ? null : Number(total),
      keys: keys === '' ? [] : keys.split(','),
      isRefused: false,
    };
    return foldPage(state, facts, { ...rules, ...changed });
  }, unread);
}

test('pages that agree settle a window', () => {
  expect(read(['3:a,b', '3:c'])).toEqual({ kind: 'settled', total: 3 });
  expect(read(['0:'])).toEqual({ kind: 'settled', total: 0 });
  expect(read(['4:a,b', '4:c,d'])).toEqual({ kind: 'settled', total: 4 });
});

test('a total that changes, a page that comes twice, a row too few: the window is read again', () => {
  for (const pages of [
    ['3:a,b', '4:c,d'],
    ['4:a,b', '4:a,b'],
    ['3:a,b', '3:'],
    ['3:a,b', '3:c,d'],
  ]) {
    expect(read(pages)).toMatchObject({ kind: 'reading', pass: 1, page: 0, keys: [] });
    expect(read([...pages, '3:a,b', '3:c'])).toEqual({ kind: 'settled', total: 3 });
  }
});

test('what never agrees is unsettled, with all that was seen', () => {
  expect(read(['3:a,b', '3:b', '3:a,b', '3:b', '3:a,c', '3:c'])).toEqual({ kind: 'unsettled', total: 3, read: 3 });
  expect(read(['3:a,b', '3:b'], { passes: 1 })).toEqual({ kind: 'unsettled', total: 3, read: 2 });
});

test('at the limit a window is split, or read as far as it goes when it cannot be', () => {
  expect(read(['10:a,b'])).toEqual({ kind: 'over', total: 10 });
  expect(read(['9:a,b'])).toMatchObject({ kind: 'reading', page: 1 });
  const five = ['99:a,b', '99:c,d', '99:e,f', '99:g,h', '99:i,j'];
  expect(read(five.slice(0, 4), { canSplit: false })).toMatchObject({ kind: 'reading', page: 4 });
  expect(read(five, { canSplit: false })).toEqual({ kind: 'truncated', total: 99, read: 10 });
  expect(read(['3:a,b', '12:c'])).toEqual({ kind: 'over', total: 12 });
});

test('a query that the API refuses as too large', () => {
  const refused: PageFacts = { pass: 0, page: 0, total: null, keys: [], isRefused: true };
  expect(foldPage(unread, refused, rules)).toEqual({ kind: 'over', total: 10 });
  expect(foldPage(unread, refused, { ...rules, canSplit: false })).toEqual({ kind: 'truncated', total: 10, read: 0 });
});

test('without a total a window ends with its first short page', () => {
  expect(read([':a,b', ':c'])).toEqual({ kind: 'settled', total: 3 });
  expect(read([':a,b', ':'])).toEqual({ kind: 'settled', total: 2 });
  expect(read([':a,b', ':a,b', ':c'])).toMatchObject({ kind: 'reading', pass: 1 });
  expect(read([':a,b', ':c,d', ':e,f', ':g,h', ':i,j'])).toEqual({ kind: 'over', total: 10 });
});

test('a page that is not the next one changes nothing', () => {
  const facts: PageFacts = { pass: 0, page: 1, total: 3, keys: ['c'], isRefused: false };
  expect(foldPage(unread, facts, rules)).toBe(unread);
  const settled = read(['1:a']);
  expect(foldPage(settled, { ...facts, page: 0 }, rules)).toBe(settled);
});

test('every sequence of pages ends, and settles only on as many different rows as were told', () => {
  const page = fc.record({
    total: fc.integer({ min: 0, max: 12 }),
    keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.infiniteStream(page), fc.boolean(), (pages, canSplit) => {
      let state: WindowProgress = unread;
      let keys: string[] = [];
      for (let count = 0; state.kind === 'reading'; count++) {
        expect(count).toBeLessThan(3 * 5);
        const next = pages.next().value;
        const { pass, page: number } = state;
        if (number === 0) keys = [];
        keys.push(...next.keys);
        state = foldPage(state, { pass, page: number, ...next, isRefused: false }, { ...rules, canSplit });
      }
      if (state.kind === 'settled') expect([keys.length, new Set(keys).size]).toEqual([state.total, state.total]);
    }),
  );
});
