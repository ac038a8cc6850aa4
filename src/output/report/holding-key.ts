import type { HypothesisRow } from './outline.ts';

/** What a verdict counts: columns of a table, or draws of units. */
export function holdingKey(rule: HypothesisRow['rule']): 'report.draws_holding' | 'report.columns_holding' {
  return rule === 'order' ? 'report.draws_holding' : 'report.columns_holding';
}
