import type { Text } from '../table/contract.ts';
import type { HypothesisRow, RuleName, VerdictUnder } from './outline.ts';

/** What a verdict counts: columns of a table, or draws of units; null where the rule counts nothing. */
export function holdingText(rule: RuleName, { holding, columns }: VerdictUnder): Text | null {
  if (rule === 'order_estimates' || rule === 'indirect_positive' || rule === 'indirect_negative') return null;
  return { key: rule === 'order' ? 'report.draws_holding' : 'report.columns_holding', values: { holding, columns } };
}

/** What a claim is held to, a text a rule. */
export function rulesText({ rule, level, stricter }: HypothesisRow): readonly Text[] {
  const own: Text = { key: 'report.own_rule', values: { rule: ruleText(rule, level) } };
  return stricter === undefined ? [own] : [own, stricterText(stricter)];
}

function ruleText(rule: RuleName, level: number | null): Text {
  return { key: `report.rule_${rule}`, values: level === null ? {} : { level } };
}

/** What the stricter rule of a claim asks for, and why. */
function stricterText({ rule, level, reason }: NonNullable<HypothesisRow['stricter']>): Text {
  return { key: 'report.stricter_rule', values: { rule: ruleText(rule, level), reason } };
}
