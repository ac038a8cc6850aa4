import { at } from '../../error/at.ts';
import type { Observation } from './observation.ts';

/** Values that differ from their neighbours in time by a power of ten: a proposal, never applied by itself. */
export interface UnitSlip {
  readonly indicator: string;
  /** The file, when every value of the proposal stands in one; else null. */
  readonly file: string | null;
  /** Null: the whole column of the file. */
  readonly place: number | null;
  readonly years: readonly [number, number];
  /** The values are about 10^power times what their neighbours say; 1 to 4, or -1 to -4. */
  readonly power: number;
  readonly cells: readonly Observation[];
}

/** A jump of the log by a whole power is a slip when it is this near to the power (raw-schema, unit changes). */
const nearPower = 0.15;
const highestPower = 4;
/** Price of a change of level, in powers of ten: a jump of 1 - nearPower is worth one. */
const changePrice = 0.5;
/** A power must stand out of the series' own noise by this many of its standard deviations. */
const clearOfNoise = 6;
/** A column of a file slipped as a whole when this share of its places did, alike. */
const columnShare = 0.5;

/**
 * Looks for slips of unit in smooth levels. In a series, a stretch of years is a slip when the log jumps by k on the way
 * in and by -k on the way out, one of the two nearly so; at an end of the series one jump has to do, and the shorter side is
 * the slip.
 * @param isSmooth which indicators are levels that move little from year to year
 */
