import type { CombinationRule } from './harmonize.ts';

const growth: CombinationRule = { kind: 'mean', weight: 'gdp', lag: 1 };

/** Indicators that are no sums over the parts of a city. */
const otherRules: Readonly<Record<string, CombinationRule>> = {
  // Laspeyres: growth of the whole is the mean of the parts' growth, weighted by their product of the year before
  gdp_index: growth,
  gdp_growth: growth,
  tertiary_share: { kind: 'ratio', numerator: 'tertiary_value', denominator: 'gdp', scale: 100 },
  // the waste generated would be the weight, but no table has it: an assumption
  waste_utilisation: { kind: 'mean', weight: 'gdp', lag: 0 },
};

/** How the indicators of yearbooks, energy tables and patent counts combine: values and counts by their sum. */
export function combinationRules(indicators: Iterable<string>): Record<string, CombinationRule> {
  return Object.fromEntries([...indicators].map((id) => [id, otherRules[id] ?? { kind: 'sum' }]));
}
