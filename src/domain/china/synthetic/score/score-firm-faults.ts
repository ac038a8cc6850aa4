import type { FirmCell, FirmScan, LeftOut } from '../../registry/scan-contract.ts';
import {
  type CityYearCount,
  type FirmFaultKey,
  type FirmFaultKind,
  firmFaultKinds,
  type PlantedRows,
} from '../faults/firm-key.ts';

/** How a scan did on one kind of dirt. Recall is correct / planted, precision correct / found. */
export interface FirmFaultScore {
  /** `unasked`: found where nothing was planted. `ai_counts`: cells of city and year against the clean layer's. */
  readonly kind: FirmFaultKind | 'unasked' | 'ai_counts';
  readonly planted: number;
  readonly found: number;
  readonly correct: number;
}

/** A city and year whose count is not the clean layer's. */
export interface WrongCount {
  readonly city: number;
  readonly year: number;
  readonly wanted: number;
  readonly got: number;
}

/**
 * Scores a scan of the synthetic registry against its answer key, under the rules of counting that the key is made for: a
 * flow, all firms, keywords as listed.
 *
 * A kind that has a count in the account is found as often as the account says, kinds that share one count by their part
 * of it; lines of the ledger that stand where the kind was not planted are falsely found. A kind that leaves no trace there
 * (a date in another form, a trap that is none) is found where it did no harm: in cities and years whose count is right.
 */
export function scoreFirmFaults(
  scan: Pick<FirmScan, 'account' | 'ledger' | 'cells'>,
  key: FirmFaultKey,
): { rows: FirmFaultScore[]; wrong: WrongCount[] } {
  const cells = compareCounts(scan.cells, key.counts);
  const isWrong = new Set(cells.wrong.map(({ city, year }) => `${city} ${year}`));
  const rows: FirmFaultScore[] = [];
  for (const kind of firmFaultKinds) {
    const planted = key.planted[kind];
    if (kind === 'encoding') rows.push(...scoreFiles(kind, scan, key, 'utf-8'));
    else if (kind === 'delimiter') rows.push(...scoreFiles(kind, scan, key, ','));
    else if (planted !== undefined) rows.push({ kind, ...scoreKind(kind, planted, scan, key, isWrong) });
  }
  const { account } = scan;
  const unasked =
    account.broken +
    unaskedReasons.reduce((sum, reason) => sum + account.leftOut[reason], 0) +
    traces.reduce((sum, trace) => sum + (plantedOf(trace.kinds, key) === 0 ? trace.count(scan, key) : 0), 0);
  if (unasked > 0) rows.push({ kind: 'unasked', planted: 0, found: unasked, correct: 0 });
  rows.push({ kind: 'ai_counts', planted: key.counts.length, found: cells.found, correct: cells.right });
  return { rows, wrong: cells.wrong };
}

type Scan = Pick<FirmScan, 'account' | 'ledger' | 'cells'>;
const unaskedReasons: readonly LeftOut[] = ['struck-off', 'branch', 'individual', 'no-date', 'bad-date', 'unplaced'];

/** A count of the account with the kinds that it counts, and the rule under which the ledger shows first rows of it. */
interface Trace {
  readonly kinds: readonly FirmFaultKind[];
  readonly rule: string;
  readonly count: (scan: Scan, key: FirmFaultKey) => number;
}

const traces: readonly Trace[] = [
  {
    kinds: ['duplicate-row', 'overlap'],
    rule: 'registry-duplicate',
    count: ({ account }) => account.duplicates,
  },
  { kinds: ['date-ancient'], rule: 'registry-date', count: ({ account }) => account.leftOut.early },
  {
    kinds: ['date-future'],
    rule: 'registry-date',
    // Without a day of export a later founding counts under its own year, behind the panel.
    count: ({ account, cells }, key) => {
      const last = lastYear(key.counts);
      const behind = cells.reduce((sum, { year, firms }) => sum + (year > last ? firms : 0), 0);
      return account.leftOut.late + behind;
    },
  },
  { kinds: ['code-check-digit'], rule: 'registry-code', count: ({ account }) => account.codes.checkDigit },
  { kinds: ['code-cut'], rule: 'registry-code', count: ({ account }) => account.codes.malformed },
  { kinds: ['code-missing'], rule: '', count: ({ account }) => account.codes.missing },
  { kinds: ['keyword-trap'], rule: 'registry-excluded', count: ({ account }) => account.trapped },
  { kinds: ['negation'], rule: 'registry-excluded', count: ({ account }) => account.denied },
];

