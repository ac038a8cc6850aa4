import { ownEntry } from '../../error/at.ts';
import type { CovarianceLabel } from '../../model/result/result.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import type { TextKey } from '../format/text-key.ts';
import type { Phrase, Text } from './contract.ts';
import { joinedBy } from './parts.ts';

const plainNames: Readonly<Record<string, TextKey>> = {
  iid: 'vcov.iid',
  hc0: 'vcov.hc0',
  hc1: 'vcov.hc1',
  hc2: 'vcov.hc2',
  hc3: 'vcov.hc3',
  conley: 'vcov.conley',
  kiefer: 'vcov.kiefer',
  pcse: 'vcov.pcse',
};

/** Names that say the clusters, and names that say the lags. */
const clusteredNames: Readonly<Record<string, TextKey>> = {
  cluster: 'vcov.cluster',
  cr2: 'vcov.cr2',
  cr3: 'vcov.cr3',
  jackknife: 'vcov.jackknife',
  white2: 'vcov.white2',
};
const serialNames: Readonly<Record<string, readonly [plain: TextKey, withLag: TextKey, withKernel: TextKey]>> = {
  nw: ['vcov.nw', 'vcov.nw_lag', 'vcov.nw_kernel'],
  dk: ['vcov.dk', 'vcov.dk_lag', 'vcov.dk_kernel'],
  ac: ['vcov.ac', 'vcov.ac_lag', 'vcov.ac_kernel'],
  thompson: ['vcov.thompson', 'vcov.thompson_lag', 'vcov.thompson_kernel'],
};

/**
 * The covariance in words, with its clusters where it counts them: `clustered by city (271 clusters)`. `names` are printed labels of
 * variables.
 */
export function covarianceName(vcov: CovarianceLabel, names: Readonly<Record<string, Text>> = {}): Phrase {
  const clustered = clusteredNames[vcov.type];
  if (clustered !== undefined) {
    const parts = vcov.by.map((variable, i): Text => {
      const name = inSentence(ownEntry(names, variable) ?? variable);
      const count = vcov.clusters[i];
      return count === undefined ? name : { key: 'vcov.cluster_part', values: { name, count } };
    });
    return { key: clustered, values: { parts: joinedBy(parts, 'list.and') } };
  }
  const serial = serialNames[vcov.type];
  if (serial !== undefined) {
    if (vcov.lag === undefined) return { key: serial[0] };
    if (vcov.kernel === undefined) return { key: serial[1], values: { lag: vcov.lag } };
    const kernel: Phrase = { key: `vcov.kernel.${vcov.kernel.name}` };
    return { key: serial[2], values: { kernel, bandwidth: vcov.kernel.bandwidth } };
  }
  if (vcov.cutoff_km !== undefined) return { key: 'vcov.conley_km', values: { km: vcov.cutoff_km } };
  const key = plainNames[vcov.type];
  return key === undefined ? { key: 'vcov.other', values: { type: vcov.type } } : { key };
}

/** By what errors the tests of a table are, and by which small-sample convention. */
export function covarianceNote(vcov: CovarianceLabel, names: Readonly<Record<string, Text>> = {}): Phrase {
  return { key: 'after.vcov', values: { vcov: covarianceName(vcov, names), ssc: vcov.ssc } };
}

/**
 * The covariance in one or two words, for a row or a legend.
 * @param argument what tells it from others of its type, `covarianceArgument`
 */
export function covarianceShortName(
  vcov: CovarianceLabel,
  names: Readonly<Record<string, Text>> = {},
  argument: string | null = null,
): Phrase {
  if (vcov.type === 'cluster') return { key: 'vcov.short.cluster', values: { by: clusterVariables(vcov, names) } };
  const type = vcov.type.toUpperCase();
  return vcov.type === 'iid'
    ? { key: 'vcov.short.iid' }
    : { key: 'vcov.other', values: { type: argument === null ? type : `${type}:${argument}` } };
}

/** What the clusters are of, inside a sentence: `city and year`. */
export function clusterVariables({ by }: CovarianceLabel, names: Readonly<Record<string, Text>> = {}): Text {
  return joinedBy(
    by.map((variable) => inSentence(ownEntry(names, variable) ?? variable)),
    'list.and',
  );
}

/** Clusters, lags and cutoff as they are typed behind the colon, `2,kernel=parzen`; null where the type has none. */
export function covarianceArgument({ type, by, lag, kernel, cutoff_km }: CovarianceLabel): string | null {
  // Kiefer's lags are all that there are, and Thompson's clusters the unit and the time: nobody types them.
  const clusters = type === 'thompson' || by.length === 0 ? [] : [by.map(clusterWord).join('+')];
  const reach = cutoff_km ?? (type === 'kiefer' ? undefined : lag);
  const settings = [
    ...clusters,
    ...(reach === undefined ? [] : [String(reach)]),
    ...(kernel === undefined ? [] : [`kernel=${kernel.name}`]),
    ...(cutoff_km === undefined || lag === undefined || lag === 0 ? [] : [`lag=${lag}`]),
  ];
  return settings.length === 0 ? null : settings.join(',');
}

/** The covariance as it is typed: `dk:2`, `cluster:city+year`, `conley:500`. */
export function covarianceWords(vcov: CovarianceLabel): string {
  const argument = covarianceArgument(vcov);
  return argument === null ? vcov.type : `${vcov.type}:${argument}`;
}

/** A clustering variable, or several joined by `^`. */
function clusterWord(name: string): string {
  return name.split('^').map(quoteName).join('^');
}

/** A label inside a sentence: `clustered by city` where a row is headed City. Names in capitals stay as they are. */
export function inSentence(label: Text): Text {
  if (typeof label === 'string' || 'key' in label || !/^\p{Lu}\p{Ll}[^_]*$/u.test(label.en)) return label;
  return { ...label, en: label.en.charAt(0).toLowerCase() + label.en.slice(1) };
}
