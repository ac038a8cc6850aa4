import type { Label, TableModel, Text } from './contract.ts';
import { counted as countedCell } from './parts.ts';

export interface CountedWordsSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly rows: readonly { readonly word: Label; readonly counted: number; readonly only: number }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** Words that rows were found by, a row each: how many hold it, and how many nothing else finds. */
export function countedWordsTable({ id, number, title, rows, notes, isSynthetic }: CountedWordsSpec): TableModel {
  return {
    ...{ id, number, title },
    stub: { key: 'words.word' },
    columns: [
      { id: 'counted', label: { key: 'words.counted' } },
      { id: 'only', label: { key: 'words.only' } },
    ],
    rows: rows.map(({ word, counted, only }, i) => ({
      id: `${i + 1}`,
      label: { kind: 'label', label: word },
      cells: [countedCell(counted), countedCell(only)],
    })),
    notes: [{ key: 'words.note' }, ...notes],
    isSynthetic,
  };
}
