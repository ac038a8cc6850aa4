const daySeconds = 86_400n;
const nanosInSecond = 1_000_000_000n;

/** A moment as the engine writes it: `2001-02-03 04:05:06.5`; seconds keep the digits that they have. @param nanos from 1970, UTC */
export function momentText(nanos: bigint): string {
  const seconds = floorDivided(nanos, nanosInSecond);
  const rest = nanos - seconds * nanosInSecond;
  const days = floorDivided(seconds, daySeconds);
  const date = new Date(Number(days) * 86_400_000).toISOString().slice(0, 10);
  const clock = new Date(Number(seconds - days * daySeconds) * 1000).toISOString().slice(11, 19);
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(9, '0').replace(/0+$/, '')}`;
  return `${date} ${clock}${fraction}`;
}

function floorDivided(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value < 0n && whole * by !== value ? whole - 1n : whole;
}

/** A cell that is no number as text; null for a missing one. */
export function cellTextOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'object')
    return JSON.stringify(cell, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  return String(cell);
}
