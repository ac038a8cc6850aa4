import { at } from '../../../../error/at.ts';
import { StudyError } from '../../../../error/study-error.ts';
import { textAt } from '../../../../table/cell-at.ts';
import type { ColumnTable } from '../../../../table/column.ts';
import type { FuelWords } from '../../../contract.ts';
import type { SyntheticFuel } from './fuel-mix.ts';

/** The unit that quantities are counted in, as tables write it. */
function usualUnit(units: Readonly<Record<string, number>>): string {
  return Object.keys(units).find((unit) => units[unit] === 1) ?? '';
}

/** The kinds of energy that a synthetic layer has, out of the reference table of fuels. */
export function syntheticFuels(fuels: ColumnTable, written: FuelWords): SyntheticFuel[] {
  const rows = Array.from({ length: fuels.nrow }, (_, row) => row).filter(
    (row) => textAt(fuels, 'in_paper', row) === '1',
  );
  return rows.map((row) => {
    const number = (name: string): number => Number(textAt(fuels, name, row));
    const isGas = textAt(fuels, 'base_unit', row) === 'm3';
    const key = textAt(fuels, 'key', row);
    const isElectric = key === 'electricity';
    const perUnit =
      (number('lhv_kj_per_unit') * number('carbon_content_tc_per_tj') * number('oxidation_rate') * 44) / 12 / 1e6;
    return {
      key,
      nameZh: textAt(fuels, 'name_zh', row),
      unitZh: usualUnit(written.units[isElectric ? 'kWh' : isGas ? 'm3' : 'kg']),
      factor: isElectric ? null : perUnit * (isGas ? 10 : 1),
    };
  });
}

/** Operating-margin factor of the nearest published year, the earlier of two; NaN for a grid without any. */
export function nearestGridFactor(table: ColumnTable): (grid: string, year: number) => number {
  const published = Array.from({ length: table.nrow }, (_, row) => ({
    grid: textAt(table, 'grid', row),
    kind: textAt(table, 'kind', row),
    year: Number(textAt(table, 'year', row)),
    factor: Number(textAt(table, 'factor', row)),
  })).filter(({ kind }) => kind === 'om');
  return (grid, year) => {
    let best = { distance: Number.POSITIVE_INFINITY, year: 0, factor: Number.NaN };
    for (const entry of published) {
      if (entry.grid !== grid) continue;
      const distance = Math.abs(entry.year - year);
      if (distance < best.distance || (distance === best.distance && entry.year < best.year))
        best = { ...entry, distance };
    }
    return best.factor;
  };
}

/** CNY per 100 USD of each year. @throws empty-sample for a year without one */
export function exchangeRatesOf(table: ColumnTable, years: readonly number[]): number[] {
  const name = at(table.names, 1);
  const byYear = new Map(
    Array.from({ length: table.nrow }, (_, row) => [
      Number(textAt(table, at(table.names, 0), row)),
      Number(textAt(table, name, row)),
    ]),
  );
  return years.map((year) => {
    const rate = byYear.get(year);
    if (rate === undefined)
      throw new StudyError('empty-sample', { where: `exchange_rates.csv ${year}`, rows: table.nrow, dropped: {} });
    return rate;
  });
}
