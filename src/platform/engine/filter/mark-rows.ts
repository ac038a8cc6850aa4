import { nearestName } from '../../../error/nearest-name.ts';
import { isStudyError, StudyError } from '../../../error/study-error.ts';
import type { QueryEngine } from '../../../study/ports.ts';
import { type ColumnTable, columnTable } from '../../../table/column.ts';
import { type ComparedText, readFilter } from './read-filter.ts';

/**
 * 1 at the rows of a table that a filter keeps; a condition that is unknown keeps none.
 * @throws bad-where, unknown-column
 */
export async function markRows(engine: QueryEngine, where: string, table: ColumnTable): Promise<Uint8Array> {
  const { sql, used, compared } = await readFilter(engine, where, table);
  const looked = used.length > 0 ? used : [0];
  const columns = Object.fromEntries(looked.map((j) => [`c${j}`, table.columns[table.names[j]]]));
  await engine.load('filtered', columnTable(columns));
  try {
    const marked = await engine.table(`SELECT CASE WHEN (${sql}\n) THEN 1 ELSE 0 END AS kept FROM filtered`);
    const { kept } = marked.columns;
    const marks = kept.kind === 'number' ? Uint8Array.from(kept.values) : new Uint8Array(table.nrow);
    if (table.nrow > 0 && !marks.includes(1)) refuseAbsentTexts(compared, where, table);
    return marks;
  } catch (cause) {
    if (!isStudyError(cause, 'engine-failure')) throw cause;
    if (cause.detail.reason.startsWith('Out of Range Error')) {
      throw new StudyError('bad-where', { where, fault: { kind: 'no-value' } }, { cause });
    }
    const cell = /^Conversion Error:.*?(?:string|value) '([^']*)'/i.exec(cause.detail.reason)?.[1] ?? null;
    const isConversion = cause.detail.reason.startsWith('Conversion Error');
    const fault = isConversion ? ({ kind: 'cannot-convert', cell } as const) : ({ kind: 'cannot-compute' } as const);
    throw new StudyError('bad-where', { where, fault }, { cause });
  } finally {
    await engine.run('DROP TABLE filtered');
  }
}

/** Values of a column that an error shows. */
const mostValues = 8;

/** Of a filter that keeps no row: the column that holds none of the texts that it is compared with. @throws bad-where */
function refuseAbsentTexts(compared: readonly ComparedText[], where: string, table: ColumnTable): void {
  for (const { name, texts, isOneOf } of compared) {
    const column = table.columns[name];
    if (!isOneOf || column.kind !== 'text' || column.levels.length === 0) continue;
    const { levels } = column;
    if (texts.some((text) => levels.includes(text))) continue;
    const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
    const alike = levels.find((level) => fold(level) === fold(texts[0]));
    const nearest = alike ?? nearestName(texts[0], levels);
    const values = levels.slice(0, mostValues);
    const fault = { kind: 'no-such-value', name, written: texts, nearest, values, count: levels.length } as const;
    throw new StudyError('bad-where', { where, fault });
  }
}
