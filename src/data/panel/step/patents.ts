import { exchangeRateHeaders, patentHeaders } from '../../source/tables.ts';
import { duckdb } from '../../sql/dialect/duckdb.ts';
import { loadText, numberCell, unreadableCells } from '../cell.ts';
import type { PanelStep, RawFiles } from '../contract.ts';
import { requireHeader } from '../header.ts';
import { unknownCodes } from './yearbook.ts';

const textTable = (index: number): string => `patent_text_${index}`;

/** Tables `patents` (city, year, green_patents) and `exchange_rates` (year, CNY per USD). */
export function patentsStep(files: RawFiles): PanelStep {
  const rows = files.patents.map((file, index) => {
    const column = (aliases: readonly string[]): string => numberCell(requireHeader(file, aliases));
    return `SELECT CAST(${column(patentHeaders.code)} AS INTEGER) AS city, CAST(${column(patentHeaders.year)} AS INTEGER) AS year,
      ${column(patentHeaders.inventions)} + ${column(patentHeaders.utilityModels)} AS applications FROM ${textTable(index)}`;
  });
  const rates = files.reference.exchangeRates;
  const year = requireHeader(rates, exchangeRateHeaders.year);
  const rate = requireHeader(rates, exchangeRateHeaders.rate);
  return {
    id: 'patents',
    statements: [
      ...files.patents.map((file, index) => loadText(textTable(index), [file])),
      loadText('exchange_text', [rates]),
      `CREATE OR REPLACE TABLE patent_rows AS ${rows.join(' UNION ALL ')}`,
      `CREATE OR REPLACE TABLE patents AS
       SELECT city, year, sum(CAST(applications AS BIGINT))::DOUBLE AS green_patents FROM patent_rows GROUP BY city, year`,
      `CREATE OR REPLACE TABLE exchange_rates AS
       SELECT CAST(${numberCell(year)} AS INTEGER) AS year, ${numberCell(rate)} / ${duckdb.number(100)} AS exchange_rate
       FROM exchange_text`,
    ],
    checks: [
      ...files.patents.map((file, index) =>
        unreadableCells(
          textTable(index),
          Object.values(patentHeaders).map((aliases) => requireHeader(file, aliases)),
        ),
      ),
      unreadableCells('exchange_text', [year, rate]),
      unknownCodes('patents', 'patent_rows'),
    ],
  };
}
