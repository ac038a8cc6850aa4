import type { Check, Finding, Pass, Place, RuleId, SaidValues, Severity } from './contract.ts';

// How rules say what they came to.

export interface FindingParts {
  readonly rule: RuleId;
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly found: readonly string[];
  readonly values?: SaidValues;
}

/** Two printed things that cannot both hold. */
export function finding({ values = {}, ...parts }: FindingParts): Check {
  const said: Finding = { ...parts, values };
  return { finding: said };
}

/** A check that holds and says nothing more. */
export function holds(rule: RuleId, place: Place): Check {
  const pass: Pass = { rule, code: null, place, values: {} };
  return { pass };
}

/** A check that holds and proves something about the method. */
export function proves(rule: RuleId, code: string, place: Place, values: SaidValues): Check {
  return { pass: { rule, code, place, values } };
}
