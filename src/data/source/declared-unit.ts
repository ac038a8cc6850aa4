import type { BilingualText } from './contract.ts';
import type { DeclaredUnit } from './unit.ts';
import { readUnit } from './unit-text.ts';

/**
 * A unit by the text that declares it. A text of the usual units is that unit (`10^4 CNY`, `percent`, `persons`); any other, such
 * as `constant 2015 US$` or `years`, is a base of its own: like units add, unlike ones do not.
 */
export function declaredUnit(text: BilingualText): DeclaredUnit {
  const known = [text.en, text.zh].flatMap((one) => readUnit(one) ?? []).find(({ scale }) => scale === 1);
  if (known !== undefined) return { bases: known.bases, power: known.power, text };
  return { bases: { [text.en]: 1 }, power: 0, text };
}
