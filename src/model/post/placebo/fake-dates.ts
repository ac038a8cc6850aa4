import { randomStream } from '../../../math/random/philox.ts';
import type { RandomDates } from '../../result/placebo.ts';
import type { Arranged } from '../permutation/arrangements.ts';
import { arrangementInto, drawInto } from '../permutation/arrangements.ts';

/** What dates are drawn from; plain data. */
export interface DateDraws {
  readonly how: RandomDates['how'];
  /** A date a unit in whole periods, NaN for the untreated. */
  readonly dates: Float64Array;
  /** Units that change places, those of one date in one class. */
  readonly exchange: Arranged;
  /** Periods that a treatment may begin in: all of the sample but its first. */
  readonly periods: Float64Array;
  readonly seed: number;
  /** Every distinct arrangement once, in place of draws. */
  readonly isEnumerated: boolean;
}

/** Stream of the periods that are drawn. */
const periodStream = 0x7064;

/** All units in one stratum, those of one date in one class. */
export function exchangeOfDates(dates: Float64Array): Arranged {
  const known = new Map<number, number>();
  const classes = Int32Array.from(dates, (date) => {
    const own = known.get(date) ?? known.size;
    known.set(date, own);
    return own;
  });
  const members = Int32Array.from(dates, (_, unit) => unit);
  return { members, strata: Int32Array.of(0, dates.length), classes };
}

/** Writes the dates of a draw, one a unit; every draw has streams of its own. */
export function fakeDatesInto(out: Float64Array, setup: DateDraws, draw: number): void {
  const { how, dates, exchange, periods, seed, isEnumerated } = setup;
  const sources = exchange.members.slice();
  if (isEnumerated) arrangementInto(sources, exchange, draw);
  else if (how !== 'periods') drawInto(sources, exchange, seed, draw);
  const random = randomStream(seed, periodStream, draw);
  for (let unit = 0; unit < out.length; unit++) {
    const own = dates[sources[unit]];
    out[unit] = how === 'units' || Number.isNaN(own) ? own : periods[random.integer(periods.length)];
  }
}
