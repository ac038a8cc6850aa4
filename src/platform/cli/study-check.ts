import { stringify } from 'yaml';
import { isStudyError } from '../../error/study-error.ts';
import { writtenStudy } from '../../study/language/written-study.ts';
import type { CommandContext } from '../app/context.ts';
import { readStudy } from '../app/read-study.ts';

export interface StudyCheckOptions {
  readonly study: string;
  readonly isResolved: boolean;
  readonly isJson: boolean;
}

/**
 * Validates a study file; with `isResolved` it is printed with every default written out, and checks again as it is printed.
 * @throws study-invalid; with `isJson` the faults are on stdout as well
 */
export function runStudyCheck({ study: path, isResolved, isJson }: StudyCheckOptions, context: CommandContext): void {
  const printJson = (content: object): void =>
    context.print(JSON.stringify({ kaya: context.version, ...content }, null, 2));
  try {
    const { file, study, spec } = readStudy(path);
    if (isJson) printJson({ file, valid: true, faults: [], ...(isResolved ? { study } : {}) });
    else if (isResolved)
      context.print(stringify(writtenStudy(spec, study), { lineWidth: 120, aliasDuplicateObjects: false }));
    else context.print(`${file}: ok`);
  } catch (error) {
    if (isJson && isStudyError(error, 'study-invalid')) {
      printJson({ file: error.detail.file, valid: false, faults: error.detail.faults });
    }
    throw error;
  }
}
