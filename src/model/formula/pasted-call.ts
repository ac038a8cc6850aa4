import { at } from '../../error/at.ts';
import { cutOutside } from './habits.ts';
import { otherCall, refusedCommand } from './other-commands.ts';
import { readArguments } from './pasted-arguments.ts';
import type { Pasted } from './pasted-options.ts';

/** Functions of R and Python that take a formula, with their convention. */
const callNames: Readonly<Record<string, string | null>> = {
  feols: null,
  felm: 'reghdfe',
  lm: null,
  plm: 'plm',
  ivreg: null,
  lm_robust: null,
  iv_robust: null,
  ols: null,
  wls: null,
  OLS: null,
  WLS: null,
  PanelOLS: 'linearmodels',
  PooledOLS: 'linearmodels',
  RandomEffects: 'linearmodels',
  FirstDifferenceOLS: 'linearmodels',
  IV2SLS: 'linearmodels',
  IVLIML: 'linearmodels',
};

const estimators: Readonly<Record<string, string>> = { IVLIML: 'liml' };

/** Functions around a fit, or behind it, whose arguments speak of its errors. */
const around = ['summary', 'coeftest', 'etable', 'print', 'tidy', 'modelsummary', 'vcov', 'fitstat'];

interface Call {
  readonly name: string;
  readonly inside: string;
  readonly after: string;
}

/** `name(inside)after`, its brackets balanced; null for a text that begins otherwise. */
function cutCall(text: string): Call | null {
  const found = /^\.?((?:\w+(?:::|\.))*\w+)\s*\(/u.exec(text);
  if (found === null) return null;
  let depth = 1;
  let quote = '';
  for (let end = found[0].length; end < text.length; end++) {
    const letter = text[end] ?? '';
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if ('`"\''.includes(letter)) quote = letter;
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth === 0) {
      return { name: at(found, 1), inside: text.slice(found[0].length, end), after: text.slice(end + 1).trim() };
    }
  }
  return null;
}

const lastOf = (name: string): string => name.replace(/^.*[.:]/, '');

/** The fit among what stands around it, with the arguments of the others. */
function unwrap(
  text: string,
): { readonly call: Call; readonly more: readonly string[]; readonly lost: readonly string[] } | null {
  let call = cutCall(text);
  const more: string[] = [];
  const lost: string[] = [];
  for (;;) {
    if (call === null) return null;
    let { after } = call;
    while (after !== '') {
      const next = cutCall(after.replace(/^(?:\|>|%>%)\s*/, ''));
      if (next === null) {
        if (!/^\.\w+;?$|^;$/.test(after)) lost.push(after);
        break;
      }
      const name = lastOf(next.name);
      if (name === 'fit' || around.includes(name)) more.push(...cutOutside(next.inside, ','));
      else lost.push(`${name}(${next.inside})`);
      after = next.after;
    }
    if (!around.includes(lastOf(call.name))) return { call, more, lost };
    const [first = '', ...others] = cutOutside(call.inside, ',');
    more.push(...others);
    call = cutCall(first.trim());
  }
}

const namedArgument =
  /^(?:cluster|vcov|se|fixed_effects|weights|index|panel|split|fsplit|subset|offset|data|random|instruments)[\w.]*\s*=/;

