import { type RandomStream, randomStream } from '../../../math/random/philox.ts';
import { registryHeaders } from '../../source/tables.ts';
import { utf8 } from '../../source/utf8.ts';
import { type ByteWriter, byteWriter } from './byte-writer.ts';
import {
  brandFirst,
  brandSecond,
  decoyTrades,
  industryCodes,
  keywordUses,
  keywordWeight,
  plainPhrases,
  plainTrades,
  statuses,
  syntheticMark,
  trapPhrases,
} from './firm-words.ts';

/** The firms of one city: how many with a keyword and how many without were founded in each year. */
export interface FirmCounts {
  readonly code: number;
  readonly nameZh: string;
  readonly provinceZh: string;
  readonly years: readonly number[];
  readonly withKeyword: readonly number[];
  readonly decoys: readonly number[];
}

/** One registry file: the cities of one province. Its bytes depend on nothing else. */
export interface FirmTask {
  readonly file: string;
  readonly seed: number;
  readonly stream: number;
  readonly cities: readonly FirmCounts[];
  readonly keywords: readonly string[];
}

const { name, uscc, founded, province, city, scope } = registryHeaders;
/** Headers of the registry export, in file order. */
export const firmHeaders = [
  name[0],
  uscc[0],
  founded[0],
  '登记状态',
  province[0],
  city[0],
  scope[0],
  '国标行业',
] as const;

const comma = 44;
const newline = 10;
const dash = 45;
const firmStream = 940;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Writes the rows of a task as CSV (UTF-8) in blocks. @returns rows written */
export function writeFirms(task: FirmTask, flush: (block: Uint8Array) => void): number {
  const random = randomStream(task.seed, firmStream, task.stream);
  const writer = byteWriter(flush);
  writer.bytes(utf8(`${firmHeaders.join(',')}\n`));
  const words = prepareWords(task.keywords);
  let serial = 0;
  for (const city of task.cities) {
    const place = {
      namePart: utf8(city.nameZh.replace(/市$/, '')),
      region: utf8(`,${city.provinceZh},${city.nameZh},`),
      code: city.code,
    };
    city.years.forEach((year, t) => {
      let hits = city.withKeyword[t];
      let decoys = city.decoys[t];
      while (hits + decoys > 0) {
        const isHit = random.integer(hits + decoys) < hits;
        if (isHit) hits--;
        else decoys--;
        writeFirm(writer, random, words, { ...place, year, serial: serial++, isHit });
      }
    });
  }
  writer.end();
  return serial;
}

interface FirmRow {
  readonly namePart: Uint8Array;
  readonly region: Uint8Array;
  readonly code: number;
  readonly year: number;
  readonly serial: number;
  readonly isHit: boolean;
}

function writeFirm(writer: ByteWriter, random: RandomStream, words: FirmWords, row: FirmRow): void {
  const isNamedHit = row.isHit && random.integer(8) === 0;
  const keyword = row.isHit ? pickKeyword(words, random) : -1;
  // Name
  writer.bytes(row.namePart);
  writer.bytes(pick(words.brandFirst, random));
  writer.bytes(pick(words.brandSecond, random));
  writer.bytes(words.mark);
  if (isNamedHit) writer.bytes(words.keywords[keyword]);
  writer.bytes(pick(row.isHit ? words.plainTrades : words.decoyTrades, random));
  writer.bytes(words.company);
  writer.byte(comma);
  // Credit code, date, status, place
  writeCreditCode(writer, row.code, row.serial);
  writer.byte(comma);
  const month = random.integer(12);
  writer.digits(row.year, 4);
  writer.byte(dash);
  writer.digits(month + 1, 2);
  writer.byte(dash);
  writer.digits(1 + random.integer(daysOfMonth[month]), 2);
  writer.byte(comma);
  writer.bytes(words.statusByPercent[random.integer(100)]);
  writer.bytes(row.region);
  // Scope
  writer.bytes(pick(words.plainPhrases, random));
  if (row.isHit && (!isNamedHit || random.integer(2) === 0)) {
    writer.bytes(words.semicolon);
    writer.bytes(words.keywords[keyword]);
    writer.bytes(pick(words.keywordUses, random));
    if (random.integer(4) === 0) {
      writer.bytes(words.semicolon);
      writer.bytes(words.keywords[pickKeyword(words, random)]);
      writer.bytes(pick(words.keywordUses, random));
    }
  } else if (!row.isHit) {
    writer.bytes(words.semicolon);
    writer.bytes(pick(random.integer(3) === 0 ? words.trapPhrases : words.plainPhrases, random));
  }
  writer.byte(comma);
  writer.bytes(pick(words.industryCodes, random));
  writer.byte(newline);
}

