import type { Dialect, StoredAs } from '../../../data/sql/dialect.ts';
import { measureCall } from '../plain-sql.ts';
import { castSpark, rowFunctionSpark } from './functions.ts';

const storedTypes: Readonly<Record<StoredAs, string>> = {
  whole: 'INT',
  long: 'BIGINT',
  number: 'DOUBLE',
  text: 'STRING',
};

export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
export const quoteText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const notANumber = "CAST('NaN' AS DOUBLE)";
const infinity = "CAST('Infinity' AS DOUBLE)";

/** With an exponent, since `1.5` is a decimal there. */
function number(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? notANumber : value > 0 ? infinity : `(- ${infinity})`;
  const text = String(Math.abs(value));
  const own = text.includes('e') ? text : `${text}e0`;
  return value < 0 || Object.is(value, -0) ? `(-${own})` : own;
}

/** The SQL of Spark under ANSI rules, which is that of Sail too. */
export const spark: Dialect = {
  id: 'spark',
  quoteName,
  quoteText,
  number,
  divide: (left, right) => `(${left} / nullif(${right}, 0e0))`,
  power: (left, right) => `power(${left}, ${right})`,
  // A quotient by zero is an error there: it is infinite by the sign of the zero, or no number.
  quotient: (left, right) =>
    `coalesce(${left} / nullif(${right}, 0e0), CASE WHEN ${right} = 0e0 THEN ${left} * (CASE WHEN CAST(${right} AS STRING) LIKE '-%' THEN - ${infinity} ELSE ${infinity} END) END)`,
  notANumber,
  infinity,
  call: measureCall,
  day: (iso) => `DATE '${iso}'`,
  daysBetween: (later, earlier) => `CAST(datediff(${later}, ${earlier}) AS DOUBLE)`,
  laterDay: (day, days) => `date_add(${day}, CAST(${days} AS INT))`,
  cast: castSpark,
  rowFunction: rowFunctionSpark,

  define: (table, query) => `CACHE TABLE ${table} AS ${query}`,
  discard: (table) => `UNCACHE TABLE ${table}`,
  laysRowsDown: true,
  inPart: (value, number, count) => `(pmod(xxhash64(${value}), ${count}) = ${number})`,
  stored: (value, as) => `CAST(${value} AS ${storedTypes[as]})`,
  numberOfText: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  // No number is more than any number.
  isFinite: (value) => `(abs(${value}) < ${infinity})`,
  sharesBit: (value, bits) => `((CAST(${value} AS INT) & ${bits}) > 0)`,
  bitAt: (place) => `shiftleft(CAST(1 AS BIGINT), CAST(${place} AS INT))`,
  bitUnion: (value) => `bit_or(${value})`,
  rowPlace: null,
  rowNumber: 'row_number() OVER (ORDER BY monotonically_increasing_id())',
  joinTexts: (left, right) => `concat(${left}, ${right})`,
  wholeNumbers: ([first, last], { table, column }) =>
    `(SELECT CAST(id AS INT) AS ${column} FROM range(${first}, ${last + 1})) AS ${table}`,
  textRows: (rows, { table, columns }) => {
    const values = rows.map((row) => `(${row.map(quoteText).join(', ')})`).join(', ');
    return `VALUES ${values} AS ${table}(${columns.join(', ')})`;
  },
  where: (aggregate, condition) => `${aggregate} FILTER (WHERE ${condition})`,
  product: (value) =>
    `(CASE WHEN bool_or(${value} = 0) THEN 0e0 ELSE exp(sum(ln(abs(${value})))) * (CASE WHEN sum(CASE WHEN ${value} < 0 THEN 1 ELSE 0 END) % 2 = 1 THEN -1e0 ELSE 1e0 END) END)`,
  atSmallest: (value, order) => `min_by(${value}, ${order})`,
  distinctTexts: (text, separator) => `array_join(collect_set(${text}), ${quoteText(separator)})`,
};
