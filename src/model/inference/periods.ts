import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { factorOf } from '../../table/factor.ts';
import type { TimeAxis } from '../../table/time/time-axis.ts';
import { timeAxisOf } from '../../table/time/time-axis.ts';
import type { Covariance, CovarianceRequest } from '../contract.ts';
import type { SampleRows } from '../fit.ts';
import { badVcov, readLag, readSettings } from './request.ts';
import type { LagWeights } from './serial-kernel.ts';
import { lagWeights, readKernel } from './serial-kernel.ts';

/** The periods of the sample's rows. */
export interface Periods extends Factor {
  readonly name: string;
  /** Place of each period (by its code) on the time axis, in whole steps from the first: gaps are kept. */
  readonly places: Float64Array;
}

/** A time value this close to a whole number of steps is one. */
const wholeStep = 1e-6;

/**
 * The periods that lags count, those of the whole panel: declared, or found by `readTimeAxis`.
 * @throws panel-needed, unknown-column, not-numeric, time-unclear, covariance-undefined (times without a common step).
 */
export function periodsOf(sample: SampleRows, request: CovarianceRequest): Periods {
  const { rows, where, panel } = sample;
  const name = request.time ?? panel?.time;
  if (name === undefined) throw new StudyError('panel-needed', { where, operator: `vcov ${request.type}` });
  const axis = axisFor(sample, request, name);
  const values = Float64Array.from(rows, (row) => axis.values[row]);
  const { codes, count } = factorOf({ kind: 'number', values });
  const missing = codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0);
  if (missing > 0) throw new StudyError('missing-cluster', { where, by: name, rows: missing });
  const distinct = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) distinct[codes[i]] = values[i];
  const places = distinct.map((value) => (value - distinct[0]) / axis.step);
  if (places.some((place) => Math.abs(place - Math.round(place)) > wholeStep)) {
    throw unevenTime(sample, request, name, count);
  }
  return { name, codes, count, places: places.map(Math.round) };
}

function axisFor(sample: SampleRows, request: CovarianceRequest, name: string): TimeAxis {
  const { table, where, panel } = sample;
  try {
    return timeAxisOf(table, name, name === panel?.time ? (panel.step ?? null) : null, where);
  } catch (error) {
    if (!isStudyError(error, 'time-unclear') || error.detail.reason !== 'uneven') throw error;
    throw unevenTime(sample, request, name, factorOf(columnOf(table, name, where), sample.rows).count);
  }
}

function unevenTime({ where }: SampleRows, request: CovarianceRequest, name: string, count: number): StudyError {
  const detail = { where, vcov: request.type, reason: 'uneven-time', name, count, limit: null } as const;
  return new StudyError('covariance-undefined', detail);
}

/** floor(T^(1/4)), as in fixest. */
function defaultLag(periods: Periods): number {
  return Math.floor(periods.count ** 0.25 + 1e-12);
}

/** A request's weights by distance in time, and what a result says of them. */
export interface SerialWeights {
  readonly at: LagWeights;
  readonly label: Pick<Covariance, 'lag' | 'kernel'>;
}

export function weightsOf({ lag: asked, kernel }: CovarianceRequest, periods: Periods): SerialWeights {
  const lag = asked ?? defaultLag(periods);
  const at = lagWeights(kernel ?? 'bartlett', lag);
  return { at, label: kernel === undefined ? { lag } : { lag, kernel: { name: kernel, bandwidth: at.bandwidth } } };
}

/** The unit of each row; one for all where the request names a time of its own. */
export function seriesOf({ table, rows, where, panel }: SampleRows, request: CovarianceRequest): Int32Array {
  if (panel === null || request.time !== undefined) return new Int32Array(rows.length);
  return factorOf(columnOf(table, panel.unit, where), rows).codes;
}

/** @param series unit of each row; @param codes period of each row. @throws duplicate-key where a unit has two rows of a period */
export function requireOneRow(sample: SampleRows, series: Int32Array, codes: Int32Array, time: string): void {
  const span = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  const seen = new Set<number>();
  let count = 0;
  let example = '';
  for (let i = 0; i < codes.length; i++) {
    const key = series[i] * span + codes[i];
    if (seen.has(key)) {
      if (count === 0) example = `row ${sample.rows[i] + 1}`;
      count += 1;
    }
    seen.add(key);
  }
  const { where, panel } = sample;
  const keys = panel === null ? [time] : [panel.unit, time];
  if (count > 0) throw new StudyError('duplicate-key', { where, keys, example, count });
}

/** `L`, `L,time=NAME`, `time=NAME`, `L,kernel=NAME`. @throws bad-option */
export function readSerial(
  type: string,
  argument: string | null,
  known: readonly string[] = ['lag', 'time', 'kernel'],
): CovarianceRequest {
  const { first, values } = readSettings(type, argument, known);
  if (first !== null && values.has('lag'))
    throw badVcov(`${type}:${argument}`, said('expected.one_lag', { type }), null);
  const time = values.get('time');
  const kernel = values.get('kernel');
  return {
    type,
    by: [],
    lag: readLag(type, first ?? values.get('lag')),
    ...(time === undefined ? {} : { time }),
    ...(kernel === undefined ? {} : { kernel: readKernel(type, kernel) }),
  };
}
