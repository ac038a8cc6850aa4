import { type Expected, said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { readCovariance } from '../../model/inference/catalog.ts';
import type { Version } from './contract.ts';

/** Names that an address has a version by. */
export const versionNames: readonly string[] = [
  ...['vcov', 'period', 'where', 'without', 'dropped', 'winsor', 'trim', 'trim-regimes', 'replicates'],
];

/** Names and values of an address, in the order of the version. Nothing for what is the authors' own. */
export function versionAddress(version: Version): readonly (readonly [name: string, value: string])[] {
  const { vcov, period, where, without, dropped, tails, thresholdTrim, replicates } = version;
  return [
    ...(vcov === null ? [] : [['vcov', vcov] as const]),
    ...(period === null ? [] : [['period', period.join('..')] as const]),
    ...(where === null ? [] : [['where', where] as const]),
    ...without.map((unit) => ['without', unit] as const),
    ...dropped.map((control) => ['dropped', control] as const),
    ...(tails === null ? [] : [[tails.how, String(tails.share)] as const]),
    ...(thresholdTrim === null ? [] : [['trim-regimes', String(thresholdTrim)] as const]),
    ...(replicates === null ? [] : [['replicates', String(replicates)] as const]),
  ];
}

/** What reading an address needs of it, as `URLSearchParams` has it. */
export interface Address {
  readonly get: (name: string) => string | null;
  readonly getAll: (name: string) => readonly string[];
}

/**
 * The version of an address; names that are not of a version are passed over.
 * @throws bad-option where a value is none that it can have
 */
export function readVersionAddress(address: Address): Version {
  const winsor = shareIn(address, 'winsor', 50);
  const trim = shareIn(address, 'trim', 50);
  if (winsor !== null && trim !== null)
    throw badValue('trim', String(trim), said('expected.no_other', { other: 'winsor' }));
  return {
    vcov: covarianceIn(filled(address.get('vcov'))),
    period: periodIn(address.get('period')),
    where: filled(address.get('where')),
    without: [...new Set(address.getAll('without'))],
    dropped: [...new Set(address.getAll('dropped'))],
    tails: winsor !== null ? { how: 'winsor', share: winsor } : trim !== null ? { how: 'trim', share: trim } : null,
    thresholdTrim: shareIn(address, 'trim-regimes', 0.5),
    replicates: countIn(address, 'replicates'),
  };
}

/** Whether nothing is changed. */
export function isAuthors(version: Version): boolean {
  return versionAddress(version).length === 0;
}

/** A covariance that there is; whether a model can have it is said at the model. Where a distance is measured from the models say. */
function covarianceIn(text: string | null): string | null {
  if (text === null || /^(conley|spatial)\b/.test(text)) return text;
  try {
    readCovariance(text);
    return text;
  } catch (error) {
    if (isStudyError(error, 'bad-option')) throw badValue('vcov', text, error.detail.expected);
    throw error;
  }
}

function filled(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function periodIn(text: string | null): Version['period'] {
  if (filled(text) === null) return null;
  const found = /^(-?\d+)\.\.(-?\d+)$/.exec(text ?? '');
  const [first, last] = [Number(found?.[1]), Number(found?.[2])];
  if (found === null || !(first <= last)) throw badValue('period', text ?? '', said('expected.period'));
  return [first, last];
}

/** A number above 0 and below `limit`. */
function shareIn(address: Address, name: string, limit: number): number | null {
  const text = filled(address.get(name));
  if (text === null) return null;
  const share = Number(text);
  if (!(share > 0 && share < limit)) throw badValue(name, text, said('expected.share_below', { limit }));
  return share;
}

/** Most replicates that a page is asked for: more is for the command. */
const mostReplicates = 9999;

function countIn(address: Address, name: string): number | null {
  const text = filled(address.get(name));
  if (text === null) return null;
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 0 && count <= mostReplicates)) {
    throw badValue(name, text, said('expected.whole_to', { limit: mostReplicates }));
  }
  return count;
}

function badValue(option: string, value: string, expected: Expected): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null, command: null });
}
