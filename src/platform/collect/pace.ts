import type { PaceRules } from '../../domain/china/registry/collect/contract.ts';
import { at } from '../../error/at.ts';

/** Time as a collection sees it; tests have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
};

const dayMs = 86_400_000;

/** Milliseconds until the next request may go out, after those at `asks`. A clock that was set back costs one interval at most. */
export function waitForTurn(asks: readonly number[], now: number, { perSecond }: PaceRules): number {
  const last = asks.at(-1);
  const interval = 1000 / perSecond;
  return last === undefined ? 0 : Math.min(interval, Math.max(0, last + interval - now));
}

/** Requests of the API's present day. `asks` are in the order of time. */
export function asksToday(asks: readonly number[], now: number, { utcOffsetHours }: PaceRules): number {
  const today = dayNumber(now, utcOffsetHours);
  let count = 0;
  for (let i = asks.length - 1; i >= 0 && dayNumber(at(asks, i), utcOffsetHours) >= today; i--) count++;
  return count;
}

/** `2026-03-02 00:00 (UTC+8)`: when the API's next day begins. */
export function nextDayText(now: number, rules: PaceRules): string {
  const start = (dayNumber(now, rules.utcOffsetHours) + 1) * dayMs - rules.utcOffsetHours * 3_600_000;
  return timeText(start, rules);
}

/** A point of time in the API's own time zone, to the minute. */
export function timeText(at: number, { utcOffsetHours }: PaceRules): string {
  const local = new Date(at + utcOffsetHours * 3_600_000).toISOString();
  const sign = utcOffsetHours < 0 ? '-' : '+';
  return `${local.slice(0, 10)} ${local.slice(11, 16)} (UTC${sign}${Math.abs(utcOffsetHours)})`;
}

function dayNumber(at: number, utcOffsetHours: number): number {
  return Math.floor((at + utcOffsetHours * 3_600_000) / dayMs);
}
