import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { namesIn } from '../../table/expression/ast.ts';
import { evaluateExpression } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import type { LedgerLine } from './ledger.ts';
import type { Observation } from './observation.ts';
import { bounded, lineOn } from './settle.ts';

/** An indicator that other series say as well, when its own is not there: an index is 100 + the growth in percent. */
export interface OtherDefinition {
  readonly target: string;
  /** Over other raw series; the first that it names is the one whose cell the ledger shows. */
  readonly formula: string;
  /** Significant digits that the result is taken to, as tables print decimals; null: all. */
  readonly digits: number | null;
}

/**
 * Values of indicators out of other series where no file gives them: an index out of growth, a share out of its parts.
 * Each leaves a line in the ledger, at the cell that it was made of.
 */
export function fillDefinitions(
  observations: readonly Observation[],
  indicators: readonly IndicatorDefinition[],
  definitions: readonly OtherDefinition[],
): {
  observations: readonly Observation[];
  ledger: readonly LedgerLine[];
} {
  const ledger: LedgerLine[] = [];
  const added: Observation[] = [];
  const parsed = definitions.map((one) => {
    const expression = parseExpression(one.formula);
    return { ...one, expression, from: [...new Set(namesIn(expression))] };
  });
  const named = new Set(parsed.flatMap(({ target, from }) => [target, ...from]));
  const byKey = new Map(
    observations.flatMap((one) => (named.has(one.indicator) ? [[keyOf(one.indicator, one), one]] : [])),
  );
  for (const { target, formula, digits, expression, from } of parsed) {
    const firsts: Observation[] = [];
    const inputs: number[][] = [];
    for (const first of observations) {
      if (first.indicator !== from[0] || first.value === null) continue;
      const own = byKey.get(keyOf(target, first));
      if (own !== undefined && own.value !== null) continue;
      const parts = from.flatMap((id) => byKey.get(keyOf(id, first))?.value ?? []);
      if (parts.length < from.length) continue;
      firsts.push(first);
      inputs.push(parts);
    }
    const table = columnTable(
      Object.fromEntries(from.map((id, j) => [id, numberColumn(inputs.map((parts) => parts[j]))])),
    );
    const values = firsts.length === 0 ? [] : evaluateExpression(expression, table, formula);
    firsts.forEach((first, i) => {
      const made = digits === null ? at(values, i) : roundSignificant(at(values, i), digits);
      if (!Number.isFinite(made)) return;
      const one = { ...first, indicator: target, value: made };
      ledger.push({ ...lineOn(first, made, 'definition-changed'), indicator: target });
      const definition = indicators.find(({ id }) => id === target);
      added.push(definition === undefined ? one : bounded(one, definition, {}, ledger));
      byKey.delete(keyOf(target, first));
    });
  }
  if (added.length === 0) return { observations, ledger };
  // A cell without a value gives way to the one that was made for it.
  const kept = observations.filter((one) => !named.has(one.indicator) || byKey.has(keyOf(one.indicator, one)));
  return { observations: [...kept, ...added], ledger };
}

function keyOf(indicator: string, { place, year }: Pick<Observation, 'place' | 'year'>): string {
  return `${indicator}|${place}|${year}`;
}
