import { covarianceInWords } from './covariance-words.ts';
import { cutOutside } from './habits.ts';
import type { Pasted, PastedOptions } from './pasted-options.ts';
import { sqlOf } from './pasted-options.ts';

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
  glm: null,
  from_formula: 'linearmodels',
};

/** `feols(y ~ x | id, data = d, cluster = ~id)`, `smf.ols("y ~ x", data=d).fit(cov_type="HC1")`. */
export function readCall(text: string): Pasted | null {
  const found = /^(?:[\p{L}_][\w.]*\s*(?:<-|=)\s*)?((?:[\w]+(?:::|\.))*)([\w]+)\s*\((.*)\)\s*$/su.exec(text);
  if (found === null || !Object.hasOwn(callNames, found[2])) return null;
  const chain = /^(.*?)\)\s*\.fit\s*\((.*)$/s.exec(found[3]);
  const parts = cutOutside(chain === null ? found[3] : chain[1], ',').map((part) => part.trim());
  const written = parts.find(
    (part) => part.includes('~') && !/^(?:cluster|vcov|fixed_effects|weights|index)\w*\s*=/.test(part),
  );
  if (written === undefined) return null;
  const rest = [...parts.filter((part) => part !== written), ...(chain === null ? [] : cutOutside(chain[2], ','))];
  const formula = written.replace(/^(?:formula|fml|object)\s*=\s*/, '').replace(/^["']|["']$/g, '');
  const options = readArguments(rest);
  const [, isPlm] = [found[1], found[2] === 'plm'];
  const keys = indexOf(rest);
  const withPanel = panelEffectsIn(formula, keys);
  const effects = isPlm && !options.isRandom ? [...plmEffects(rest, keys), ...options.effects] : options.effects;
  const isTwoPart = ['ivreg', 'iv_robust'].includes(found[2]);
  const base = isTwoPart ? threePart(withPanel) : withPanel;
  const ssc = callNames[found[2]];
  return {
    habit: 'pasted-command',
    isSure: true,
    text: effects.length === 0 ? base : `${base} | ${effects.join(' + ')}`,
    beside: { ...options.beside, ...(ssc === null || options.isRandom ? {} : { ssc }) },
  };
}

/** Arguments of R and Python behind the formula. */
export function readArguments(parts: readonly string[]): PastedOptions {
  const values = new Map<string, string>();
  for (const part of parts) {
    const found = /^\s*([\w.]+)\s*=\s*(.+?)\s*$/s.exec(part);
    if (found !== null) values.set(found[1], found[2]);
  }
  const given = (...names: readonly string[]): string | null => {
    for (const name of names) if (values.has(name)) return (values.get(name) as string).trim();
    return null;
  };
  const unquoted = (value: string): string => value.replace(/^["'~\s]+|["'\s]+$/g, '');
  const groups = /["']groups["']\s*:\s*(.+?)\s*\}?$/.exec(given('cov_kwds') ?? '')?.[1];
  const clusters = groups ?? given('cluster', 'clusters', 'cluster_id');
  const covariance = given('vcov', 'se', 'se_type', 'cov_type');
  const isByEntity = values.has('cluster_entity') && /true/i.test(values.get('cluster_entity') as string);
  const weights = given('weights');
  const subset = given('subset');
  const fixed = given('fixed_effects');
  const isRandom = unquoted(given('model') ?? '') === 'random';
  const vcov = isByEntity
    ? 'cluster:UNIT'
    : clusters !== null && !/^(?:true|false)$/i.test(clusters)
      ? covarianceInWords(`cluster(${listed(clusters).join('+')})`)
      : covariance === null
        ? null
        : covarianceInWords(unquotedCovariance(covariance));
  return {
    effects:
      fixed === null
        ? []
        : fixed
            .replace(/^~/, '')
            .split('+')
            .map((one) => one.trim()),
    hasUnitEffects: false,
    hasConstant: true,
    isRandom,
    beside: {
      ...(vcov === null ? {} : { vcov }),
      ...(weights === null
        ? {}
        : {
            weights: unquoted(weights)
              .replace(/^\w+(?:\$|\[["'])/, '')
              .replace(/["']\]$/, ''),
          }),
      ...(subset === null ? {} : { where: sqlOf(unquoted(subset)) }),
      ...(isRandom ? { re: '', panel: 'UNIT,TIME' } : {}),
    },
  };
}

/** `"hetero"`, `cluster ~ id`, `{"CRV1": "id + year"}` without their quotation marks. */
function unquotedCovariance(value: string): string {
  const keyed = /^\{\s*["'](\w+)["']\s*:\s*["']([^"']+)["']\s*\}$/.exec(value);
  if (keyed === null) return value.replace(/^["']|["']$/g, '');
  return covarianceInWords(`${keyed[1]}:${keyed[2].replace(/\s/g, '')}`);
}

/** Names in `c("id", "year")`, `~id + year`, `["id"]`, `df$id`. */
function listed(value: string): string[] {
  return (
    value
      .replace(/\b\w+[$[]/g, '')
      .replace(/\bc\(/g, '')
      .match(/`[^`]+`|[\p{L}_][\p{L}\p{N}_.]*/gu) ?? []
  ).filter((word) => word !== 'list');
}

function indexOf(parts: readonly string[]): readonly string[] {
  const index = parts.find((part) => /^(?:index|panel\.id)\s*=/.test(part.trim()));
  return index === undefined ? [] : listed(index.slice(index.indexOf('=') + 1));
}

function plmEffects(parts: readonly string[], keys: readonly string[]): string[] {
  const argument = (name: string): string =>
    parts.find((part) => new RegExp(`^${name}\\s*=`).test(part.trim()))?.replace(/^[^=]*=/, '') ?? '';
  const [unit, time] = [keys[0] ?? 'UNIT', keys[1] ?? 'TIME'];
  if (/pooling|fd|between/.test(argument('model'))) return [];
  const effect = argument('effect');
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
  const [left, right = ''] = formula.split('|');
  const [outcome, regressors = ''] = left.split('~');
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
