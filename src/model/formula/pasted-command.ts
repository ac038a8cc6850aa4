import { cutOutside } from './habits.ts';
import { readArguments, readCall } from './pasted-call.ts';
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
  ivregress: null,
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

const prefixes = /^(?:(?:qui|quietly|xi|eststo\s*\w*|capture|cap|noi(?:sily)?|by(?:sort)?\s[^:]*)\s*:?\s+)*/;

function readStata(text: string): Pasted | null {
  const bare = text.replace(prefixes, '');
  const found = /^(\w+)\s+(.+)$/s.exec(bare);
  if (found === null || !Object.hasOwn(stataCommands, found[1])) return null;
  const [, command, rest] = found;
  const { main, beside: conditions } = cutConditions(cutOutside(rest, ',')[0]);
  const options = readOptions(cutOutside(rest, ',').slice(1).join(' '), command);
  const estimator = /^\s*(2sls|liml|gmm)\s/.exec(main)?.[1];
  const listed = estimator === undefined ? main : main.replace(estimator, '');
  const pieces = wordsOutside(listed.replace(/~/g, ' '));
  if (pieces.length === 0) return null;
  const ssc = stataCommands[command];
  const isXtreg = command.startsWith('xt') && !options.isRandom && options.effects.length === 0;
  const effects =
    options.hasUnitEffects || (isXtreg && command !== 'xtreg') ? ['UNIT', ...options.effects] : options.effects;
  return {
    habit: 'pasted-command',
    isSure: true,
    text: formulaOf(pieces, effects, options.hasConstant),
    beside: {
      ...conditions,
      ...options.beside,
      ...(ssc === null || options.isRandom ? {} : { ssc }),
      ...(estimator === undefined || estimator === '2sls' ? {} : { estimator }),
    },
  };
}

/** `y ~ x, absorb(id) cluster(id)`, `y ~ x if z > 1`, `y ~ x | id, vcov = "hetero"`. */
function readTail(text: string): Pasted | null {
  if (!text.includes('~')) return null;
  const [head, ...tail] = cutOutside(text, ',');
  const { main, beside: conditions } = cutConditions(head);
  const isCut = main.trim() !== head.trim();
  const written = tail.join(',').trim();
  if (written === '' && !isCut) return null;
  if (written !== '' && !looksLikeOptions(written)) return null;
  const named = written.includes('=') ? readArguments(tail) : null;
  const options = named ?? readOptions(written, 'reg');
  const effects = options.hasUnitEffects ? ['UNIT', ...options.effects] : options.effects;
  const [left, ...parts] = cutOutside(main.trim(), '|');
  const own = parts.length === 0 ? [] : [parts[0].trim()];
  const joined = [...own.filter((part) => part !== '0'), ...effects].join(' + ');
  const constant = options.hasConstant ? '' : ' - 1';
  const kept =
    joined === '' ? parts.map((part) => part.trim()) : [joined, ...parts.slice(1).map((part) => part.trim())];
  return {
    habit: 'options-behind',
    isSure: true,
    text: [`${left.trim()}${constant}`, ...kept].join(' | '),
    beside: { ...conditions, ...options.beside },
  };
}

/** `y x1 x2`: names between blanks alone. */
function readList(text: string): Pasted | null {
  const [head, ...tail] = cutOutside(text, ',');
  const { main, beside: conditions } = cutConditions(head);
  if (/[~|+=<>*]/.test(main.replace(/\([^()]*\)/g, ''))) return null;
  const pieces = wordsOutside(main);
  if (pieces.length < 2 || !pieces.every((piece) => /^[\p{L}_`\d(]/u.test(piece))) return null;
  const options = readOptions(tail.join(' '), 'reg');
  return {
    habit: 'variable-list',
    isSure: true,
    text: formulaOf(
      pieces,
      options.hasUnitEffects ? ['UNIT', ...options.effects] : options.effects,
      options.hasConstant,
    ),
    beside: { ...conditions, ...options.beside },
  };
}

function formulaOf(pieces: readonly string[], effects: readonly string[], hasConstant: boolean): string {
  const [outcome, ...others] = pieces;
  const instruments = others.filter((piece) => /^\(.*=.*\)$/s.test(piece));
  const regressors = others.filter((piece) => !instruments.includes(piece)).map(withoutPrefix);
  const right = `${regressors.length === 0 ? '1' : regressors.join(' + ')}${hasConstant ? '' : ' - 1'}`;
  const parts = [`${outcome} ~ ${right}`];
  if (effects.length > 0 || instruments.length > 0) parts.push(effects.length > 0 ? effects.join(' + ') : '0');
  if (instruments.length > 0) {
    const [endogenous, excluded] = instruments[0].slice(1, -1).split('=');
    parts.push(`${wordsOutside(endogenous).join(' + ')} ~ ${wordsOutside(excluded).join(' + ')}`);
  }
  return parts.join(' | ');
}

function withoutPrefix(word: string): string {
  if (word.includes('#')) return word;
  return word.replace(/^i\.([\p{L}_][\p{L}\p{N}_]*)$/u, 'i($1)').replace(/^c\.(?=[\p{L}_])/u, '');
}
