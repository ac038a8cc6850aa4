import { anyOf, type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { joinNames } from '../../table/expression/joined-names.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { CovarianceRequest } from '../contract.ts';
import { cutOutside } from '../formula/habits.ts';

/** A request of a method that takes no argument. @throws bad-option */
export function refuseArgument(type: string, argument: string | null): CovarianceRequest {
  if (argument !== null) throw badVcov(`${type}:${argument}`, type, type);
  return { type, by: [] };
}

/** The names in `a+b`. @throws bad-option when there is none. */
export function readNames(type: string, argument: string | null): readonly string[] {
  const names = cutOutside(argument ?? '', '+').map(clusterName);
  if (names.some((name) => name === '')) {
    throw badVcov(argument === null ? type : `${type}:${argument}`, anyOf([`${type}:NAME`, `${type}:NAME+NAME`]), null);
  }
  return [...new Set(names)];
}

/** A name, or names joined by `^`, without the backquotes around them. */
function clusterName(text: string): string {
  return joinNames(cutOutside(text, '^').map(unquoteName));
}

/** The one name in `a`. @throws bad-option for none or several. */
export function readName(type: string, argument: string | null): readonly string[] {
  const names = readNames(type, argument);
  if (names.length > 1) throw badVcov(`${type}:${argument}`, said('expected.one_cluster', { type }), null);
  return names;
}

/** An argument such as `2,time=year`: what stands first, and the settings behind it. */
export interface Settings {
  /** Null where nothing stands first. */
  readonly first: string | null;
  readonly values: ReadonlyMap<string, string>;
}

/** @throws bad-option at a setting that is not in `known` or stands twice. */
export function readSettings(type: string, argument: string | null, known: readonly string[]): Settings {
  const values = new Map<string, string>();
  let first: string | null = null;
  const parts = argument === null ? [] : cutOutside(argument, ',').map((part) => part.trim());
  parts.forEach((part, k) => {
    const equals = part.indexOf('=');
    if (equals < 0 && k === 0 && part !== '') {
      first = part;
      return;
    }
    const key = equals < 0 ? part : part.slice(0, equals).trim();
    const value = equals < 0 ? '' : part.slice(equals + 1).trim();
    if (!known.includes(key) || values.has(key) || value === '') {
      throw badVcov(`${type}:${argument}`, known.map((one) => `${one}=…`).join(', '), null);
    }
    values.set(key, key === 'coords' ? value : unquoteName(value));
  });
  return { first, values };
}

/** A number of periods: whole, not negative. @throws bad-option */
export function readLag(type: string, text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw badVcov(`${type}:${text}`, said('expected.lag', { type }), null);
}

export function badVcov(value: string, expected: Expected, suggestion: string | null): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option: 'vcov', value, expected, suggestion });
}
