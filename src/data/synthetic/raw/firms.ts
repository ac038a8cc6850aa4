import { type RandomStream, randomStream } from '../../../math/random/philox.ts';
import { registryHeaders } from '../../source/tables.ts';
import { utf8, utf8Text } from '../../source/utf8.ts';
import { firmFaults } from '../faults/firm-faults.ts';
import type { FirmFaultKey, FirmFaultKind, FirmFileForm } from '../faults/firm-key.ts';
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
import { madeUpCodeInto } from './made-up-code.ts';

/** The firms of one city: how many with a keyword and how many without were founded in each year. */
export interface FirmCounts {
  readonly code: number;
  readonly nameZh: string;
  readonly provinceZh: string;
  readonly years: readonly number[];
  readonly withKeyword: readonly number[];
  readonly decoys: readonly number[];
}

/** One registry file, with faults perhaps two: the cities of one province. Its bytes depend on nothing else. */
export interface FirmTask {
  readonly file: string;
  readonly seed: number;
  readonly stream: number;
  readonly cities: readonly FirmCounts[];
  readonly keywords: readonly string[];
  /** Dirt to plant; absent or empty: none. */
  readonly faults?: readonly FirmFaultKind[];
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

/** What was written of a task. */
export interface WrittenRows {
  /** Firms, each once. */
  readonly firms: number;
  /** Null when no fault was asked for. */
  readonly key: FirmFaultKey | null;
}

/**
 * Writes the rows of a task as CSV (UTF-8) in blocks of whole lines. Without faults the blocks are those of one file.
 * @param flush takes a block and its place among `firmFiles(task)`
 */
export function writeFirms(task: FirmTask, flush: (block: Uint8Array, file: number) => void): WrittenRows {
  if (task.faults === undefined || task.faults.length === 0) {
    const writer = byteWriter((block) => flush(block, 0));
    writer.bytes(utf8(`${firmHeaders.join(',')}\n`));
    const firms = writeRows(task, writer, () => undefined);
    writer.end();
    return { firms, key: null };
  }
  const form = firmFiles(task);
  const dirty = firmFaults({ ...task, ...form, headers: firmHeaders, kinds: task.faults }, flush);
  let cells: string[] = [];
  // The writer hands on one row at a time.
  const writer = byteWriter((block) => {
    cells = utf8Text(block, 0, block.length - 1).split(',');
  });
  const firms = writeRows(task, writer, (firm, place) => {
    writer.end();
    dirty.add({ cells, isHit: firm.isHit, year: firm.year, place });
  });
  return { firms, key: dirty.end() };
}

/** The files of a task, below the raw folder: two exports of a province that overlap when that fault is asked for. */
export function firmFiles(task: FirmTask): FirmFileForm & { readonly files: readonly string[] } {
  const kinds = task.faults ?? [];
  // Behind the first file in order of names.
  const second = task.file.replace(/\.csv$/, '_2.csv');
  const encodings = ['gb18030', 'utf-8-bom', 'utf-8', 'utf-16le', 'gb18030'] as const;
  const province = Math.floor(task.stream / 10_000);
  return {
    files: kinds.includes('overlap') ? [task.file, second] : [task.file],
    encoding: kinds.includes('encoding') ? encodings[province % 5] : 'utf-8',
    delimiter: kinds.includes('delimiter') && province % 2 === 1 ? '\t' : ',',
  };
}

/** Writes the firms of all cities; `onRow` is told of each behind its last byte. @returns rows written */
function writeRows(task: FirmTask, writer: ByteWriter, onRow: (row: FirmRow, city: FirmCounts) => void): number {
  const random = randomStream(task.seed, firmStream, task.stream);
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
        const row = { ...place, year, serial: serial++, isHit };
        writeFirm(writer, random, words, row);
        onRow(row, city);
      }
    });
  }
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

const creditCode = new Uint8Array(18);

function writeCreditCode(writer: ByteWriter, division: number, serial: number): void {
  madeUpCodeInto(creditCode, division, serial);
  writer.bytes(creditCode);
}
