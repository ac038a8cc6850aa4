import type { Language } from '../text-key.ts';
import { formulaHelp } from './formula.ts';
import { vcovHelp } from './vcov.ts';
import { whereHelp } from './where.ts';

/** Pages of `kaya help TOPIC` beside those of the commands. */
export const helpTopics: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  formula: formulaHelp,
  vcov: vcovHelp,
  where: whereHelp,
};