/** `feols(y ~ x | id, data = d, cluster = ~id)`, `smf.ols("y ~ x", data=d).fit(cov_type="HC1")`. */
export function readCall(text: string): Pasted | null {
  const bare = text.replace(/^[\p{L}_][\w.]*\s*(?:<-|=)\s*(?=[\w.:]+\s*\()/u, '').replace(/^\s*print\s+/, '');
  const unwrapped = unwrap(bare);
  if (unwrapped === null) return null;
  const { call, more, lost: behind } = unwrapped;
  const parts = cutOutside(call.inside, ',').map((part) => part.trim());
  const written = parts.find((part) => part.includes('~') && !namedArgument.test(part));
  if (written === undefined) return null;
  // A function of the outcome, `log(y) ~ x`, has no tilde inside.
  const name = lastOf(call.name.replace(/\.from_formula$/, ''));
  const said = call.name.replace(/\.from_formula$/, '');
  const rest = [...parts.filter((part) => part !== written), ...more];
  const isGlm =
    name === 'glm' &&
    !rest.some(
      (part) =>
        /^family\s*=/.test(part.trim()) && (!/gaussian/i.test(part) || (/link/.test(part) && !/identity/.test(part))),
    );
  if (!Object.hasOwn(callNames, name) && !isGlm) return refusedCommand(said, otherCall(said));
  const isPython = call.name.includes('.') || ['ols', 'wls'].includes(name);
  const formula = written.replace(/^(?:formula|fml|object|model)\s*=\s*/, '').replace(/^["']|["']$/g, '');
  const options = readArguments(rest, { name, isPython });
  const model = (options.values.get('model') ?? '').replace(/["']/g, '');
  if (name === 'plm' && !['', 'within', 'random', 'pooling', 'fd'].includes(model)) {
    return refusedCommand(`plm, model = "${model}"`, model === 'between' ? 'between' : 'estimator');
  }
  const { keys, isRandom } = options;
  const isDifference = name === 'FirstDifferenceOLS' || (name === 'plm' && model === 'fd');
  const effects = [
    ...(name === 'plm' && ['', 'within'].includes(model) ? plmEffects(options.values, keys) : []),
    ...options.effects,
  ];
  const isTwoPart = ['ivreg', 'iv_robust'].includes(name) || (name === 'plm' && formula.includes('|'));
  const withPanel = panelEffectsIn(formula, keys);
  const base = isDifference
    ? differenced(withPanel, name === 'FirstDifferenceOLS')
    : isTwoPart
      ? threePart(withPanel)
      : withPanel;
  const ssc = Object.hasOwn(callNames, name) ? callNames[name] : null;
  const randomEffect = isRandom ? (options.values.get('effect') ?? '"individual"') : '"individual"';
  const isLost = !/individual/.test(randomEffect);
  const cut = base ?? withPanel;
  return {
    habit: 'pasted-command',
    isSure: true,
    text: effects.length === 0 ? cut : withParts(cut, effects),
    beside: {
      ...options.beside,
      ...(ssc === null || isRandom ? {} : { ssc }),
      ...(isRandom && name === 'plm' ? { 're-method': 'swar' } : {}),
      ...(isDifference ? { panel: `${keys[0] ?? 'UNIT'},${keys[1] ?? 'TIME'}` } : {}),
      ...(Object.hasOwn(estimators, name) ? { estimator: estimators[name] } : {}),
    },
    lost: [
      ...options.lost,
      ...(isLost ? [`effect = ${randomEffect}`] : []),
      ...(isDifference && base === null ? ['the first differences'] : []),
      ...behind,
    ],
  };
}

/** The fixed effects in the second part, before instruments. */
function withParts(formula: string, effects: readonly string[]): string {
  const [first, own = '0', ...others] = cutOutside(formula, '|').map((part) => part.trim());
  return [first, [...(own === '0' ? [] : [own]), ...effects].join(' + '), ...others].join(' | ');
}

/** `y ~ x` as `d(y) ~ d(x)`; null where a term has no difference, such as dummies. */
function differenced(formula: string, isWithoutConstant: boolean): string | null {
  const [outcome = '', right = ''] = formula.split('~').map((side) => side.trim());
  const terms = cutOutside(right, '+').map((term) => term.trim());
  const regressors = terms.filter((term) => !/^[01]$/.test(term));
  const isSimple = (term: string): boolean => /^(?:log\()?[\p{L}_][\p{L}\p{N}_.]*\)?$/u.test(term);
  if (![outcome, ...regressors].every(isSimple) || regressors.length === 0) return null;
  const constant = isWithoutConstant || terms.includes('0') ? ' - 1' : '';
  return `d(${outcome}) ~ ${regressors.map((term) => `d(${term})`).join(' + ')}${constant}`;
}

function plmEffects(values: ReadonlyMap<string, string>, keys: readonly string[]): string[] {
  const [unit, time] = [keys[0] ?? 'UNIT', keys[1] ?? 'TIME'];
  const effect = values.get('effect') ?? '';
  return /twoways/.test(effect) ? [unit, time] : /time/.test(effect) ? [time] : [unit];
}

/** linearmodels' `EntityEffects` and `TimeEffects` as fixed effects. */
function panelEffectsIn(formula: string, [unit = 'UNIT', time = 'TIME']: readonly string[]): string {
  const effects = [
    ...(/\b(?:EntityEffects|FixedEffects)\b/.test(formula) ? [unit] : []),
    ...(/\bTimeEffects\b/.test(formula) ? [time] : []),
  ];
  if (effects.length === 0) return formula;
  const bare = formula.replace(/\s*\+?\s*\b(?:EntityEffects|FixedEffects|TimeEffects)\b/g, '');
  return `${bare.replace(/~\s*$/, '~ 1').replace(/~\s*\+/, '~')} | ${effects.join(' + ')}`;
}

/** AER's `y ~ x + d | x + z` in three parts: what stands on both sides is exogenous. */
function threePart(formula: string): string {
  const [left = '', right = '', third] = formula.split('|');
  // ivreg's own three parts: exogenous, endogenous, instruments.
  if (third !== undefined) return `${left.trim()} | 0 | ${right.trim()} ~ ${third.trim()}`;
  const [outcome = '', regressors = ''] = left.split('~');
  const termsOf = (text: string): string[] =>
    cutOutside(text, '+')
      .map((term) => term.trim())
      .filter((term) => term !== '' && term !== '1');
  const instruments = termsOf(right);
  const exogenous = termsOf(regressors).filter((term) => instruments.includes(term));
  const endogenous = termsOf(regressors).filter((term) => !instruments.includes(term));
  const excluded = instruments.filter((term) => !exogenous.includes(term));
  if (endogenous.length === 0 || excluded.length === 0) return formula;
  const first = `${outcome.trim()} ~ ${exogenous.length === 0 ? '1' : exogenous.join(' + ')}`;
  return `${first} | 0 | ${endogenous.join(' + ')} ~ ${excluded.join(' + ')}`;
}
