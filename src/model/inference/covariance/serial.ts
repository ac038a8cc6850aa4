import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import type { Factor } from '../../../table/factor.ts';
import { factorOf as levelsOf } from '../../../table/factor.ts';
import type { CovarianceKind, CovarianceRequest } from '../../contract.ts';
import type { SampleRows } from '../../fit.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping, Scores } from '../method.ts';
import type { Periods, SerialWeights } from '../periods.ts';
import { periodsOf, readSerial, requireOneRow, seriesOf, weightsOf } from '../periods.ts';
import { settledFor } from '../repair.ts';
import { rowSums, rowsOfScores, scoresOf } from '../scores.ts';
import { orderSeries, serialMeat } from '../serial-meat.ts';

/** Scores laid out in time: those of rows, a series a unit, or their sums by period, one series. */
export interface SerialGrouping extends Grouping {
  readonly periods: Periods;
  /** Units of the panel, null without one; counted where degrees of freedom may go by them. */
  readonly units: number | null;
  readonly weights: SerialWeights;
  /** Sums of the scores that make the series; null: the rows themselves. */
  readonly sums: Factor | null;
  /** Of each score its series and its place on the time axis, and the scores in that order. */
  readonly series: Int32Array;
  readonly places: Float64Array;
  readonly order: Int32Array;
}

/** Rows of one unit (rows alone where there is none) in time. @throws panel-needed, duplicate-key, the codes of `periodsOf` */
export function unitSeries(sample: SampleRows, request: CovarianceRequest): SerialGrouping {
  const periods = periodsOf(sample, request);
  const series = seriesOf(sample, request);
  const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
  requireOneRow(sample, series, periods.codes, periods.name);
  return layOut({ periods, request, units: null, sums: null, series, places });
}

/** Sums of the scores of a period in time. @throws panel-needed, the codes of `periodsOf` */
export function periodSeries(sample: SampleRows, request: CovarianceRequest): SerialGrouping {
  const periods = periodsOf(sample, request);
  const { table, rows, where, panel } = sample;
  const units = panel === null ? null : levelsOf(columnOf(table, panel.unit, where), rows).count;
  const series = new Int32Array(periods.count);
  return layOut({ periods, request, units, sums: periods, series, places: periods.places });
}

function layOut({
  request,
  ...parts
}: Pick<SerialGrouping, 'periods' | 'units' | 'sums' | 'series' | 'places'> & {
  readonly request: CovarianceRequest;
}): SerialGrouping {
  const weights = weightsOf(request, parts.periods);
  const order = orderSeries(parts.series, parts.places);
  return { ...parts, weights, order, counts: [parts.periods.count], isDefinite: weights.at.isDefinite };
}

/** sum_t s_t s_t' + sum over pairs of one series, l periods apart, of k(l) (s_t s_t-l' + s_t-l s_t'). */
export function seriesMeat(scores: Scores, grouping: SerialGrouping, vcov: string): Matrix {
  const { sums, weights, ...laid } = grouping;
  const rows = rowsOfScores(scores, vcov);
  const own = sums === null ? rows.written() : rowSums(rows, sums);
  return linearCombination([crossProduct(own), serialMeat({ ...laid, scores: own }, weights.at)], [1, 1]);
}

/** What tells one covariance of series from another. */
export interface SerialKind extends Pick<CovarianceMethod, 'aliases' | 'usage' | 'errors' | 'joint' | 'columnsNeeded'> {
  readonly id: Extract<CovarianceKind, 'nw' | 'dk'>;
  readonly laidOut: (sample: SampleRows, request: CovarianceRequest) => SerialGrouping;
}

/** V = c (X'X)^-1 `seriesMeat` (X'X)^-1, made non-negative where the kernel does not keep it so. */
export function serialMethod({ id, laidOut, ...words }: SerialKind): CovarianceMethod<SerialGrouping> {
  return {
    id,
    ...words,
    isAveraged: false,
    read: (argument) => readSerial(id, argument),
    prepare: (sample, request) => laidOut(sampleRowsOf(sample, id), request),
    meat: (scores, grouping) => seriesMeat(scores, grouping, id),
    covariance: (influence, grouping, { request, rule }) => {
      const { periods, units, weights, isDefinite } = grouping;
      const groups = {
        counts: [periods.count],
        least: periods.count,
        clusterings: [],
        ...(units === null ? {} : { units }),
      };
      const { correction, dof } = correctionOf(influence, rule, id, groups);
      const factor = factorOf(correction);
      const core = linearCombination([seriesMeat(scoresOf(influence), grouping, id)], [factor]);
      const { diagnostics, ...own } = settledFor(influence, core, { isDefinite, rule });
      const shown = { type: request.type, by: [], clusters: [periods.count], ...weights.label };
      return { value: { ...shown, ...own, factors: [factor], dof, correction }, diagnostics };
    },
  };
}
