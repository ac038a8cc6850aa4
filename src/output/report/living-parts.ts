import type { PrintStyle } from '../document/contract.ts';

/** What makes a report live: the study with its panel, and the programs that estimate it anew. */
export interface LivingParts {
  /** `packStudy`, after gzip, in base64; null: the data are left out. */
  readonly study: string | null;
  /** The program beside the page, packed the same way. */
  readonly worker: string;
  /** The page's own script. */
  readonly main: PageScript;
  /** How tables are printed that are taken away. */
  readonly print: PrintStyle;
}

/** A script that stands in a page, with what the page's policy knows it by. */
export interface PageScript {
  readonly code: string;
  /** SHA-256 of the code, in base64. */
  readonly sha256: string;
}
