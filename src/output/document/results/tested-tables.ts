import type { Correlations } from '../../../model/result/correlations.ts';
import type { Balance, GroupMeans } from '../../../model/result/group-comparison.ts';
import type { PanelTestsResult } from '../../../model/result/panel-tests.ts';
import { comparisonRecords } from '../../table/comparison-records.ts';
import type { TableModel } from '../../table/contract.ts';
import {
  type CorrelationTableOptions,
  correlationPairsTable,
  correlationTable,
} from '../../table/correlation-tables.ts';
import { balanceTable, type ComparisonTableOptions, groupMeansTable } from '../../table/group-comparison-tables.ts';
import { panelTestsRecords, panelTestsTable } from '../../table/panel-tests-table.ts';
import { calledBy, type VariableNames } from '../../table/variable-names.ts';
import { notesOf } from '../blocks.ts';
import type { Block, Document } from '../contract.ts';
import type { ResultsOf } from './models.ts';

/** A table of the data that tests something. */
export type TestedTable = Correlations | GroupMeans | Balance | PanelTestsResult;

/** The table as papers print it. */
export function testedTableModel(
  result: TestedTable,
  options: CorrelationTableOptions & ComparisonTableOptions = {},
): TableModel {
  switch (result.kind) {
    case 'correlations':
      return correlationTable(result, options);
    case 'groups':
      return groupMeansTable(result, options);
    case 'balance':
      return balanceTable(result, options);
    case 'panel_tests':
      return panelTestsTable(result.variables, options);
  }
}

function recordsOf(result: TestedTable): TableModel {
  if (result.kind === 'correlations') return correlationPairsTable(result);
  return result.kind === 'panel_tests' ? panelTestsRecords(result.variables) : comparisonRecords(result);
}

/**
 * What `kaya describe --kind` says: the table as papers print it; for programs each number in a row.
 * @param names what the file calls variables, on a page
 */
export function testedDocument(
  result: TestedTable,
  { version, reading = [] }: ResultsOf,
  names: VariableNames = {},
): Document {
  const printed = (called: VariableNames): TableModel =>
    testedTableModel(result, { nameOf: (variable) => calledBy(variable, called) ?? variable, names: called });
  const { title } = printed({});
  const records = recordsOf(result);
  const notes = notesOf(result.warnings);
  const shown = (called: VariableNames): readonly Block[] => [
    { kind: 'table', table: printed(called), decimals: { p: 4 } },
    ...notes,
  ];
  return {
    title,
    blocks: [
      { kind: 'forms', screen: shown({}), page: shown(names), records: [{ kind: 'table', table: records }, ...notes] },
    ],
    data: { kaya: version, ...result, warnings: [...reading, ...result.warnings] },
  };
}