export function findUnitSlips(
  observations: readonly Observation[],
  isSmooth: (indicator: string) => boolean,
): UnitSlip[] {
  const series = new Map<string, Observation[]>();
  for (const one of observations) {
    if (one.value === null || one.value <= 0 || !isSmooth(one.indicator)) continue;
    const key = `${one.indicator}|${one.place}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [one]);
    else list.push(one);
  }
  const slips = [...series.values()].flatMap((list) => slipsOfSeries(list.sort((a, b) => a.year - b.year)));
  return mergeColumns(slips, observations);
}

function slipsOfSeries(list: readonly Observation[]): UnitSlip[] {
  if (list.length < 4) return [];
  const logs = list.map(({ value }) => Math.log10(value ?? Number.NaN)); // null ones were left out above
  const jumps = logs.slice(1).map((log, i) => log - at(logs, i));
  if (jumps.every((jump) => powerOf(jump) === 0)) return [];
  const quiet = jumps.map((jump) => Math.abs(jump - powerOf(jump))).sort((a, b) => a - b);
  const noise = 1.4826 * at(quiet, Math.floor(quiet.length / 2));
  const levels = levelsOf(jumps, clearOfNoise * noise);
  const usual = commonest(levels);
  return stretchesBeside(logs, levels, usual).map(({ first, last, power }) => ({
    ...describe(list.slice(first, last + 1), power),
    place: at(list, 0).place,
  }));
}

/** The level of most years; of equals the one nearest to 0. */
function commonest(levels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  const [level] = at(
    [...counts].sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0])),
    0,
  );
  return level;
}

interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly power: number;
}

/**
 * Stretches of years off the usual level whose values, mended, are near to the year of the usual level before or behind. Of
 * those that are not, the one of the least power is given up first: its years count as usual then.
 */
function stretchesBeside(logs: readonly number[], given: readonly number[], usual: number): Stretch[] {
  const levels = [...given];
  for (;;) {
    const stretches: Stretch[] = [];
    for (let first = 0; first < levels.length; first++) {
      let last = first;
      while (last + 1 < levels.length && levels[last + 1] === levels[first]) last++;
      if (levels[first] !== usual) stretches.push({ first, last, power: at(levels, first) - usual });
      first = last;
    }
    const isNear = ({ first, last, power }: Stretch): boolean => {
      const before = levels.lastIndexOf(usual, first);
      const behind = levels.indexOf(usual, last);
      return (
        Math.abs(power) <= highestPower &&
        ((before >= 0 && Math.abs(at(logs, first) - power - at(logs, before)) < nearPower) ||
          (behind >= 0 && Math.abs(at(logs, last) - power - at(logs, behind)) < nearPower))
      );
    };
    const far = stretches.filter((one) => !isNear(one)).sort((a, b) => Math.abs(a.power) - Math.abs(b.power));
    const [least] = far;
    if (least === undefined) return stretches;
    levels.fill(usual, least.first, least.last + 1);
  }
}

/**
 * The level of each year in powers of ten against the first: the path with the least sum of what jumps are off their change
 * of level and of a price for each change. One jump that a real change blurs so does not shift all years behind it.
 * @param least a change of level is larger than this
 */
function levelsOf(jumps: readonly number[], least: number): number[] {
  const states = Array.from({ length: 4 * highestPower + 1 }, (_, i) => i - 2 * highestPower);
  let costs = states.map((level) => (level === 0 ? 0 : Number.POSITIVE_INFINITY));
  const origins = jumps.map((jump) => {
    const before = costs;
    const from = states.map((level, to) => {
      let best = to;
      let cost = at(before, to) + Math.abs(jump);
      for (const [other, state] of states.entries()) {
        const power = level - state;
        if (power === 0 || Math.abs(power) <= least || Math.abs(power) > 2 * highestPower) continue;
        const changed = (before[other] ?? Number.POSITIVE_INFINITY) + Math.abs(jump - power) + changePrice;
        if (changed < cost) [best, cost] = [other, changed];
      }
      return { best, cost };
    });
    costs = from.map(({ cost }) => cost);
    return from.map(({ best }) => best);
  });
  let state = costs.indexOf(Math.min(...costs));
  const levels = [at(states, state)];
  for (const origin of origins.reverse()) {
    state = at(origin, state);
    levels.push(at(states, state));
  }
  return levels.reverse();
}

/** The power of ten that a jump is nearly equal to; 0 for none. */
function powerOf(jump: number): number {
  const power = Math.round(jump);
  return Math.abs(power) <= highestPower && Math.abs(jump - power) < nearPower ? power : 0;
}

function describe(cells: readonly Observation[], power: number): Omit<UnitSlip, 'place'> {
  const { indicator, cell: first } = at(cells, 0);
  const { file } = first;
  const years = cells.map(({ year }) => year);
  return {
    indicator,
    file: cells.every(({ cell }) => cell.file === file) ? file : null,
    years: [Math.min(...years), Math.max(...years)],
    power,
    cells,
  };
}

/** Slips of most places in one column of one file and year become one proposal. */
function mergeColumns(slips: readonly UnitSlip[], observations: readonly Observation[]): UnitSlip[] {
  const columnOf = (one: Observation): string =>
    `${one.cell.file}|${one.cell.sheet}|${one.cell.column}|${one.indicator}|${one.year}`;
  const counts = new Map<string, number>();
  const slipped = new Set(slips.map(({ indicator }) => indicator));
  for (const one of observations) {
    if (one.value === null || !slipped.has(one.indicator)) continue;
    const key = columnOf(one);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const groups = new Map<string, Observation[]>();
  for (const { cells, power } of slips) {
    for (const cell of cells) {
      const key = `${power}|${columnOf(cell)}`;
      groups.set(key, [...(groups.get(key) ?? []), cell]);
    }
  }
  const whole: UnitSlip[] = [];
  const taken = new Set<Observation>();
  for (const [key, cells] of groups) {
    if (cells.length < 3 || cells.length < columnShare * (counts.get(columnOf(at(cells, 0))) ?? 0)) continue;
    whole.push({ ...describe(cells, Number(key.split('|')[0])), place: null });
    for (const cell of cells) taken.add(cell);
  }
  const single = slips.flatMap((slip) => {
    const left = slip.cells.filter((cell) => !taken.has(cell));
    return left.length === 0 ? [] : [{ ...describe(left, slip.power), place: slip.place }];
  });
  return [...whole, ...single];
}
