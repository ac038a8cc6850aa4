import type { Reconciliation } from '../../../model/result/reconciliation.ts';
import { decimalsFor } from '../../format/format-number.ts';
import { joinedBy } from '../../table/parts.ts';
import { reconcileTable } from '../../table/reconcile-table.ts';
import type { Document, TableBlock } from '../contract.ts';
import type { ResultsOf } from './models.ts';

/** What `kaya reg --reconcile` says: a table a model, a column a small-sample convention. */
export function reconciliationsDocument(
  items: readonly Reconciliation[],
  { version, reading = [] }: ResultsOf,
): Document {
  return {
    title: joinedBy(
      items.map((item) => reconcileTable(item).title),
      'list.semicolon',
    ),
    blocks: items.map((item): TableBlock => ({ kind: 'table', table: reconcileTable(item), decimals: decimals(item) })),
    data: { kaya: version, reconciliations: items, warnings: reading },
  };
}

function decimals({ columns }: Reconciliation): NonNullable<TableBlock['decimals']> {
  const values = columns.flatMap((column) => column.coef.flatMap((one) => [one.estimate, one.se]));
  const count = decimalsFor(values, { significant: 4, least: 4, most: 12 });
  return { estimate: count, statistic: count };
}
