import { requireBudget } from '../../error/budget.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { PlaceboOptions } from '../post/placebo/contract.ts';
import { placeboDefaults } from '../post/placebo/contract.ts';
import type { CheckedWords, RequestWords } from './schema.ts';

/** @throws bad-option where a setting stands without the treatment, of periods that are none */
export function placeboOf(words: CheckedWords): PlaceboOptions | null {
  const { placebo, placebo_earlier, placebo_dates, reps, seed } = words;
  if (placebo === undefined) {
    for (const [option, value] of Object.entries({ placebo_earlier, placebo_dates })) {
      if (value === undefined) continue;
      const detail = { option, value: [value].flat().join(', '), suggestion: null };
      throw new StudyError('bad-option', { ...detail, expected: said('expected.placebo_beside') });
    }
    return null;
  }
  requireBudget('replicates', reps ?? 0, 'reps');
  const isAlone = placebo_earlier === undefined && placebo_dates === undefined;
  return {
    term: placebo.trim(),
    earlier: placebo_earlier === undefined ? (isAlone ? placeboDefaults.earlier : []) : periodsOf(placebo_earlier),
    dates: placebo_dates ?? (isAlone ? placeboDefaults.dates : null),
    reps: reps ?? placeboDefaults.reps,
    seed: seed ?? placeboDefaults.seed,
  };
}

/** Whether dates are drawn, so that `reps` and `seed` say something. */
export function hasDrawnDates({ placebo, placebo_earlier, placebo_dates }: CheckedWords): boolean {
  return placebo !== undefined && (placebo_dates !== undefined || placebo_earlier === undefined);
}

/** Most periods that a range may name. */
const mostPeriods = 1000;

/** Numbers, and ranges of them between commas, ascending, each once. @throws bad-option */
function periodsOf(value: number | readonly number[] | string): readonly number[] {
  const parts = typeof value === 'string' ? value.split(',') : [value].flat().map(String);
  const found = parts.flatMap((part) => {
    const [, from, to = from] = /^\s*(\d+)\s*(?:(?::|-|\.\.)\s*(\d+)\s*)?$/.exec(part) ?? [];
    const [low, high] = [Number(from), Number(to)];
    if (!(low >= 1 && high >= low && high - low < mostPeriods)) {
      const detail = { option: 'placebo_earlier', value: [value].flat().join(', '), suggestion: null };
      throw new StudyError('bad-option', { ...detail, expected: said('expected.placebo_earlier') });
    }
    return Array.from({ length: high - low + 1 }, (_, k) => low + k);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** The words that `placeboOf` reads to the same. */
export function printPlacebo({ term, earlier, dates, reps, seed }: PlaceboOptions): Omit<RequestWords, 'formula'> {
  const isUsual = dates === placeboDefaults.dates && earlier.join() === placeboDefaults.earlier.join();
  return {
    placebo: term,
    ...(isUsual || earlier.length === 0 ? {} : { placebo_earlier: [...earlier] }),
    ...(isUsual || dates === null ? {} : { placebo_dates: dates }),
    ...(dates === null || reps === placeboDefaults.reps ? {} : { reps }),
    ...(dates === null || seed === placeboDefaults.seed ? {} : { seed }),
  };
}
