import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { readLayout } from '../../output/layout/read.ts';
import type { LayoutWords } from '../../output/layout/schema.ts';
import { unknownTerms } from '../../output/table/regression/terms.ts';
import { type KeyPath, type PlacelessFault, unexpected, unknownName } from '../language/faults.ts';

/** What is wrong in the words of a layout, and terms that it names and no model has. @param terms null where they are not known */
export function layoutFaults(
  words: LayoutWords,
  path: KeyPath,
  terms: readonly string[] | null,
  table = '',
): readonly PlacelessFault[] {
  try {
    const layout = readLayout(words);
    return terms === null
      ? []
      : unknownTerms(layout, [...terms, '(Intercept)']).map(({ option, name }) =>
          unknownName([...path, option], said('noun.term_of', { table }), name, terms),
        );
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    const { option, expected, value, suggestion } = error.detail;
    return [unexpected([...path, option.replace(/\W.*$/s, '')], expected, value, suggestion)];
  }
}
