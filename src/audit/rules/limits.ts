import { finding, holds } from '../checks.ts';
import { isInstrumented, type PlacedColumn, placeOf } from '../columns.ts';
import type { Check, Coefficient, Printed, RegressionTable, Rule, SaidValues } from '../contract.ts';

// A rule about numbers that cannot be, whatever stands beside them.

/** R25: N is a count, R2 a share, a standard error no less than 0, p between 0 and 1, and the ends of an interval in their order. */
export const limitRule: Rule = (set) => [
  ...set.regressions.flatMap((table) => {
    const most = shareOf(table);
    return table.columns.flatMap((column) => {
      const placed = { table, column };
      return [...columnChecks(placed, most), ...column.cells.flatMap((cell) => cellChecks(placed, cell))];
    });
  }),
  ...set.thresholds.flatMap(({ table, variable, p }) =>
    p === null || !isOutside(p, 0, 1)
      ? []
      : [told('r25.p', { table, column: null, term: variable, quote: null }, [p], { p: p.text })],
  ),
];

/** What a whole is in a table's R2: 100 where all of them stand in percent. */
function shareOf({ columns }: RegressionTable): number {
  const shares = columns.flatMap(({ r2 }) => (r2 === null ? [] : [r2]));
  const arePercent = shares.every(({ text, low }) => text.endsWith('%') || low > 1);
  return shares.length > 1 && arePercent ? 100 : 1;
}

function columnChecks(placed: PlacedColumn, most: number): readonly Check[] {
  const { n, r2, isAdjusted } = placed.column;
  const place = placeOf(placed);
  const checks: Check[] = [];
  if (n !== null) checks.push(isCount(n) ? holds('R25', place) : told('r25.count', place, [n], { n: n.text }));
  if (r2 !== null) {
    const whole = r2.text.endsWith('%') ? 100 : most;
    // An adjusted R2 and that of instruments may be below 0.
    const least = isAdjusted || isInstrumented(placed.column) ? Number.NEGATIVE_INFINITY : 0;
    const values = { r2: r2.text, most: whole };
    checks.push(isOutside(r2, least, whole) ? told('r25.share', place, [r2], values) : holds('R25', place));
  }
  return checks;
}

function cellChecks(placed: PlacedColumn, { term, error, p, interval }: Coefficient): readonly Check[] {
  const place = placeOf(placed, term);
  const checks: Check[] = [];
  if (error !== null && error.high < 0) checks.push(told('r25.error', place, [error], { se: error.text }));
  if (p !== null && isOutside(p, 0, 1)) checks.push(told('r25.p', place, [p], { p: p.text }));
  if (interval !== null && interval[0].low > interval[1].high) {
    const [low, high] = interval;
    checks.push(told('r25.interval', place, interval, { low: low.text, high: high.text }));
  }
  return checks;
}

/** Whether some whole number from 1 on is printed so. */
function isCount({ low, high }: Printed): boolean {
  return Math.max(1, Math.ceil(low)) <= high;
}

function isOutside({ low, high }: Printed, least: number, most: number): boolean {
  return high < least || low > most;
}

function told(code: string, place: ReturnType<typeof placeOf>, printed: readonly Printed[], values: SaidValues): Check {
  return finding({
    rule: 'R25',
    code,
    severity: 'A',
    place,
    found: printed.map(({ text }) => text),
    values,
  });
}
