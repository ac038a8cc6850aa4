import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { TableLayout } from '../layout/contract.ts';
import { readLayout } from '../layout/read.ts';
import type { LayoutWords } from '../layout/schema.ts';
import { type DocumentFormat, formatOf, formats, type LayoutWord } from './formats.ts';

/**
 * How a table of models is laid out in a format, from its words.
 * @param hasModels whether there is a table of models at all
 * @throws bad-option for a word that is wrong, for any where no table of models is printed, and for one that the format has no place for
 */
export function layoutFor(
  words: LayoutWords,
  { format, hasModels }: { readonly format: DocumentFormat; readonly hasModels: boolean },
): TableLayout {
  const layout = readLayout(words);
  const given = Object.entries(words).filter(([, value]) => value !== undefined && value !== false);
  const refuse = (option: string, value: unknown, expected: ReturnType<typeof said>): never => {
    throw new StudyError('bad-option', { option, value: String(value), expected, suggestion: null });
  };
  const { medium, unplaced = [] } = formatOf(format);
  for (const [option, value] of Object.entries(words)) {
    if (!hasModels) refuse(option, value, said('expected.table_of_models'));
    if (medium === 'data') refuse(option, value, said('expected.table_format', { format }));
  }
  for (const [option, value] of given) {
    const word = unplaced.find((one) => one === option);
    if (word !== undefined)
      refuse(option, value, said('expected.format_of_word', { formats: formatsOf(word), format }));
  }
  return layout;
}

/** The formats that have a place for a word. */
function formatsOf(word: LayoutWord): readonly string[] {
  return formats
    .filter(({ id }) => {
      const { medium, unplaced = [] } = formatOf(id);
      return medium !== 'data' && !unplaced.includes(word);
    })
    .map(({ id }) => id);
}
