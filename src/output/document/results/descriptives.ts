import { at } from '../../../error/at.ts';
import type { Description, TextDescription } from '../../../model/result/description.ts';
import type { PercentileRule } from '../../../table/percentile.ts';
import { decimalsFor } from '../../format/format-number.ts';
import type { TableModel } from '../../table/contract.ts';
import { allStatistics, summaryTable, withRuleColumn } from '../../table/summary-table.ts';
import { textColumnsTable, withTextColumns } from '../../table/text-columns-table.ts';
import type { Block, Document, TableBlock } from '../contract.ts';
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
}

/** What `kaya describe` says: columns of numbers, the rule of their percentiles, columns of text; as records they are one table. */
export function descriptivesDocument(
  rows: readonly Description[],
  { version, reading = [] }: ResultsOf,
  { texts = [], quantiles = 'stata', panel = null }: DescriptivesOptions = {},
): Document {
  const numbers = descriptiveTable(rows, quantiles);
  const named = withRuleColumn(numbers, quantiles);
  const block = (table: TableModel): TableBlock => ({ kind: 'table', table });
  const shown = [
    ...(rows.length === 0 && texts.length > 0 ? [] : [block(numbers)]),
    ...(texts.length === 0 ? [] : [block(textColumnsTable(texts))]),
  ];
  return {
    title: { key: 'document.descriptives' },
    blocks: [
      ...(panel === null ? [] : [panelList(panel)]),
      {
        kind: 'forms',
        screen: shown,
        page: shown,
        records: [block(texts.length === 0 ? named : withTextColumns(named, texts))],
      },
    ],
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
