import type { LossReason } from '../../contract.ts';
import { type EventClock, rowStates } from './clock.ts';
import { eventFault } from './faults.ts';

/**
 * Takes the mark off rows that say nothing: those without a time, and those of units whose treatment is older than the data. The same
 * whatever else a model has.
 * @param rows row of every mark; null: mark i is that of row i.
 */
export function markUndated({ state }: EventClock, isUsable: Uint8Array, rows: Int32Array | null): void {
  for (let i = 0; i < isUsable.length; i++) {
    const own = state[rows === null ? i : rows[i]];
    if (own === rowStates.missing || own === rowStates.before) isUsable[i] = 0;
  }
}

/**
 * Of `sunab`: takes the mark off cohorts that are treated on every usable row, and, where nobody is left untreated, off all rows from the
 * treatment of the last cohort on, which then is the control (Sun and Abraham 2021, section 4.1).
 * @param isUsable marks of all else that the model has.
 * @throws event-design where nobody is left to compare with
 */
export function markUncompared(clock: EventClock, isUsable: Uint8Array, rows: Int32Array | null, where: string): void {
  const { factor, cohorts, labels, relative, times, starts } = clock;
  if (factor.form === 'event') return;
  const [hasBefore, hasAfter] = [new Uint8Array(labels.length), new Uint8Array(labels.length)];
  let hasNever = false;
  for (let i = 0; i < isUsable.length; i++) {
    if (isUsable[i] === 0) continue;
    const row = rows === null ? i : rows[i];
    const code = cohorts[row];
    if (code < 0) hasNever = true;
    else if (relative[row] < 0) hasBefore[code] = 1;
    else hasAfter[code] = 1;
  }
  const switching = labels.flatMap((_, code) => (hasBefore[code] === 1 && hasAfter[code] === 1 ? [code] : []));
  const isCompared =
    hasNever ||
    factor.options.cohorts.length > 0 ||
    labels.some((_, code) => hasBefore[code] === 1 && hasAfter[code] === 0);
  const last = isCompared ? null : (switching.at(-1) ?? null);
  if (last !== null && (switching.length < 2 || times === null)) {
    throw eventFault(
      where,
      'no-controls',
      factor.cohort ?? factor.period,
      switching.map((code) => labels[code]),
    );
  }
  for (let i = 0; i < isUsable.length; i++) {
    const row = rows === null ? i : rows[i];
    const code = cohorts[row];
    const isAlways = code >= 0 && hasBefore[code] === 0;
    const isLate = last !== null && times !== null && times[row] >= starts[last];
    if (isAlways || isLate) isUsable[i] = 0;
  }
}

/** Why a row that meets all else that a model asks was left out. @param kept whether the cohort has rows in the sample */
export function eventLoss(
  { state, cohorts, relative }: EventClock,
  row: number,
  kept: (cohort: number) => boolean,
): LossReason {
  if (state[row] === rowStates.before) return 'always_treated';
  const code = cohorts[row];
  return code >= 0 && relative[row] >= 0 && !kept(code) ? 'always_treated' : 'last_treated';
}
