import { loadText, numberCell, unreadableCells } from '../../../../data/panel/cell.ts';
import type { PanelStep } from '../../../../data/panel/contract.ts';
import { requireFile, requireHeader } from '../../../../data/panel/header.ts';
import { duckdb } from '../../../../platform/engine/duckdb/dialect.ts';
import { exchangeRateHeaders } from '../../source/tables.ts';
import type { RawFiles } from '../contract.ts';

/** Table `exchange_rates` (year, CNY per USD) of the reference table, which gives yuan per hundred dollars. */
export function ratesStep(files: RawFiles): PanelStep {
  const rates = requireFile(
    files.reference.exchangeRates,
    'reference/exchange_rates.csv',
    'reference table of exchange rates',
  );
  const year = requireHeader(rates, exchangeRateHeaders.year);
  const rate = requireHeader(rates, exchangeRateHeaders.rate);
  return {
    id: 'rates',
    statements: [
      loadText('exchange_text', [rates]),
      `CREATE OR REPLACE TABLE exchange_rates AS
       SELECT CAST(${numberCell(year)} AS INTEGER) AS year, ${numberCell(rate)} / ${duckdb.number(100)} AS exchange_rate
       FROM exchange_text`,
    ],
    checks: [unreadableCells('exchange_text', [year, rate])],
  };
}
