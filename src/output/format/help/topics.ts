import type { Language } from '../text-key.ts';
import { formulaHelp } from './formula.ts';
import type { CovarianceEntry } from './vcov.ts';
import { vcovHelp } from './vcov.ts';
import { whereHelp } from './where.ts';

/** What pages are made from beside their own words. */
export interface HelpSources {
  readonly covariances: readonly CovarianceEntry[];
}

/** Pages of `kaya help TOPIC` beside those of the commands. */
export const helpTopics: Readonly<Record<string, (language: Language, sources: HelpSources) => string>> = {
  formula: (language) => formulaHelp[language],
  vcov: (language, { covariances }) => vcovHelp(covariances, language),
  where: (language) => whereHelp[language],
};
