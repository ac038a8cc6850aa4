import { at } from '../../error/at.ts';
import type { FormulaHabit, OtherCommand } from '../../error/formula-habit.ts';
import { cutOutside, type Rewritten } from './habits.ts';

/** A command of Stata, a call of R or Python, or a formula with options behind it, taken apart. */
export interface Pasted extends Rewritten {
  readonly habit: FormulaHabit;
  readonly isSure: boolean;
}

/** What options say, in the words of this program. */
export interface PastedOptions {
  readonly effects: readonly string[];
  readonly hasUnitEffects: boolean;
  readonly hasConstant: boolean;
  readonly isRandom: boolean;
  readonly beside: Readonly<Record<string, string>>;
  /** The options that no rule took, as they were typed. */
  readonly lost: readonly string[];
  /** Stata's `be`, `pa` and `fd`, which are other estimators. */
  readonly other?: OtherCommand;
}

const flags = [
  'r',
  'robust',
  'rob',
  'hc2',
  'hc3',
  'fe',
  're',
  'be',
  'fd',
  'nocons',
  'noconstant',
  'noc',
  'first',
  'small',
  'twoway',
  'beta',
  'level',
];
const calls = [
  'absorb',
  'a',
  'ab',
  'abs',
  'vce',
  'cluster',
  'cl',
  'clu',
  'clust',
  'i',
  'lag',
  'bw',
  'level',
  'keepsingletons',
];

