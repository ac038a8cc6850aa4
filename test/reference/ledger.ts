import { expect } from 'vitest';

/** One number of another program beside ours. */
interface Entry {
  readonly source: string;
  readonly item: string;
  readonly number: string;
  readonly difference: number;
  readonly tolerance: number;
}

/** Collects comparisons, fails on the first that is off, and prints case x number x largest difference at the end. */
export interface Ledger {
  readonly compare: (place: readonly [source: string, item: string, number: string], pair: Pair) => void;
  readonly table: () => string;
  readonly count: () => number;
}

interface Pair {
  readonly ours: number | null | undefined;
  readonly theirs: number;
  /** Largest relative difference. */
  readonly tolerance: number;
  /** Difference relative to this instead of `theirs`: for numbers that are differences of large ones. */
  readonly scale?: number;
}

export function openLedger(): Ledger {
  const entries: Entry[] = [];
  return {
    compare: ([source, item, number], { ours, theirs, tolerance, scale }) => {
      const difference = Math.abs((ours ?? Number.NaN) - theirs) / Math.max(Math.abs(scale ?? theirs), 1e-300);
      entries.push({ source, item, number, difference, tolerance });
      const words = `${source}, ${item}, ${number}: ${ours} is not ${theirs} (off by ${difference})`;
      expect(difference, words).toBeLessThanOrEqual(tolerance);
    },
    table: () => tableOf(entries),
    count: () => entries.length,
  };
}

function tableOf(entries: readonly Entry[]): string {
  const rows = new Map<string, { count: number; worst: number; tolerance: number }>();
  for (const { source, item, number, difference, tolerance } of entries) {
    const key = `${source.padEnd(22)} ${item.padEnd(44)} ${number.padEnd(26)}`;
    const row = rows.get(key) ?? { count: 0, worst: 0, tolerance: 0 };
    row.count += 1;
    row.worst = Math.max(row.worst, difference);
    row.tolerance = Math.max(row.tolerance, tolerance);
    rows.set(key, row);
  }
  const lines = [...rows].map(
    ([key, { count, worst, tolerance }]) =>
      `${key} ${String(count).padStart(6)} ${worst.toExponential(1).padStart(9)} ${tolerance.toExponential(0).padStart(7)}`,
  );
  const head = `${'source'.padEnd(22)} ${'case'.padEnd(44)} ${'number'.padEnd(26)}  count     worst allowed`;
  return [head, ...lines].join('\n');
}
