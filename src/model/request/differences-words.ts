import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { listOf } from '../../table/words/texts.ts';
import type { DifferencesOptions } from '../post/differences/contract.ts';
import { differencesDefaults } from '../post/differences/contract.ts';
import { placesOf } from '../post/differences/order.ts';
import { differenceMethods } from '../result/differences.ts';
import type { CheckedWords, RequestWords } from './schema.ts';

/** @throws bad-option where what belongs to it stands without it, of an unknown way, of an order that cannot be read */
export function differencesOf(words: CheckedWords): DifferencesOptions | null {
  const { differences, differences_how, differences_order, reps, seed } = words;
  if (differences === undefined) {
    for (const [option, value] of Object.entries({ differences_how, differences_order })) {
      if (value === undefined) continue;
      const expected = said('expected.differences_beside');
      throw new StudyError('bad-option', { option, value: listOf(value).join(', '), expected, suggestion: null });
    }
    return null;
  }
  const terms = listOf(differences).flatMap(splitTerms);
  const orders = listOf(differences_order);
  for (const text of orders) placesOf(text);
  if (orders.length > 0 && terms.length > 1) {
    const expected = said('expected.one_difference_term');
    throw new StudyError('bad-option', { option: 'differences', value: terms.join(', '), expected, suggestion: null });
  }
  return {
    terms,
    how: differences_how === undefined ? null : differenceMethodsOf(listOf(differences_how)),
    orders,
    reps: reps ?? differencesDefaults.reps,
    seed: seed ?? differencesDefaults.seed,
  };
}

/** @throws bad-option */
function differenceMethodsOf(texts: readonly string[]): DifferencesOptions['how'] {
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map((name) => {
    const found = differenceMethods.find((one) => one === name);
    if (found !== undefined) return found;
    const detail = { option: 'differences_how', value: name, expected: anyOf(differenceMethods) };
    throw new StudyError('bad-option', { ...detail, suggestion: nearestName(name, differenceMethods) });
  });
}

/** The words that `differencesOf` reads to the same. */
export function printDifferences({
  terms,
  how,
  orders,
  reps,
  seed,
}: DifferencesOptions): Omit<RequestWords, 'formula'> {
  return {
    differences: [...terms],
    ...(how === null ? {} : { differences_how: [...how] }),
    ...(orders.length === 0 ? {} : { differences_order: [...orders] }),
    ...(reps === differencesDefaults.reps ? {} : { reps }),
    ...(seed === differencesDefaults.seed ? {} : { seed }),
  };
}
