import type { RawTablesAccount, SlipAccount } from '../../output/report/data-account.ts';
import { textAt } from '../../table/cell-at.ts';
import { type ColumnTable, columnNamed } from '../../table/column.ts';
import { accountLedger, tableAccount } from '../account-data.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { RawTablesRead } from './contract.ts';

/** What became of the raw tables of a panel of any unit, up to its rows. */
export function accountRawTables(
  { panel }: Pick<ResolvedPanelFileStudy, 'panel'>,
  table: ColumnTable,
  read: RawTablesRead,
): RawTablesAccount {
  return {
    sources: read.sources.map(tableAccount),
    coverage: coverageOf(table, panel, read.series),
    ledger: accountLedger({ ledger: read.ledger, counted: null }),
    slips: read.slips.map((slip) => slipAccount(slip, read.codes, table, panel.unit)),
  };
}

/** Units of the panel with and without a value, by series and year. */
function coverageOf(
  table: ColumnTable,
  { unit, time }: { readonly unit: string; readonly time: string },
  series: readonly string[],
): RawTablesAccount['coverage'] {
  const times = Array.from({ length: table.nrow }, (_, row) => Number(textAt(table, time, row)));
  const years = [...new Set(times)].sort((a, b) => a - b);
  const placeOf = new Map(years.map((year, i) => [year, i]));
  const units = new Set(Array.from({ length: table.nrow }, (_, row) => textAt(table, unit, row))).size;
  return {
    years,
    units,
    variables: series.map((variable) => {
      const observed = years.map(() => 0);
      const column = columnNamed(table, variable);
      times.forEach((year, row) => {
        const i = placeOf.get(year);
        const isThere = column.kind === 'number' && !Number.isNaN(column.values[row]);
        if (i !== undefined && isThere) observed[i] = (observed[i] ?? 0) + 1;
      });
      return {
        variable,
        observed,
        filled: years.map(() => 0),
        missing: observed.map((count) => units - count),
      };
    }),
  };
}

function slipAccount(
  slip: RawTablesRead['slips'][number],
  codes: readonly string[],
  table: ColumnTable,
  unit: string,
): SlipAccount {
  const code = slip.place === null ? null : (codes[slip.place - 1] ?? null);
  return {
    indicator: slip.indicator,
    file: slip.file,
    city: code,
    city_name: code === null ? null : nameOf(table, unit, code),
    years: slip.years,
    power: slip.power,
    cells: slip.cells.length,
    rule: null,
  };
}

/** The names that the panel carries of a unit; null: it carries none. */
function nameOf(table: ColumnTable, unit: string, code: string): SlipAccount['city_name'] {
  const row = Array.from({ length: table.nrow }, (_, i) => i).find((i) => textAt(table, unit, i) === code);
  if (row === undefined) return null;
  const named = (column: string): string | null => (table.names.includes(column) ? textAt(table, column, row) : null);
  const [en, zh] = [named('name_en'), named('name_zh')];
  const any = en ?? zh;
  return any === null ? null : { en: en ?? any, zh: zh ?? any };
}
