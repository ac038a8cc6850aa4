import type { Dialect } from '../../../data/sql/dialect.ts';
import { entryOf } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { boundedFunctions, within } from '../plain-sql.ts';

const types = { number: 'DOUBLE', whole: 'BIGINT', text: 'STRING', date: 'DATE', truth: 'BOOLEAN' } as const;

/** Texts that it takes for numbers and nobody else does: `1d`, `2f`. */
const withLetter = "'[dDfF]$'";
/** A whole day: it takes `2010` for one too. */
const wholeDay = String.raw`'^\\s*[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}\\s*$'`;

/** `Dialect.cast` of Spark. */
export const castSpark: Dialect['cast'] = (value, { from, to, isTry }) => {
  if (from === to) return value;
  if (to === 'truth') return `(${value} <> 0)`;
  const cast = isTry ? 'TRY_CAST' : 'CAST';
  if (from === 'text' && (to === 'whole' || to === 'number')) {
    const text = `trim(${value})`;
    const number = `${cast}(CASE WHEN NOT (${text} RLIKE ${withLetter}) THEN ${text} END AS DOUBLE)`;
    return to === 'whole' ? `round(${number})` : number;
  }
  if (from === 'text' && to === 'date' && isTry)
    return `(CASE WHEN ${value} RLIKE ${wholeDay} THEN TRY_CAST(${value} AS DATE) END)`;
  if (to === 'whole') return `bround(${value}, 0)`;
  if (from === 'number' && to === 'text') {
    const isWhole = `abs(${value}) < 1e15 AND floor(${value}) = ${value}`;
    return `(CASE WHEN ${isWhole} THEN CAST(CAST(${value} AS BIGINT) AS STRING) ELSE CAST(${value} AS STRING) END)`;
  }
  return `${cast}(${value} AS ${types[to]})`;
};

const int = (value: string): string => `CAST(${value} AS INT)`;
/** Whole numbers come as such; one that no such number holds is whole already. */
const wholeOf = (x: string, call: string): string =>
  `(CASE WHEN abs(${x}) < 9e15 THEN CAST(${call} AS DOUBLE) ELSE ${x} END)`;
const trimmed = (side: string) => (args: readonly string[]) =>
  args.length > 1 ? `trim(${side} ${args[1]} FROM ${args[0]})` : `trim(${side} FROM ${args[0]})`;
const months = (day: string): string => `(year(${day}) * 12 + month(${day}))`;
const monday = (day: string): string => `trunc(${day}, 'week')`;

/** Boundaries between two days, by the part of a date. */
const between: Readonly<Record<string, (from: string, to: string) => string>> = {
  "'year'": (from, to) => `(year(${to}) - year(${from}))`,
  "'quarter'": (from, to) => `((year(${to}) - year(${from})) * 4 + quarter(${to}) - quarter(${from}))`,
  "'month'": (from, to) => `(${months(to)} - ${months(from)})`,
  "'week'": (from, to) => `(datediff(${monday(to)}, ${monday(from)}) / 7)`,
  "'day'": (from, to) => `datediff(${to}, ${from})`,
};

