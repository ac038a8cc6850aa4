import { roundSignificant } from '../../math/round-significant.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import type { LedgerLine } from './ledger.ts';
import type { Observation } from './observation.ts';
import { bounded, lineOn } from './settle.ts';

/** An indicator that other series say as well, when its own is not there. */
interface OtherDefinition {
  readonly target: string;
  readonly from: readonly string[];
  readonly value: (values: readonly number[]) => number;
}

const otherDefinitions: readonly OtherDefinition[] = [
  // Growth in percent is the index less 100; taken in decimal, as tables print one decimal.
  { target: 'gdp_index', from: ['gdp_growth'], value: ([growth]) => roundSignificant(100 + growth, 12) },
  { target: 'tertiary_share', from: ['tertiary_value', 'gdp'], value: ([part, whole]) => (part / whole) * 100 },
];

/**
 * Values of indicators out of other series where no file gives them: an index out of growth, a share out of its parts.
 * Each leaves a line in the ledger, at the cell that it was made of.
 */
export function fillDefinitions(
  observations: readonly Observation[],
  indicators: readonly IndicatorDefinition[],
): {
  observations: readonly Observation[];
  ledger: readonly LedgerLine[];
} {
  const ledger: LedgerLine[] = [];
  const added: Observation[] = [];
  const byKey = new Map(observations.map((one) => [`${one.indicator}|${one.city}|${one.year}`, one]));
  for (const { target, from, value } of otherDefinitions) {
    for (const first of observations) {
      if (first.indicator !== from[0] || first.value === null) continue;
      const own = byKey.get(`${target}|${first.city}|${first.year}`);
      if (own !== undefined && own.value !== null) continue;
      const parts = from.map((id) => byKey.get(`${id}|${first.city}|${first.year}`)?.value ?? null);
      if (parts.some((part) => part === null)) continue;
      const made = value(parts as number[]);
      if (!Number.isFinite(made)) continue;
      const one = { ...first, indicator: target, value: made };
      ledger.push({ ...lineOn(first, made, 'definition-changed'), indicator: target });
      const definition = indicators.find(({ id }) => id === target);
      added.push(definition === undefined ? one : bounded(one, definition, {}, ledger));
      if (own !== undefined) byKey.delete(`${target}|${first.city}|${first.year}`);
    }
  }
  if (added.length === 0) return { observations, ledger };
  return { observations: [...byKey.values(), ...added], ledger };
}
