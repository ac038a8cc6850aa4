import type { Observation } from './observation.ts';

/** Values that differ from their neighbours in time by a power of ten: a proposal, never applied by itself. */
export interface UnitSlip {
  readonly indicator: string;
  /** The file, when every value of the proposal stands in one; else null. */
  readonly file: string | null;
  /** Null: the whole column of the file. */
  readonly city: number | null;
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
/** A column of a file slipped as a whole when this share of its cities did, alike. */
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
    const key = `${one.indicator}|${one.city}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [one]);
    else list.push(one);
  }
  const slips = [...series.values()].flatMap((list) => slipsOfSeries(list.sort((a, b) => a.year - b.year)));
  return mergeColumns(slips, observations);
}

function slipsOfSeries(list: readonly Observation[]): UnitSlip[] {
  if (list.length < 4) return [];
  const logs = list.map(({ value }) => Math.log10(value!));
  const jumps = logs.slice(1).map((log, i) => log - logs[i]);
  if (jumps.every((jump) => powerOf(jump) === 0)) return [];
  const quiet = jumps.map((jump) => Math.abs(jump - powerOf(jump))).sort((a, b) => a - b);
  const noise = 1.4826 * quiet[Math.floor(quiet.length / 2)];
  const levels = levelsOf(jumps, clearOfNoise * noise);
  const counts = new Map<number, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  if (counts.size === 1) return [];
  const usual = [...counts].sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0]))[0][0];
  const isNear = (jump: number): boolean =>
    jump >= 0 && jump < jumps.length && Math.abs(jumps[jump] - (levels[jump + 1] - levels[jump])) < nearPower;
  const slips: UnitSlip[] = [];
  for (let i = 0; i < list.length; i++) {
    const power = levels[i] - usual;
    let last = i;
    while (last + 1 < list.length && levels[last + 1] === levels[i]) last++;
    if (power !== 0 && Math.abs(power) <= highestPower && (isNear(i - 1) || isNear(last)))
      slips.push({ ...describe(list.slice(i, last + 1), power), city: list[0].city });
    i = last;
  }
  return slips;
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
      let cost = before[to] + Math.abs(jump);
      for (let other = 0; other < states.length; other++) {
        const power = level - states[other];
        if (power === 0 || Math.abs(power) <= least || Math.abs(power) > 2 * highestPower) continue;
        const changed = before[other] + Math.abs(jump - power) + changePrice;
        if (changed < cost) [best, cost] = [other, changed];
      }
      return { best, cost };
    });
    costs = from.map(({ cost }) => cost);
    return from.map(({ best }) => best);
  });
  let state = costs.indexOf(Math.min(...costs));
  const levels = [states[state]];
  for (const origin of origins.reverse()) {
    state = origin[state];
    levels.push(states[state]);
  }
  return levels.reverse();
}

/** The power of ten that a jump is nearly equal to; 0 for none. */
function powerOf(jump: number): number {
  const power = Math.round(jump);
  return Math.abs(power) <= highestPower && Math.abs(jump - power) < nearPower ? power : 0;
}

function describe(cells: readonly Observation[], power: number): Omit<UnitSlip, 'city'> {
  const { file } = cells[0].place;
  const years = cells.map(({ year }) => year);
  return {
    indicator: cells[0].indicator,
    file: cells.every(({ place }) => place.file === file) ? file : null,
    years: [Math.min(...years), Math.max(...years)],
    power,
    cells,
  };
}

/** Slips of most cities in one column of one file and year become one proposal. */
function mergeColumns(slips: readonly UnitSlip[], observations: readonly Observation[]): UnitSlip[] {
  const columnOf = (one: Observation): string =>
    `${one.place.file}|${one.place.sheet}|${one.place.column}|${one.indicator}|${one.year}`;
  const cities = new Map<string, number>();
  for (const one of observations) {
    if (one.value !== null) cities.set(columnOf(one), (cities.get(columnOf(one)) ?? 0) + 1);
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
    if (cells.length < 3 || cells.length < columnShare * (cities.get(columnOf(cells[0])) ?? 0)) continue;
    whole.push({ ...describe(cells, Number(key.split('|')[0])), city: null });
    for (const cell of cells) taken.add(cell);
  }
  const single = slips.flatMap((slip) => {
    const left = slip.cells.filter((cell) => !taken.has(cell));
    return left.length === 0 ? [] : [{ ...describe(left, slip.power), city: slip.city }];
  });
  return [...whole, ...single];
}
