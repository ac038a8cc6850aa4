import { at } from '../../../error/at.ts';
import type { Description, TextDescription } from '../../../model/result/description.ts';
import type { PercentileRule } from '../../../table/percentile.ts';
import { decimalsFor } from '../../format/format-number.ts';
import type { TableModel } from '../../table/contract.ts';
import { allStatistics, summaryTable, withRuleColumn } from '../../table/summary-table.ts';
import { textColumnsTable, withTextColumns } from '../../table/text-columns-table.ts';
import { calledBy, type VariableNames } from '../../table/variable-names.ts';
import type { Block, Document, TableBlock } from '../contract.ts';
import { namedTables, nameOfWords } from '../named-tables.ts';
import type { ResultsOf } from './models.ts';
import { type PanelAccount, type PanelNouns, panelLines } from './panel-account.ts';

/** The shape of a panel, and how its units and periods are called. */
export interface ToldPanel {
  readonly account: PanelAccount;
  readonly nouns: PanelNouns;
}

interface DescriptivesOptions {
  readonly texts?: readonly TextDescription[];
  readonly quantiles?: PercentileRule;
  readonly panel?: ToldPanel | null;
  /** What the file calls variables, on a page; a screen and records have their names. */
  readonly names?: VariableNames;
  /** Different numbers of columns of numbers, on a page that shows them beside those of texts; left out: not shown. */
  readonly distinct?: ReadonlyMap<string, number>;
}

/** What `kaya describe` says: columns of numbers, the rule of their percentiles, columns of text; as records they are one table. */
export function descriptivesDocument(
  rows: readonly Description[],
  { version, reading = [] }: ResultsOf,
  { texts = [], quantiles = 'stata', panel = null, names = {}, distinct }: DescriptivesOptions = {},
): Document {
  const numbers = descriptiveTable(rows, quantiles);
  const named = withRuleColumn(numbers, quantiles);
  const block = (table: TableModel): TableBlock => ({ kind: 'table', table });
  const shown = (called: VariableNames): readonly TableBlock[] =>
    [
      ...(rows.length === 0 && texts.length > 0 ? [] : [withDistinct(numbers, distinct)]),
      ...(texts.length === 0 ? [] : [textColumnsTable(texts)]),
    ].map((table) => block(withRowsCalled(table, called)));
  return {
    title: { key: 'document.descriptives' },
    blocks: namedTables(
      [
        ...(panel === null ? [] : [panelList(panel)]),
        {
          kind: 'forms',
          screen: shown({}),
          page: shown(names),
          records: [block(texts.length === 0 ? named : withTextColumns(named, texts))],
        },
      ],
      nameOfWords(['descriptives', ...[...rows, ...texts].map(({ variable }) => variable)]),
      'descriptives',
    ),
    data: {
      kaya: version,
      quantiles,
      variables: rows,
      texts,
      ...(panel === null ? {} : { panel: panel.account }),
      warnings: reading,
    },
  };
}

/** A table with a variable a row, by the labels of the file. */
function withRowsCalled(table: TableModel, names: VariableNames): TableModel {
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, label: { kind: 'label', label: calledBy(row.id, names) ?? row.id } })),
  };
}

/** A table with the count of different numbers after that of missing cells. */
function withDistinct(table: TableModel, distinct: DescriptivesOptions['distinct']): TableModel {
  if (distinct === undefined) return table;
  const place = table.columns.findIndex(({ id }) => id === 'missing') + 1;
  const within = <T>(list: readonly T[], one: T): readonly T[] => [...list.slice(0, place), one, ...list.slice(place)];
  return {
    ...table,
    columns: within(table.columns, { id: 'distinct', label: { key: 'column.distinct' } }),
    rows: table.rows.map((row) => ({
      ...row,
      cells: within(row.cells, { kind: 'count', value: distinct.get(row.id) ?? null }),
    })),
  };
}

function panelList({ account, nouns }: ToldPanel): Block {
  return { kind: 'list', title: { key: 'panel_file.shape' }, items: panelLines(account, nouns) };
}

function descriptiveTable(rows: readonly Description[], quantiles: PercentileRule): TableModel {
  const hasPanel = rows.some((row) => row.within_sd !== null || row.between_sd !== null);
  const statistics = hasPanel ? allStatistics : allStatistics.filter((id) => id !== 'within_sd' && id !== 'between_sd');
  const table = summaryTable({
    id: 'descriptives',
    number: '',
    title: '',
    rows: rows.map((row) => ({ label: row.variable, statistics: row })),
    statistics,
    quantiles,
    notes: [],
    isSynthetic: false,
  });
  return {
    ...table,
    rows: table.rows.map((row, i) => {
      const { mean, sd } = at(rows, i);
      const decimals = decimalsFor([mean, sd], { significant: 4, least: 3, most: 8 });
      return { ...row, cells: row.cells.map((cell) => (cell.kind === 'number' ? { ...cell, decimals } : cell)) };
    }),
  };
}
