import { existsSync } from 'node:fs';
import type { GroupColumn } from '../../domain/contract.ts';
import { said } from '../../error/said.ts';
import { readText } from '../../file/text/read-text.ts';
import { columnNamed } from '../../table/column.ts';
import { type InputRecord, inputRecord } from '../store/input-record.ts';
import { readPlain } from '../store/plain-file.ts';
import { referenceTable } from '../store/reference-file.ts';
import { pathInStudy } from './study-paths.ts';

/** The study's own groups of its units, beside its file: a column of codes, then a column a group. */
export const groupsFile = 'reference/groups.csv';

/** The column of codes in it. */
export const groupsKey = 'code';

/** Group columns that a study has itself; one that holds 0 and 1 alone is a flag. None when there is no file. */
export function groupsIn(
  studyFolder: string,
  record: InputRecord = inputRecord(),
): Readonly<Record<string, GroupColumn>> {
  const path = pathInStudy(studyFolder, groupsFile, said('file.groups'));
  if (!existsSync(path)) return {};
  const bytes = readPlain(path);
  record.noteBytes(path, bytes);
  const { table } = referenceTable(readText(bytes, groupsFile), groupsFile);
  return Object.fromEntries(
    table.names.flatMap((name) => {
      if (name === groupsKey || name === '') return [];
      const column = columnNamed(table, name);
      const isFlag = column.kind === 'text' && column.levels.every((cell) => ['', '0', '1'].includes(cell.trim()));
      return [[name, { column: name, isFlag }]];
    }),
  );
}
