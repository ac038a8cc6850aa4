import { cityOf, yearOf } from './firm-record.ts';
import type { FirmCell } from './scan-contract.ts';
import type { Tally } from './settle-firms.ts';

/**
 * The cells of the count, sorted by city and year. Of a flow a cell is what was founded in it; of a stock what was founded
 * up to its end and not closed by then, for every year from a city's first founding to `lastYear`.
 * @param rows rows read by city × 4096 + year
 */
export function firmCells(
  tally: Tally,
  rows: ReadonlyMap<number, number>,
  options: { readonly count: 'flow' | 'stock'; readonly keywords: number; readonly lastYear: number | null },
): FirmCell[] {
  const { keywords, count } = options;
  const only = onlyByCell(tally.onlyEntered, keywords);
  const none: readonly number[] = new Array<number>(keywords).fill(0);
  const places = [...new Set([...tally.entered.keys(), ...rows.keys()])];
  const flow = places.map((place) => ({
    city: cityOf(place),
    year: yearOf(place),
    firms: tally.entered.get(place) ?? 0,
    rows: rows.get(place) ?? 0,
    only: only.get(place) ?? none,
  }));
  const cells = count === 'flow' ? flow : stockCells(flow, tally, options);
  return cells.sort((a, b) => a.city - b.city || a.year - b.year);
}

function stockCells(
  flow: readonly FirmCell[],
  tally: Tally,
  { keywords, lastYear }: { readonly keywords: number; readonly lastYear: number | null },
): FirmCell[] {
  const usable = flow.filter(({ city, year }) => city > 0 && year > 0);
  const onlyClosed = onlyByCell(tally.onlyClosed, keywords);
  const last = lastYear ?? [...usable.map(({ year }) => year), ...[...tally.closed.keys()].map(yearOf)].reduce(max, 0);
  const byPlace = new Map(usable.map((cell) => [`${cell.city},${cell.year}`, cell]));
  const cities = [...new Set(usable.map(({ city }) => city))];
  const stock = cities.flatMap((city) => {
    const first = usable.filter((cell) => cell.city === city).reduce((least, { year }) => Math.min(least, year), 9999);
    let firms = 0;
    let only = new Array<number>(keywords).fill(0);
    const cells: FirmCell[] = [];
    for (let year = first; year <= last; year++) {
      const entered = byPlace.get(`${city},${year}`);
      const place = city * 4096 + year;
      firms += (entered?.firms ?? 0) - (tally.closed.get(place) ?? 0);
      const left = onlyClosed.get(place);
      only = only.map((sum, k) => sum + (entered?.only[k] ?? 0) - (left?.[k] ?? 0));
      cells.push({ city, year, firms, rows: entered?.rows ?? 0, only });
    }
    return cells;
  });
  return [...flow.filter(({ city, year }) => city === 0 || year === 0), ...stock];
}

function max(a: number, b: number): number {
  return Math.max(a, b);
}

function onlyByCell(counts: ReadonlyMap<number, number>, keywords: number): Map<number, number[]> {
  const cells = new Map<number, number[]>();
  for (const [key, count] of counts) {
    const place = Math.floor(key / keywords);
    const cell = cells.get(place) ?? new Array<number>(keywords).fill(0);
    cell[key % keywords] = count;
    cells.set(place, cell);
  }
  return cells;
}