function scoreKind(
  kind: FirmFaultKind,
  rows: PlantedRows,
  scan: Scan,
  key: FirmFaultKey,
  isWrong: ReadonlySet<string>,
): Omit<FirmFaultScore, 'kind'> {
  const planted = rows.cells.reduce((sum, [, , count]) => sum + count, 0);
  const trace = traces.find(({ kinds }) => kinds.includes(kind));
  if (trace === undefined) {
    const harmed = rows.cells.reduce((sum, [city, year, n]) => sum + (isWrong.has(`${city} ${year}`) ? n : 0), 0);
    return { planted, found: planted - harmed, correct: planted - harmed };
  }
  const all = plantedOf(trace.kinds, key);
  const found = Math.round((trace.count(scan, key) * planted) / all);
  return { planted, found, correct: Math.max(0, Math.min(planted, found) - falseLines(trace.rule, scan, key)) };
}

/** Lines of the ledger under a rule that stand on no row where a kind of the rule was planted. */
function falseLines(rule: string, scan: Scan, key: FirmFaultKey): number {
  const kinds = traces.filter((trace) => trace.rule === rule).flatMap((trace) => trace.kinds);
  const places = new Set(
    kinds.flatMap((kind) =>
      Object.entries(key.planted[kind]?.lines ?? {}).flatMap(([file, lines]) => lines.map((line) => `${file} ${line}`)),
    ),
  );
  return scan.ledger.filter((line) => line.rule === rule && !places.has(`${line.file} ${line.row}`)).length;
}

function plantedOf(kinds: readonly FirmFaultKind[], { planted }: FirmFaultKey): number {
  return kinds.reduce((sum, kind) => sum + (planted[kind]?.cells.reduce((n, cell) => n + cell[2], 0) ?? 0), 0);
}

/** Files that are not as usual: named with what was found of them. */
function scoreFiles(
  kind: 'encoding' | 'delimiter',
  { account }: Scan,
  { files }: FirmFaultKey,
  usual: string,
): FirmFaultScore[] {
  const unusual = (list: readonly [file: string, form: string][]): string[] =>
    list.flatMap(([file, form]) => (form.replace('-bom', '') === usual ? [] : [`${file} ${form}`]));
  const planted = unusual(files.map((file) => [file.file, file[kind]]));
  const found = unusual(account.files.map((file) => [file.path, file[kind]]));
  if (planted.length + found.length === 0) return [];
  const correct = found.filter((name) => planted.includes(name)).length;
  return [{ kind, planted: planted.length, found: found.length, correct }];
}

function lastYear(counts: readonly CityYearCount[]): number {
  return counts.reduce((last, [, year]) => Math.max(last, year), 0);
}

/** Counts of cities and years between the first and the last year of the key. */
function compareCounts(
  got: readonly FirmCell[],
  wanted: readonly CityYearCount[],
): { found: number; right: number; wrong: WrongCount[] } {
  const first = wanted.reduce((least, [, year]) => Math.min(least, year), Number.POSITIVE_INFINITY);
  const last = lastYear(wanted);
  const counts = new Map(
    wanted.map(([city, year, firms]) => [`${city} ${year}`, { city, year, wanted: firms, got: 0 }]),
  );
  let found = 0;
  for (const { city, year, firms } of got) {
    if (city === 0 || year < first || year > last || firms === 0) continue;
    found++;
    const name = `${city} ${year}`;
    const cell = counts.get(name) ?? { city, year, wanted: 0, got: 0 };
    counts.set(name, { ...cell, got: firms });
  }
  const wrong = [...counts.values()].filter((cell) => cell.got !== cell.wanted);
  return { found, right: [...counts.values()].filter((cell) => cell.got === cell.wanted).length, wrong };
}
