import { observationTable, type PanelStep } from '../../../../data/panel/contract.ts';
import type { Dialect } from '../../../../data/sql/dialect.ts';

/**
 * Tables `yearbook` (a column per indicator in its own unit) and, where they are needed, `patents` (city, year, green_patents), one row per city and
 * year, of the values that were read.
 */
export function observedStep(series: readonly string[], hasPatents: boolean, dialect: Dialect): PanelStep {
  const { quoteName, quoteText, stored } = dialect;
  const part = (id: string): string => dialect.where('max(value)', `indicator = ${quoteText(id)}`);
  const keys = `${stored('city', 'whole')} AS city, ${stored('year', 'whole')} AS year`;
  const byKeys = (columns: string, of: readonly string[]): string => {
    const among = of.length === 0 ? '' : ` WHERE indicator IN (${of.map(quoteText).join(', ')})`;
    return `SELECT ${keys}, ${columns} FROM ${observationTable}${among}
       GROUP BY ${stored('city', 'whole')}, ${stored('year', 'whole')}`;
  };
  const green = ['green_inventions', 'green_utility_models'];
  return {
    id: 'yearbook',
    loads: [],
    tables: [
      { name: 'yearbook', query: byKeys(series.map((id) => `${part(id)} AS ${quoteName(id)}`).join(', '), []) },
      ...(hasPatents
        ? [{ name: 'patents', query: byKeys(`${green.map(part).join(' + ')} AS green_patents`, green) }]
        : []),
    ],
    checks: [],
  };
}
