import type { Document } from '../contract.ts';

/** The results as JSON: full precision, null for what does not exist, one trailing newline. */
export function printJson(document: Pick<Document, 'data'>): string {
  return `${JSON.stringify(document.data, null, 2)}\n`;
}
