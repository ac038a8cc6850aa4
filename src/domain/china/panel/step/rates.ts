import { lineColumn, numberCell, unreadableCells } from '../../../../data/panel/cell.ts';
import type { PanelStep } from '../../../../data/panel/contract.ts';
import { columnsOf, requireFile, requireHeader } from '../../../../data/panel/header.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';
import { said } from '../../../../error/said.ts';
import { exchangeRateHeaders } from '../../source/tables.ts';
import type { RawFiles } from '../contract.ts';

/** Table `exchange_rates` (year, CNY per USD) of the reference table, which gives yuan per hundred dollars. */
export function ratesStep(files: RawFiles, dialect: Dialect): PanelStep {
  const rates = requireFile(files.reference.exchangeRates, 'reference/exchange_rates.csv', said('file.rates'));
  const year = requireHeader(rates, exchangeRateHeaders.year);
  const rate = requireHeader(rates, exchangeRateHeaders.rate);
  const cells = columnsOf(rates, [year, rate]);
  const table = {
    nrow: cells.nrow,
    names: [...cells.names, lineColumn],
    columns: { ...cells.columns, [lineColumn]: { kind: 'number', values: rates.lines } as const },
  };
  const inYuan = `${numberCell(rate, dialect)} / ${dialect.number(100)}`;
  return {
    id: 'rates',
    loads: [{ name: 'exchange_table', table }],
    tables: [
      {
        name: 'exchange_rates',
        query: `SELECT ${dialect.stored(numberCell(year, dialect), 'whole')} AS year, ${inYuan} AS exchange_rate
       FROM exchange_table`,
      },
    ],
    checks: [unreadableCells({ table: 'exchange_table', path: rates.path }, [year, rate], dialect)],
  };
}
