import type { FormulaHabit } from '../../error/formula-habit.ts';
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

/** Stata's options: `absorb(id year) vce(cluster id)`, `fe robust`. */
export function readOptions(text: string, command: string): PastedOptions {
  const pieces = wordsOutside(text.replace(/\s+\(/g, '('));
  const inside = (names: readonly string[]): string | null => {
    for (const piece of pieces) {
      const found = /^(\w+)\((.*)\)$/s.exec(piece);
      if (found !== null && names.includes(found[1])) return found[2].trim();
    }
    return null;
  };
  const absorbed = inside(['absorb', 'a', 'ab', 'abs']);
  const clusters = inside(['cluster', 'cl', 'clu', 'clust']);
  const vce = inside(['vce']);
  const lag = inside(['lag', 'bw']);
  const isRobust = pieces.some((piece) => ['r', 'robust', 'rob'].includes(piece)) || /^(?:r|robust)$/.test(vce ?? '');
  const isRandom = command === 'xtreg' && !pieces.includes('fe') && (pieces.includes('re') || pieces.includes('mle'));
  const isPanel = command.startsWith('xt');
  const hcType = /^hc[23]$/.exec(vce ?? '')?.[0] ?? pieces.find((piece) => /^hc[23]$/.test(piece));
  let vcov: string | null = null;
  if (clusters !== null) vcov = clusterBy(clusters);
  else if (vce !== null && /^cl/.test(vce)) vcov = clusterBy(vce.replace(/^cl\w*\s+/, ''));
  else if (command === 'newey') vcov = lag === null ? 'nw' : `nw:${lag}`;
  else if (command === 'xtscc') vcov = lag === null ? 'dk' : `dk:${lag}`;
  else if (hcType !== undefined) vcov = hcType;
  // xtreg's robust errors are clustered by the panel since Stata 10.
  else if (isRobust) vcov = isPanel || pieces.includes('fe') ? 'cluster:UNIT' : 'hc1';
  return {
    effects: absorbed === null ? [] : wordsOutside(absorbed).map(effectOf),
    hasUnitEffects: pieces.includes('fe') || inside(['i']) !== null,
    hasConstant: !pieces.some((piece) => /^noc(?:ons(?:tant)?)?$/.test(piece)),
    isRandom,
    beside: {
      ...(vcov === null ? {} : { vcov }),
      ...(isRandom ? { re: '', panel: 'UNIT,TIME' } : {}),
    },
  };
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
} {
  const weights = /\[\s*(?:aw|pw|fw|iw|aweight|pweight|fweight|weight|w)\s*=\s*([^\]]+)\]/.exec(text);
  const without = weights === null ? text : text.replace(weights[0], ' ');
  const condition = /\sif\s+(.+)$/s.exec(without);
  const main = (condition === null ? without : without.slice(0, condition.index)).replace(/\sin\s+[\d/lfL-]+\s*$/, '');
  return {
    main,
    beside: {
      ...(condition === null ? {} : { where: sqlOf(condition[1]) }),
      ...(weights === null ? {} : { weights: weights[1].trim() }),
    },
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
