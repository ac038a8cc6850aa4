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
  const byKey = new Map(observations.map((one) => [`${one.indicator}|${one.city}|${one.year}`, one]));
  for (const { target, formula, digits } of definitions) {
    const expression = parseExpression(formula);
    const from = [...new Set(namesIn(expression))];
    const firsts: Observation[] = [];
    const inputs: number[][] = [];
    for (const first of observations) {
      if (first.indicator !== from[0] || first.value === null) continue;
      const own = byKey.get(`${target}|${first.city}|${first.year}`);
      if (own !== undefined && own.value !== null) continue;
      const parts = from.flatMap((id) => byKey.get(`${id}|${first.city}|${first.year}`)?.value ?? []);
      if (parts.length < from.length) continue;
      firsts.push(first);
      inputs.push(parts);
    }
    const table = columnTable(
      Object.fromEntries(from.map((id, j) => [id, numberColumn(inputs.map((parts) => parts[j]))])),
    );
    const values = firsts.length === 0 ? [] : evaluateExpression(expression, table, formula);
    firsts.forEach((first, i) => {
      const made = digits === null ? values[i] : roundSignificant(values[i], digits);
      if (!Number.isFinite(made)) return;
      const one = { ...first, indicator: target, value: made };
      ledger.push({ ...lineOn(first, made, 'definition-changed'), indicator: target });
      const definition = indicators.find(({ id }) => id === target);
      added.push(definition === undefined ? one : bounded(one, definition, {}, ledger));
      byKey.delete(`${target}|${first.city}|${first.year}`);
    });
  }
  if (added.length === 0) return { observations, ledger };
  return { observations: [...byKey.values(), ...added], ledger };
}
