import { stringify } from 'yaml';
import { isStudyError } from '../../error/study-error.ts';
import { checkRawTables } from '../app/check-raw-tables.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { hasOwnTables } from '../app/raw-layer.ts';
import { readAnyStudy, writtenAnyStudy } from '../app/read-study.ts';
import { rowsOpener } from '../app/rows-elsewhere.ts';
import { requireWithoutRows, sumsPlanned } from '../app/study-engine.ts';
import { inputRecord } from '../store/input-record.ts';
import { sumsWords } from './sums-words.ts';

export interface StudyCheckOptions {
  readonly study: string;
  readonly isResolved: boolean;
  readonly isJson: boolean;
}

/**
 * Validates a study file, of a ready panel against the columns of its files, and tells which tables the user's own raw tables can give; with `isResolved` it is printed with every default written out, and checks again as it is printed.
 * @throws the codes of reading raw tables; study-invalid; with `isJson` the faults are on stdout as well
 */
export async function runStudyCheck(
  { study: path, isResolved, isJson }: StudyCheckOptions,
  context: CommandContext,
): Promise<void> {
  const printJson = (content: object): void =>
    context.print(JSON.stringify({ kaya: context.version, ...content }, null, 2));
  const rows = rowsOpener({ threads: null });
  try {
    const located = await withReader(null, context, (reader) => readAnyStudy(path, reader, inputRecord(), rows.open));
    requireWithoutRows(located, context);
    const { file, study } = located;
    const raw = located.kind === 'raw-tables' && hasOwnTables(located) ? await checkRawTables(located, context) : null;
    const sums = (await sumsPlanned(located))?.planned ?? null;
    const told = { ...(raw === null ? {} : { raw }), ...(sums === null ? {} : { sums }) };
    if (isJson) printJson({ file, valid: true, faults: [], ...told, ...(isResolved ? { study } : {}) });
    else if (isResolved)
      context.print(stringify(writtenAnyStudy(located), { lineWidth: 120, aliasDuplicateObjects: false }));
    else context.print([`${file}: ok`, ...(sums === null ? [] : sumsWords(sums, context))].join('\n'));
  } catch (error) {
    if (isJson && isStudyError(error, 'study-invalid')) {
      printJson({ file: error.detail.file, valid: false, faults: error.detail.faults });
    }
    throw error;
  } finally {
    await rows.close();
  }
}
