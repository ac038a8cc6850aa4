import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { columnOf, numericColumn } from '../../../table/expression/evaluate.ts';
import { unquoteName } from '../../../table/expression/tokenize.ts';
import { crossFactors, factorOf as levelsOf } from '../../../table/factor.ts';
import type { CovarianceRequest, SpatialRequest } from '../../contract.ts';
import type { SampleRows } from '../../fit.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { cutOutside } from '../../formula/habits.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping, Scores } from '../method.ts';
import type { Periods } from '../periods.ts';
import { periodsOf } from '../periods.ts';
import { repairedFor } from '../repair.ts';
import { badVcov, readLag, readSettings } from '../request.ts';
import { rowsOfScores, scoresOf } from '../scores.ts';
import { lagWeights } from '../serial-kernel.ts';
import type { Series } from '../serial-meat.ts';
import { orderSeries, serialMeat } from '../serial-meat.ts';
import type { Places } from '../spatial-meat.ts';
import { spatialMeat } from '../spatial-meat.ts';

const usage = said('expected.conley');

/**
 * V = c (X'X)^-1 [ sum over pairs of rows of K(d_ij) s_i s_j' ] (X'X)^-1, d_ij the great-circle distance, K(d) = 1 up to the
 * cutoff (uniform) or 1 - d/cutoff (Bartlett) (Conley 1999). In a panel only rows of one period make pairs; a serial lag adds
 * pairs of one unit l <= L periods apart with weight 1 - l/(L+1) (Hsiang 2010). `pairs=all` leaves time out, as fixest does.
 * Made non-negative where the kernel is not.
 */
export const conley: CovarianceMethod<Neighbourhoods> = {
  id: 'conley',
  aliases: ['spatial'],
  usage: 'conley:KM',
  errors: 'space',
  joint: 'distinct-rows',
  isAveraged: false,
  read: readConley,
  columnsNeeded: (request, panel) => {
    const spatial = request.spatial as SpatialRequest; // set by read
    const isTimed = panel !== null && panel !== undefined && (spatial.pairs === 'period' || (request.lag ?? 0) > 0);
    return [spatial.latitude, spatial.longitude, ...(isTimed ? [panel.unit, panel.time] : [])];
  },
  prepare: (given, request) => {
    const sample = sampleRowsOf(given, 'conley');
    const spatial = request.spatial as SpatialRequest; // set by read
    const lag = request.lag ?? 0;
    const { panel } = sample;
    const isTimed = panel !== null && spatial.pairs === 'period';
    const periods = isTimed || lag > 0 ? periodsOf(sample, request) : null;
    const places = placesOf(sample, spatial);
    const serial = lag > 0 && periods !== null && panel !== null ? serialPairs(sample, panel.unit, periods) : null;
    return { spatial, lag, places, periods: isTimed ? periods : null, serial, counts: [], isDefinite: false };
  },
  meat: (scores, grouping) => neighbourMeat(scores, grouping),
  covariance: (influence, grouping, { request, rule }) => {
    const { correction, dof } = correctionOf(influence, rule, 'conley');
    const factor = factorOf(correction);
    const meat = neighbourMeat(scoresOf(influence), grouping);
    const { diagnostics, ...own } = repairedFor(influence, linearCombination([meat], [factor]), rule);
    const { lag, spatial } = grouping;
    const shown = { type: request.type, by: [], clusters: [], lag, cutoffKm: spatial.cutoffKm };
    const value = { ...shown, ...own, factors: [factor], dof, correction };
    return { value, diagnostics };
  },
};

/** Where rows are, and which of them make pairs. */
interface Neighbourhoods extends Grouping {
  readonly spatial: SpatialRequest;
  readonly lag: number;
  readonly places: Places;
  /** Pairs are of one period; null: of any. */
  readonly periods: Periods | null;
  /** Rows of a unit in time; null without a serial lag. */
  readonly serial: Omit<Series, 'scores'> | null;
}

function serialPairs({ table, rows, where }: SampleRows, unit: string, periods: Periods): Neighbourhoods['serial'] {
  const series = levelsOf(columnOf(table, unit, where), rows).codes;
  const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
  return { order: orderSeries(series, places), series, places };
}

function neighbourMeat(given: Scores, { spatial, lag, places, periods, serial }: Neighbourhoods): Matrix {
  const scores = rowsOfScores(given, 'conley').written();
  const own = spatialMeat(scores, places, periods, spatial);
  if (serial === null) return own;
  return linearCombination([own, serialMeat({ scores, ...serial }, lagWeights('bartlett', lag))], [1, 1]);
}

/** `500,kernel=bartlett,lag=2,pairs=all,coords=lat+lon`. @throws bad-option */
function readConley(argument: string | null): CovarianceRequest {
  const { first, values } = readSettings('conley', argument, ['kernel', 'lag', 'pairs', 'coords']);
  const text = argument === null ? 'conley' : `conley:${argument}`;
  const cutoffKm = Number(first ?? Number.NaN);
  const coords = cutOutside(values.get('coords') ?? '', '+').map(unquoteName);
  const kernel = values.get('kernel') ?? 'uniform';
  const pairs = values.get('pairs') ?? 'period';
  const isKernel = kernel === 'uniform' || kernel === 'bartlett';
  const isPairs = pairs === 'period' || pairs === 'all';
  if (!(cutoffKm > 0) || !Number.isFinite(cutoffKm) || !isKernel || !isPairs) throw badVcov(text, usage, null);
  if (coords.length !== 2 || coords.includes('')) throw badVcov(text, usage, null);
  const lag = readLag('conley', values.get('lag')) ?? 0;
  if (lag > 0 && pairs === 'all') throw badVcov(text, said('expected.lag_pairs'), null);
  return {
    type: 'conley',
    by: [],
    lag,
    spatial: { cutoffKm, kernel, pairs, latitude: coords[0], longitude: coords[1] },
  };
}

/** @throws unknown-column, not-numeric, missing-cluster, covariance-undefined (degrees out of range). */
function placesOf({ table, rows, where }: SampleRows, { latitude, longitude }: SpatialRequest): Places {
  const degreesOf = (name: string, limit: number): Float64Array => {
    const column = numericColumn(table, name, where);
    const values = Float64Array.from(rows, (row) => column[row]);
    const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing > 0) throw new StudyError('missing-cluster', { where, by: name, rows: missing });
    const count = values.reduce((sum, value) => sum + (Math.abs(value) > limit ? 1 : 0), 0);
    if (count > 0) {
      const detail = { where, vcov: 'conley', reason: 'bad-coordinates', name, count, limit } as const;
      throw new StudyError('covariance-undefined', detail);
    }
    return values;
  };
  const degrees = [degreesOf(latitude, 90), degreesOf(longitude, 360)];
  const levels = degrees.map((values) => levelsOf({ kind: 'number', values }));
  return { ...crossFactors(levels), latitude: degrees[0], longitude: degrees[1] };
}
