import { chinaDomain } from './china/china-domain.ts';
import type { Domain } from './contract.ts';

/** The code that packs may ask for, by the name that they give it. */
export const domains: Readonly<Record<string, Domain>> = { china: chinaDomain };
