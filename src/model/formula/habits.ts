import { at } from '../../error/at.ts';
import type { FormulaHabit, OtherCommand } from '../../error/formula-habit.ts';
import { lazily } from '../../math/lazy.ts';
import { timeOperators } from '../../table/expression/habits.ts';

/*
 * What Stata, R and Python write in formulas, as data. `levelCalls` and the prefixes are understood; the rewrites are told in
 * the error, each with the whole formula as it has to be written. Decision 0024 says which is which and why.
 */

/** Calls that make dummies of levels: `factor(year)` of R, `C(year)` of patsy. */
export const levelCalls: readonly string[] = ['i', 'factor', 'as.factor', 'as_factor', 'C'];

/** Names of linearmodels that stand for the fixed effects of the panel. */
export const panelEffects: Readonly<Record<string, 'unit' | 'time'>> = {
  EntityEffects: 'unit',
  FixedEffects: 'unit',
  TimeEffects: 'time',
};

/** Stata's `c.x` and `cL.x`. */
export function isContinuous(name: string): boolean {
  return /^c(?:[LFDS]\d*)*\./.test(name);
}

/** Whether a name carries a prefix of Stata: `c.x`, `i.f`, `ib2010.year`, `L.x`. */
export function isStataPrefixed(name: string): boolean {
  const prefix = name.slice(0, Math.max(0, name.indexOf('.')));
  return isContinuous(name) || /^(?:i|ib?n?\d*)$/.test(prefix) || timeOperators(prefix) !== null;
}

/** A formula with what belongs beside it. */
export interface Rewritten {
  readonly text: string;
  readonly beside?: Readonly<Record<string, string>>;
  /** Pieces of the text that no rule took, as they were typed. */
  readonly lost?: readonly string[];
  readonly other?: OtherCommand;
}

export interface Rewrite {
  readonly habit: FormulaHabit;
  /** The text in the words of this language, or null where the habit is not there. */
  readonly rewrite: (text: string) => Rewritten | null;
  /** Said even where the text still cannot be read, because no other meaning is likely. */
  readonly isSure: boolean;
}

const name = '(?:`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_.]*)';
const plainName = '(?:`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_]*)';
/** A name or a call of names. */
const operand = `(?:${name}\\([^()]*\\)|${name})`;

function byPattern(
  habit: FormulaHabit,
  pattern: string,
  write: string | ((...groups: string[]) => string),
  { isSure = true, isFirst = false }: { readonly isSure?: boolean; readonly isFirst?: boolean } = {},
): Rewrite {
  // Only a formula that cannot be read needs it, and classes of letters take long to be made.
  const sourceOf = lazily(() => new RegExp(pattern, isFirst ? 'u' : 'gu'));
  return {
    habit,
    isSure,
    rewrite: (text) => {
      const source = sourceOf();
      const written =
        typeof write === 'string'
          ? text.replace(source, write)
          : text.replace(source, (...found: unknown[]) => write(...found.filter((one) => typeof one === 'string')));
      return written === text ? null : { text: written };
    },
  };
}

