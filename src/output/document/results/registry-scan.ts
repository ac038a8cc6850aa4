import { at } from '../../../error/at.ts';
import { formatExact } from '../../format/format-number.ts';
import type { Cell, TableModel } from '../../table/contract.ts';
import { plain, tableOf } from '../../table/parts.ts';
import {
  accountTable,
  countTable,
  headlineTable,
  keywordTable,
  keywordYearTable,
  ledgerTable,
  precisionTable,
  type RegistryDocument,
} from '../../table/registry-tables.ts';
import type { Block, Document, TableBlock } from '../contract.ts';
import type { ResultsOf } from './models.ts';

/** Decimals of shares and measures. */
const decimals = { estimate: 4, number: 4 };

/** What `kaya registry scan` says: the counts, or with a report what checks them; the account of rows always. */
export function registryDocument(scan: RegistryDocument, { version }: ResultsOf): Document {
  const { report, precision, headline, ledger, account, hasExportDate } = scan;
  const blocks: readonly Block[] = [
    ...(report === null && account !== null ? [countBlock(scan)] : []),
    ...(account === null ? [] : [{ ...block(accountTable(account, hasExportDate)), isAside: report === null }]),
    ...(report === null ? [] : [block(keywordTable(report)), block(keywordYearTable(report))]),
    ...(report === null || ledger.length === 0 ? [] : [block(ledgerTable(ledger))]),
    ...(precision === null ? [] : [block(precisionTable(precision))]),
    ...(headline === null ? [] : [block(headlineTable(headline))]),
  ];
  const [first] = blocks;
  return { title: first?.kind === 'table' ? first.table.title : '', blocks, data: dataOf(scan, version) };
}

function block(table: TableModel): TableBlock {
  return { kind: 'table', table, decimals };
}

/** The counts, named for programs where they are records. */
function countBlock(scan: RegistryDocument): Block {
  const shown = [block(countTable(scan))];
  return { kind: 'forms', screen: shown, page: shown, records: [block(countRecords(scan))] };
}

function countRecords({ by, rows }: RegistryDocument): TableModel {
  const isByCity = by.includes('city');
  const isByYear = by.includes('year');
  const words = (text: string): Cell => ({ kind: 'verbatim', text });
  const cells = rows.map((row): readonly Cell[] => [
    ...(isByCity ? [words(formatExact(row.city)), words(row.name ?? ''), words(row.province ?? '')] : []),
    ...(isByYear ? [words(formatExact(row.year))] : []),
    plain(row.firms),
    plain(row.log),
  ]);
  const [stub = '', ...names] = [
    ...(isByCity ? ['city', 'city_zh', 'province'] : []),
    ...(isByYear ? ['year'] : []),
    'firms',
    'ln',
  ];
  return tableOf(
    'registry_counts',
    { key: 'registry.counts', values: { by: by.join(', ') } },
    {
      stub,
      columns: names.map((id) => ({ id, label: id })),
      rows: cells.map((row, i) => ({ id: `${i + 1}`, label: at(row, 0), cells: row.slice(1) })),
    },
  );
}

function dataOf(scan: RegistryDocument, version: string): object {
  const { by, form, rows, account, ledger, report, precision, headline } = scan;
  return {
    kaya: version,
    by,
    form,
    rows: rows.map(({ city, name, province, year, firms, log }) => ({
      ...(by.includes('city') ? { city, city_zh: name, province } : {}),
      ...(by.includes('year') ? { year } : {}),
      firms,
      ln: log,
    })),
    account,
    ledger,
    ...(report === null ? {} : { report }),
    ...(precision === null
      ? {}
      : { precision: { method: 'wilson', level: 0.95, open: precision.open, rows: precision.rows } }),
    ...(headline === null ? {} : { headline }),
  };
}
