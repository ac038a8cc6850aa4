import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable, TextColumn } from '../column.ts';
import type { Condition } from './ast.ts';
import { columnsIn } from './ast.ts';
import { checkCondition, columnsOfTable, conditionError } from './check.ts';
import { numberReader } from './number-reader.ts';
import type { Readers } from './readers.ts';
import type { RowCondition } from './row-condition.ts';
import { textReader } from './text-reader.ts';
import { truthReader } from './truth-reader.ts';

/**
 * 1 at the rows of a table that meet a condition; one that is unknown, because a cell is missing, is not met.
 * @param place where the condition stands, in words of the user's input; left out: an option
 * @returns nrow marks
 * @throws bad-where, unknown-column
 */
export function markRows({ text: where, tree }: RowCondition, table: ColumnTable, place?: string): Uint8Array {
  const { condition, faults } = checkCondition(tree, columnsOfTable(table));
  if (faults.length > 0) throw conditionError(where, at(faults, 0), table.names, place);
  const marks = evaluateCondition(condition, table, where);
  if (table.nrow > 0 && !marks.includes(1)) refuseAbsentTexts(condition, table, where, place);
  return marks;
}

/**
 * 1 at the rows that meet a checked condition, by the logic of three values: `not` of unknown is unknown, `or` with one true side
 * is true. What has no value (division by zero, the log of zero) is missing.
 * @param where the text of the condition, for errors
 * @returns nrow marks
 * @throws bad-where at a cell that `cast` cannot convert
 */
export function evaluateCondition(condition: Condition, table: ColumnTable, where: string): Uint8Array {
  const readers: Readers = {
    table,
    where,
    truth: (part) => truthReader(part, readers),
    number: (part) => numberReader(part, readers),
    text: (part) => textReader(part, readers),
  };
  const truth = readers.truth(condition);
  const marks = new Uint8Array(table.nrow);
  for (let row = 0; row < marks.length; row++) if (truth(row) === 1) marks[row] = 1;
  return marks;
}

/** Values of a column that an error shows. */
const mostValues = 8;

/** Of a condition that no row meets: the column that holds none of the texts that it is asked to be. @throws bad-where */
function refuseAbsentTexts(whole: Condition, table: ColumnTable, where: string, place: string | undefined): void {
  const visit = (condition: Condition): void => {
    const asked = askedTexts(condition);
    const column = asked === null ? undefined : table.columns[asked.name];
    if (asked !== null && column?.kind === 'text' && column.levels.length > 0) {
      const { name, texts } = asked;
      const fault = absentFault(name, texts, column);
      if (fault !== null) {
        const detail = { where, fault, column: condition.at + 1 };
        throw new StudyError('bad-where', place === undefined ? detail : { ...detail, place });
      }
    }
    if (condition.kind === 'and' || condition.kind === 'or') condition.parts.forEach(visit);
  };
  visit(whole);
}

function absentFault(name: string, texts: readonly string[], { levels }: TextColumn) {
  if (texts.some((text) => levels.includes(text))) return null;
  const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
  const alike = levels.find((level) => fold(level) === fold(at(texts, 0)));
  const nearest = alike ?? nearestName(at(texts, 0), levels);
  const values = levels.slice(0, mostValues);
  return { kind: 'no-such-value', name, written: texts, nearest, values, count: levels.length } as const;
}

/** The column that is asked to be one of some texts. */
function askedTexts(condition: Condition): { readonly name: string; readonly texts: readonly string[] } | null {
  const parts =
    condition.kind === 'compare' && condition.operator === '='
      ? [condition.left, condition.right]
      : condition.kind === 'in' && !condition.isNot
        ? [condition.operand, ...condition.values]
        : [];
  const [name, ...more] = parts.filter((part) => part.kind === 'name').flatMap(columnsIn);
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []));
  return name !== undefined && more.length === 0 && texts.length === parts.length - 1 ? { name, texts } : null;
}
