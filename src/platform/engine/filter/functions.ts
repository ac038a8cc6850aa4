/** What a part of a filter is. `other`: dates and times; `none`: NULL. */
export type Kind = 'number' | 'text' | 'truth' | 'other' | 'none';

/** What a function of one row takes and gives; `first`: what its first argument is. */
export interface RowFunction {
  readonly takes: 'number' | 'text' | 'any';
  readonly gives: Kind | 'first';
}

function each(names: string, takes: RowFunction['takes'], gives: RowFunction['gives']): [string, RowFunction][] {
  return names.split(' ').map((name) => [name, { takes, gives }]);
}

/** Functions that a filter may use: those whose value depends on their arguments alone. Operators bear the engine's names. */
export const rowFunctions: ReadonlyMap<string, RowFunction> = new Map([
  ...each('+ - * / // % ** ^ & | << >> @ mod add subtract multiply divide', 'number', 'number'),
  ...each(
    'abs ceil ceiling floor round round_even trunc sign even sqrt cbrt exp ln log log2 log10',
    'number',
    'number',
  ),
  ...each('pow power sin cos tan asin acos atan atan2 cot degrees radians pi gamma lgamma', 'number', 'number'),
  ...each('factorial ! xor gcd lcm', 'number', 'number'),
  ...each('isnan isinf isfinite', 'number', 'truth'),
  ...each('~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape', 'text', 'truth'),
  ...each('regexp_full_match regexp_matches starts_with ends_with prefix suffix contains ^@', 'text', 'truth'),
  ...each('lower lcase upper ucase trim ltrim rtrim substr substring left right replace reverse', 'text', 'text'),
  ...each('repeat lpad rpad regexp_replace regexp_extract split_part translate strip_accents', 'text', 'text'),
  ...each('nfc_normalize substring_grapheme left_grapheme right_grapheme', 'text', 'text'),
  ...each('length len strlen char_length character_length instr strpos position ascii unicode ord', 'text', 'number'),
  ...each('levenshtein editdist3 length_grapheme', 'text', 'number'),
  ...each('|| concat concat_ws', 'any', 'text'),
  ...each('nullif ifnull greatest least', 'any', 'first'),
  ...each('year month day quarter week isodow dayofweek dayofyear hour minute second date_part', 'any', 'number'),
  ...each('datediff date_diff epoch', 'any', 'number'),
  ...each('date_trunc datetrunc strptime try_strptime make_date last_day', 'any', 'other'),
  ...each('strftime', 'any', 'text'),
]);

/** Functions whose arguments after the first are counts, whatever the first is. */
export const countedFunctions: ReadonlySet<string> = new Set([
  ...['substr', 'substring', 'left', 'right', 'repeat', 'lpad', 'rpad', 'split_part', 'regexp_extract'],
  ...['substring_grapheme', 'left_grapheme', 'right_grapheme'],
]);
