import type { Dialect, StoredAs } from '../../../data/sql/dialect.ts';
import { measureCall } from '../plain-sql.ts';
import { castDuckdb, rowFunctionDuckdb } from './functions.ts';

const storedTypes: Readonly<Record<StoredAs, string>> = {
  whole: 'INTEGER',
  long: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
};

/** A text; DuckDB reads none with a NUL in it, which is joined in. */
const quoteText = (text: string): string => {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\0') ? `(${quoted.replaceAll('\0', "' || chr(0) || '")})` : quoted;
};

/** DuckDB's SQL. */
export const duckdb: Dialect = {
  id: 'duckdb',
  quoteName: (name) => `"${name.replaceAll('"', '""')}"`,
  quoteText,
  // With an exponent it is read as a double; without, as a decimal whose double may be the next one.
  number: (value) => `${/^-?\d+\.\d+$/.test(`${value}`) ? `${value}e0` : value}::DOUBLE`,
  divide: (left, right) => `(${left} / nullif(${right}, 0))`,
  power: (left, right) => `pow(${left}, ${right})`,
  quotient: (left, right) => `(${left} / ${right})`,
  notANumber: "CAST('NaN' AS DOUBLE)",
  infinity: "CAST('Infinity' AS DOUBLE)",
  call: measureCall,
  day: (iso) => `DATE '${iso}'`,
  daysBetween: (later, earlier) => `CAST(${later} - ${earlier} AS DOUBLE)`,
  laterDay: (day, days) => `(${day} + CAST(${days} AS INTEGER))`,
  cast: castDuckdb,
  rowFunction: rowFunctionDuckdb,

  define: (table, query) => `CREATE OR REPLACE TABLE ${table} AS ${query}`,
  discard: (table) => `DROP TABLE ${table}`,
  laysRowsDown: false,
  inPart: (value, number, count) => `(hash(${value}) % ${count} = ${number})`,
  stored: (value, as) => `CAST(${value} AS ${storedTypes[as]})`,
  numberOfText: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  isFinite: (value) => `isfinite(${value})`,
  sharesBit: (value, bits) => `(CAST(${value} AS INTEGER) & ${bits} > 0)`,
  bitAt: (place) => `(CAST(1 AS BIGINT) << CAST(${place} AS BIGINT))`,
  bitUnion: (value) => `bit_or(${value})`,
  rowPlace: 'rowid',
  rowNumber: 'row_number() OVER ()',
  joinTexts: (left, right) => `(${left} || ${right})`,
  wholeNumbers: ([first, last], { table, column }) =>
    `(SELECT CAST(${column} AS INTEGER) AS ${column} FROM generate_series(${first}, ${last}) AS numbers(${column})) AS ${table}`,
  textRows: (rows, { table, columns }) => {
    const values = rows.map((row) => `(${row.map(quoteText).join(', ')})`).join(', ');
    return `(VALUES ${values}) AS ${table}(${columns.join(', ')})`;
  },
  where: (aggregate, condition) => `${aggregate} FILTER (WHERE ${condition})`,
  product: (value) => `product(${value})`,
  atSmallest: (value, order) => `arg_min(${value}, ${order})`,
  distinctTexts: (text, separator) => `string_agg(DISTINCT ${text}, ${quoteText(separator)})`,
};
