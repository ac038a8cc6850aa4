import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { factorOf } from '../../table/factor.ts';
import { repeatedRows, rowCopies } from './frequency.ts';
import type { RowChoice } from './row-choice.ts';
import { chooseRows } from './row-choice.ts';

/** A part of the sample. */
export interface MarkedPart {
  readonly sample: string | null;
  /** nrow marks, 1 at its rows; null: all. */
  readonly kept: Uint8Array | null;
}

/** A column whose values split the sample; `full` puts the whole sample first. */
export interface Split {
  readonly by: string;
  readonly full: boolean;
}

/** A part of the sample as its rows. */
export interface SamplePart {
  readonly sample: string | null;
  readonly choice: RowChoice;
  readonly kept: Uint8Array | null;
}

/**
 * The rows that the filter keeps, or their parts by the values of the split variable in their order; rows without a value are
 * in no part.
 * @param frequency column of how many rows each row stands for; a part then has a row as often
 * @throws unknown-column, bad-option, bad-weight
 */
export function samplesOf({
  table,
  parts,
  kept = null,
  split = null,
  frequency = null,
}: {
  readonly table: ColumnTable;
  readonly parts?: readonly MarkedPart[] | undefined;
  readonly kept?: Uint8Array | null | undefined;
  readonly split?: Split | null | undefined;
  readonly frequency?: string | null | undefined;
}): readonly SamplePart[] {
  const wholes = parts ?? [{ sample: null, kept }];
  return wholes.flatMap((part) => {
    const whole = { ...part, choice: chooseRows(table.nrow, part.kept) };
    const own = split === null ? [whole] : splitPart(table, whole, split);
    if (frequency === null) return own;
    const copies = rowCopies(table, frequency, part.kept);
    return own.map((one) => ({ ...one, choice: repeatedRows(one.choice, part.kept, copies) }));
  });
}

function splitPart(table: ColumnTable, whole: SamplePart, { by, full }: Split): readonly SamplePart[] {
  const from = whole.choice.rows;
  const { codes, labels } = factorOf(columnOf(table, by, `split ${by}`), from ?? undefined);
  requireGroups('split', by, labels.length, codes.length);
  const rows = labels.map((): number[] => []);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) rows[codes[i]].push(from === null ? i : from[i]);
  const parts = labels.map((sample, code) => {
    const choice = chooseRows(table.nrow, whole.kept, Int32Array.from(rows[code]));
    return { sample, choice, kept: whole.kept };
  });
  return full ? [whole, ...parts] : parts;
}

/** Values of a split variable that are taken however few rows each has. */
const fewValues = 20;

/** @throws bad-option for a measure, whose values have hardly two rows each */
export function requireGroups(option: 'split' | 'by', by: string, values: number, rows: number): void {
  if (values <= fewValues || 2 * values <= rows) return;
  const expected = said('expected.group_column', { name: by, values, rows });
  throw new StudyError('bad-option', { option, value: by, expected, suggestion: null });
}
