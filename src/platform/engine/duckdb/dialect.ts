import type { Dialect } from '../../../data/sql/dialect.ts';
import { StudyError } from '../../../error/study-error.ts';
import { castDuckdb, rowFunctionDuckdb } from './functions.ts';

/** DuckDB's SQL. */
export const duckdb: Dialect = {
  id: 'duckdb',
  quoteName: (name) => `"${name.replaceAll('"', '""')}"`,
  quoteText: (text) => `'${text.replaceAll("'", "''")}'`,
  number: (value) => `${value}::DOUBLE`,
  divide: (left, right) => `(${left} / nullif(${right}, 0))`,
  power: (left, right) => `pow(${left}, ${right})`,
  call: (name, args) => {
    switch (name) {
      case 'log':
        return `(CASE WHEN ${args[0]} > 0 THEN ln(${args[0]}) END)`;
      case 'log1p':
        return `(CASE WHEN ${args[0]} > -1 THEN ln(1 + ${args[0]}) END)`;
      case 'sqrt':
        return `(CASE WHEN ${args[0]} >= 0 THEN sqrt(${args[0]}) END)`;
      case 'exp':
        return `exp(${args[0]})`;
      case 'abs':
        return `abs(${args[0]})`;
      case 'min':
        return `least(${args.join(', ')})`;
      case 'max':
        return `greatest(${args.join(', ')})`;
      case 'winsor':
      case 'winsor7':
      case 'mean':
      case 'sd':
      case 'total':
      case 'count':
        throw new StudyError('not-available', { feature: `${name}() in the formula of a measure` });
    }
  },
  day: (iso) => `DATE '${iso}'`,
  daysBetween: (later, earlier) => `CAST(${later} - ${earlier} AS DOUBLE)`,
  laterDay: (day, days) => `(${day} + CAST(${days} AS INTEGER))`,
  cast: castDuckdb,
  rowFunction: rowFunctionDuckdb,
};
