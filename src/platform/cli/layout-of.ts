import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type DocumentFormat, printerOf } from '../../output/document/printers.ts';
import type { TableLayout } from '../../output/layout/contract.ts';
import { readLayout } from '../../output/layout/read.ts';
import type { LayoutWords } from '../../output/layout/schema.ts';

/**
 * How the table of a command is laid out.
 * @throws bad-option for a word that is wrong, and for any where no table of models is printed
 */
export function layoutOf(words: LayoutWords, format: DocumentFormat, isReconciled = false): TableLayout {
  const layout = readLayout(words);
  const [given] = Object.entries(words);
  if (given !== undefined && (printerOf(format).medium === 'data' || isReconciled)) {
    const [option, value] = given;
    const expected = isReconciled ? said('expected.table_of_models') : said('expected.table_format', { format });
    throw new StudyError('bad-option', { option, value: String(value), expected, suggestion: null });
  }
  return layout;
}
