import { isStudyError } from '../../error/study-error.ts';
import { whereText } from '../../output/format/error-text/where.ts';
import { columnsIn } from '../../table/condition/ast.ts';
import { parseCondition } from '../../table/condition/parse.ts';
import { faultAt, type KeyPath, type KnownNames, type PlacelessFault, unknownName } from './faults.ts';

/** Faults of a condition on rows: it cannot be read, or it names what is no column. `columns` null: not known yet. */
export function conditionFaults(text: string, path: KeyPath, columns: KnownNames): PlacelessFault[] {
  try {
    const strangers = columnsIn(parseCondition(text)).filter((name) => columns !== null && !columns.includes(name));
    return strangers.map((name) => ({
      ...unknownName(path, 'variable', name, columns ?? []),
      offset: Math.max(0, text.indexOf(name)),
    }));
  } catch (error) {
    if (!isStudyError(error, 'bad-where')) throw error;
    // The place in the file is told with the fault; the arrow under the text would point at it again.
    const problem = whereText({ ...error.detail, column: null }, 'en');
    return [{ ...faultAt(path, problem), offset: Math.max(0, (error.detail.column ?? 1) - 1) }];
  }
}
