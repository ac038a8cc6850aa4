/** What Windows-1252 has at 128 to 159; the decoders of the platform take some of these for Latin-1. */
const marks = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Bytes of Windows-1252, the Latin-1 of Windows, as text. Every byte is a character. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (letter) => windows1252Mark(letter.charCodeAt(0)));
}

/** The character of a code from 128 to 159. */
export function windows1252Mark(code: number): string {
  return marks.charAt(code - 128);
}

/** Whether bytes have none of the five that Windows-1252 leaves open. */
export function isWindows1252(bytes: Uint8Array): boolean {
  return [0x81, 0x8d, 0x8f, 0x90, 0x9d].every((byte) => !bytes.includes(byte));
}
