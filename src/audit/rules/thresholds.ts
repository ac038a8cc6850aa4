import { finding, holds, proves } from '../checks.ts';
import {
  allColumns,
  nameKey,
  nestedPairs,
  type PlacedColumn,
  placeOf,
  r2Gain,
  regimeOf,
  residualDof,
  shapeOf,
  termsOf,
} from '../columns.ts';
import type { Check, Place, Printed, Rule, TableSet, ThresholdTest } from '../contract.ts';
import { exactly, meets, readPrinted, rounded, shown, times } from '../interval.ts';

/** R11: the F of a threshold test against R2, critical values, p, stars and replicates; the threshold against its variable. */
export const thresholdRule: Rule = (set) => [
  ...set.thresholds.flatMap((test) => [...levelChecks(test, set), ...replicateChecks(test), ...valueChecks(test, set)]),
  ...gainChecks(set),
];

const place = ({ table, variable }: ThresholdTest, column: string | null): Place => ({
  table,
  column,
  term: variable,
  quote: null,
});

/** Critical values rise; p, stars and the critical values put F on the same side of each level. */
function levelChecks(test: ThresholdTest, { levels }: TableSet): readonly Check[] {
  const { f, p, stars, critical } = test;
  const checks: Check[] = [];
  if (critical !== null) {
    const [ten, five, one] = critical;
    const texts = { ten: ten.text, five: five.text, one: one.text };
    if (ten.low > five.high || five.low > one.high) {
      const found = critical.map(({ text }) => text);
      checks.push(
        finding({ rule: 'R11', code: 'r11.order', severity: 'B', place: place(test, 'crit'), found, values: texts }),
      );
      return checks;
    }
    checks.push(holds('R11', place(test, 'crit')));
    // Number of critical values that F is above: what stars the bootstrap gives.
    const above = [ten, five, one].filter((value) => f.low > value.high).length;
    const atMost = [ten, five, one].filter((value) => f.high >= value.low).length;
    if (p !== null) {
      const [most, least] = [
        levels.filter((level) => p.low < level).length,
        levels.filter((level) => p.high < level).length,
      ];
      if (least > atMost || most < above) {
        const level = levels[Math.min(least, levels.length) - 1] ?? 1;
        const crossed = least > atMost ? critical[atMost] : critical[above - 1];
        const values = { f: f.text, p: p.text, critical: crossed?.text ?? '', level: rounded(100 * level), ...texts };
        const found = [f.text, p.text, crossed?.text ?? ''];
        checks.push(finding({ rule: 'R11', code: 'r11.p', severity: 'A', place: place(test, 'p'), found, values }));
      } else checks.push(holds('R11', place(test, 'p')));
    }
    if (stars !== null) {
      if (stars > atMost || stars < above) {
        const values = { f: f.text, stars, is: above, ...texts };
        const found = [f.text, ...critical.map(({ text }) => text)];
        checks.push(finding({ rule: 'R11', code: 'r11.stars', severity: 'A', place: place(test, 'f'), found, values }));
      } else checks.push(holds('R11', place(test, 'f')));
    }
  }
  if (p !== null && stars !== null) {
    const [most, least] = [
      levels.filter((level) => p.low < level).length,
      levels.filter((level) => p.high < level).length,
    ];
    if (stars < least || stars > most) {
      const values = { p: p.text, stars, is: least };
      const found = [f.text, p.text];
      checks.push(finding({ rule: 'R11', code: 'r11.p_stars', severity: 'A', place: place(test, 'f'), found, values }));
    } else checks.push(holds('R11', place(test, 'f')));
  }
  return checks;
}

/** A bootstrap p is a count of replicates over their number. */
function replicateChecks(test: ThresholdTest): readonly Check[] {
  const { p, replicates } = test;
  if (p === null || replicates === null) return [];
  const count = times(p, exactly(replicates));
  const isWhole = Math.ceil(count.low - 1e-9) <= Math.floor(count.high + 1e-9);
  // (1 + count) / (1 + B) is in use too.
  const other = times(p, exactly(replicates + 1));
  const isOther = Math.ceil(other.low - 1e-9) <= Math.floor(other.high + 1e-9);
  if (isWhole || isOther) return [holds('R11', place(test, 'p'))];
  const values = { p: p.text, b: replicates, count: shown(count), fits: fittingReplicates(p) };
  return [
    finding({
      ...{ rule: 'R11', code: 'r11.replicates', severity: 'B', place: place(test, 'p') },
      ...{ found: [p.text, `${replicates}`], values },
    }),
  ];
}

