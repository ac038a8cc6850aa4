import { fileError } from '../file-error.ts';
import { isAscii } from './ascii.ts';
import { findGarbled } from './garbled-text.ts';
import { chineseWeight, westernWeight } from './weigh-bytes.ts';
import { decodeWindows1252, isWindows1252 } from './windows-1252.ts';

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/** Text of a file with the encoding that it was in; the byte order mark is off. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Finds the encoding of a text file. A byte order mark decides; then text that is whole UTF-8 is UTF-8, except for the few
 * short texts that are Chinese in GB18030 and strange alphabets in UTF-8; then GB18030 (GBK and GB2312 are parts of it)
 * or Windows-1252 (Latin-1), whichever the bytes look like. UTF-8 with broken bytes is refused, never taken for either.
 * @throws file-unreadable with the line of the first fault
 */
export function decodeText(bytes: Uint8Array, path: string): DecodedText {
  if (bytes.length === 0) throw fileError(path, 'empty-file');
  const { text: whole, encoding } = decodeBytes(bytes, path);
  const nul = whole.indexOf('\0');
  if (nul >= 0) throw fileError(path, 'nul-byte', lineAt(whole, nul));
  const text = whole.slice(
    0,
    lengthOfText(whole.length, (i) => whole.charCodeAt(i)),
  );
  const garbled = isAscii(bytes) ? null : findGarbled(text);
  if (garbled !== null) throw fileError(path, garbled.fault, lineAt(text, garbled.index));
  return { text, encoding };
}

/**
 * Refuses bytes of an encoding without NUL that hold one. Every other control character is a letter of the cell it stands in
 * (docs/methods/data-files.md).
 * @throws file-unreadable with the line
 */
export function refuseNul(bytes: Uint8Array, path: string): void {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw fileError(path, 'nul-byte', lineOfByte(bytes, nul));
}

const substitute = 26;

/** Letters of a text without the ^Z (or several) that old programs end one with, and the blanks beside them. */
export function lengthOfText(length: number, codeAt: (index: number) => number): number {
  let end = length;
  for (let i = length - 1; i >= 0; i--) {
    const code = codeAt(i);
    if (code === substitute) end = i;
    else if (code !== 32 && (code < 9 || code > 13)) break;
  }
  return end;
}

function decodeBytes(bytes: Uint8Array, path: string): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = decodeAs('utf-8', bytes);
    if (text === null) throw fileError(path, 'damaged-utf8', damagedLine(bytes));
    return { text, encoding: 'utf-8-bom' };
  }
  for (const [encoding, first, second] of [
    ['utf-16le', 0xff, 0xfe],
    ['utf-16be', 0xfe, 0xff],
  ] as const) {
    if (bytes[0] !== first || bytes[1] !== second) continue;
    const text = decodeAs(encoding, bytes);
    if (text === null) throw fileError(path, 'unknown-encoding');
    return { text, encoding };
  }
  // UTF-16 without its mark is whole UTF-8 and whole GB18030.
  refuseNul(bytes, path);
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 !== null) {
    const chinese = strangeAlphabet(utf8) ? decodeAs('gb18030', bytes) : null;
    return chinese !== null && isCommonChinese(chinese)
      ? { text: chinese, encoding: 'gb18030' }
      : { text: utf8, encoding: 'utf-8' };
  }
  if (isMostlyUtf8(bytes)) throw fileError(path, 'damaged-utf8', damagedLine(bytes));
  const text = decodeAs('gb18030', bytes);
  const isWestern = isWindows1252(bytes);
  const weighed = bytes.subarray(0, weighedBytes);
  const western = isWestern ? westernWeight(weighed) : 0;
  if (text !== null && chineseWeight(weighed) >= western) return { text, encoding: 'gb18030' };
  if (western > 0) return { text: decodeWindows1252(bytes), encoding: 'windows-1252' };
  throw fileError(path, 'unknown-encoding', damagedLine(bytes));
}

/** Bytes by which Chinese and Western text are told apart. */
const weighedBytes = 1 << 22;

/** Whole text or null. The decoder takes a byte order mark off. */
function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** How many letters of a strange alphabet a text may have and still be Chinese by chance. */
const chanceLetters = 8;

/**
 * Some Chinese characters in GB18030 are whole UTF-8: 一 is a Cyrillic letter. A text whose only letters beyond ASCII are
 * a few from U+0180 to U+07FF is such a one, or a short text in Greek, Cyrillic, Hebrew, Arabic.
 */
function strangeAlphabet(text: string): boolean {
  const letters = text.match(/[^\0-\x7f]/g);
  return (
    letters !== null && letters.length <= chanceLetters && letters.every((letter) => /[\u0180-\u07ff]/.test(letter))
  );
}

/** Whether all letters beyond ASCII are Chinese characters or full-width marks. */
function isCommonChinese(text: string): boolean {
  return /^[\0-\x7f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*$/.test(text);
}

/** Whether a text that is not whole UTF-8 has many more whole characters of three bytes than broken bytes. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[\u0800-\ufffc]/g)?.length ?? 0;
  return whole > 2 * broken;
}

/** Line of the first byte that is not UTF-8. */
function damagedLine(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  return lineAt(text, Math.max(0, text.indexOf('\ufffd')));
}

function lineOfByte(bytes: Uint8Array, end: number): number {
  return lineAt(new TextDecoder('latin1').decode(bytes.subarray(0, end)), end);
}

/** The line, from 1, that the character at `index` stands on. */
export function lineAt(text: string, index: number): number {
  return (text.slice(0, index).match(/\r\n?|\n/g)?.length ?? 0) + 1;
}