function pick(list: readonly Uint8Array[], random: RandomStream): Uint8Array {
  return list[random.integer(list.length)];
}

interface FirmWords {
  readonly keywords: readonly Uint8Array[];
  /** Cumulative weights of the keywords, the last one 1. */
  readonly keywordLimits: Float64Array;
  readonly statusByPercent: readonly Uint8Array[];
  readonly brandFirst: readonly Uint8Array[];
  readonly brandSecond: readonly Uint8Array[];
  readonly mark: Uint8Array;
  readonly company: Uint8Array;
  readonly semicolon: Uint8Array;
  readonly plainTrades: readonly Uint8Array[];
  readonly decoyTrades: readonly Uint8Array[];
  readonly plainPhrases: readonly Uint8Array[];
  readonly trapPhrases: readonly Uint8Array[];
  readonly keywordUses: readonly Uint8Array[];
  readonly industryCodes: readonly Uint8Array[];
}

function prepareWords(keywords: readonly string[]): FirmWords {
  const weights = keywords.map((_, i) => keywordWeight(i));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  return {
    keywords: keywords.map(utf8),
    keywordLimits: Float64Array.from(weights, (weight) => {
      running += weight / total;
      return running;
    }),
    statusByPercent: statuses.flatMap(([text, weight]) => new Array<Uint8Array>(weight).fill(utf8(text))),
    brandFirst: brandFirst.map(utf8),
    brandSecond: brandSecond.map(utf8),
    mark: utf8(syntheticMark),
    company: utf8('有限公司'),
    semicolon: utf8('；'),
    plainTrades: plainTrades.map(utf8),
    decoyTrades: decoyTrades.map(utf8),
    plainPhrases: plainPhrases.map(utf8),
    trapPhrases: trapPhrases.map(utf8),
    keywordUses: keywordUses.map(utf8),
    industryCodes: industryCodes.map(utf8),
  };
}

function pickKeyword(words: FirmWords, random: RandomStream): number {
  const u = random.uint32() / 0x1_0000_0000;
  let i = 0;
  while (i < words.keywordLimits.length - 1 && u >= words.keywordLimits[i]) i++;
  return i;
}

/** The 31 characters of GB 32100-2015 and the weights 3^i mod 31 of its check digit. */
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = Array.from({ length: 17 }, (_, i) =>
  Array.from({ length: i }).reduce<number>((w) => (w * 3) % 31, 1),
);
const creditValues = new Uint8Array(17);

/** A unified social credit code in a pattern kept for made-up firms: 91, division, XX, seven digits to base 31, check digit. */
function writeCreditCode(writer: ByteWriter, division: number, serial: number): void {
  creditValues[0] = 9;
  creditValues[1] = 1;
  let rest = division;
  for (let i = 7; i >= 2; i--) {
    creditValues[i] = rest % 10;
    rest = Math.floor(rest / 10);
  }
  creditValues[8] = creditAlphabet.indexOf('X');
  creditValues[9] = creditValues[8];
  rest = serial;
  for (let i = 16; i >= 10; i--) {
    creditValues[i] = rest % 31;
    rest = Math.floor(rest / 31);
  }
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    sum += creditValues[i] * creditWeights[i];
    writer.byte(creditAlphabet.charCodeAt(creditValues[i]));
  }
  writer.byte(creditAlphabet.charCodeAt((31 - (sum % 31)) % 31));
}
