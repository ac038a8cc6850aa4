import type { OverallTest } from './overall-test.ts';

/** One number of an event study with its error; null where there is none. */
export interface EventEstimate {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** Leads and lags of a dated treatment, whatever of them stands among the coefficients. */
export interface EventStudy {
  /** `event`: leads and lags of all treated together; `sunab`: averages over cohorts (Sun and Abraham 2021). */
  readonly form: 'event' | 'sunab';
  /** Column of the time of treatment; null where time counts from it. */
  readonly cohort: string | null;
  readonly period: string;
  /** Reference periods that the sample has. */
  readonly references: readonly number[];
  /** From here on periods are one; null: each by itself. */
  readonly leads: number | null;
  readonly lags: number | null;
  /** Every period in order, references among them with estimate 0. */
  readonly periods: readonly (EventEstimate & {
    /** Periods since the treatment; of a bin the first. */
    readonly relative: number;
    readonly is_reference: boolean;
    /** Treated rows, and cohorts among them with an estimate; a period that nothing identifies has no estimate. */
    readonly rows: number;
    readonly cohorts: number;
  })[];
  /** Every period before the treatment is zero; null without any. */
  readonly pre_trend: EventTest | null;
  /** Of `sunab`: the average over all treated rows from the treatment on. */
  readonly att: EventEstimate | null;
  readonly by_cohort: readonly (EventEstimate & {
    readonly cohort: string;
    /** Rows in the sample, and those from the treatment on. */
    readonly rows: number;
    readonly treated: number;
  })[];
  readonly controls: {
    /** `never`: not treated in the data; `later`: not treated in the sample; `last`: the last cohort, before its treatment; `named`: `ref.c`. */
    readonly kinds: readonly ('never' | 'later' | 'last' | 'named')[];
    readonly rows: number;
    /** Cohorts among them. */
    readonly cohorts: readonly string[];
  };
  /** Dummies that are combinations of others or of effects: they are in no average. */
  readonly left_out: readonly string[];
}

/** A joint test that periods are zero. */
export interface EventTest extends OverallTest {
  readonly periods: readonly number[];
}
