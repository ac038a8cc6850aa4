/** Words of study files that are of a domain, and what they choose among: the only door through which the study language sees one. */
export type { EmissionRules } from './china/panel/contract.ts';
export { type DivisionPolicy, divisionPolicies } from './china/place/harmonize.ts';
export { tableFaultKinds } from './china/synthetic/faults/contract.ts';