/** Usual numbers of replicates that a printed p can come from. */
function fittingReplicates(p: Printed): string {
  const usual = [100, 200, 300, 399, 400, 499, 500, 999, 1000, 2000, 5000];
  const fits = usual.filter((count) => Math.ceil(p.low * count - 1e-9) <= Math.floor(p.high * count + 1e-9));
  return fits.length === 0 ? '-' : fits.join(', ');
}

/** The threshold lies among the values of its variable, and is the same wherever it is printed. */
function valueChecks(test: ThresholdTest, set: TableSet): readonly Check[] {
  const { threshold, variable } = test;
  if (threshold === null) return [];
  const checks: Check[] = [];
  const row = set.descriptives.find((one) => nameKey(one.variable) === nameKey(variable));
  const [min, max] = [row?.cells.min, row?.cells.max];
  if (min !== undefined && max !== undefined) {
    const values = { threshold: threshold.text, min: min.text, max: max.text };
    if (threshold.high < min.low || threshold.low > max.high) {
      const found = [threshold.text, min.text, max.text];
      checks.push(
        finding({ rule: 'R11', code: 'r11.range', severity: 'B', place: place(test, 'threshold'), found, values }),
      );
    } else checks.push(holds('R11', place(test, 'threshold')));
  }
  for (const placed of allColumns(set)) {
    const own = placed.column.cells.flatMap(({ term }) => {
      const regime = regimeOf(term);
      return regime !== null && nameKey(regime.by) === nameKey(variable) ? [{ term, regime }] : [];
    });
    if (own.length === 0) continue;
    const stray = own.find(({ regime }) => {
      const printed = readPrinted(regime.value);
      return printed !== null && !meets(printed, threshold);
    });
    const here = placeOf(placed, stray?.term ?? own[0]?.term ?? null);
    if (stray === undefined) checks.push(holds('R11', here));
    else {
      const values = { threshold: threshold.text, other: stray.regime.value, table: test.table };
      const found = [threshold.text, stray.regime.value];
      checks.push(finding({ rule: 'R11', code: 'r11.threshold', severity: 'B', place: here, found, values }));
    }
  }
  return checks;
}

/** F = (S0 - S1) / (S1 / divisor), of which both R2s say S0 / S1. */
function gainChecks(set: TableSet): readonly Check[] {
  const rows = set.thresholds.flatMap((test) => {
    const pair = nestedPairs(set).find(({ small, large }) => isModelOf(large, test) && isLinearOf(small, large));
    const [before, after] = [pair?.small.column.r2, pair?.large.column.r2];
    if (pair === undefined || before == null || after == null) return [];
    const shape = shapeOf(pair.large, set);
    const n = pair.large.column.n?.value ?? 0;
    const hansen = shape === null ? null : shape.units * (shape.periods - 1);
    const { gain } = r2Gain(before, after);
    return [{ test, pair, before, after, gain, n, hansen, dof: residualDof(pair.large, set) }];
  });
  return rows.flatMap(({ test, pair, before, after, gain, n, hansen, dof }): Check[] => {
    if (hansen === null) return [];
    const implied = times(gain, exactly(hansen));
    const fits = (divisor: number | null): boolean => divisor !== null && meets(test.f, times(gain, exactly(divisor)));
    const here = place(test, 'f');
    const values = {
      ...{ f: test.f.text, r0: before.text, r1: after.text, implied: shown(implied), divisor: hansen, n },
      ...{ table: pair.large.table.id, column: pair.large.column.id, with_n: shown(times(gain, exactly(n))) },
    };
    if (meets(test.f, implied)) return [proves('R11', 'r11.gain_holds', here, values)];
    const found = [test.f.text, before.text, after.text];
    if (fits(n)) return [finding({ rule: 'R11', code: 'r11.divisor', severity: 'B', place: here, found, values })];
    if (fits(dof)) return [proves('R11', 'r11.gain_dof', here, { ...values, dof: dof ?? 0 })];
    return [finding({ rule: 'R11', code: 'r11.gain', severity: 'B', place: here, found, values })];
  });
}

function isModelOf({ column }: PlacedColumn, { variable }: ThresholdTest): boolean {
  const regimes = column.cells.flatMap(({ term }) => regimeOf(term) ?? []);
  return regimes.length > 0 && regimes.every(({ by }) => nameKey(by) === nameKey(variable));
}

/** The model without the split: the same terms, the split variable once. */
function isLinearOf(small: PlacedColumn, large: PlacedColumn): boolean {
  const split = new Set(
    large.column.cells.filter(({ term }) => regimeOf(term) !== null).map(({ term }) => nameKey(term)),
  );
  const rest = [...termsOf(large.column)].filter((term) => !split.has(term));
  const linear = termsOf(small.column);
  return rest.length === linear.size && rest.every((term) => linear.has(term));
}
