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
import { openRegistryFile, type RegistryFile } from './registry-file.ts';
import { openThread } from './registry-pool.ts';
import { findRows } from './registry-rows.ts';
import { partitions, type SpilledFirms } from './registry-thread.ts';
import { type ScannedParts, scanParts } from './scan-parts.ts';
import { isDelimited, sheetTexts } from './sheet-text.ts';

/** Bytes of a part: large enough to hide its start, small enough that threads end together and memory stays flat. */
const usualPart = 1 << 22;

export interface ScannerOptions {
  /** Null: all. */
  readonly threads: number | null;
  readonly partBytes?: number;
  readonly onBytes?: (done: number, all: number) => void;
  /** Reads workbooks and other typed files; without it they are refused. */
  readonly sheets?: SheetReader;
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

async function scanIn(
  folder: string,
  inputs: readonly TableFile[],
  { rules, places, options }: { rules: ScanRules; places: PlaceTables; options: ScannerOptions },
): Promise<FirmScan> {
  const files: RegistryFile[] = [];
  for (const input of inputs) {
    const texts = isDelimited(input.name) ? [input] : await sheetTexts(input, folder, options.sheets);
    files.push(...texts.map(({ path, name }) => openRegistryFile(path, name)));
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const partBytes = options.partBytes ?? usualPart;
  const wanted = options.threads ?? availableParallelism();
  const count = Math.max(1, Math.min(wanted, Math.ceil(size / partBytes)));
  // Run from source (tests), there is no compiled worker to start.
  const isInside = options.isInside === true || count === 1 || import.meta.url.endsWith('.ts');
  const threads = Array.from({ length: count }, (_, thread) =>
    openThread({ files, rules, places, folder, thread }, isInside),
  );
  try {
    const scanned = await scanParts(files, threads, partBytes, (done) => options.onBytes?.(done, size));
    const spilled: SpilledFirms[] = [];
    for (const thread of threads) spilled.push(await thread.finish());
    const tallies = await Promise.all(
      threads.map((thread, i) => {
        const own = Array.from({ length: partitions }, (_, p) => p).filter((p) => p % count === i);
        return thread.settle({ partitions: own, spilled, runOrder: scanned.runOrder });
      }),
    );
    const tally = emptyTally(rules.keywords.length);
    for (const other of tallies) addTally(tally, other, rules.sample);
    return assemble(files, scanned, tally, rules);
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

function assemble(files: readonly RegistryFile[], scanned: ScannedParts, tally: Tally, rules: ScanRules): FirmScan {
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
