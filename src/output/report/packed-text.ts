import { gzipSync, strToU8 } from 'fflate';

/** A text as gzip in base64; the same text is the same bytes. */
export function packedText(text: string): string {
  return packedBytes(strToU8(text));
}

/** Bytes as gzip in base64. */
export function packedBytes(bytes: Uint8Array): string {
  const packed = gzipSync(bytes, { level: 9, mtime: 0 });
  let binary = '';
  for (let from = 0; from < packed.length; from += chunk) {
    binary += String.fromCharCode(...packed.subarray(from, from + chunk));
  }
  return btoa(binary);
}

/** As many bytes as a call takes as its arguments. */
const chunk = 0x8000;
