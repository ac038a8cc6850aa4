import { at } from '../../error/at.ts';
import { isAscii } from '../text/ascii.ts';
import { chineseWeight, westernWeight } from '../text/weigh-bytes.ts';
import { decodeWindows1252 } from '../text/windows-1252.ts';

/** Turns the bytes of a string into text. */
export type DtaDecoder = (bytes: Uint8Array) => string;

/** The encodings of the strings of a file, and how it is known. */
export interface DtaEncoding {
  readonly name: 'utf-8' | 'gb18030' | 'windows-1252';
  /** The first string that is not ASCII, where the encoding had to be judged by the strings; else null. */
  readonly judgedBy: string | null;
  readonly decode: DtaDecoder;
}

/** Letters of a strange alphabet that may be Chinese by chance. */
const chanceLetters = 8;
/** A letter for each byte. */
const latin1 = new TextDecoder('latin1');
/** Strings that are weighed. */
const weighedStrings = 20_000;

/**
 * The encoding of the strings of a file. Formats from 118 on say UTF-8, earlier ones nothing: what is whole UTF-8 throughout
 * is that; else Chinese in GB18030 and Western text in Windows-1252 are told apart by what the bytes beyond ASCII would be in
 * each, over all strings, names and labels included. Stata cuts a string at its width: a character that is broken at the end
 * of a string counts against none.
 * @param strings every string of the file
 */
export function dtaEncoding(strings: Iterable<Uint8Array>): DtaEncoding {
  const seen = new Set<string>();
  const weighed: Uint8Array[] = [];
  let isUtf8 = true;
  let isGb = true;
  for (const bytes of strings) {
    if (isAscii(bytes)) continue;
    isUtf8 &&= isWhole('utf-8', bytes);
    isGb &&= isWhole('gb18030', bytes);
    if (weighed.length >= weighedStrings) continue;
    const key = latin1.decode(bytes);
    if (!seen.has(key)) weighed.push(bytes);
    seen.add(key);
  }
  if (isUtf8 && !(isGb && isChineseByChance(weighed)))
    return { name: 'utf-8', judgedBy: null, decode: decoderOf('utf-8') };
  let chinese = 0;
  let western = 0;
  for (const bytes of weighed) {
    chinese += chineseWeight(bytes);
    western += westernWeight(bytes);
  }
  const name = isGb && chinese > western ? 'gb18030' : 'windows-1252';
  const decode = name === 'gb18030' ? decoderOf(name) : decodeWindows1252;
  return { name, judgedBy: decode(at(weighed, 0)), decode };
}

/**
 * A few Chinese characters in GB18030 are whole UTF-8 (一 is a Cyrillic letter): whether all strings are so few, strange in
 * UTF-8 and common in Chinese.
 */
function isChineseByChance(strings: readonly Uint8Array[]): boolean {
  const letters = strings.map((bytes) => decoderOf('utf-8')(bytes).replace(/[\0-\x7f]/g, '')).join('');
  if (letters.length > chanceLetters || !/^[\u0180-\u07ff]+$/.test(letters)) return false;
  return strings.every((bytes) => /^[\0-\x7f\u4e00-\u9fff]*$/.test(decoderOf('gb18030')(bytes)));
}

function decoderOf(encoding: string): DtaDecoder {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

const strict: Readonly<Record<'utf-8' | 'gb18030', TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  gb18030: new TextDecoder('gb18030', { fatal: true }),
};
/** Bytes that a character has at most before its last one. */
const longestCut = { 'utf-8': 3, gb18030: 3 } as const;

/** Whether bytes are text of an encoding, up to a character that is cut off at their end. */
function isWhole(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): boolean {
  for (let cut = 0; cut <= longestCut[encoding] && cut < bytes.length; cut++) {
    if (cut > 0 && at(bytes, bytes.length - cut) < 0x80 && encoding === 'utf-8') return false;
    try {
      strict[encoding].decode(bytes.subarray(0, bytes.length - cut));
      return true;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return false;
}

/** Bytes up to the first NUL. */
export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
