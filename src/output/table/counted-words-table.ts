import type { Cell, Label, TableColumn, TableModel, Text } from './contract.ts';
import { blanks, counted as countedCell, tableOf, words } from './parts.ts';

interface CountedWordRow {
  readonly word: Label;
  readonly counted: number;
  readonly only: number;
}

export interface CountedWordsSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly rows: readonly CountedWordRow[];
  /** Words beside each other in a row; they go down, then across. */
  readonly across: number;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** Words that rows were found by: how many hold each, and how many nothing else finds. */
export function countedWordsTable({ rows, across, notes, ...spec }: CountedWordsSpec): TableModel {
  const down = Math.ceil(rows.length / across);
  const lines = Array.from({ length: down }, (_, i) => Array.from({ length: across }, (_, j) => rows[j * down + i]));
  return {
    ...tableOf(spec.id, spec.title, {
      stub: { key: 'words.word' },
      columns: Array.from({ length: across }, (_, j) => columnsOf(j)).flat(),
      rows: lines.map(([first, ...others], i) => ({
        id: `${i + 1}`,
        label: words(first?.word ?? ''),
        cells: [...countCells(first), ...others.flatMap(wordCells)],
      })),
      notes: [{ key: 'words.note' }, ...notes],
    }),
    number: spec.number,
    isSynthetic: spec.isSynthetic,
  };
}

/** Of the first word of a row the counts alone, for its word is the head of the row. */
function columnsOf(place: number): readonly TableColumn[] {
  const end = place === 0 ? '' : `${place + 1}`;
  return [
    ...(place === 0 ? [] : [{ id: `word${end}`, label: { key: 'words.word' } } as const]),
    { id: `counted${end}`, label: { key: 'words.counted' } },
    { id: `only${end}`, label: { key: 'words.only' } },
  ];
}

function wordCells(row: CountedWordRow | undefined): readonly Cell[] {
  return row === undefined ? blanks(3) : [words(row.word), ...countCells(row)];
}

function countCells(row: CountedWordRow | undefined): readonly Cell[] {
  return row === undefined ? blanks(2) : [countedCell(row.counted), countedCell(row.only)];
}
