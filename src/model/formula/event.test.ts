import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBins, EventFactor, EventRange } from './ast.ts';
import { parseTerms } from './parse.ts';
import { usualReference } from './parse-event.ts';
import { printFactor } from './print.ts';

const canonical = (text: string): string => {
  const [item] = parseTerms(text);
  const factor = item?.kind === 'term' ? item.crossed[0]?.[0] : undefined;
  return factor === undefined ? '' : printFactor(factor);
};

describe('an event term', () => {
  test.each([
    ['event(first, year)', 'event(first, year)'],
    ['event( since )', 'event(since)'],
    ['event(first, year, ref.p = c(-1, -5))', 'event(first, year, ref = c(-1, -5))'],
    ['event(first, year, lags = 4, leads = 3, ref = -1)', 'event(first, year, leads = 3, lags = 4)'],
    ['event(first, year, bin = "bin::2")', 'event(first, year, bin = "bin::2")'],
    ['sunab(first, year, ref.p = c(.F + 0:2, -1))', 'sunab(first, year, ref.p = c(.F + 0:2, -1))'],
    ['sunab(first, year, ref.p = .L - 1)', 'sunab(first, year, ref.p = .L + -1)'],
    ['sunab(first, year, ref.c = c(3, "a b"), att = FALSE)', 'sunab(first, year, ref.c = c(3, "a b"))'],
    [
      'sunab(first, year, bin.rel = list("3" = 1:3, 4:6), no_agg = T)',
      'sunab(first, year, bin.rel = list("3" = 1:3, 4:6), no_agg = TRUE)',
    ],
    ['sunab(`two words`, 年份, bin = 3:1, att = TRUE)', 'sunab(`two words`, 年份, bin = 3:1, att = TRUE)'],
  ])('%s', (text, printed) => {
    expect(canonical(text)).toBe(printed);
  });

  const whole = fc.integer({ min: -9, max: 9 });
  const range: fc.Arbitrary<EventRange> = fc
    .tuple(fc.constantFrom('zero' as const, 'first' as const, 'last' as const), whole, whole)
    .map(([origin, from, to]) => ({ origin, from, to }));
  const ranges = fc.array(range, { minLength: 1, maxLength: 3 });
  const group = fc.record({ name: fc.option(whole), values: ranges });
  const bins: fc.Arbitrary<EventBins> = fc.oneof(
    fc.record({
      kind: fc.constant('every' as const),
      width: fc.integer({ min: 1, max: 5 }),
      origin: fc.constantFrom('zero' as const, 'first' as const, 'last' as const),
    }),
    fc.record({ kind: fc.constant('groups' as const), groups: fc.array(group, { minLength: 1, maxLength: 3 }) }),
  );
  const event: fc.Arbitrary<EventFactor> = fc
    .record({
      isAveraged: fc.boolean(),
      cohort: fc.option(fc.constantFrom('first', '年份', 'two words')),
      references: fc.oneof(fc.constant([usualReference]), ranges),
      cohorts: fc.array(fc.constantFrom('3', 'a b', 'x'), { maxLength: 2 }),
      leads: fc.option(fc.integer({ min: 1, max: 5 })),
      lags: fc.option(fc.integer({ min: 1, max: 5 })),
      own: fc.option(bins),
      relative: fc.option(bins),
      shown: fc.constantFrom('periods' as const, 'total' as const, 'cells' as const),
    })
    .map(({ isAveraged, cohort, references, cohorts, leads, lags, own, relative, shown }) => ({
      kind: 'event',
      form: isAveraged ? 'sunab' : 'event',
      cohort: isAveraged ? (cohort ?? 'first') : cohort,
      period: 'year',
      options: {
        ...{ references, leads, lags, cohorts: isAveraged ? cohorts : [], shown: isAveraged ? shown : 'periods' },
        bins: { ...(isAveraged && own !== null ? { cohort: own } : {}), ...(relative === null ? {} : { relative }) },
      },
    }));

  test('is read as it is printed', () => {
    fc.assert(
      fc.property(event, (factor) => {
        const [item] = parseTerms(printFactor(factor));
        expect(item).toEqual({ kind: 'term', crossed: [[factor]] });
      }),
      { numRuns: 300 },
    );
  });
});
