import { at, entryOf } from '../../error/at.ts';
import { plainSigns } from '../../table/expression/signs.ts';

/*
 * How other programs name a covariance, taken to the names of this one. Only what cannot be meant otherwise: `twoway` and
 * `clustered` alone do not say by which variable, and stay as they are.
 */

const name = '(?:`[^`]+`|"[^"]+"|\'[^\']+\'|[^\\s`"\'()+^,;~=&*:|]+)';
const list = `${name}(?:\\s*(?:\\+|,|&|\\^|\\s)\\s*~?${name})*`;
const clusterWord = '(?:cluster|clusters|clustered|cl|cluster\\.id|vcov_cluster|vcovCL|CR1|crv1|CRV1|twoway)';

/** `cluster(firm)`, `cluster firm`, `cluster=~firm`, `~firm + year` and their like. */
const clusterPatterns = [
  new RegExp(`^(?:vce|vcov)?\\s*\\(?\\s*${clusterWord}\\s*\\(\\s*~?\\s*(${list})\\s*\\)\\s*\\)?$`, 'u'),
  new RegExp(`^(?:vce\\s*\\(\\s*)?${clusterWord}\\s*(?:\\s|=|~|:)\\s*~?\\s*(${list})\\s*\\)?$`, 'u'),
  new RegExp(`^~\\s*(${list})$`, 'u'),
  new RegExp(`^c\\(\\s*(${list})\\s*\\)$`, 'u'),
];

/** Kernels: `NW(2)`, `newey_west(2)`, `DK(3)`, `conley(50)`, `NW ~ firm + year`. */
const kernels: readonly (readonly [RegExp, string])[] = [
  [/^(?:vcov_)?(?:nw|newey[-_ ]?west)(?:\s*\(\s*(\d*)\s*\)|\s*[:=]\s*(\d+))?(?:\s*~.*)?$/i, 'nw'],
  [/^(?:vcov_)?(?:dk|driscoll[-_ ]?kraay|xtscc)(?:\s*\(\s*(\d*)\s*\)|\s*[:=]\s*(\d+))?(?:\s*~.*)?$/i, 'dk'],
  [/^(?:vcov_)?conley\s*\(\s*(\d+(?:\.\d+)?)(?:\s*km)?\s*\)()$/i, 'conley'],
];

/** Words that are one covariance and no other. */
const words: Readonly<Record<string, string>> = {
  iid: 'iid',
  standard: 'iid',
  nonrobust: 'iid',
  conventional: 'iid',
  normal: 'iid',
  const: 'iid',
  unadjusted: 'iid',
  homoskedastic: 'iid',
  hetero: 'hc1',
  heteroskedastic: 'hc1',
  heteroskedasticity: 'hc1',
  robust: 'hc1',
  r: 'hc1',
  huber: 'hc1',
  stata: 'hc1',
};

/** The text of a covariance in the names of this program; the text as it is where it needs no change. */
export function covarianceInWords(written: string): string {
  const text = plainSigns(written.trim());
  const inside = /^vce\s*\(\s*(\w+)\s*\)$/.exec(text)?.[1] ?? text.replace(/^["']|["']$/g, '');
  const lower = inside.toLowerCase();
  if (Object.hasOwn(words, lower)) return entryOf(words, lower);
  if (/^(?:HC[0-3]|IID|CR[123]|DK|NW|CLUSTER)(?=:|$)/.test(inside)) {
    const colon = inside.indexOf(':');
    return colon < 0 ? lower : inside.slice(0, colon).toLowerCase() + inside.slice(colon);
  }
  for (const [pattern, kernel] of kernels) {
    const found = pattern.exec(inside);
    if (found === null) continue;
    const lag = found[1] ?? found[2] ?? '';
    return lag === '' ? kernel : `${kernel}:${lag}`;
  }
  if (isCanonicalCluster(inside)) return inside;
  for (const pattern of clusterPatterns) {
    const found = pattern.exec(inside);
    if (found !== null) return `cluster:${namesOf(at(found, 1)).join('+')}`;
  }
  return inside;
}

/** `cluster:a+b` as it is: a name there may hold blanks and dots. */
function isCanonicalCluster(text: string): boolean {
  const colon = text.indexOf(':');
  return colon > 0 && /^[a-z][a-z0-9-]*$/.test(text.slice(0, colon)) && !/^~|[,&]/.test(text.slice(colon + 1).trim());
}

function namesOf(text: string): string[] {
  const found = text.match(new RegExp(name, 'gu')) ?? [];
  return found.map((one) => one.replace(/^["']|["']$/g, ''));
}
