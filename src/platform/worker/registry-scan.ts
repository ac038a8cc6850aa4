import { availableParallelism } from 'node:os';
import type { LedgerLine, LedgerRule } from '../../data/clean/ledger.ts';
import type { TableFile } from '../../data/panel/contract.ts';
import { firmCells } from '../../domain/china/registry/firm-cells.ts';
import { cityOf, yearOf } from '../../domain/china/registry/firm-record.ts';
import type { RegistryField } from '../../domain/china/registry/registry-columns.ts';
import type {
  FirmScan,
  FirmScanner,
  PlaceTables,
  RegistryAccount,
  SampledFirm,
  ScanRules,
} from '../../domain/china/registry/scan-contract.ts';
import { examplesKept, type RowCounts } from '../../domain/china/registry/scan-rows.ts';
import {
  addTally,
  type ExampleKind,
  emptyTally,
  runSpan,
  type Tally,
} from '../../domain/china/registry/settle-firms.ts';
import { at } from '../../error/at.ts';
import type { SheetReader } from '../../study/ports.ts';
import { scratchFolder } from '../store/scratch.ts';
import type { KeptFiles } from './kept-files.ts';
import type { ReadFiles } from './read-files.ts';
import { openRegistryFile, type RegistryFile } from './registry-file.ts';
import { openThread, type ThreadHandle } from './registry-pool.ts';
import { findRows } from './registry-rows.ts';
import { partitions, type SpilledFirms } from './registry-thread.ts';
import { type ScannedParts, scanParts } from './scan-parts.ts';
import { isDelimited, sheetTexts } from './sheet-text.ts';

/** Bytes of a part: large enough to hide its start, small enough that threads end together and memory stays flat. */
const usualPart = 1 << 22;
/** Bytes of a file that is read by itself for which a thread is started: a smaller one is read before that is done. */
const worthThread = 1 << 26;

export interface ScannerOptions {
  /** Null: all. */
  readonly threads: number | null;
  readonly partBytes?: number;
  readonly onBytes?: (done: number, all: number) => void;
  /** Reads workbooks and other typed files; without it they are refused. */
  readonly sheets?: SheetReader;
  /** A folder that keeps what was read of each file, for a run after one that was stopped; left out: nothing is kept. */
  readonly kept?: KeptFiles;
  /** More than one thread without workers, for tests from source. */
  readonly isInside?: boolean;
}

/** Scans registry tables on all cores: see docs/methods/registry.md. */
export function firmScanner(options: ScannerOptions): FirmScanner {
  return {
    scan: async (inputs, rules, places) => {
      const scratch = scratchFolder('registry');
      try {
        return await scanIn(scratch.folder, inputs, { rules, places, options });
      } finally {
        scratch.remove();
      }
    },
  };
}

interface ScanSettings {
  readonly rules: ScanRules;
  readonly places: PlaceTables;
  readonly options: ScannerOptions;
}

