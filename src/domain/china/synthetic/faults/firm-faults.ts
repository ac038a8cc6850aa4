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
  const outs = files.map((_, f) => ({ text: '', line: 1, rows: 0, file: f }));
  const found = new Map<FirmFaultKind, { lines: Record<string, number[]>; cells: Map<string, number> }>();
  const total = cities.reduce((sum, city) => sum + sumOf(city.withKeyword) + sumOf(city.decoys), 0);
  const cut = files.length > 1 ? Math.ceil(total * 0.6) : total;
  const overlap = files.length > 1 ? Math.min(exportLimit, Math.ceil(total * overlapPart)) : 0;
  const copies: { readonly due: number; readonly text: string; readonly firm: CleanFirm }[] = [];
  let index = 0;
  let serial = Math.floor(setup.stream / 10_000) * serialSpan + serialSpan / 2;

  const put = (text: string, f: number): number => {
    const out = at(outs, f);
    const { line } = out;
    out.text += text;
    out.rows++;
    out.line++;
    for (let p = text.indexOf('\n'); p < text.length - 1; p = text.indexOf('\n', p + 1)) out.line++;
    if (out.text.length > blockLength) hand(out);
    return line;
  };
  const hand = (out: { text: string; file: number }): void => {
    flush(out.text, out.file);
    out.text = '';
  };
  const note = (kind: FirmFaultKind, f: number, line: number, { place, year }: CleanFirm): void => {
    const kept = found.get(kind) ?? { lines: {}, cells: new Map<string, number>() };
    found.set(kind, kept);
    const file = at(files, f);
    kept.lines[file] = [...(kept.lines[file] ?? []), line];
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
      const cells = cellsOf(firm, index, isWide);
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
      const text = rowText(cells, fields, delimiter);
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
        copies.push({ due: index + 1 + random.integer(copyDelay), text: rowText(again, fields, delimiter), firm });
      }
      if (extra !== null && clean !== null) {
        const row = firmExtras[extra](clean, { ...context, serial: serial++ });
        if (row !== null) note(extra, f, put(rowText(row, fields, delimiter), f), firm);
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

function cellsOf({ cells, place }: CleanFirm, index: number, isWide: boolean): FirmCells {
  const [name = '', uscc = '', founded = '', status = '', province = '', city = '', scope = '', industry = ''] = cells;
  const region = place.provinceZh === place.nameZh ? '' : place.provinceZh;
  return {
    name,
    former: '',
    uscc,
    founded,
    status,
    province,
    city,
    district: '',
    address: isWide ? `${region}${place.nameZh}人民路${1 + (index % 997)}号` : '',
    type: isWide ? '有限责任公司(自然人投资或控股)' : '',
    insured: isWide ? (index % 7 === 0 ? '-' : String(index % 40)) : '',
    capital: isWide ? `${(1 + (index % 50)) * 10}万元人民币` : '',
    scope,
    industry,
  };
}

function rowText(cells: FirmCells, fields: readonly Field[], delimiter: string): string {
  let text = '';
  for (const [i, field] of fields.entries()) {
    const cell = cells[field];
    text += i === 0 ? '' : delimiter;
    text += /[",\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${text}\n`;
}
