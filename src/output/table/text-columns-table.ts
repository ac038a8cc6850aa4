import type { TextDescription } from '../../model/result/description.ts';
import type { Cell, TableModel } from './contract.ts';

/** Letters of a cell that are printed. */
const longestText = 40;

/** Columns of text in rows: how many cells, missing ones, different texts, and the most common one. */
export function textColumnsTable(rows: readonly TextDescription[]): TableModel {
  return {
    id: 'texts',
    number: '',
    title: '',
    stub: { key: 'stub.variable' },
    columns: [
      { id: 'obs', label: { key: 'column.obs' } },
      { id: 'missing', label: { key: 'column.missing' } },
      ...mostCommonColumns,
    ],
    rows: rows.map((row) => ({
      id: row.variable,
      label: { kind: 'label', label: row.variable },
      cells: [
        { kind: 'count', value: row.obs },
        { kind: 'count', value: row.missing },
        ...mostCommonCells(row, longestText),
      ],
    })),
    notes: [],
    isSynthetic: false,
  };
}

const mostCommonColumns: TableModel['columns'] = [
  { id: 'distinct', label: { key: 'column.distinct' } },
  { id: 'most_common', label: { key: 'column.most_common' } },
  { id: 'most_common_obs', label: { key: 'column.most_common_obs' } },
];

function mostCommonCells(row: TextDescription, longest: number): readonly Cell[] {
  const text = (row.most_common ?? '').replace(/\s+/g, ' ');
  const letters = [...text];
  const shown = letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
  return [
    { kind: 'count', value: row.distinct },
    { kind: 'verbatim', text: shown, align: 'start' },
    { kind: 'count', value: row.most_common_obs },
  ];
}

/** A table of numeric columns with the columns of text below them, for a format of one table: what one kind lacks is empty. */
export function withTextColumns(table: TableModel, rows: readonly TextDescription[]): TableModel {
  const empty = mostCommonColumns.map((): Cell => ({ kind: 'empty' }));
  return {
    ...table,
    columns: [...table.columns, ...mostCommonColumns],
    rows: [
      ...table.rows.map((row) => ({ ...row, cells: [...row.cells, ...empty] })),
      ...rows.map((row) => ({
        id: row.variable,
        label: { kind: 'label' as const, label: row.variable },
        cells: [
          ...table.columns.map(({ id }): Cell => {
            if (id === 'obs') return { kind: 'count', value: row.obs };
            return id === 'missing' ? { kind: 'count', value: row.missing } : { kind: 'empty' };
          }),
          ...mostCommonCells(row, Number.POSITIVE_INFINITY),
        ],
      })),
    ],
  };
}
