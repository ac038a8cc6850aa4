import { isSaid, type SaidValue } from '../../error/said.ts';
import { formatText } from './format-text.ts';
import type { Language } from './text-key.ts';

const listSigns: Readonly<Record<Language, string>> = { en: ', ', zh: '、' };

/** A phrase in one language; what is no phrase is the same in every one. */
export function saidText(value: SaidValue, language: Language): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (isSaid(value)) {
    const values = Object.entries(value.values ?? {}).map(([slot, one]) => [slot, slotText(one, language)] as const);
    return formatText({ key: value.key, values: Object.fromEntries(values) }, language);
  }
  return value.map((one) => saidText(one, language)).join(listSigns[language]);
}

/** A number stays one: it is printed as a count, with its noun. */
function slotText(value: SaidValue, language: Language): string | number {
  return typeof value === 'number' ? value : saidText(value, language);
}
