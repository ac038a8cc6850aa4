import { finding, holds, proves } from '../checks.ts';
import {
  allColumns,
  cellOf,
  isConstant,
  isOfTime,
  type NestedPair,
  nameKey,
  nestedPairs,
  placeOf,
  r2Gain,
  regimeOf,
  residualDof,
} from '../columns.ts';
import type { Check, Interval, Rule, TableSet } from '../contract.ts';
import {
  errorOf,
  exactly,
  isBelow,
  meets,
  minus,
  over,
  relativeWidth,
  rounded,
  shown,
  size,
  square,
  statisticOf,
  times,
} from '../interval.ts';

// Rules about columns of which one has the regressors of the other and more, on the same rows.

/** R08: R2 does not fall when regressors are added. */
export const ladderRule: Rule = (set) =>
  nestedPairs(set).flatMap(({ small, large }): Check[] => {
    const [before, after] = [small.column.r2, large.column.r2];
    if (before === null || after === null || small.column.isAdjusted || large.column.isAdjusted) return [];
    const place = placeOf(large);
    if (!isBelow(after, before)) return [holds('R08', place)];
    const values = {
      ...{ r2: after.text, before: before.text, table: small.table.id, column: small.column.id },
      ...{ high: rounded(after.high), low: rounded(before.low) },
    };
    return [
      finding({ rule: 'R08', code: 'r08.ladder', severity: 'B', place, found: [before.text, after.text], values }),
    ];
  });

/** One regressor more, with what it says of the standard errors. */
interface Added {
  readonly pair: NestedPair;
  readonly term: string;
  /** t squared from the printed statistic. */
  readonly square: Interval;
  /** dR2 / (1 - R2) times the residual degrees of freedom. */
  readonly gain: Interval;
  readonly dof: number;
}

function addedTerms(set: TableSet): readonly Added[] {
  return nestedPairs(set).flatMap((pair) => {
    const { small, large, added } = pair;
    const [term] = added;
    const [before, after] = [small.column.r2, large.column.r2];
    if (term === undefined || added.length > 1 || before === null || after === null) return [];
    if (small.column.isAdjusted || large.column.isAdjusted) return [];
    const cell = cellOf(large.column, term);
    const t = cell === null ? null : statisticOf(cell);
    const dof = residualDof(large, set);
    if (t === null || dof === null || regimeOf(term) !== null) return [];
    const { gain } = r2Gain(before, after);
    return [{ pair, term: cell?.term ?? term, square: square(t), gain: times(gain, exactly(dof)), dof }];
  });
}

/** An interval narrower than this against its middle says something. */
const sharp = 0.35;
const isSharp = ({ gain }: Added): boolean => gain.low > 0 && relativeWidth(gain) < sharp;
/** Sharp intervals that hold before a set is taken to use the classical covariance. */
const enoughHold = 3;
/** Beyond the interval by this share of it before the one that fails is a finding. */
const grossly = 0.25;

/** Whether t squared is what the R2s say in so many cases that the errors are the classical ones. */
function isClassical(all: readonly Added[], errors: readonly (string | null)[]): boolean {
  const told = all.filter(isSharp);
  const held = told.filter((one) => meets(one.square, one.gain)).length;
  if (errors.includes('robust')) return false;
  return errors.includes('classical') || (held >= enoughHold && held >= 2 * (told.length - held));
}

/** R09: t squared of an added regressor is dR2/(1 - R2) df when errors are classical and R2 is that of the same fit. */
export const addedRule: Rule = (set) => {
  const all = addedTerms(set);
  return [...new Set(all.map(({ pair }) => pair.large.table))].flatMap((table): Check[] => {
    const own = all.filter(({ pair }) => pair.large.table === table);
    const whole = isClassical(own, [table.errors]);
    const place = { table: table.id, column: null, term: null, quote: null };
    const told = own.filter(isSharp);
    const held = told.filter((one) => meets(one.square, one.gain));
    if (table.errors === 'robust' && told.length >= enoughHold && held.length === told.length) {
      const values = { held: held.length };
      return [finding({ rule: 'R09', code: 'r09.not_robust', severity: 'A', place, found: [], values })];
    }
    if (!whole) {
      const mixed =
        told.length === 0 ? [] : [proves('R09', 'r09.other', place, { held: held.length, count: told.length })];
      return mixed;
    }
    const verdict = proves('R09', 'r09.classical', place, {
      held: own.filter((one) => meets(one.square, one.gain)).length,
      count: own.length,
      list: own
        .map(({ term, square: t, gain }) => `${term} ${rounded((t.low + t.high) / 2, 4)} ~ ${shown(gain)}`)
        .join('; '),
    });
    const fails = own.flatMap((one): Check[] => {
      const { pair, term, square: t, gain, dof } = one;
      const room = grossly * Math.max(gain.high - gain.low, gain.high);
      const here = placeOf(pair.large, term);
      if (meets(t, { low: gain.low - room, high: gain.high + room })) return [holds('R09', here)];
      const values = { t2: shown(t), gain: shown(gain), dof, column: pair.small.column.id, small: pair.small.table.id };
      const found = [pair.small.column.r2?.text ?? '', pair.large.column.r2?.text ?? ''];
      return [finding({ rule: 'R09', code: 'r09.added', severity: 'B', place: here, found, values })];
    });
    return [verdict, ...fails];
  });
};