const joined = (pieces: readonly string[]): string => pieces.map((piece) => piece.trim()).join(' + ');
const words = (text: string): string[] => text.split(/[\s,+]+/).filter((word) => word !== '');
const bare = (word: string): string => word.replace(/^["'~]+|["']+$/g, '').replace(/^(?:i|c)\./, '');

/** A term such as `absorb(id year)` taken out of the regressors. */
function takeTerm(text: string, calls: string): { readonly rest: string; readonly inside: string } | null {
  const found = new RegExp(`\\s*\\+?\\s*\\b(?:${calls})\\(([^()]*)\\)`, 'u').exec(text);
  if (found === null) return null;
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  return { rest: rest.replace(/~\s*(\||$)/, '~ 1 $1').replace(/~\s*\+/, '~ '), inside: at(found, 1) };
}

function withEffects(text: string, effects: string): string {
  const [first = '', second, ...others] = text.split('|');
  const own = second === undefined || second.trim() === '0' ? effects : `${second.trim()} + ${effects}`;
  return [first.trim(), own, ...others.map((part) => part.trim())].join(' | ');
}

/** A text cut at the separators outside brackets and quotation marks. */
export function cutOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const letter of text) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if ('`"\''.includes(letter)) quote = letter;
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (letter === separator && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** Applied in this order until the formula can be read. */
export const rewrites: readonly Rewrite[] = [
  {
    habit: 'every-column',
    isSure: true,
    // The text stays as it is: which columns are meant, only its author knows.
    rewrite: (text) => (/(?:[~+|]|^)\s*\.\s*(?:[-+|]|$)/.test(text) ? { text } : null),
  },
  byPattern('times-sign', '\\s*[×✕⋅·]\\s*', ':'),
  {
    habit: 'random-effect',
    isSure: true,
    rewrite: (text) => {
      const found = new RegExp(`\\s*\\+?\\s*\\(\\s*1\\s*\\|{1,2}\\s*(${name})\\s*\\)`, 'u').exec(text);
      if (found === null) return null;
      const rest = (text.slice(0, found.index) + text.slice(found.index + found[0].length)).replace(/~\s*$/, '~ 1');
      return { text: rest, beside: { re: '', panel: `${bare(at(found, 1))},TIME` } };
    },
  },
  byPattern('effects-by-bars', '\\|\\|', '|'),
  {
    habit: 'equals-sign',
    isSure: true,
    rewrite: (text) => {
      const found = /^([^~=<>!]+?)\s*(?:<-|:=|=)\s*([^=].*)$/su.exec(text);
      return found === null || text.includes('~') ? null : { text: `${at(found, 1).trim()} ~ ${at(found, 2).trim()}` };
    },
  },
  {
    habit: 'effects-as-term',
    isSure: true,
    rewrite: (text) => {
      let written = text;
      for (;;) {
        const found = takeTerm(written, 'absorb|fe|FE|fixed|fixef|fes');
        if (found === null) return written === text ? null : { text: written };
        written = withEffects(found.rest, words(found.inside).map(bare).join(' + '));
      }
    },
  },
  {
    habit: 'cluster-as-term',
    isSure: true,
    rewrite: (text) => {
      const found = takeTerm(text, 'cluster|vce|cl|clusters');
      if (found === null) return null;
      const names = words(found.inside.replace(/^\s*cluster\s/, ''));
      return { text: found.rest, beside: { vcov: `cluster:${names.map(bare).join('+')}` } };
    },
  },
  {
    habit: 'offset',
    isSure: true,
    rewrite: (text) => {
      const found = /\s*\+?\s*\boffset\(((?:[^()]|\([^()]*\))*)\)/u.exec(text);
      const tilde = text.indexOf('~');
      if (found === null || tilde < 0 || found.index < tilde) return null;
      const around = text.slice(tilde + 1, found.index) + text.slice(found.index + found[0].length);
      const right = around.replace(/^\s*\+/, '');
      const kept = right.trim() === '' || right.trim().startsWith('|') ? `1 ${right.trim()}` : right.trim();
      return { text: `${text.slice(0, tilde).trim()} - ${at(found, 1).trim()} ~ ${kept.trim()}` };
    },
  },
  byPattern(
    'brackets',
    `\\b(log|exp|sqrt|abs|log1p)\\(\\s*I\\(((?:[^()]|\\([^()]*\\))*)\\)\\s*\\)`,
    (_, call, inside) => `${call}(${inside.trim()})`,
  ),
  byPattern(
    'polynomial',
    `\\bpoly\\(\\s*(${operand})\\s*,\\s*(?:degree\\s*=\\s*)?(\\d)\\s*(?:,\\s*raw\\s*=\\s*\\w+\\s*)?\\)`,
    (_, x, degree) => joined(Array.from({ length: Number(degree) }, (__, k) => (k === 0 ? x : `I(${x}^${k + 1})`))),
  ),
  byPattern(
    'power-of-sum',
    '\\(([^()+]+)\\+([^()+]+)\\)\\s*(?:\\^|\\*\\*)\\s*2',
    (_, a, b) => `${a.trim()}*${b.trim()}`,
  ),
  byPattern(
    'in-operator',
    `(?:I\\(\\s*)?(${name})\\s*%in%\\s*(?:c\\(([^()]*)\\)|(${name}|[\\d.]+))(?:\\s*\\))?`,
    (_, x, list) => {
      const levels = list.split(',').map((level) => `${x} == ${level.trim()}`);
      return levels.length === 1 ? `I(${levels[0]})` : `I(max(${levels.join(', ')}))`;
    },
  ),
  byPattern(
    'lags-listed',
    `\\b(lag|lead|diff|l|f|d|L|F)\\((${operand}),\\s*c\\(([\\d,\\s]+)\\)\\)`,
    (_, call, x, list) => joined(list.split(',').map((k) => `${call}(${x}, ${k.trim()})`)),
  ),
  byPattern('lags-listed', `\\b([LFS])\\((\\d+(?:\\s+\\d+)+)\\)\\.(${plainName})`, (_, letter, list, x) =>
    joined(words(list).map((k) => `${letter}${k}.${x}`)),
  ),
  byPattern('lags-listed', `\\bD\\((\\d)/(\\d)\\)\\.(${plainName})`, (_, from, to, x) =>
    joined(Array.from({ length: Math.max(1, Number(to) - Number(from) + 1) }, (__, k) => `D${Number(from) + k}.${x}`)),
  ),
  byPattern('sign-of-lag', `\\b(?:lag|Lag|L)\\((${operand}),\\s*(?:k\\s*=\\s*|n\\s*=\\s*)?-\\s*(\\d+)\\)`, 'f($1, $2)'),
  byPattern(
    'sign-of-lag',
    `\\b(?:lead|Lead|F)\\((${operand}),\\s*(?:k\\s*=\\s*|n\\s*=\\s*)?-\\s*(\\d+)\\)`,
    'l($1, $2)',
  ),
  byPattern('operator-of-list', '\\b([LFDSic]\\d*)\\.\\(([^()]*)\\)', (_, prefix, list) =>
    joined(words(list).map((x) => `${prefix}.${x}`)),
  ),
  byPattern('base-level', `\\bib\\((?:last|first|freq|none|#?\\d+)\\)\\.(${plainName})`, 'i($1, ref = BASE)'),
  byPattern('base-level', `\\bi\\([\\d\\s/]+\\)\\.(${plainName})`, 'i($1)'),
  byPattern(
    'base-level',
    `\\brelevel\\(\\s*(?:(?:as\\.)?factor\\(\\s*)?(${name})\\s*\\)?\\s*,\\s*(?:ref\\s*=\\s*)?["']?([^"'()]+)["']?\\s*\\)`,
    (_, x, level) => `i(${x}, ref = ${/^[\d.]+$/.test(level.trim()) ? level.trim() : `"${level.trim()}"`})`,
  ),
  byPattern(
    'shift',
    `(${plainName})\\.(?:shift|lag)\\(\\s*(?:periods\\s*=\\s*)?(\\d*)\\s*\\)`,
    (_, x, k) => `l(${x}, ${k || '1'})`,
  ),
  byPattern(
    'shift',
    `(${plainName})\\.diff\\(\\s*(?:periods\\s*=\\s*)?(\\d*)\\s*\\)`,
    (_, x, k) => `d(${x}, ${k || '1'})`,
  ),
  byPattern(
    'shift',
    `\\bshift\\(\\s*(${operand})\\s*(?:,\\s*(?:n\\s*=\\s*)?(\\d+)\\s*)?\\)`,
    (_, x, k) => `l(${x}, ${k || '1'})`,
  ),
  byPattern(
    'indicator',
    '\\b(?:ifelse|if_else|fifelse|np\\.where|cond)\\(([^(),]+),\\s*1L?\\s*,\\s*0L?\\s*\\)',
    'I($1)',
  ),
  byPattern(
    'standardized',
    `\\b(?:scale|center|standardi[sz]e|std|demean|zscore)\\(\\s*(${operand})(?:\\s*,[^()]*)?\\)`,
    '$1',
  ),
  byPattern('as-number', `\\bas\\.(?:numeric|integer|double|logical)\\(\\s*(${operand})\\s*\\)`, '$1'),
  byPattern(
    'spline',
    `\\b(?:bs|ns|cr|rcs|s|te|cut|ntile|mkspline)\\(\\s*(${operand})(?:\\s*,[^()]*)?\\)`,
    (_, x) => `${x} + I(${x}^2)`,
  ),
  byPattern('slopes-alone', `(${name})\\[\\[(${name})\\]\\]`, '$1[$2]'),
  {
    habit: 'slopes-alone',
    isSure: true,
    rewrite: (text) => {
      const [first, ...parts] = text.split('|');
      const slopes = new RegExp(`(?:i\\.)?(${plainName})#c\\.(${plainName})`, 'gu');
      const written = [first, ...parts.map((part) => part.replace(slopes, '$1[$2]'))].join('|');
      return written === text ? null : { text: written };
    },
  },
  byPattern('hash-without-prefix', '\\s*##\\s*', '*'),
  byPattern('hash-without-prefix', '\\s*#\\s*', ':'),
  {
    habit: 'fourth-part',
    isSure: true,
    rewrite: (text) => {
      const parts = cutOutside(text, '|');
      const [, effects = '', instruments = '', clustering = ''] = parts;
      const hasNone = instruments.trim() === '0';
      if (parts.length !== 4 || !(instruments.includes('~') || hasNone)) return null;
      const kept = parts.slice(0, hasNone ? 2 : 3);
      const clusters = words(clustering).map(bare).join('+');
      const isPlain = hasNone && effects.trim() === '0';
      return { text: (isPlain ? kept.slice(0, 1) : kept).join('|').trim(), beside: { vcov: `cluster:${clusters}` } };
    },
  },
  {
    habit: 'effects-by-bars',
    isSure: false,
    rewrite: (text) => {
      const parts = cutOutside(text, '|');
      if (parts.length < 3 || parts.slice(1).some((part) => part.includes('~') || part.trim() === '')) return null;
      return { text: `${at(parts, 0).trim()} | ${joined(parts.slice(1))}` };
    },
  },
  byPattern('entity-effects', '\\b(?:entity_effects|time_effects)\\s*=\\s*True', ''),
  {
    habit: 'comma-between',
    isSure: false,
    rewrite: (text) => {
      const tilde = text.indexOf('~');
      const parts = cutOutside(text.slice(tilde + 1), ',');
      return tilde < 0 || parts.length < 2 ? null : { text: `${text.slice(0, tilde + 1)} ${joined(parts)}` };
    },
  },
  {
    habit: 'blank-between',
    isSure: false,
    rewrite: (text) => {
      const tilde = text.indexOf('~');
      const between = new RegExp(`(${name}|\\)|\\])\\s+(?=${name}|\\()`, 'gu');
      const right = text.slice(tilde + 1).replace(between, '$1 + ');
      return tilde < 0 || right === text.slice(tilde + 1) ? null : { text: text.slice(0, tilde + 1) + right };
    },
  },
  {
    habit: 'arithmetic',
    isSure: false,
    rewrite: (text) => {
      const tilde = text.indexOf('~');
      const [right = '', ...parts] = cutOutside(text.slice(tilde + 1), '|');
      const isArithmetic = /[/]|(?:^|[*:])\s*[\d.]+\s*\*|\*\s*[\d.]+|<|>|==/;
      const terms = cutOutside(right, '+').map((term) =>
        isArithmetic.test(term.replace(/\([^()]*\)/g, '')) ? `I(${term.trim()})` : term.trim(),
      );
      const written = [`${text.slice(0, tilde + 1)} ${terms.join(' + ')}`, ...parts.map((part) => part.trim())].join(
        ' | ',
      );
      return tilde < 0 || !terms.some((term) => term.startsWith('I(')) ? null : { text: written };
    },
  },
  byPattern('brackets', '([~+|]\\s*)\\(([^()]*)\\)(?=\\s*(?:[+|]|$))', '$1$2', { isSure: false }),
];
