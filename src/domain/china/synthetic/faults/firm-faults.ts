import { at } from '../../../../error/at.ts';
import { type RandomStream, randomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import { registryHeaders } from '../../source/tables.ts';
import { statusVariants } from '../raw/firm-words.ts';
import { type FirmCells, firmChanges } from './firm-changes.ts';
import { firmExtras } from './firm-extras.ts';
import {
  type CityYearCount,
  type FirmFaultKey,
  type FirmFaultKind,
  type FirmFileForm,
  firmChangeKinds,
  firmExtraKinds,
  firmFaultKinds,
} from './firm-key.ts';

/** A city as the firms of a registry file know it. */
interface FaultCity {
  readonly code: number;
  readonly nameZh: string;
  readonly provinceZh: string;
  readonly years: readonly number[];
  readonly withKeyword: readonly number[];
  readonly decoys: readonly number[];
}

interface FaultSetup extends FirmFileForm {
  readonly seed: number;
  readonly stream: number;
  readonly kinds: readonly FirmFaultKind[];
  readonly keywords: readonly string[];
  readonly cities: readonly FaultCity[];
  /** The second one, when it is there, begins with the last rows of the first. */
  readonly files: readonly string[];
  /** Of the clean table. */
  readonly headers: readonly string[];
}

/** A clean row with what is true of it. */
export interface CleanFirm {
  readonly cells: readonly string[];
  readonly isHit: boolean;
  readonly year: number;
  readonly place: FaultCity;
}

const choiceStream = 941;
const faultStream = 942;
/** Of a thousand firms with a keyword, how many have each change and stand twice; of a thousand rows, those added behind. */
const changeRate = 12;
const extraRate = 6;
const copyRate = 15;
const formerRate = 20;
/** A copy stands at most this many firms behind. */
const copyDelay = 60;
/** Limit of an export, and the part of it that the next one has again. */
const exportLimit = 5000;
const overlapPart = 0.05;
/** Room of a province for numbers of its own. */
const serialSpan = 100_000_000;
/** How a copy may differ from its firm. */
const copyChanges = ['date-format', 'full-width', 'city-in-code', 'scope-cut'] as const;
const blockLength = 1 << 18;

/** A file as it is written: the rows of the block at hand and their characters, the line of the next one, rows so far. */
interface Out {
  texts: string[];
  length: number;
  line: number;
  rows: number;
  readonly file: number;
}

/** Takes clean rows one by one and writes dirty ones. Deterministic in its setup and the rows. */
export function firmFaults(
  setup: FaultSetup,
  flush: (block: string, file: number) => void,
): { add(firm: CleanFirm): void; end(): FirmFaultKey } {
  const { cities, files, encoding, delimiter, keywords } = setup;
  const kinds = new Set(setup.kinds);
  const random = randomStream(setup.seed, faultStream, setup.stream);
  // What a row has is drawn apart from how it looks: kinds that are switched on change nothing for the others.
  const choices = randomStream(setup.seed, choiceStream, setup.stream);
  const isWide = (['extra-columns', 'city-in-address', 'branch', 'individual'] as const).some((kind) =>
    kinds.has(kind),
  );
  const fields = isWide ? wideFields : plainFields;
  const header = isWide ? fields.map(headerOf) : setup.headers;
  const outs = files.map((_, f): Out => ({ texts: [], length: 0, line: 1, rows: 0, file: f }));
  const found = new Map<FirmFaultKind, { lines: Record<string, number[]>; cells: Map<string, number> }>();
  const total = cities.reduce((sum, city) => sum + sumOf(city.withKeyword) + sumOf(city.decoys), 0);
  const cut = files.length > 1 ? Math.ceil(total * 0.6) : total;
  const overlap = files.length > 1 ? Math.min(exportLimit, Math.ceil(total * overlapPart)) : 0;
  const copies: { readonly due: number; readonly text: string; readonly firm: CleanFirm }[] = [];
  // The words that firms are made of hold nothing that cuts a cell (a test holds that); those of the study may.
  const isPlain = !cutting.test([...keywords, ...cities.flatMap((city) => [city.nameZh, city.provinceZh])].join(''));
  const textOf = (cells: FirmCells, isKnown: boolean): string => rowText(textsOf(cells, isWide), delimiter, isKnown);
  let place: FaultCity | null = null;
  let street = '';
  let index = 0;
  let serial = Math.floor(setup.stream / 10_000) * serialSpan + serialSpan / 2;

  const put = (text: string, f: number): number => {
    const out = at(outs, f);
    const { line } = out;
    out.texts.push(text);
    out.length += text.length;
    out.rows++;
    out.line++;
    for (let p = text.indexOf('\n'); p < text.length - 1; p = text.indexOf('\n', p + 1)) out.line++;
    if (out.length > blockLength) hand(out);
    return line;
  };
  const hand = (out: Out): void => {
    flush(out.texts.join(''), out.file);
    out.texts = [];
    out.length = 0;
  };
  const note = (kind: FirmFaultKind, f: number, line: number, { place, year }: CleanFirm): void => {
    const kept = found.get(kind) ?? { lines: {}, cells: new Map<string, number>() };
    found.set(kind, kept);
    const file = at(files, f);
    kept.lines[file] ??= [];
    kept.lines[file].push(line);
    const cell = `${place.code},${year}`;
    kept.cells.set(cell, (kept.cells.get(cell) ?? 0) + 1);
  };
  const putCopies = (): void => {
    const f = index > cut ? 1 : 0;
    for (let i = 0; i < copies.length; ) {
      const { due, text, firm } = at(copies, i);
      if (due > index && index < total) i++;
      else {
        copies.splice(i, 1);
        note('duplicate-row', f, put(text, f), firm);
      }
    }
  };

  outs.forEach((out, f) => {
    const isMarked = encoding === 'utf-8-bom' || encoding === 'utf-16le';
    put(`${isMarked ? '\ufeff' : ''}${header.join(delimiter)}\n`, f);
    out.rows = 0;
  });

  return {
    add: (firm) => {
      if (firm.place !== place) {
        place = firm.place;
        street = streetOf(place);
      }
      const cells = cellsOf(firm.cells, street, { index, isWide });
      const context = {
        random,
        code: firm.place.code,
        province: firm.place.provinceZh,
        city: firm.place.nameZh,
        keywords,
      };
      const change = chosen(firmChangeKinds, changeRate, choices, firm.isHit ? kinds : none);
      const extra = chosen(firmExtraKinds, extraRate, choices, kinds);
      const other = choices.integer(1000);
      const isFormer = !firm.isHit && other < formerRate && kinds.has('extra-columns');
      const isCopied = firm.isHit && other < copyRate && kinds.has('duplicate-row');
      const clean = extra === null ? null : { ...cells };
      if (change !== null) firmChanges[change](cells, { ...context, serial: serial++ });
      if (isFormer) cells.former = cells.name.replace('有限公司', `${pickOne(keywords, random)}有限公司`);
      if (kinds.has('extra-columns')) cells.status = statusVariants[cells.status] ?? cells.status;
      const text = textOf(cells, isPlain && change === null);
      const f = index < cut ? 0 : 1;
      const line = put(text, f);
      if (change !== null) note(change, f, line, firm);
      if (isFormer) note('extra-columns', f, line, firm);
      if (f === 0 && index >= cut - overlap && overlap > 0) {
        const again = put(text, 1);
        if (firm.isHit) note('overlap', 1, again, firm);
      }
      if (isCopied) {
        // The other export may write the firm in its own way.
        const isAnew = change === null && random.integer(2) === 0;
        const again = isAnew ? { ...cells } : cells;
        if (isAnew) firmChanges[pickOne(copyChanges, random)](again, { ...context, serial: 0 });
        copies.push({
          due: index + 1 + random.integer(copyDelay),
          text: textOf(again, isPlain && !isAnew && change === null),
          firm,
        });
      }
      if (extra !== null && clean !== null) {
        const row = firmExtras[extra](clean, { ...context, serial: serial++ });
        if (row !== null) note(extra, f, put(textOf(row, false), f), firm);
      }
      index++;
      putCopies();
    },
    end: () => {
      for (const out of outs) hand(out);
      return {
        files: files.map((file, f) => ({ file, rows: at(outs, f).rows, encoding, delimiter })),
        counts: cities.flatMap(({ code, years, withKeyword }) =>
          years.flatMap((year, t): CityYearCount[] =>
            at(withKeyword, t) > 0 ? [[code, year, at(withKeyword, t)]] : [],
          ),
        ),
        planted: Object.fromEntries(
          firmFaultKinds.flatMap((kind) => {
            const kept = found.get(kind);
            if (kept === undefined) return [];
            const planted = [...kept.cells].map(([cell, count]) => [...cell.split(',').map(Number), count]);
            return [[kind, { lines: kept.lines, cells: planted }]];
          }),
        ),
      };
    },
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

const none: ReadonlySet<FirmFaultKind> = new Set();

/** One of the kinds that are switched on, or none. */
function chosen<K extends FirmFaultKind>(
  kinds: readonly K[],
  rate: number,
  choices: RandomStream,
  on: ReadonlySet<FirmFaultKind>,
): K | null {
  const kind = kinds[Math.floor(choices.integer(1000) / rate)];
  return kind !== undefined && on.has(kind) ? kind : null;
}

type Field = keyof FirmCells;
const plainFields = ['name', 'uscc', 'founded', 'status', 'province', 'city', 'scope', 'industry'] as const;
const wideFields = [
  'name',
  'former',
  'status',
  'uscc',
  'capital',
  'founded',
  'province',
  'city',
  'district',
  'type',
  'insured',
  'address',
  'scope',
  'industry',
] as const;

function headerOf(field: Field): string {
  return registryHeaders[field === 'former' ? 'formerNames' : field][0];
}

/** The street of every address of a city. */
function streetOf({ provinceZh, nameZh }: FaultCity): string {
  return `${provinceZh === nameZh ? '' : provinceZh}${nameZh}人民路`;
}

const houses = Array.from({ length: 997 }, (_, i) => `${1 + i}号`);
const insuredTexts = Array.from({ length: 40 }, (_, i) => String(i));
const capitals = Array.from({ length: 50 }, (_, i) => `${(1 + i) * 10}万元人民币`);

/** The cells of a clean row by field. */
function cellsOf(
  cells: readonly string[],
  street: string,
  { index, isWide }: { index: number; isWide: boolean },
): FirmCells {
  return {
    name: at(cells, 0),
    former: '',
    uscc: at(cells, 1),
    founded: at(cells, 2),
    status: at(cells, 3),
    province: at(cells, 4),
    city: at(cells, 5),
    district: '',
    address: isWide ? `${street}${at(houses, index % 997)}` : '',
    type: isWide ? '有限责任公司(自然人投资或控股)' : '',
    insured: isWide ? (index % 7 === 0 ? '-' : at(insuredTexts, index % 40)) : '',
    capital: isWide ? at(capitals, index % 50) : '',
    scope: at(cells, 6),
    industry: at(cells, 7),
  };
}

/** The texts of a row, in the order of `plainFields` or of `wideFields`: read one by one, which is faster than by name. */
function textsOf(c: FirmCells, isWide: boolean): string[] {
  if (!isWide) return [c.name, c.uscc, c.founded, c.status, c.province, c.city, c.scope, c.industry];
  return [
    c.name,
    c.former,
    c.status,
    c.uscc,
    c.capital,
    c.founded,
    c.province,
    c.city,
    c.district,
    c.type,
    c.insured,
    c.address,
    c.scope,
    c.industry,
  ];
}

/** What cuts a cell: it stands in quotes then. */
const cutting = /[",\t\n]/;

/** @param isPlain nothing in the row cuts a cell, which is known of the words of clean rows */
function rowText(texts: readonly string[], delimiter: string, isPlain: boolean): string {
  const whole =
    isPlain || !cutting.test(texts.join(''))
      ? texts
      : texts.map((cell) => (cutting.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${whole.join(delimiter)}\n`;
}
