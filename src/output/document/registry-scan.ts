import { StudyError } from '../../error/study-error.ts';
import { formatExact } from '../format/format-number.ts';
import { terminalStyle, withDecimals } from '../format/number-style.ts';
import type { TableModel } from '../table/contract.ts';
import {
  accountTable,
  countTable,
  headlineTable,
  keywordTable,
  keywordYearTable,
  ledgerTable,
  precisionTable,
  type RegistryDocument,
} from '../table/registry-tables.ts';
import type { RenderOptions } from './models.ts';
import { csvRecords } from './table/csv-table.ts';
import { renderTable } from './table/table.ts';

/** What `kaya registry scan` prints. @throws not-available for formats that it has not */
export function renderRegistryScan(document: RegistryDocument, options: RenderOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(jsonOf(document, options.version), null, 2)}\n`;
    case 'csv':
      return csvOf(document, options);
    case 'text':
      return tablesOf(document)
        .map((table) => renderTable(table, 'text', options.language, withDecimals(terminalStyle, 4)))
        .join('\n');
    default:
      throw new StudyError('not-available', { feature: `kaya registry scan --format ${options.format}` });
  }
}

/** The counts, or with a report what checks them; the account always. */
function tablesOf(document: RegistryDocument): TableModel[] {
  const { report, precision, headline, ledger, account, hasExportDate } = document;
  return [
    ...(report === null && account !== null ? [countTable(document)] : []),
    ...(account === null ? [] : [accountTable(account, hasExportDate)]),
    ...(report === null ? [] : [keywordTable(report), keywordYearTable(report)]),
    ...(report === null || ledger.length === 0 ? [] : [ledgerTable(ledger)]),
    ...(precision === null ? [] : [precisionTable(precision)]),
    ...(headline === null ? [] : [headlineTable(headline)]),
  ];
}

/** One table: the headline when it was asked for, else the precision, else the keywords, else the counts. */
function csvOf(document: RegistryDocument, { language }: RenderOptions): string {
  const { report, precision, headline, by, rows } = document;
  if (headline !== null) return renderTable(headlineTable(headline), 'csv', language);
  if (precision !== null) return renderTable(precisionTable(precision), 'csv', language);
  if (report !== null) return renderTable(keywordTable(report), 'csv', language);
  const isByCity = by.includes('city');
  const isByYear = by.includes('year');
  const header = [...(isByCity ? ['city', 'city_zh', 'province'] : []), ...(isByYear ? ['year'] : []), 'firms', 'ln'];
  const body = rows.map((row) => [
    ...(isByCity ? [formatExact(row.city), row.name ?? '', row.province ?? ''] : []),
    ...(isByYear ? [formatExact(row.year)] : []),
    formatExact(row.firms),
    formatExact(row.log),
  ]);
  return csvRecords([header, ...body]);
}

function jsonOf(document: RegistryDocument, version: string): object {
  const { by, form, rows, account, ledger, report, precision, headline } = document;
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
