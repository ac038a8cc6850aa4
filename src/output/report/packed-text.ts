import { gzipSync, strToU8 } from 'fflate';
import { bytesAsText } from './byte-text.ts';

/** Bytes as gzip; the same bytes give the same. */
export type Gzip = (bytes: Uint8Array) => Uint8Array;

/** Where the machine has none of its own. */
export const plainGzip: Gzip = (bytes) => gzipSync(bytes, { level: 9, mtime: 0 });

/** A text as gzip, as text. */
export function packedText(text: string, gzip: Gzip): string {
  return packedBytes(strToU8(text), gzip);
}

/** Bytes as gzip, as text. */
export function packedBytes(bytes: Uint8Array, gzip: Gzip): string {
  return bytesAsText(gzip(bytes));
}
