import type { FileFault } from '../../error/file-fault.ts';

/** Where a text shows that it went through a wrong encoding. */
export interface Garbled {
  readonly fault: FileFault;
  /** Index of the first character that shows it. */
  readonly index: number;
}

/** What Windows-1252 makes of the bytes 0x80 to 0xbf, which follow the first byte of a UTF-8 character. */
const continuation =
  '[\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013\\u2014\\u2018-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122]';
/** Chinese in UTF-8 read as Latin-1 or Windows-1252 (åŒ—äº¬), or accents read so (Ã©). */
const utf8AsLatin = new RegExp(`[\\u00e3-\\u00e9\\u00ef]${continuation}{2}|\\u00c3${continuation}`);
/** Chinese in GBK read as Latin-1 (±±¾©): no language has four letters in a row from there with signs among them. */
const gbkAsLatin = /[\u00a1-\u00ff]*[\u00a1-\u00bf\u00d7\u00f7][\u00a1-\u00ff]*/g;

/** The first sign that a text was decoded wrongly before it came here; null when there is none. */
export function findGarbled(text: string): Garbled | null {
  const lost = /\ufffd|锟斤拷|ï¿½/.exec(text);
  if (lost !== null) return { fault: 'lost-characters', index: lost.index };
  const index = [findLatin(text), findGbk(text)].filter((at) => at >= 0).sort((a, b) => a - b)[0];
  return index === undefined ? null : { fault: 'garbled-text', index };
}

function findLatin(text: string): number {
  const asLatin = utf8AsLatin.exec(text);
  if (asLatin !== null) return asLatin.index;
  for (const run of text.matchAll(gbkAsLatin)) {
    if (run[0].length >= 4 && run[0].length % 2 === 0 && isGbkPairs(run[0])) return run.index;
  }
  return -1;
}

/** Whether letters of Latin-1, taken as bytes, are common Chinese characters. */
function isGbkPairs(letters: string): boolean {
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return /^[\u4e00-\u9fff]+$/.test(new TextDecoder('gb18030').decode(bytes));
}

interface GbkTable {
  /** Two-byte code of each character. */
  readonly codeOf: ReadonlyMap<string, number>;
  /** Runs that begin with what GBK makes of the first two bytes of a Chinese character in UTF-8 and are rare otherwise. */
  readonly suspects: RegExp;
}

let table: GbkTable | null = null;

function gbkTable(): GbkTable {
  if (table !== null) return table;
  const decoder = new TextDecoder('gb18030');
  const codeOf = new Map<string, number>();
  let suspects = '';
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if (letter.length !== 1) continue;
      codeOf.set(letter, lead * 256 + trail);
      if (lead >= 0xe4 && lead <= 0xe9 && trail >= 0x80 && trail < 0xa1) suspects += letter;
    }
  }
  table = { codeOf, suspects: new RegExp(`[${suspects}][\\u0100-\\uffff]+`, 'g') };
  return table;
}

/** Chinese in UTF-8 that was read as GBK (北京 is then 鍖椾含): back in bytes it is whole UTF-8 again. */
function findGbk(text: string): number {
  const { codeOf, suspects } = gbkTable();
  for (const run of text.matchAll(suspects)) {
    const bytes: number[] = [];
    for (const letter of run[0].slice(0, 12)) {
      const code = codeOf.get(letter);
      if (code === undefined) break;
      bytes.push(code >> 8, code & 255);
    }
    const whole = bytes.slice(0, bytes.length - (bytes.length % 3));
    if (whole.length < 6) continue;
    if (/^[\u4e00-\u9fff]+$/.test(new TextDecoder('utf-8').decode(Uint8Array.from(whole)))) return run.index;
  }
  return -1;
}
