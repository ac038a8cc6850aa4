import { entryOf } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import type { Kind } from './ast.ts';

/** What an argument must be; `alike`: of one kind with the others; `literal`: a text that stands in the condition. */
export type Takes = Exclude<Kind, 'truth' | 'missing'> | 'any' | 'alike' | 'literal';

/** A function whose value depends on its arguments alone. `gives`: a kind, or that of the arguments that are alike. */
export interface RowFunction {
  readonly takes: readonly Takes[];
  /** The last of `takes` holds for all further arguments, up to `most`. */
  readonly least: number;
  readonly most: number;
  readonly gives: Exclude<Kind, 'missing'> | 'alike';
}

function each(
  names: string,
  takes: readonly Takes[],
  gives: RowFunction['gives'],
  least = takes.length,
  most = takes.length,
): [string, RowFunction][] {
  return names.split(' ').map((name) => [name, { takes, gives, least, most }]);
}

const any = Number.POSITIVE_INFINITY;

/** The functions of a condition, each under one name. */
export const rowFunctions: ReadonlyMap<string, RowFunction> = new Map([
  ...each('abs ceil floor trunc sign sqrt cbrt exp log log2 log10 log1p', ['number'], 'number'),
  ...each('sin cos tan asin acos atan radians degrees', ['number'], 'number'),
  ...each('round', ['number', 'number'], 'number', 1, 2),
  ...each('mod atan2', ['number', 'number'], 'number'),
  ...each('min max', ['number'], 'number', 1, any),
  ...each('least greatest coalesce', ['alike'], 'alike', 1, any),
  ...each('nullif', ['alike', 'alike'], 'alike'),
  ...each('lower upper reverse strip_accents', ['text'], 'text'),
  ...each('trim ltrim rtrim', ['text', 'text'], 'text', 1, 2),
  ...each('substr', ['text', 'number', 'number'], 'text', 2, 3),
  ...each('left right', ['text', 'number'], 'text'),
  ...each('replace', ['text', 'text', 'text'], 'text'),
  ...each('split_part', ['text', 'text', 'number'], 'text'),
  ...each('concat', ['any'], 'text', 1, any),
  ...each('length', ['text'], 'number'),
  ...each('instr levenshtein', ['text', 'text'], 'number'),
  ...each('starts_with ends_with contains', ['text', 'text'], 'truth'),
  ...each('regexp_matches regexp_full_match', ['text', 'literal', 'literal'], 'truth', 2, 3),
  ...each('year month day quarter week isodow dayofweek dayofyear', ['date'], 'number'),
  ...each('last_day', ['date'], 'date'),
  ...each('make_date', ['number', 'number', 'number'], 'date'),
  ...each('date_trunc', ['literal', 'date'], 'date'),
  ...each('datediff', ['literal', 'date', 'date'], 'number'),
]);

/** Other names of the same functions, of SQL, Stata, R and pandas. */
const otherNames: Readonly<Record<string, string>> = {
  ceiling: 'ceil',
  int: 'trunc',
  ln: 'log',
  lcase: 'lower',
  tolower: 'lower',
  strlower: 'lower',
  ustrlower: 'lower',
  ucase: 'upper',
  toupper: 'upper',
  strupper: 'upper',
  ustrupper: 'upper',
  strtrim: 'trim',
  trimws: 'trim',
  substring: 'substr',
  usubstr: 'substr',
  len: 'length',
  char_length: 'length',
  character_length: 'length',
  nchar: 'length',
  ustrlen: 'length',
  strpos: 'instr',
  position: 'instr',
  ustrpos: 'instr',
  prefix: 'starts_with',
  startswith: 'starts_with',
  suffix: 'ends_with',
  endswith: 'ends_with',
  editdist3: 'levenshtein',
  regexm: 'regexp_matches',
  ustrregexm: 'regexp_matches',
  str_detect: 'regexp_matches',
  ifnull: 'coalesce',
  pmin: 'min',
  pmax: 'max',
  weekday: 'dayofweek',
  datetrunc: 'date_trunc',
  date_diff: 'datediff',
};