export function looksLikeOptions(text: string): boolean {
  const pieces = wordsOutside(text);
  if (/^[\w.]+\s*=\s*[^=]/.test(text)) return true;
  return pieces.every((piece) => flags.includes(piece) || calls.includes(/^(\w+)\s*\(/.exec(piece)?.[1] ?? ''));
}

/** Options that only change what is shown. */
const displayOnly =
  /^(?:first|ffirst|savefirst|noheader|nohead|notable|nolog|log|noomitted|vsquish|noci|nopvalues|verbose|coeflegend|compact|fast|cformat\(.*\)|pformat\(.*\)|sformat\(.*\))$/;

/** Stata's options: `absorb(id year) vce(cluster id)`, `fe robust`. What no rule takes is `lost`. */
export function readOptions(text: string, command: string): PastedOptions {
  const pieces = wordsOutside(text.replace(/\s+\(/g, '('));
  const taken = new Set<string>(pieces.filter((piece) => displayOnly.test(piece)));
  const inside = (...names: readonly string[]): string | null => {
    for (const piece of pieces) {
      const found = /^(\w+)\((.*)\)$/s.exec(piece);
      if (found === null || !names.includes(at(found, 1))) continue;
      taken.add(piece);
      return at(found, 2).trim();
    }
    return null;
  };
  const has = (...names: readonly string[]): boolean => {
    const found = pieces.filter((piece) => names.includes(piece));
    for (const piece of found) taken.add(piece);
    return found.length > 0;
  };
  const isPanel = command.startsWith('xt');
  const absorb = inside('absorb', 'a', 'ab', 'abs');
  // Options of the option, as in absorb(id, savefe), are no effects.
  const [absorbed, ...suboptions] = absorb === null ? [null] : cutOutside(absorb, ',');
  const clusters = inside('cluster', 'cl', 'clu', 'clust');
  const vce = pieces.find((piece) => /^vce\(.*\)$/s.test(piece)) ?? null;
  const lag = command === 'newey' || command === 'xtscc' ? inside('lag') : null;
  const isFixed = has('fe');
  const isUnit = inside('i') !== null;
  const robust = has('r', 'ro', 'rob', 'robu', 'robus', 'robust');
  // xtreg alone is xtreg, re.
  const isRandom = command === 'xtreg' && !isFixed && !['be', 'pa', 'fd'].some((one) => pieces.includes(one));
  if (isRandom) has('re');
  const hc = pieces.find((piece) => /^hc[23]$/.test(piece));
  let vcov: string | null = null;
  if (clusters !== null) vcov = clusterBy(clusters);
  else if (vce !== null) {
    vcov = vceOf(vce.slice(4, -1).trim(), isPanel || isFixed);
    if (vcov !== null) taken.add(vce);
  } else if (command === 'newey') vcov = lag === null ? 'nw' : `nw:${lag}`;
  else if (command === 'xtscc') vcov = lag === null ? 'dk' : `dk:${lag}`;
  else if (hc !== undefined) {
    vcov = hc;
    taken.add(hc);
  } else if (robust) vcov = robustOf(isPanel || isFixed);
  const hasConstant = !has('noc', 'noco', 'nocon', 'nocons', 'noconst', 'noconstant');
  const isSmall = ['ivreg2', 'ivregress', 'xtivreg2'].includes(command) && has('small');
  const ssc = isSmall ? 'ivreg2-small' : absorbed !== null && /^regr?(?:ess)?$/.test(command) ? 'areg' : null;
  const estimator = ['ivreg2', 'ivreghdfe', 'xtivreg2'].includes(command) ? ivEstimator(has) : null;
  const other = isPanel ? (['be', 'pa', 'fd', 'mle'].find((one) => pieces.includes(one)) ?? null) : null;
  return {
    effects: absorbed === null || absorbed === '_cons' ? [] : wordsOutside(absorbed).map(effectOf),
    hasUnitEffects: isFixed || isUnit,
    hasConstant,
    isRandom,
    beside: {
      ...(vcov === null ? {} : { vcov }),
      ...(ssc === null ? {} : { ssc }),
      ...(estimator === null ? {} : { estimator }),
      ...(isRandom ? { re: '', panel: 'UNIT,TIME' } : {}),
    },
    lost: [
      ...pieces.filter((piece) => !taken.has(piece)),
      ...suboptions.map((one) => `absorb(, ${(one ?? '').trim()})`),
    ],
    ...(other === null
      ? {}
      : { other: { name: `${command}, ${other}`, kind: other === 'be' ? 'between' : 'estimator' } as const }),
  };
}

// xtreg's robust errors are clustered by the panel since Stata 10.
const robustOf = (isPanel: boolean): string => (isPanel ? 'cluster:UNIT' : 'hc1');

/** What stands inside `vce()`; null for what has no covariance here: `bootstrap`, `jackknife`, `opg`. */
function vceOf(vce: string, isPanel: boolean): string | null {
  if (/^cl\w*\s+/.test(vce)) return clusterBy(vce.replace(/^cl\w*\s+/, ''));
  if (/^(?:r|ro\w*)$/.test(vce)) return robustOf(isPanel);
  if (/^(?:ols|conventional|unadjusted)$/.test(vce)) return 'iid';
  const hc = /^hc([23])(?:\s+(\w+))?$/.exec(vce);
  if (hc === null) return null;
  return hc[2] === undefined ? `hc${hc[1]}` : `cr${hc[1]}:${hc[2]}`;
}

function ivEstimator(has: (...names: readonly string[]) => boolean): string | null {
  if (has('liml')) return 'liml';
  if (has('gmm2s')) return 'gmm';
  return has('cue') ? 'cue' : null;
}

function clusterBy(text: string): string {
  return `cluster:${wordsOutside(text).join('+')}`;
}

function effectOf(word: string): string {
  return word
    .replace(/^\w+=/, '')
    .replace(/##c\.([\p{L}\p{N}_]+)/gu, '[$1]')
    .replace(/#c\.([\p{L}\p{N}_]+)/gu, '[$1]')
    .replace(/#/g, '^')
    .replace(/(^|\^)i\./g, '$1');
}

/** `if x > 1`, `in 1/10` and `[aw=w]` behind the variables. */
export function cutConditions(text: string): {
  readonly main: string;
  readonly beside: Readonly<Record<string, string>>;
  /** Stata's letter of the weights: `p` for `[pw=w]`. */
  readonly weightKind: 'a' | 'p' | 'f' | 'i' | null;
  /** The weights as they were typed. */
  readonly weightText: string;
  readonly lost: readonly string[];
} {
  const weights = /\[\s*([apfi]?)w\w*\s*=\s*([^\]]+)\]|\[\s*([apfi])\w*\s*=\s*([^\]]+)\]/.exec(text);
  const bare = weights === null ? text : text.replace(weights[0], ' ');
  const range = /\sin\s+[-\d/lfLF]+(?=\s*$|\s+if\s)/.exec(bare);
  const without = range === null ? bare : bare.replace(range[0], ' ');
  const condition = /\sif\s+(.+)$/s.exec(without);
  const weight = weights === null ? null : (weights[2] ?? at(weights, 4)).trim();
  return {
    main: condition === null ? without : without.slice(0, condition.index),
    beside: {
      ...(condition === null ? {} : { where: sqlOf(at(condition, 1)) }),
      ...(weight === null ? {} : { weights: weight }),
    },
    weightKind: weights === null ? null : (((weights[1] ?? weights[3]) || 'a') as 'a'), // or p, f, i: the expression lets no other letter through
    weightText: weights?.[0] ?? '',
    lost: range === null ? [] : [range[0].trim()],
  };
}

/** A condition of Stata or R as one of SQL. */
export function sqlOf(text: string): string {
  return text
    .trim()
    .replace(/\s*&&?\s*/g, ' and ')
    .replace(/\s*\|\|?\s*/g, ' or ')
    .replace(/==/g, '=')
    .replace(
      /!missing\((\w+)\)|!is\.na\((\w+)\)/g,
      (_, a: string | undefined, b: string | undefined) => `${a ?? b} is not null`,
    )
    .replace(/"/g, "'");
}

/** Words between blanks outside brackets. */
export function wordsOutside(text: string): string[] {
  return cutOutside(text.replace(/\s+/g, ' '), ' ')
    .flatMap((piece) => cutOutside(piece, ','))
    .filter((piece) => piece !== '');
}
