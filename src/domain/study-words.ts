/** What study files say of a domain: its keys, and what they choose among. The only door through which the study language sees one. */
export type { EmissionRules } from './china/panel/contract.ts';
export type { DivisionPolicy } from './china/place/harmonize.ts';
export { fieldKeys } from './china/study-keys.ts';
