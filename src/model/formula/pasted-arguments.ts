import { at, valueIn } from '../../error/at.ts';
import { covarianceInWords } from './covariance-words.ts';
import { cutOutside } from './habits.ts';
import type { PastedOptions } from './pasted-options.ts';
import { sqlOf } from './pasted-options.ts';

/** Arguments that change no number: how it runs, and what is kept or shown. */
const silent =
  /^(?:data|nthreads|notes|verbose|lean|warn|mem\.clean|progress|model\.frame|y|x|qr|singular\.ok|na\.action|missing|fit_intercept|use_t|disp|ci|method|return_vcov|try_cholesky|copy_data|store_data|context|keepCX|keepX)$/;

/** What of arguments beside the formula is understood, and the keys of the panel. */
export interface PastedArguments extends PastedOptions {
  readonly keys: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Arguments of R and Python behind the formula. What no rule takes is `lost`.
 * @param program the function: its defaults and its way of naming columns
 */
export function readArguments(
  parts: readonly string[],
  program: { readonly name: string; readonly isPython: boolean } = { name: '', isPython: false },
): PastedArguments {
  const values = new Map<string, string>();
  const lost: string[] = [];
  const plain: string[] = [];
  for (const part of parts.map((one) => one.trim()).filter((one) => one !== '')) {
    const found = /^([\w.]+)\s*=(?!=)\s*(.+?)$/s.exec(part);
    if (found !== null) values.set(at(found, 1), at(found, 2).trim());
    else plain.push(part);
  }
  const unnamed = ['data', ...(program.name === 'feols' ? ['vcov'] : [])].filter((one) => !values.has(one));
  for (const [i, text] of plain.entries()) {
    const name = unnamed[i];
    if (name === undefined) lost.push(text);
    else values.set(name, text);
  }
  const taken = new Set<string>();
  const given = (...names: readonly string[]): string | null => {
    const found = names.find((one) => values.has(one));
    if (found === undefined) return null;
    taken.add(found);
    return valueIn(values, found);
  };
  const data = readData(values.get('data') ?? null);
  if (data.lost !== null) lost.push(data.lost);
  const column = (value: string): string => columnName(value, data.name, program.isPython);
  const keys = listed(given('index', 'panel.id') ?? '', data.name, program.isPython);
  const panel = keys.length > 0 ? keys : data.panel;
  const {
    vcov,
    panel: named,
    lost: unread,
  } = readCovariance(given, column, panel, program, (value) => listed(value, data.name, program.isPython));
  for (const one of unread) lost.push(`${one} = ${values.get(one) ?? ''}`);
  const weights = given('weights');
  const subset = given('subset');
  const fixed = given('fixed_effects');
  const model = unquoted(values.get('model') ?? '');
  const isRandom = model === 'random' || program.name === 'RandomEffects';
  const panelKeys = panel.length > 0 ? panel : named;
  const [split, fsplit] = [given('split'), given('fsplit')];
  for (const [one, value] of values) {
    if (taken.has(one) || silent.test(one) || (program.name === 'plm' && /^(?:model|effect)$/.test(one))) continue;
    if (one === 'model' && /^(?:true|false|t|f)$/i.test(model)) continue;
    if (one === 'family' && isGaussian(value)) continue;
    lost.push(`${one} = ${value}`);
  }
  const where = [data.where, subset === null ? null : conditionOf(subset, data.name)].filter((one) => one !== null);
  return {
    effects: fixed === null ? [] : cutOutside(fixed.replace(/^~/, ''), '+').map((one) => one.trim()),
    hasUnitEffects: false,
    hasConstant: true,
    isRandom,
    keys: panelKeys,
    values,
    beside: {
      ...(vcov === null ? {} : { vcov }),
      ...(weights === null ? {} : { weights: column(unquoted(weights)) }),
      ...(where.length === 0 ? {} : { where: where.join(' and ') }),
      ...(split === null ? {} : { split: column(unquoted(split)) }),
      ...(fsplit === null ? {} : { fsplit: column(unquoted(fsplit)) }),
      ...(isRandom ? { re: '', panel: `${panelKeys[0] ?? 'UNIT'},${panelKeys[1] ?? 'TIME'}` } : {}),
      ...(!isRandom && panelKeys.length > 1 && program.name !== 'plm'
        ? { panel: panelKeys.slice(0, 2).join(',') }
        : {}),
    },
    lost: lost.map((one) => one.trim()),
  };
}

const isGaussian = (family: string): boolean => /gaussian/i.test(family) && !/log|inverse|probit/i.test(family);

const unquoted = (value: string): string => value.replace(/^["'~\s]+|["'\s]+$/g, '');

const known =
  /^(?:iid$|hc[0-3]$|(?:cluster|cr[23]|jackknife|white2|conley):.|(?:nw|dk|thompson|ac)(?:$|:)|kiefer$|pcse$)/;

/** The covariance that the arguments name together; the names of arguments that have none here are `lost`. */
function readCovariance(
  given: (...names: readonly string[]) => string | null,
  column: (value: string) => string,
  keys: readonly string[],
  program: { readonly name: string },
  names: (value: string) => readonly string[],
): { readonly vcov: string | null; readonly panel: readonly string[]; readonly lost: readonly string[] } {
  const [unit, time] = [keys[0] ?? 'UNIT', keys[1] ?? 'TIME'];
  const details = given('cov_kwds');
  const groups = /["']groups["']\s*:\s*(.+?)\s*\}?$/.exec(details ?? '')?.[1];
  const clusters = groups ?? given('cluster', 'clusters', 'cluster_id');
  const covarianceName = ['vcov', 'se', 'se_type', 'cov_type', 'vcov.'].find((one) => given(one) !== null);
  const covariance = covarianceName === undefined ? null : given(covarianceName);
  const byEntity = /^true$/i.test(given('cluster_entity') ?? '');
  const byTime = /^true$/i.test(given('cluster_time') ?? '');
  const lost = details !== null && groups === undefined ? ['cov_kwds'] : [];
  if (byEntity || byTime) {
    return { vcov: `cluster:${[...(byEntity ? [unit] : []), ...(byTime ? [time] : [])].join('+')}`, panel: [], lost };
  }
  const isEstimatr = ['lm_robust', 'iv_robust'].includes(program.name);
  if (clusters !== null && !/^(?:true|false)$/i.test(clusters)) {
    const by = names(clusters).join('+');
    const type = unquoted(covariance ?? '');
    // estimatr's clusters are CR2 unless it is told otherwise.
    if (isEstimatr && (type === '' || type === 'CR2')) return { vcov: `cr2:${by}`, panel: [], lost };
    const isSaid = covarianceName === undefined || /^(?:stata|cluster\w*|CR1\w*|cl\w*)$/i.test(type);
    return { vcov: `cluster:${by}`, panel: [], lost: isSaid ? lost : [...lost, covarianceName] };
  }
  if (covariance === null || covarianceName === undefined) {
    return { vcov: isEstimatr ? 'hc2' : null, panel: [], lost };
  }
  const vcov = covarianceInWords(unquotedCovariance(covariance)).replace(/^robust$/, 'hc1');
  const behind = /^["']?(?:NW|DK|newey_west|driscoll_kraay|vcov_NW|vcov_DK)[^~]*~\s*(.+)$/i.exec(covariance)?.[1];
  const panel = behind === undefined ? [] : names(behind);
  if (!known.test(vcov)) return { vcov: null, panel: [], lost: [...lost, covarianceName] };
  return { vcov: vcov.includes('$') ? column(vcov) : vcov, panel: panel.length === 2 ? panel : [], lost };
}

/** What the argument of the data says beside its name: `subset(d, x > 1)`, `d[d$x > 1, ]`, `panel(d, ~id + year)`. */
function readData(data: string | null): {
  readonly name: string;
  readonly where: string | null;
  readonly panel: readonly string[];
  readonly lost: string | null;
} {
  const none = { name: '', where: null, panel: [], lost: null };
  if (data === null) return none;
  const plain = /^[\p{L}_.…][\p{L}\p{N}_.]*(?:\.copy\(\)|\.reset_index\(\))?$/u.exec(data);
  if (plain !== null) return { ...none, name: data.replace(/\.(?:copy|reset_index)\(\)$/, '') };
  const piped = /^([\w.]+)\s*(?:%>%|\|>)\s*(?:dplyr::)?(?:filter|subset)\((.*)\)$/s.exec(data);
  const called = /^(?:dplyr::|base::)?(?:filter|subset)\(\s*([\w.]+)\s*,(.*)\)$/s.exec(data);
  const queried = /^([\w.]+?)\.query\(\s*["'](.*)["']\s*\)$/s.exec(data);
  const indexed = /^([\w.]+?)(?:\.loc)?\[(.*?),?\s*\]$/s.exec(data);
  const found = piped ?? called ?? queried ?? indexed;
  const [, name = '', inside = ''] = found ?? [];
  if (/[<>=!]/.test(inside)) {
    const conditions = cutOutside(inside, ',').filter((one) => one.trim() !== '');
    if (conditions.every((one) => !/^\s*select\s*=/.test(one))) {
      return { ...none, name, where: conditions.map((one) => conditionOf(one, name)).join(' and ') };
    }
  }
  const keyed = /^(?:fixest::|plm::)?(?:panel|pdata\.frame)\(\s*([\w.]+)\s*,(.*)\)$/s.exec(data);
  if (keyed !== null) {
    const [, frame = '', index = ''] = keyed;
    const keys = listed(index.replace(/^\s*(?:panel\.id|index)\s*=/, ''), frame, false);
    if (keys.length === 2) return { ...none, name: frame, panel: keys };
  }
  const indexing = /^([\w.]+?)\.set_index\(\s*\[(.*)\]\s*\)$/s.exec(data);
  if (indexing !== null) {
    const [, frame = '', index = ''] = indexing;
    return { ...none, name: frame, panel: listed(index, frame, true) };
  }
  return { ...none, lost: `data = ${data}` };
}

/** A condition on the rows as SQL, without the name of the data before its columns. */
function conditionOf(text: string, data: string): string {
  const bare = text
    .trim()
    .replace(/^~\s*/, '')
    .replace(/\b[\p{L}_][\p{L}\p{N}_.]*\$/gu, '');
  return sqlOf(
    data === ''
      ? bare
      : bare
          .split(`${data}.`)
          .join('')
          .replace(/\b\w+\[["'](\w+)["']\]/g, '$1'),
  );
}

/** `df$w`, `df["w"]`, `df.w` of Python: w. */
function columnName(value: string, data: string, isPython: boolean): string {
  const bare = value
    .replace(/^[\w.]+(?:\$|\[{1,2}["'])/, '')
    .replace(/["']?\]{1,2}$/, '')
    .trim();
  if (data !== '' && isPython && bare.startsWith(`${data}.`)) return bare.slice(data.length + 1);
  return isPython ? bare.replace(/^\w+\.(?=[\p{L}_])/u, '') : bare;
}

/** `"hetero"`, `cluster ~ id`, `{"CRV1": "id + year"}` without their quotation marks. */
function unquotedCovariance(value: string): string {
  const keyed = /^\{\s*["'](\w+)["']\s*:\s*["']([^"']+)["']\s*\}$/.exec(value);
  if (keyed !== null) {
    const type = at(keyed, 1).toUpperCase();
    const by = at(keyed, 2).replace(/\s/g, '');
    return type === 'CRV1' ? `cluster:${by}` : type === 'CRV3' ? `cr3:${by}` : value;
  }
  const sandwich = /^(?:sandwich::)?vcovHC(?:\(\s*\w+\s*,\s*(?:type\s*=\s*)?["'](HC[0-3])["']\s*\))?$/.exec(value);
  if (sandwich !== null) return (sandwich[1] ?? 'HC3').toLowerCase();
  return value.replace(/^["']|["']$/g, '');
}

/** Names in `c("id", "year")`, `~id + year`, `["id"]`, `df$id`, and `df.id` of Python. */
function listed(value: string, data: string, isPython: boolean): string[] {
  return (
    value
      .replace(/\b\w+[$[]/g, '')
      .replace(/\bc\(/g, '')
      .match(/`[^`]+`|[\p{L}_][\p{L}\p{N}_.]*/gu) ?? []
  )
    .filter((word) => word !== 'list')
    .map((word) => columnName(word, data, isPython));
}
