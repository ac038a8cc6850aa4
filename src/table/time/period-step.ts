import type { TimeUnit } from './calendar.ts';
import { timeUnits } from './calendar.ts';

/** One period as it was declared: every so many units. */
export interface PeriodStep {
  readonly every: number;
  /** Null: the unit that the column counts in. */
  readonly of: TimeUnit | null;
}

/** Units that one period may be declared in. */
export const stepUnits: readonly string[] = timeUnits.slice(1);

/** What one period is, as it is written: `5`, `month`, `2 weeks`; null for what is none. */
export function readPeriodStep(text: string): PeriodStep | null {
  const parts = /^\s*(\d+(?:\.\d+)?)?\s*([a-z]+?)?s?\s*$/i.exec(text);
  const every = Number(parts?.[1] ?? 1);
  const word = (parts?.[2] ?? '').toLowerCase();
  const of = timeUnits.find((known) => known !== 'number' && known === word) ?? null;
  if (parts === null || !(every > 0) || (word !== '' && of === null) || text.trim() === '') return null;
  // Half a month is no number of days.
  if (of !== null && !Number.isInteger(every)) return null;
  return { every, of };
}
