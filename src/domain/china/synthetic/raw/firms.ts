import { at } from '../../../../error/at.ts';
import { type RandomStream, randomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import { registryHeaders } from '../../source/tables.ts';
import { type CleanFirm, firmFaults } from '../faults/firm-faults.ts';
import type { FirmFaultKey, FirmFaultKind, FirmFileForm } from '../faults/firm-key.ts';
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
import { madeUpCode } from './made-up-code.ts';

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

const firmStream = 940;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const twoDigits = Array.from({ length: 32 }, (_, i) => String(i).padStart(2, '0'));
/** Characters of a block. */
const blockLength = 1 << 18;

/** What was written of a task. */
export interface WrittenRows {
  /** Firms, each once. */
  readonly firms: number;
  /** Null when no fault was asked for. */
  readonly key: FirmFaultKey | null;
}

/**
 * Writes the rows of a task as CSV in blocks of whole lines. Without faults the blocks are those of one file.
 * @param flush takes a block and its place among `firmFiles(task)`
 */
export function writeFirms(task: FirmTask, flush: (block: string, file: number) => void): WrittenRows {
  if (task.faults === undefined || task.faults.length === 0) {
    let block = `${firmHeaders.join(',')}\n`;
    const firms = writeRows(task, ({ cells }) => {
      block += `${cells.join(',')}\n`;
      if (block.length < blockLength) return;
      flush(block, 0);
      block = '';
    });
    flush(block, 0);
    return { firms, key: null };
  }
  const form = firmFiles(task);
  const dirty = firmFaults({ ...task, ...form, headers: firmHeaders, kinds: task.faults }, flush);
  const firms = writeRows(task, dirty.add);
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
    encoding: kinds.includes('encoding') ? at(encodings, province % 5) : 'utf-8',
    delimiter: kinds.includes('delimiter') && province % 2 === 1 ? '\t' : ',',
  };
}

/** Makes the firms of all cities one after another. @returns how many */
function writeRows(task: FirmTask, take: (firm: CleanFirm) => void): number {
  const random = randomStream(task.seed, firmStream, task.stream);
  const words = prepareWords(task.keywords);
  let serial = 0;
  for (const place of task.cities) {
    const namePart = place.nameZh.replace(/市$/, '');
    place.years.forEach((year, t) => {
      let hits = at(place.withKeyword, t);
      let decoys = at(place.decoys, t);
      while (hits + decoys > 0) {
        const isHit = random.integer(hits + decoys) < hits;
        if (isHit) hits--;
        else decoys--;
        const cells = firmCellsOf(random, words, { place, namePart, year, serial: serial++, isHit });
        take({ cells, isHit, year, place });
      }
    });
  }
  return serial;
}

interface FirmRow {
  readonly place: FirmCounts;
  readonly namePart: string;
  readonly year: number;
  readonly serial: number;
  readonly isHit: boolean;
}

/** The cells of a firm, in the order of `firmHeaders`. */
function firmCellsOf(random: RandomStream, words: FirmWords, row: FirmRow): string[] {
  const { place, isHit } = row;
  const isNamedHit = isHit && random.integer(8) === 0;
  const keyword = isHit ? words.keywords[pickKeyword(words, random)] : '';
  const brand = `${row.namePart}${pickOne(brandFirst, random)}${pickOne(brandSecond, random)}${syntheticMark}`;
  const trade = pickOne(isHit ? plainTrades : decoyTrades, random);
  const month = random.integer(12);
  const day = 1 + random.integer(at(daysOfMonth, month));
  const status = at(words.statusByPercent, random.integer(100));
  let scope = pickOne(plainPhrases, random);
  if (isHit && (!isNamedHit || random.integer(2) === 0)) {
    scope += `；${keyword}${pickOne(keywordUses, random)}`;
    if (random.integer(4) === 0)
      scope += `；${words.keywords[pickKeyword(words, random)]}${pickOne(keywordUses, random)}`;
  } else if (!isHit) {
    scope += `；${pickOne(random.integer(3) === 0 ? trapPhrases : plainPhrases, random)}`;
  }
  return [
    `${brand}${isNamedHit ? keyword : ''}${trade}有限公司`,
    madeUpCode(place.code, row.serial),
    `${row.year}-${twoDigits[month + 1]}-${twoDigits[day]}`,
    status,
    place.provinceZh,
    place.nameZh,
    scope,
    pickOne(industryCodes, random),
  ];
}

interface FirmWords {
  readonly keywords: readonly string[];
  /** Cumulative weights of the keywords, the last one 1. */
  readonly keywordLimits: Float64Array;
  readonly statusByPercent: readonly string[];
}

function prepareWords(keywords: readonly string[]): FirmWords {
  const weights = keywords.map((_, i) => keywordWeight(i));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  return {
    keywords,
    keywordLimits: Float64Array.from(weights, (weight) => {
      running += weight / total;
      return running;
    }),
    statusByPercent: statuses.flatMap(([text, weight]) => new Array<string>(weight).fill(text)),
  };
}

function pickKeyword(words: FirmWords, random: RandomStream): number {
  const u = random.uint32() / 0x1_0000_0000;
  let i = 0;
  while (i < words.keywordLimits.length - 1 && u >= (words.keywordLimits[i] ?? Number.NaN)) i++;
  return i;
}