/** Classes of letters between `[:` and `:]`, which its expressions do not have, as ranges in a text of SQL. */
const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: String.raw`\\x00-\\x7F`,
  blank: String.raw`\\t `,
  cntrl: String.raw`\\x00-\\x1F\\x7F`,
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@\\\\[-`{-~',
  space: String.raw`\\t\\n\\x0B\\f\\r `,
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** @throws not-available for a class that is denied */
function withRanges(wanted: string): string {
  if (wanted.includes('[:^')) throw unavailable('regexp_matches');
  return wanted.replace(/\[:([a-z]+):\]/g, (written, name: string) => classes[name] ?? written);
}

function pattern([text, written = '', options = "''"]: readonly string[], isWhole: boolean): string {
  const wanted = withRanges(written);
  const letters = options.slice(1, -1);
  if (/[^cims]/.test(letters)) throw unavailable('regexp_matches');
  const flags = letters.replaceAll('c', '');
  const own = isWhole ? `concat('\\\\A(?:', ${wanted}, ')\\\\z')` : wanted;
  return `(${text} RLIKE ${flags === '' ? own : `concat('(?${flags})', ${own})`})`;
}

/** Functions whose SQL is not their own name and arguments. */
const functions: Readonly<Record<string, (args: readonly string[]) => string>> = {
  ceil: ([x = '']) => wholeOf(x, `ceil(${x})`),
  floor: ([x = '']) => wholeOf(x, `floor(${x})`),
  trunc: ([x = '']) => wholeOf(x, `(CASE WHEN ${x} < 0 THEN ceil(${x}) ELSE floor(${x}) END)`),
  sign: ([x]) => `signum(${x})`,
  ...boundedFunctions,
  round: ([x, places]) =>
    places === undefined ? `round(${x})` : `(round(${x} * power(10e0, ${places})) / power(10e0, ${places}))`,
  mod: ([x, y]) => `(${x} % nullif(${y}, 0e0))`,
  pow: ([x, y]) =>
    `(CASE WHEN ${x} = 0 AND ${y} < 0 THEN NULL ELSE nullif(power(${x}, ${y}), CAST('NaN' AS DOUBLE)) END)`,
  min: (args) => within(args.map((arg) => `${arg} IS NOT NULL`).join(' AND '), extreme('least', args)),
  max: (args) => within(args.map((arg) => `${arg} IS NOT NULL`).join(' AND '), extreme('greatest', args)),
  least: (args) => extreme('least', args),
  greatest: (args) => extreme('greatest', args),
  strip_accents: () => {
    throw unavailable('strip_accents');
  },
  trim: trimmed('BOTH'),
  ltrim: trimmed('LEADING'),
  rtrim: trimmed('TRAILING'),
  substr: ([text, from, count]) =>
    count === undefined
      ? `substr(${text}, ${int(from ?? '')})`
      : // The place before the first letter is one of those that are counted.
        `(CASE WHEN ${from} = 0 THEN substr(${text}, 1, greatest(${int(count)} - 1, 0)) ELSE substr(${text}, ${int(from ?? '')}, ${int(count)}) END)`,
  left: ([text, count]) =>
    `substr(${text}, 1, ${int(`CASE WHEN ${count} < 0 THEN greatest(length(${text}) + ${count}, 0) ELSE ${count} END`)})`,
  right: ([text, count]) =>
    `right(${text}, ${int(`CASE WHEN ${count} < 0 THEN greatest(length(${text}) + ${count}, 0) ELSE ${count} END`)})`,
  split_part: ([text, separator, place]) => `split_part(${text}, ${separator}, ${int(place ?? '')})`,
  concat: (args) => `concat(${args.map((arg) => `coalesce(CAST(${arg} AS STRING), '')`).join(', ')})`,
  starts_with: ([text, start]) => `startswith(${text}, ${start})`,
  ends_with: ([text, end]) => `endswith(${text}, ${end})`,
  regexp_matches: (args) => pattern(args, false),
  regexp_full_match: (args) => pattern(args, true),
  week: ([day]) => `weekofyear(${day})`,
  isodow: ([day]) => `(weekday(${day}) + 1)`,
  dayofweek: ([day]) => `(dayofweek(${day}) - 1)`,
  make_date: ([year, month, day]) =>
    `TRY_CAST(concat(lpad(CAST(CAST(${year} AS BIGINT) AS STRING), 4, '0'), '-', CAST(${int(month ?? '')} AS STRING), '-', CAST(${int(day ?? '')} AS STRING)) AS DATE)`,
  date_trunc: ([part, day]) => `CAST(date_trunc(${part}, ${day}) AS DATE)`,
  datediff: ([part = '', from = '', to = '']) => entryOf(between, part)(from, to),
};

/** One value alone is its own least. */
const extreme = (name: string, args: readonly string[]): string =>
  args.length === 1 ? (args[0] ?? '') : `${name}(${args.join(', ')})`;

function unavailable(name: string): StudyError<'not-available'> {
  return new StudyError('not-available', { feature: said('feature.function_spark', { name }) });
}

/** `Dialect.rowFunction` of Spark. @throws not-available for what it has under another meaning */
export function rowFunctionSpark(name: string, args: readonly string[]): string {
  return Object.hasOwn(functions, name) ? entryOf(functions, name)(args) : `${name}(${args.join(', ')})`;
}