/**
 * R23: no data can give two nested columns unless, for every regressor x of both and the one added z, |b1 - b2| = |t_z| |r| se2 with a
 * correlation r of the two estimates below 1 in size, and r2 = 1 - (s2/s1)2 (se1/se2)2. Both follow from the partitioned regression under
 * classical errors.
 */
export const feasibleRule: Rule = (set) => {
  const all = addedTerms(set);
  return all.flatMap((one): Check[] => {
    const own = all.filter(({ pair }) => pair.large.table === one.pair.large.table);
    if (!isClassical(own, [one.pair.large.table.errors])) return [];
    const { small, large } = one.pair;
    const { ratio } = r2Gain(small.column.r2 as Interval, large.column.r2 as Interval); // both are there: an `Added` has them
    return small.column.cells.flatMap((before): Check[] => {
      const after = cellOf(large.column, before.term);
      if (after === null || isConstant(before.term)) return [];
      const [first, second] = [errorOf(before), errorOf(after)];
      if (first === null || second === null) return [];
      const place = placeOf(large, after.term);
      const change = size(minus(before.estimate, after.estimate));
      const t = { low: Math.sqrt(one.square.low), high: Math.sqrt(one.square.high) };
      const r = over(change, times(t, second));
      const found = [before.estimate.text, after.estimate.text];
      const values = {
        ...{ b1: before.estimate.text, b2: after.estimate.text, added: one.term, t: shown(t), se: shown(second) },
        ...{ r: shown(r), column: small.column.id, small: small.table.id },
      };
      if (r.low > 1) return [finding({ rule: 'R23', code: 'r23.bound', severity: 'A', place, found, values })];
      // Degrees of freedom differ by one between the columns.
      const scale = over(exactly(1 + 1 / one.dof), ratio);
      const left = times(scale, square(over(first, second)));
      const implied = { low: 1 - left.high, high: 1 - left.low };
      if (meets(implied, square(r))) return [holds('R23', place)];
      return [
        finding({
          ...{ rule: 'R23', code: 'r23.errors', severity: 'B', place, found },
          values: { ...values, r2: shown(square(r)), implied: shown(implied), se1: shown(first) },
        }),
      ];
    });
  });
};

/** Groups of units, from the small to the large, of which one that is constant within the other adds nothing to its effects. */
const insideOf: readonly (readonly string[])[] = [
  ['household', 'person', 'individual', 'worker', 'student', 'patient', 'village'],
  ['town', 'municipality', 'city', 'county', 'district', 'prefecture'],
  ['province', 'state', 'region'],
  ['country', 'nation', 'continent'],
];

function isInside(inner: string, outer: string, set: TableSet): boolean {
  const [a, b] = [nameKey(inner), nameKey(outer)];
  if (set.nested.some(([one, two]) => nameKey(one) === a && nameKey(two) === b)) return true;
  const level = (name: string): number => insideOf.findIndex((names) => names.includes(name));
  return level(a) >= 1 && level(b) > level(a);
}

/** R17: fixed effects of groups that units never leave add nothing to the effects of the units. */
export const collinearRule: Rule = (set) => {
  const columns = allColumns(set);
  return columns.flatMap((placed): Check[] => {
    const { effects, cells } = placed.column;
    const still = effects.filter((effect) => !isOfTime(effect));
    const pairs = still.flatMap((outer) =>
      still.filter((inner) => inner !== outer && isInside(inner, outer, set)).map((inner) => [inner, outer] as const),
    );
    const [pair] = pairs;
    if (pair === undefined) return [];
    const [inner, outer] = pair;
    const base = columns.find(
      ({ column }) =>
        column !== placed.column &&
        !column.effects.includes(outer) &&
        column.effects.includes(inner) &&
        cells.length === column.cells.length &&
        cells.every(({ term }) => cellOf(column, term) !== null) &&
        (column.sample === null ||
          /^(all|full|whole|entire)\b/i.test(column.sample) ||
          column.n?.value === placed.column.n?.value),
    );
    const place = placeOf(placed);
    if (base === undefined) return [];
    const changed = cells.flatMap((cell) => {
      const other = cellOf(base.column, cell.term);
      return other === null || meets(cell.estimate, other.estimate) ? [] : [{ cell, other }];
    });
    const sameRows = base.column.n?.value === placed.column.n?.value;
    const [first] = changed;
    if (first === undefined && sameRows) return [proves('R17', 'r17.nothing', place, { inner, outer })];
    const values = {
      ...{ inner, outer, table: base.table.id, column: base.column.id },
      ...{ n: placed.column.n?.text ?? '', base: base.column.n?.text ?? '', term: first?.cell.term ?? '' },
      ...{ b: first?.cell.estimate.text ?? '', b0: first?.other.estimate.text ?? '' },
    };
    const found = [placed.column.n?.text ?? '', base.column.n?.text ?? ''];
    const code = sameRows ? 'r17.same_rows' : 'r17.other_rows';
    return [finding({ rule: 'R17', code, severity: 'A', place, found, values })];
  });
};