const modules = ['np.', 'numpy.', 'math.', 'pd.'];

/** The name here of a function as somebody writes it: `LOWER`, `np.log`, `substring`; null for none. */
export function functionNamed(written: string): string | null {
  const lower = written.toLowerCase();
  const module = modules.find((one) => lower.startsWith(one)) ?? '';
  const bare = lower.slice(module.length);
  const name = Object.hasOwn(otherNames, bare) ? entryOf(otherNames, bare) : bare;
  return rowFunctions.has(name) ? name : null;
}

/** The nearest function to a name that is none. */
export function nearestFunction(written: string): string | null {
  const found = nearestName(written.toLowerCase(), [...rowFunctions.keys(), ...Object.keys(otherNames)]);
  return found === null ? null : functionNamed(found);
}

/** Parts of a date that `date_trunc` and `datediff` know. */
export const dateParts = ['year', 'quarter', 'month', 'week', 'day'] as const;
export type DatePart = (typeof dateParts)[number];

/**
 * What conditions of an engine could say and these cannot, each with what to write instead (null: nothing does the same). `x` and
 * `s` stand for a number and a text.
 */
export const notSupported: Readonly<Record<string, string | null>> = {
  isnan: 'x is missing',
  isinf: 'x is missing',
  isfinite: 'x is not missing',
  round_even: 'round(x)',
  even: '2 * ceil(x / 2)',
  cot: '1 / tan(x)',
  gamma: null,
  lgamma: null,
  factorial: null,
  xor: null,
  gcd: null,
  lcm: null,
  add: 'x + y',
  subtract: 'x - y',
  multiply: 'x * y',
  divide: 'floor(x / y)',
  strlen: 'length(s)',
  length_grapheme: 'length(s)',
  left_grapheme: 'left(s, 2)',
  right_grapheme: 'right(s, 2)',
  substring_grapheme: 'substr(s, 1, 2)',
  repeat: null,
  lpad: "right(concat('000', s), 3)",
  rpad: null,
  regexp_replace: "replace(s, 'a', 'b')",
  regexp_extract: "regexp_matches(s, '^[0-9]+')",
  translate: "replace(s, 'a', 'b')",
  nfc_normalize: null,
  ascii: null,
  unicode: null,
  ord: null,
  concat_ws: "concat(s, '-', s)",
  like_escape: "s like 'a!%' escape '!'",
  not_like_escape: "s not like 'a!%' escape '!'",
  ilike_escape: "s ilike 'a!%' escape '!'",
  not_ilike_escape: "s not ilike 'a!%' escape '!'",
  hour: null,
  minute: null,
  second: null,
  epoch: null,
  strptime: 'cast(s as date)',
  try_strptime: 'try_cast(s as date)',
  to_date: 'cast(s as date)',
  strftime: 'year(cast(s as date)) = 2010',
  timestamp: "date '2010-01-31'",
  interval: "datediff('day', date '2010-01-01', date '2010-01-31') <= 30",
  glob: "s like 'a%'",
  current_date: "date '2010-01-31'",
  now: "date '2010-01-31'",
  today: "date '2010-01-31'",
};

/** Functions of several rows: a condition says something of one row by itself. */
export const manyRowFunctions: ReadonlySet<string> = new Set([
  ...['sum', 'avg', 'mean', 'median', 'count', 'stddev', 'sd', 'std', 'var', 'variance', 'quantile', 'percentile'],
  ...['row_number', 'rank', 'dense_rank', 'lag', 'lead', 'first', 'last', 'mode', 'any_value', 'ntile', 'winsor'],
  ...['winsor7', 'l', 'f', 'd', 'select', 'exists', 'random', 'cumsum', 'first_value', 'last_value', 'string_agg'],
]);
