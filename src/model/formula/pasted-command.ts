import { at, entryOf } from '../../error/at.ts';
import { cutOutside } from './habits.ts';
import { otherStataCommand, refusedCommand } from './other-commands.ts';
import { readArguments } from './pasted-arguments.ts';
import { readCall } from './pasted-call.ts';
import type { Pasted } from './pasted-options.ts';
import { cutConditions, looksLikeOptions, readOptions, wordsOutside } from './pasted-options.ts';

/** Commands of Stata, with the convention that gives their standard errors. */
const stataCommands: Readonly<Record<string, string | null>> = {
  reg: null,
  regr: null,
  regress: null,
  newey: null,
  areg: 'areg',
  xtreg: 'xtreg',
  xtscc: 'xtreg',
  reghdfe: 'reghdfe',
  ivreghdfe: 'reghdfe',
  ivregress: 'ivregress',
  ivreg: null,
  ivreg2: 'ivreg2',
  xtivreg: 'xtreg',
  xtivreg2: 'ivreg2',
};

/** Reads a pasted command; null for a text that is none. */
export function readPasted(formula: string): Pasted | null {
  const text = formula.trim();
  return readPanelCommand(text) ?? readCall(text) ?? readStata(text) ?? readTail(text) ?? readList(text);
}

/** `xtset id year`: no model, but what a unit and a period is. */
function readPanelCommand(text: string): Pasted | null {
  const found = /^(?:xtset|tsset|iis)\s+(\S+)(?:\s+(\S+?))?\s*(?:,.*)?$/.exec(text);
  if (found === null) return null;
  return { habit: 'pasted-command', isSure: true, text: '', beside: { panel: `${found[1]},${found[2] ?? 'TIME'}` } };
}

const quiet =
  /^(?:(?:qui|quietly|xi|eststo(?:\s+(?!\w+\s+\w)\w+)?|cap|capture|noi(?:sily)?)\s*:?\s+|eststo\s+\w+\s*:\s*)/;

/** What stands before a command of Stata: `quietly`, `by region:`, `bootstrap, reps(100):`. */
function cutPrefixes(text: string): {
  readonly bare: string;
  readonly beside: Readonly<Record<string, string>>;
  readonly lost: readonly string[];
} {
  let bare = text;
  let beside: Record<string, string> = {};
  const lost: string[] = [];
  for (;;) {
    const by = /^by(?:s|so|sor|sort)?\s+([\p{L}_][\p{L}\p{N}_]*)\s*(?:,\s*sort\s*)?:\s*/u.exec(bare);
    const prefix = /^((?!\w+\s+[^,:]*~)\w+(?:\s+[^:~]*|\s*,[^:~]*)?):\s*(?=[a-z])/u.exec(bare);
    const found = quiet.exec(bare);
    if (by !== null) beside = { split: at(by, 1) };
    else if (found === null && prefix !== null) lost.push(`${at(prefix, 1).trim()}:`);
    const cut = by ?? found ?? prefix;
    if (cut === null) return { bare, beside, lost };
    bare = bare.slice(cut[0].length);
  }
}

function readStata(text: string): Pasted | null {
  const { bare, beside: before, lost } = cutPrefixes(text);
  const found = /^(\w+)(?:\s*,\s*|\s+)([^~=:,].*)$/s.exec(bare);
  if (found === null) return null;
  const [, command = '', rest = ''] = found;
  if (command === 'xthreg') return readThreshold(rest);
  if (!Object.hasOwn(stataCommands, command)) {
    const kind = rest.includes('~') ? null : otherStataCommand(command);
    return kind === null ? null : refusedCommand(command, kind);
  }
  const [head = '', ...tail] = cutOutside(rest, ',');
  const { main, beside: conditions, weightKind, weightText, lost: cut } = cutConditions(head);
  if (weightKind === 'f' || weightKind === 'i') return refusedCommand(weightText, 'weights');
  const options = readOptions(tail.join(' '), command);
  if (options.other !== undefined) return refusedCommand(options.other.name, options.other.kind);
  const estimator = /^\s*(2sls|liml|gmm|fe|re|be|fd)\s/.exec(main)?.[1];
  if (command.startsWith('xtiv') && estimator !== undefined && estimator !== 'fe') {
    return refusedCommand(`${command} ${estimator}`, 'estimator');
  }
  const listed = estimator === undefined ? main : main.trim().slice(estimator.length);
  const pieces = wordsOutside(listed.replace(/~/g, ' '));
  if (pieces.length === 0) return null;
  const ssc = entryOf(stataCommands, command);
  const isXtreg = command.startsWith('xt') && !options.isRandom && options.effects.length === 0;
  const effects =
    options.hasUnitEffects || (isXtreg && command !== 'xtreg' && command !== 'xtscc')
      ? ['UNIT', ...options.effects]
      : options.effects;
  const isEstimator = estimator !== undefined && !['2sls', 'fe'].includes(estimator);
  // Stata's pweights imply robust errors.
  const implied = weightKind === 'p' && options.beside.vcov === undefined;
  return {
    habit: 'pasted-command',
    isSure: true,
    text: formulaOf(pieces, effects, options.hasConstant),
    beside: {
      ...before,
      ...conditions,
      ...(implied ? { vcov: command === 'xtreg' ? 'cluster:UNIT' : 'hc1' } : {}),
      ...(ssc === null || options.isRandom ? {} : { ssc }),
      ...options.beside,
      ...(isEstimator ? { estimator } : {}),
    },
    lost: [...lost, ...cut, ...options.lost],
  };
}

