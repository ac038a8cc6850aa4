import { nearestName } from '../../../error/nearest-name.ts';
import { StudyError } from '../../../error/study-error.ts';
import { quoteName, unquoteName } from '../../../table/expression/tokenize.ts';

/** Position of an instrument by its name, blanks apart: `l(ai,1)` is `l(ai, 1)`. @throws bad-option with the nearest name. */
export function instrumentAt(instruments: readonly string[], name: string, option: string): number {
  const bare = (text: string): string => text.replace(/\s/g, '');
  const plain = unquoteName(name);
  const written = [name, plain, quoteName(plain)].map(bare);
  const at = instruments.findIndex((one) => written.includes(bare(one)));
  if (at >= 0) return at;
  const suggestion = nearestName(name, instruments);
  throw new StudyError('bad-option', { option, value: name, expected: instruments.join(', '), suggestion });
}
