import { valueIn } from '../../../error/at.ts';
import { cityOf, cityYear, yearOf } from './firm-record.ts';
import type { FirmCell } from './scan-contract.ts';
import { cellCounts, type Tally } from './settle-firms.ts';

/**
 * The cells of the count, sorted by city and year. Of a flow a cell is what was founded in it; of a stock what was founded
 * up to its end and not closed by then, for every year from a city's first founding to `lastYear`.
 */
export function firmCells(
  tally: Tally,
  options: { readonly count: 'flow' | 'stock'; readonly keywords: number; readonly lastYear: number | null },
): FirmCell[] {
  const { keywords, count } = options;
  const none = cellCounts(keywords);
  const places = [...tally.cells.keys()].sort((a, b) => a - b);
  const flow = places.map((place) => {
    const counts = tally.cells.get(place) ?? none;
    return cellOf(place, counts[0] ?? 0, counts.subarray(2, 2 + keywords));
  });
  if (count === 'flow') return flow;
  const isUsable = ({ city, year }: FirmCell): boolean => city > 0 && year > 0;
  const usable = flow.filter(isUsable);
  const last = options.lastYear ?? usable.reduce((latest, { year }) => Math.max(latest, year), 0);
  const firstYears = new Map([...usable].reverse().map(({ city, year }) => [city, year]));
  const stock = [...new Set(usable.map(({ city }) => city))].flatMap((city) => {
    const first = valueIn(firstYears, city);
    const sums = new Int32Array(keywords);
    let firms = 0;
    const cells: FirmCell[] = [];
    for (let year = first; year <= last; year++) {
      const place = cityYear(city, year);
      const counts = tally.cells.get(place) ?? none;
      firms += (counts[0] ?? 0) - (counts[1] ?? 0);
      for (let k = 0; k < keywords; k++)
        sums[k] = (sums[k] ?? 0) + ((counts[2 + k] ?? 0) - (counts[2 + keywords + k] ?? 0));
      cells.push(cellOf(place, firms, sums));
    }
    return cells;
  });
  const all = [...flow.filter((cell) => !isUsable(cell)), ...stock];
  return all.sort((a, b) => a.city - b.city || a.year - b.year);
}

function cellOf(place: number, firms: number, only: ArrayLike<number>): FirmCell {
  return { city: cityOf(place), year: yearOf(place), firms, only: Array.from(only) };
}