/** `xthreg y d, rx(x) qx(w)` as the formula and settings of a threshold model. */
function readThreshold(rest: string): Pasted {
  const [head = '', ...tail] = cutOutside(rest, ',');
  const { main, beside, lost } = cutConditions(head);
  const options = wordsOutside(tail.join(' '));
  const inside = (name: string): string | null =>
    options
      .find((one) => one.startsWith(`${name}(`))
      ?.slice(name.length + 1, -1)
      .trim() ?? null;
  const [regime, by, count] = [inside('rx'), inside('qx'), inside('thnum')];
  const isTaken = (one: string): boolean => /^(?:rx|qx)\(/.test(one) || (count === '1' && one.startsWith('thnum('));
  const regimes = regime === null ? [] : wordsOutside(regime);
  return {
    habit: 'other-command',
    isSure: true,
    other: { name: 'xthreg', kind: 'threshold' },
    text: formulaOf(wordsOutside(main), ['UNIT'], true),
    beside: {
      ...beside,
      ...(by === null ? {} : { by }),
      ...(regime === null ? {} : { regime: regimes.join(',') }),
      panel: 'UNIT,TIME',
    },
    lost: [...lost, ...options.filter((one) => !isTaken(one))],
  };
}

/** `y ~ x, absorb(id) cluster(id)`, `y ~ x if z > 1`, `y ~ x | id, vcov = "hetero"`. */
function readTail(text: string): Pasted | null {
  if (!text.includes('~')) return null;
  const [head = '', ...tail] = cutOutside(text, ',');
  const { main, beside: conditions, weightKind, weightText, lost } = cutConditions(head);
  if (weightKind === 'f' || weightKind === 'i') return refusedCommand(weightText, 'weights');
  const isCut = main.trim() !== head.trim();
  const written = tail.join(',').trim();
  if (written === '' && !isCut) return null;
  if (written !== '' && !looksLikeOptions(written)) return null;
  const named = written.includes('=') ? readArguments(tail) : null;
  const options = named ?? readOptions(written, '');
  const effects = options.hasUnitEffects ? ['UNIT', ...options.effects] : options.effects;
  const [left = '', ...parts] = cutOutside(main.trim(), '|');
  const own = parts.slice(0, 1).map((part) => part.trim());
  const joined = [...own.filter((part) => part !== '0'), ...effects].join(' + ');
  const constant = options.hasConstant ? '' : ' - 1';
  const kept =
    joined === '' ? parts.map((part) => part.trim()) : [joined, ...parts.slice(1).map((part) => part.trim())];
  return {
    habit: 'options-behind',
    isSure: true,
    text: [`${left.trim()}${constant}`, ...kept].join(' | '),
    beside: { ...conditions, ...(weightKind === 'p' ? { vcov: 'hc1' } : {}), ...options.beside },
    lost: [...lost, ...options.lost],
  };
}

/** `y x1 x2`: names between blanks alone. */
function readList(text: string): Pasted | null {
  const [head = '', ...tail] = cutOutside(text, ',');
  const { main, beside: conditions, weightKind, weightText, lost } = cutConditions(head);
  if (weightKind === 'f' || weightKind === 'i') return refusedCommand(weightText, 'weights');
  if (/[~|+=<>*]/.test(main.replace(/\([^()]*\)/g, ''))) return null;
  const pieces = wordsOutside(main);
  if (pieces.length < 2 || !pieces.every((piece) => /^[\p{L}_`\d(]/u.test(piece))) return null;
  const options = readOptions(tail.join(' '), '');
  return {
    habit: 'variable-list',
    isSure: true,
    text: formulaOf(
      pieces,
      options.hasUnitEffects ? ['UNIT', ...options.effects] : options.effects,
      options.hasConstant,
    ),
    beside: { ...conditions, ...(weightKind === 'p' ? { vcov: 'hc1' } : {}), ...options.beside },
    lost: [...lost, ...options.lost],
  };
}

function formulaOf(pieces: readonly string[], effects: readonly string[], hasConstant: boolean): string {
  const [outcome, ...others] = pieces;
  const instruments = others.filter((piece) => /^\(.*=.*\)$/s.test(piece));
  const regressors = others.filter((piece) => !instruments.includes(piece)).map(withoutPrefix);
  const right = `${regressors.length === 0 ? '1' : regressors.join(' + ')}${hasConstant ? '' : ' - 1'}`;
  const parts = [`${outcome} ~ ${right}`];
  if (effects.length > 0 || instruments.length > 0) parts.push(effects.length > 0 ? effects.join(' + ') : '0');
  const [first] = instruments;
  if (first !== undefined) {
    const [endogenous = '', excluded = ''] = first.slice(1, -1).split('=');
    parts.push(`${wordsOutside(endogenous).join(' + ')} ~ ${wordsOutside(excluded).join(' + ')}`);
  }
  return parts.join(' | ');
}

function withoutPrefix(word: string): string {
  if (word.includes('#')) return word;
  return word.replace(/^i\.([\p{L}_][\p{L}\p{N}_]*)$/u, 'i($1)').replace(/^c\.(?=[\p{L}_])/u, '');
}
