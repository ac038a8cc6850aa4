import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { Design } from '../../contract.ts';
import type { FitInput } from '../../estimate-formula.ts';
import type { Fit } from '../../fit.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { readCovariance } from '../../inference/catalog.ts';
import type { ReplicateKind, Replicating } from '../../replicate/contract.ts';
import { requestOf } from '../../replicate/run.ts';
import type { RandomDates } from '../../result/placebo.ts';
import { countArrangements } from '../permutation/arrangements.ts';
import { drawnSummary } from '../permutation/drawn-summary.ts';
import type { PermutedErrors } from '../permutation/permutation-test.ts';
import { lightened } from '../permutation/permutation-test.ts';
import type { RedrawnSetup } from '../permutation/permuted-fits.ts';
import { permutedWidth, redrawnStatistics } from '../permutation/permuted-fits.ts';
import type { PlaceboOptions } from './contract.ts';
import type { DatedTreatment } from './dated-treatment.ts';
import { type DateDraws, exchangeOfDates, fakeDatesInto } from './fake-dates.ts';
import { averageOn, type RedatedModel, redatedModel, redatedTable } from './refit.ts';

/** The sample's estimate and its t, which draws are held against. */
export interface OwnEffect {
  readonly estimate: number;
  readonly stat: number | null;
}

/** A regressor of 0 and 1 under drawn dates; plain data. */
export interface DummySetup extends RedrawnSetup {
  readonly draws: DateDraws;
  /** n codes of the units, -1 for rows whose value stays, and n periods. */
  readonly units: Int32Array;
  readonly times: Float64Array;
}

/** A model with an event term under drawn dates; plain data. */
export interface EventSetup {
  readonly draws: DateDraws;
  readonly model: RedatedModel;
  /** Of all rows of the table. */
  readonly treatment: Pick<DatedTreatment, 'units' | 'times'>;
  readonly covariance: RedrawnSetup['covariance'];
  readonly ssc: string;
}

/** By the partialled fits of permutations: the dummy is absorbed and partialled alone. */
export const dummyDateReplicates: ReplicateKind<DummySetup> = {
  id: 'placebo-dummy-dates',
  statistics: (setup, first, end) => {
    const { design, place, draws, units, times } = setup;
    const dates = new Float64Array(draws.dates.length);
    return redrawnStatistics(setup, first, end, (column, draw) => {
      fakeDatesInto(dates, draws, draw);
      for (let i = 0; i < column.length; i++) {
        column[i] = units[i] < 0 ? design.x.data[place * column.length + i] : times[i] >= dates[units[i]] ? 1 : 0;
      }
    });
  },
};

/** The whole model again: which leads and lags there are follows from the dates. */
export const eventDateReplicates: ReplicateKind<EventSetup> = {
  id: 'placebo-event-dates',
  statistics: ({ draws, model, treatment, covariance, ssc }, first, end) => {
    const out = new Float64Array((end - first) * permutedWidth).fill(Number.NaN);
    const dates = new Float64Array(draws.dates.length);
    for (let draw = first; draw < end; draw++) {
      fakeDatesInto(dates, draws, draw);
      const table = redatedTable(model.input.table, model.names, treatment, (unit) => dates[unit]);
      const found = averageOn({ ...model.input, table }, covariance, ssc);
      if (found === null) continue;
      const { estimate, variance, dof } = found.average;
      out.set([estimate, Math.sqrt(variance), dof], (draw - first) * permutedWidth);
    }
    return out;
  },
};

/**
 * The effect under dates at random: the share of draws with an effect as large as the sample's.
 * @param own of the sample.
 * @throws bad-option (dates of which no arrangement differs)
 */
export function* randomDates(
  model: { readonly fit: Fit; readonly input: FitInput & { readonly formula: ModelFormula }; readonly design: Design },
  treatment: DatedTreatment,
  own: OwnEffect,
  { covariance, ssc }: PermutedErrors,
  { term, dates: how, reps: asked, seed }: PlaceboOptions & { readonly dates: RandomDates['how'] },
): Replicating<RandomDates> {
  const { fit, input, design } = model;
  const { dates } = treatment;
  const exchange = exchangeOfDates(dates);
  const periods = periodsOf(treatment, design.rows);
  const arrangements = how === 'units' ? countArrangements(exchange) : Number.POSITIVE_INFINITY;
  if (how === 'units' ? arrangements === 1 : periods.length < 2) {
    const expected = how === 'units' ? said('expected.placebo_exchange') : said('expected.placebo_periods');
    throw new StudyError('bad-option', { option: 'placebo_dates', value: how, expected, suggestion: null });
  }
  const isEnumerated = arrangements <= asked;
  const reps = isEnumerated ? arrangements : asked;
  const draws: DateDraws = { how, dates, exchange, periods, seed, isEnumerated };
  const { method, request } = readCovariance(covariance);
  const count = { count: reps, test: 0, width: permutedWidth };
  const { factor, units, times } = treatment;
  const drawn =
    factor === null
      ? yield requestOf(
          dummyDateReplicates,
          {
            ...{ draws, covariance: request, ssc, absorbedRank: fit.absorbedRank },
            place: design.terms.indexOf(term),
            design: lightened(design, method.columnsNeeded(request, design.panel)),
            units: Int32Array.from(design.rows, (row) => (Number.isNaN(times[row]) ? -1 : units[row])),
            times: Float64Array.from(design.rows, (row) => times[row]),
          },
          count,
        )
      : yield requestOf(
          eventDateReplicates,
          { draws, model: redatedModel(input, factor), treatment: { units, times }, covariance: request, ssc },
          count,
        );
  const { interval, ...summary } = drawnSummary(drawn, own, isEnumerated);
  return {
    ...{ how, periods: how === 'units' ? null : periods.length, seed, reps, is_enumerated: isEnumerated },
    ...summary,
    // The test that is inverted takes the drawn dates for an arrangement of the sample's, and needs the regressor of a draw.
    interval: how === 'units' && factor === null ? interval : null,
  };
}

/** Periods of the sample, ascending, without the first: a unit treated then has no row before. */
function periodsOf({ times }: DatedTreatment, rows: Int32Array): Float64Array {
  const found = new Set<number>();
  for (const row of rows) if (!Number.isNaN(times[row])) found.add(times[row]);
  return Float64Array.from(found).sort().slice(1);
}
