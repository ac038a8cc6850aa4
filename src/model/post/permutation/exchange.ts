import { type Said, said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { namesJoined } from '../../../table/expression/joined-names.ts';
import type { Factor } from '../../../table/factor.ts';
import { crossFactors, factorOf, isNestedIn } from '../../../table/factor.ts';
import type { Design, EffectShape } from '../../contract.ts';
import type { PermuteOptions } from './contract.ts';

/**
 * What may change places on a sample. An item is a row, or the rows of a block; the items of a stratum are matched row by row.
 * Plain data: it can be posted to another thread.
 */
export interface Exchange {
  /** n rows of the sample, item by item, in the order in which they are matched. */
  readonly order: Int32Array;
  /** Where the rows of each item begin in `order`; one more at the end. */
  readonly starts: Int32Array;
  /** Items stratum by stratum, and where each stratum begins. */
  readonly members: Int32Array;
  readonly strata: Int32Array;
  /** Items of one stratum with the same number here have the same values. */
  readonly classes: Int32Array;
  /** Every item has one value, which all its rows take from another. */
  readonly isConstant: boolean;
}

type Asked = Pick<PermuteOptions, 'term' | 'by' | 'within'>;
type Sample = Pick<Design, 'where' | 'table' | 'rows' | 'panel'> & {
  readonly effects: readonly Pick<EffectShape, 'variables'>[];
};

/**
 * Lays out what changes places. Blocks whose values change are matched by the other key of the panel and exchanged with those of the
 * same periods alone.
 * @param values n values of the regressor.
 * @throws unknown-column, missing-cluster (rows without a value of `by` or `within`), bad-option (blocks that cannot be matched, a
 *   stratum that cuts blocks, nothing that could change places)
 */
export function exchangeOf(sample: Sample, values: Float64Array, asked: Asked): Exchange {
  const n = values.length;
  const items = asked.by === null ? eachRow(n) : groupsOf(sample, asked.by);
  const within = asked.within === null ? null : groupsOf(sample, asked.within);
  if (within !== null && asked.by !== null && !isNestedIn(items, within)) {
    refuse('permute_within', asked.within ?? [], said('expected.permute_within', { by: asked.by.join('+') }));
  }
  const isConstant = areConstant(values, items);
  const places = isConstant ? null : placesOf(sample, items, asked);
  const { order, starts } = sortedRows(items, places);
  const keys = Array.from({ length: items.count }, (_, item): string => {
    const first = order[starts[item]];
    const own = within === null ? '' : String(within.codes[first]);
    if (places === null) return own;
    return [own, ...order.subarray(starts[item], starts[item + 1]).map((row) => places[row])].join();
  });
  const strata = numbered(keys);
  const classes = numbered(
    keys.map((_, item) => {
      const rows = order.subarray(starts[item], isConstant ? starts[item] + 1 : starts[item + 1]);
      return `${strata.codes[item]}:${Array.from(rows, (row) => values[row]).join()}`;
    }),
  );
  const { order: members, starts: stratumStarts } = sortedRows(strata, null);
  const exchange = { order, starts, members, strata: stratumStarts, classes: classes.codes, isConstant };
  if (classes.count === strata.count) throw nothingMoves(exchange, asked);
  return exchange;
}

/** Items that are alone in their stratum, or alike all of them there: no arrangement moves them. */
export function heldItems({ members, strata, classes }: Exchange): number {
  let held = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    const own = members.subarray(strata[s], strata[s + 1]);
    if (own.every((item) => classes[item] === classes[own[0]])) held += own.length;
  }
  return held;
}

/** Writes the regressor of an arrangement: item i has the values of item `sources[i]`. */
export function arrangeInto(
  out: Float64Array,
  values: Float64Array,
  { order, starts, isConstant }: Exchange,
  sources: Int32Array,
): void {
  for (let item = 0; item + 1 < starts.length; item++) {
    const from = starts[sources[item]];
    const to = starts[item];
    const count = starts[item + 1] - to;
    for (let k = 0; k < count; k++) out[order[to + k]] = values[order[from + (isConstant ? 0 : k)]];
  }
}

function eachRow(n: number): Factor {
  return { codes: Int32Array.from({ length: n }, (_, i) => i), count: n };
}

/** @throws unknown-column, missing-cluster */
function groupsOf({ table, rows, where }: Sample, names: readonly string[]): Factor {
  const parts = names.flatMap(namesJoined).map((name) => factorOf(columnOf(table, name, where), rows));
  const { codes, count } = crossFactors(parts);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] < 0) missing += 1;
  if (missing > 0) throw new StudyError('missing-cluster', { where, by: names.join('+'), rows: missing });
  return { codes, count };
}

function areConstant(values: Float64Array, { codes, count }: Factor): boolean {
  const first = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < codes.length; i++) {
    const known = first[codes[i]];
    if (Number.isNaN(known)) first[codes[i]] = values[i];
    else if (known !== values[i]) return false;
  }
  return true;
}

/** Of every row the code that it is matched by: the other key of the panel, or of two fixed effects. @throws bad-option */
function placesOf(sample: Sample, items: Factor, { term, by }: Asked): Int32Array {
  const { panel, effects } = sample;
  const plain = effects.filter(({ variables }) => variables.length === 1).map(({ variables }) => variables[0]);
  const keys = panel !== null ? [panel.unit, panel.time] : plain.length === 2 && effects.length === 2 ? plain : [];
  const other = by?.length === 1 && keys.includes(by[0]) ? keys.find((key) => key !== by[0]) : undefined;
  const cannot = (): never => refuse('permute_by', by ?? [], said('expected.permute_match', { term }));
  if (other === undefined) return cannot();
  const { codes, count } = groupsOf(sample, [other]);
  if (crossFactors([items, { codes, count }]).count < codes.length) return cannot();
  return codes;
}

/** Rows by group, within one by place: the same order whatever the order of the sample. */
function sortedRows(
  { codes, count }: Factor,
  places: Int32Array | null,
): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < codes.length; i++) starts[codes[i] + 1] += 1;
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]]++] = i;
  if (places !== null) {
    for (let g = 0; g < count; g++) order.subarray(starts[g], starts[g + 1]).sort((a, b) => places[a] - places[b]);
  }
  return { order, starts };
}

/** Numbers in the order in which the keys come. */
function numbered(keys: readonly string[]): Factor {
  const known = new Map<string, number>();
  const codes = Int32Array.from(keys, (key) => {
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  });
  return { codes, count: known.size };
}

function nothingMoves(
  { strata, members, isConstant }: Exchange,
  { term, by, within }: Asked,
): StudyError<'bad-option'> {
  const areAlone = strata.length - 1 === members.length && members.length > 1;
  const expected =
    areAlone && by !== null && !isConstant
      ? said('expected.permute_periods', { by: by.join('+') })
      : within === null
        ? said('expected.permute_varies')
        : said('expected.permute_varies_within', { within: within.join('+') });
  return new StudyError('bad-option', { option: 'permute', value: term, expected, suggestion: null });
}

function refuse(option: string, names: readonly string[], expected: Said): never {
  throw new StudyError('bad-option', { option, value: names.join('+'), expected, suggestion: null });
}
