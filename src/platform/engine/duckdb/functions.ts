import type { Dialect } from '../../../data/sql/dialect.ts';
import { entryOf } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { boundedFunctions, within } from '../plain-sql.ts';

const types = { number: 'DOUBLE', whole: 'BIGINT', text: 'VARCHAR', date: 'DATE', truth: 'BOOLEAN' } as const;

/** `Dialect.cast` of DuckDB. */
export const castDuckdb: Dialect['cast'] = (value, { from, to, isTry }) => {
  if (from === to) return value;
  if (to === 'truth') return `(${value} <> 0)`;
  if (from === 'text' && to === 'whole') {
    return `round(${isTry ? 'TRY_CAST' : 'CAST'}(trim(${value}) AS DOUBLE))`;
  }
  if (from === 'text' && to === 'number') return `${isTry ? 'TRY_CAST' : 'CAST'}(trim(${value}) AS DOUBLE)`;
  if (to === 'whole') return `round_even(${value}, 0)`;
  if (from === 'number' && to === 'text') {
    const isWhole = `${value} = trunc(${value}) AND abs(${value}) < 1e15`;
    return `(CASE WHEN ${isWhole} THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END)`;
  }
  return `${isTry ? 'TRY_CAST' : 'CAST'}(${value} AS ${types[to]})`;
};

const whole = (value: string): string => `CAST(${value} AS BIGINT)`;

/** Functions whose SQL is not their own name and arguments. */
const functions: Readonly<Record<string, (args: readonly string[]) => string>> = {
  ...boundedFunctions,
  round: ([x, places]) => (places === undefined ? `round(${x})` : `round(${x}, CAST(${places} AS INTEGER))`),
  mod: ([x, y]) => `(${x} % nullif(${y}, 0))`,
  pow: ([x, y]) => `(CASE WHEN ${x} = 0 AND ${y} < 0 THEN NULL ELSE nullif(pow(${x}, ${y}), 'NaN'::DOUBLE) END)`,
  min: (args) => within(args.map((arg) => `${arg} IS NOT NULL`).join(' AND '), `least(${args.join(', ')})`),
  max: (args) => within(args.map((arg) => `${arg} IS NOT NULL`).join(' AND '), `greatest(${args.join(', ')})`),
  substr: ([text, ...numbers]) => `substr(${[text, ...numbers.map(whole)].join(', ')})`,
  left: ([text, ...numbers]) => `left(${[text, ...numbers.map(whole)].join(', ')})`,
  right: ([text, ...numbers]) => `right(${[text, ...numbers.map(whole)].join(', ')})`,
  split_part: ([text, separator, ...places]) => `split_part(${[text, separator, ...places.map(whole)].join(', ')})`,
  make_date: (args) => `TRY(make_date(${args.map(whole).join(', ')}))`,
  date_trunc: ([part, day]) => `CAST(date_trunc(${part}, ${day}) AS DATE)`,
  regexp_matches: ([text, pattern, options]) => `regexp_matches(${text}, ${pattern}, ${options ?? "''"})`,
  regexp_full_match: ([text, pattern, options]) => `regexp_full_match(${text}, ${pattern}, ${options ?? "''"})`,
};

/** `Dialect.rowFunction` of DuckDB. @throws not-available for what it has under another meaning */
export function rowFunctionDuckdb(name: string, args: readonly string[]): string {
  // It counts bytes, conditions count letters.
  if (name === 'levenshtein') throw new StudyError('not-available', { feature: said('feature.levenshtein_sql') });
  return Object.hasOwn(functions, name) ? entryOf(functions, name)(args) : `${name}(${args.join(', ')})`;
}
