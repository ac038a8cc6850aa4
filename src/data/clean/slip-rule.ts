import type { Observation } from './observation.ts';
import type { UnitSlip } from './unit-slips.ts';

/**
 * A proposal as entries of `data.rules` of study.yaml, to paste as they are: one for each run of years whose neighbours in
 * time are the slip's too, so that no year between is touched.
 * @returns YAML, its items at the indentation of a list under `rules:` of `data:`
 */
export function slipRule(slip: UnitSlip): string {
  return runsOf(slip.cells)
    .map(([first, last]) => entry(slip, first, last))
    .join('\n');
}

function entry({ indicator, file, place, power }: UnitSlip, first: number, last: number): string {
  const factor = `1${'0'.repeat(Math.abs(power))}`;
  const isTooHigh = power > 0;
  return [
    `    - indicator: ${indicator}`,
    ...(file === null ? [] : [`      file: ${JSON.stringify(file)}`]),
    ...(place === null ? [] : [`      cities: [${place}]`]),
    `      years: [${first}, ${last}]`,
    `      ${isTooHigh ? 'divide' : 'multiply'}: ${factor}`,
    `      reason: 10^${power} times its neighbours in time, taken for a slip of unit`,
  ].join('\n');
}

/** First and last year of each stretch without a gap. */
function runsOf(cells: readonly Observation[]): [first: number, last: number][] {
  const years = [...new Set(cells.map(({ year }) => year))].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const year of years) {
    const run = runs.at(-1);
    if (run !== undefined && year === run[1] + 1) run[1] = year;
    else runs.push([year, year]);
  }
  return runs;
}