async function scanIn(folder: string, inputs: readonly TableFile[], settings: ScanSettings): Promise<FirmScan> {
  const { rules, places, options } = settings;
  const { kept } = options;
  if (kept === undefined) {
    const files = await openTexts(folder, inputs, options);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const threads = openThreads(folder, files, settings);
    try {
      const read = await readFiles(files, threads, options, (done) => options.onBytes?.(done, size));
      return assemble(read, await settled(read, threads, rules), rules);
    } finally {
      await Promise.all(threads.map((thread) => thread.close()));
    }
  }
  const all: ReadFiles[] = [];
  const keys = await kept.keysOf(inputs, [rules, places]);
  for (const [i, input] of inputs.entries()) {
    const key = at(keys, i);
    const found = kept.find(key);
    if (found !== null) {
      all.push(found);
      continue;
    }
    const own = kept.begin(key);
    const files = await openTexts(own, [input], options);
    const threads = openThreads(own, files, { ...settings, isKept: true });
    try {
      const read = await readFiles(files, threads, options, () => undefined);
      await kept.keep(key, read);
      all.push(read);
    } finally {
      await Promise.all(threads.map((thread) => thread.close()));
    }
  }
  kept.told(all.length);
  const read = joined(all);
  const threads = openThreads(folder, read.files, settings);
  try {
    return assemble(read, await settled(read, threads, rules), rules);
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

async function openTexts(
  folder: string,
  inputs: readonly TableFile[],
  { sheets }: ScannerOptions,
): Promise<RegistryFile[]> {
  const files: RegistryFile[] = [];
  for (const input of inputs) {
    const texts = isDelimited(input.name) ? [input] : await sheetTexts(input, folder, sheets);
    files.push(...texts.map(({ path, name }) => openRegistryFile(path, name)));
  }
  return files;
}

function openThreads(
  folder: string,
  files: readonly RegistryFile[],
  { rules, places, options, isKept = false }: ScanSettings & { readonly isKept?: boolean },
): readonly ThreadHandle[] {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const wanted = options.threads ?? availableParallelism();
  const count = Math.max(
    1,
    Math.min(wanted, Math.ceil(size / (options.partBytes ?? (isKept ? worthThread : usualPart)))),
  );
  // Run from source (tests), there is no compiled worker to start.
  const isInside = options.isInside === true || count === 1 || import.meta.url.endsWith('.ts');
  return Array.from({ length: count }, (_, thread) =>
    openThread({ files, rules, places, folder, thread, isKept }, isInside),
  );
}

async function readFiles(
  files: readonly RegistryFile[],
  threads: readonly ThreadHandle[],
  { partBytes = usualPart }: ScannerOptions,
  onBytes: (done: number) => void,
): Promise<ReadFiles> {
  const scanned = await scanParts(files, threads, partBytes, onBytes);
  const spilled: SpilledFirms[] = [];
  for (const thread of threads) spilled.push(await thread.finish());
  return { files, scanned, spilled };
}

async function settled(
  { scanned, spilled }: ReadFiles,
  threads: readonly ThreadHandle[],
  rules: ScanRules,
): Promise<Tally> {
  const tallies = await Promise.all(
    threads.map((thread, i) => {
      const own = Array.from({ length: partitions }, (_, p) => p).filter((p) => p % threads.length === i);
      return thread.settle({ partitions: own, spilled, runOrder: scanned.runOrder });
    }),
  );
  const tally = emptyTally(rules.keywords.length);
  for (const other of tallies) addTally(tally, other, rules.sample);
  return tally;
}

/** Files that were read one by one, as if they had been read together. */
function joined(all: readonly ReadFiles[]): ReadFiles {
  const files: RegistryFile[] = [];
  const parts: ScannedParts['parts'][number][] = [];
  const runOrder: number[] = [];
  const spilled: SpilledFirms[] = [];
  for (const one of all) {
    const [fileBase, partBase, runBase] = [files.length, parts.length, runOrder.length];
    files.push(...one.files);
    for (const part of one.scanned.parts) {
      const file = part.file + fileBase;
      parts.push({ ...part, file, task: { ...part.task, file } });
    }
    for (const order of one.scanned.runOrder) runOrder.push(order < 0 ? -1 : order + partBase);
    spilled.push(...one.spilled.map((firms) => ({ ...firms, runBase })));
  }
  return { files, scanned: { parts, runOrder: Int32Array.from(runOrder) }, spilled };
}

function assemble({ files, scanned }: ReadFiles, tally: Tally, rules: ScanRules): FirmScan {
  const { parts } = scanned;
  const keywords = rules.keywords.length;
  const cells = firmCells(tally, { count: rules.counting.count, keywords, lastYear: rules.lastYear });
  const examples = ledgerExamples(scanned, tally);
  const orders = [...examples.map(({ order }) => order), ...tally.sample.map(({ order }) => order)];
  const found = findRows(files, parts, orders);
  return {
    keywords: rules.keywords,
    cells,
    byKeyword: rules.keywords.flatMap((_, keyword) =>
      Array.from(tally.byKeyword.subarray(keyword * 256, keyword * 256 + 256), (firms, year) => ({
        keyword,
        year: 1900 + year,
        firms,
      })).filter(({ firms }) => firms > 0),
    ),
    only: rules.keywords.map((_, k) => [...tally.cells.values()].reduce((sum, counts) => sum + at(counts, 2 + k), 0)),
    account: accountOf(files, scanned, tally),
    sample: tally.sample.map((drawn) => sampledFirm(drawn, found, rules)),
    ledger: examples.flatMap(({ order, kind }) => ledgerLine(order, kind, found)),
  };
}

function accountOf(files: readonly RegistryFile[], { parts }: ScannedParts, tally: Tally): RegistryAccount {
  const sum = (key: 'rows' | 'broken' | 'trapped' | 'denied' | 'hitRows', file?: number): number =>
    parts.reduce((total, part) => total + (file === undefined || part.file === file ? part.result.counts[key] : 0), 0);
  return {
    files: files.map(({ name, encoding, delimiter }, f) => ({
      path: name,
      rows: sum('rows', f),
      encoding,
      delimiter: String.fromCharCode(delimiter),
    })),
    rows: sum('rows'),
    broken: sum('broken'),
    trapped: sum('trapped'),
    denied: sum('denied'),
    hitRows: sum('hitRows'),
    duplicates: tally.duplicates,
    firms: tally.firms,
    counted: tally.counted,
    leftOut: tally.leftOut,
    codes: { missing: tally.codesMissing, malformed: tally.codesMalformed, checkDigit: tally.codesCheckDigit },
    closedWithoutDate: tally.closedWithoutDate,
  };
}

type Kind = ExampleKind | 'broken' | 'trapped' | 'denied';

/** The first rows of each kind of trouble over all parts, in file order. */
function ledgerExamples({ parts }: ScannedParts, tally: Tally): { order: number; kind: Kind }[] {
  const ofParts = (kind: Kind, places: (counts: RowCounts) => readonly number[]): { order: number; kind: Kind }[] =>
    parts
      .flatMap(({ result }, index) => places(result.counts).map((place) => ({ order: index * runSpan + place, kind })))
      .slice(0, examplesKept);
  // The keys are the kinds of the record's type.
  const settled = (Object.entries(tally.examples) as [ExampleKind, number[]][]).flatMap(([kind, orders]) =>
    orders.map((order) => ({ order, kind })),
  );
  return [
    ...settled,
    ...ofParts('broken', ({ brokenAt }) => brokenAt),
    ...ofParts('trapped', ({ trappedAt }) => trappedAt),
    ...ofParts('denied', ({ deniedAt }) => deniedAt),
  ].sort((a, b) => a.order - b.order || a.kind.localeCompare(b.kind));
}

const ledgerRule: Readonly<Record<Kind, LedgerRule>> = {
  duplicate: 'registry-duplicate',
  date: 'registry-date',
  unplaced: 'registry-unplaced',
  code: 'registry-code',
  broken: 'unreadable',
  trapped: 'registry-excluded',
  denied: 'registry-excluded',
};
/** The cell that tells, the first one that is not empty. */
const tellingFields: Readonly<Record<Kind, readonly RegistryField[]>> = {
  duplicate: ['uscc', 'name'],
  date: ['founded'],
  unplaced: ['city', 'address', 'uscc', 'name'],
  code: ['uscc'],
  broken: [],
  trapped: ['scope', 'name'],
  denied: ['scope', 'name'],
};

function ledgerLine(order: number, kind: Kind, found: ReturnType<typeof findRows>): LedgerLine[] {
  const row = found.get(order);
  if (row === undefined) return [];
  const fields = tellingFields[kind];
  const field = fields.find((one) => row.text(one) !== '') ?? fields[0];
  const before = field === undefined ? row.row : row.text(field);
  return [
    {
      file: row.file.name,
      sheet: null,
      row: row.line,
      column: field === undefined ? null : row.column(field),
      before,
      // A wrong code is flagged and kept; all others leave the row out.
      after: kind === 'code' ? before : null,
      rule: ledgerRule[kind],
      place: null,
      year: null,
      indicator: null,
    },
  ];
}

function sampledFirm(
  drawn: Tally['sample'][number],
  found: ReturnType<typeof findRows>,
  { keywords }: ScanRules,
): SampledFirm {
  const row = found.get(drawn.order);
  return {
    file: row?.file.name ?? '',
    line: row?.line ?? 0,
    uscc: row?.text('uscc') ?? '',
    name: row?.text('name') ?? '',
    scope: row?.text('scope') ?? '',
    city: cityOf(drawn.place),
    year: yearOf(drawn.place),
    keywords: keywords.flatMap(({ word }, k) => (((at(drawn.mask, k >>> 5) >>> (k & 31)) & 1) === 1 ? [word] : [])),
  };
}
