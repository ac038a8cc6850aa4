/**
 * Bytes as text of 85 letters, five for four bytes (base64 takes six for them): none of the letters ends a script, begins an entity or
 * needs an escape in a text between quotation marks.
 */
export const byteLetters = '!#$%()*+,./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}';

/** Bytes as text. A last group of n bytes takes n + 1 letters. */
export function bytesAsText(bytes: Uint8Array): string {
  const parts: string[] = [];
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const size = Math.min(4, bytes.length - at);
    let value = 0;
    for (let k = 0; k < 4; k++) value = value * 256 + (k < size ? (bytes[at + k] ?? 0) : 0);
    for (let k = 0; k <= size; k++) {
      const unit = 85 ** (4 - k);
      codes.push(byteLetters.charCodeAt(Math.floor(value / unit)));
      value %= unit;
    }
    if (codes.length >= mostArguments) parts.push(String.fromCharCode(...codes.splice(0)));
  }
  return [...parts, String.fromCharCode(...codes)].join('');
}

/** As many letters as a call takes as its arguments. */
const mostArguments = 0x4000;

/** Bytes of a text that `bytesAsText` wrote. */
export function bytesFromText(text: string): Uint8Array<ArrayBuffer> {
  const places = new Uint8Array(128);
  for (let i = 0; i < byteLetters.length; i++) places[byteLetters.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
  let at = 0;
  for (let i = 0; i < text.length; i += 5) {
    const size = Math.min(5, text.length - i);
    let value = 0;
    // A letter that is not there counts as the last one, so that the bytes before it are not rounded down.
    for (let k = 0; k < 5; k++) value = value * 85 + (k < size ? (places[text.charCodeAt(i + k)] ?? 0) : 84);
    for (let k = 0; k < size - 1; k++) bytes[at++] = Math.floor(value / 256 ** (3 - k)) % 256;
  }
  return bytes;
}
