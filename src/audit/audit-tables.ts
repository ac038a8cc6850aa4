import { variablesOfClaims } from './claims.ts';
import type { AuditResult, Finding, Rule, RuleId, TableSet } from './contract.ts';
import { captionRule } from './rules/captions.ts';
import { errorRule, intervalRule, pairRule, signRule, starsRule } from './rules/cells.ts';
import { constantRule } from './rules/constants.ts';
import { bandRule, descriptiveRule, grimRule, spriteRule } from './rules/descriptives.ts';
import { instrumentRule } from './rules/instruments.ts';
import { limitRule } from './rules/limits.ts';
import { addedRule, collinearRule, feasibleRule, ladderRule } from './rules/nested.ts';
import { countRule, fewRule, partitionRule, periodsRule } from './rules/rows.ts';
import { claimRule, comparisonRule, elasticityRule } from './rules/text.ts';
import { thresholdRule } from './rules/thresholds.ts';

/** The one list of rules. */
const rules: Readonly<Record<RuleId, Rule>> = {
  R01: starsRule,
  R02: signRule,
  R03: pairRule,
  R04: errorRule,
  R05: periodsRule,
  R06: partitionRule,
  R07: countRule,
  R08: ladderRule,
  R09: addedRule,
  R10: instrumentRule,
  R11: thresholdRule,
  R12: constantRule,
  R13: descriptiveRule,
  R14: bandRule,
  R15: claimRule,
  R16: comparisonRule,
  R17: collinearRule,
  R18: fewRule,
  R19: captionRule,
  R20: elasticityRule,
  R21: grimRule,
  R22: spriteRule,
  R23: feasibleRule,
  R24: intervalRule,
  R25: limitRule,
};

const weight = { A: 0, B: 1, C: 2 } as const;

/** Every rule on a set of tables: findings, the weightiest first, and the checks that hold. What definitions of the text say of a variable counts where nothing else is told of it. */
export function auditTables(set: TableSet): AuditResult {
  const told = { ...set, variables: { ...variablesOfClaims(set.claims), ...set.variables } };
  const checks = Object.values(rules).flatMap((rule) => rule(told));
  const findings = checks.flatMap((check) => ('finding' in check ? [check.finding] : []));
  const passes = checks.flatMap((check) => ('pass' in check ? [check.pass] : []));
  return { findings: distinct(findings).sort((a, b) => weight[a.severity] - weight[b.severity]), passes };
}

/** A finding that several pairs of columns lead to is told once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const one of findings) {
    const { table, column, term, quote } = one.place;
    const key = JSON.stringify([one.code, table, column, term, quote, one.found]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
