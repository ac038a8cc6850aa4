import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, matrixOfColumns } from '../../../math/matrix.ts';
import type { WildOptions } from './contract.ts';
import { drawStatistics } from './draws.ts';
import type { InstrumentSpace, NetColumn } from './instrument-space.ts';
import { instrumentDirection } from './instrument-space.ts';
import type { DrawnP, DrawnTest } from './inversion.ts';
import { pOf } from './inversion.ts';
import { drawWald, sampleWald } from './joint.ts';
import type { SummedSpace } from './setup.ts';
import { directionOf, imposesNull, jointSetup, leftOut, sampleCovariance } from './setup.ts';

/** A bootstrap of the Anderson-Rubin test at a value of the endogenous coefficients. */
export interface AndersonRubinTest extends DrawnP {
  /** Wald statistic of the instruments; null without variance. */
  readonly wald: number | null;
}

/**
 * The Anderson-Rubin test (1949) that the endogenous coefficients are `values`: the instruments' coefficients in the least squares
 * regression of y - D values on instruments and exogenous regressors are zero; their wild cluster bootstrap is that of least squares
 * (Roodman, MacKinnon, Nielsen and Webb 2019, section 5.3).
 */
export function andersonRubinAt(
  space: InstrumentSpace,
  values: readonly number[],
  options: WildOptions,
  reps: number,
): AndersonRubinTest {
  const setup = jointSetup(spaceAt(space, values), options.type, distanceAt(space, values));
  const wald = sampleWald(setup);
  if (wald === null) return { wald, p: null, ties: 0, failed: 0 };
  return { wald, ...pOf(drawWald(setup, options, 0, reps), wald) };
}

/** The least squares sample of y - D values, its restrictions those of the instruments. */
function spaceAt(space: InstrumentSpace, values: readonly number[]): SummedSpace {
  const { width, cells, boot, terms, productsWith, grams, instruments } = space;
  const loads = matrixOfColumns(
    width,
    Array.from({ length: instruments }, (_, k) => instrumentDirection(space, k)),
  );
  const scores = combinedColumns(space, values, ({ restSums }) => restSums);
  return { width, cells, boot, terms, scores, loads, productsWith, grams };
}

function combinedColumns(
  { outcome, endogenous }: InstrumentSpace,
  values: readonly number[],
  pick: (column: NetColumn) => Matrix,
): Matrix {
  return linearCombination([outcome, ...endogenous].map(pick), [1, ...values.map((value) => -value)]);
}

function distanceAt({ outcome, endogenous }: InstrumentSpace, values: readonly number[]): Float64Array {
  return outcome.onInstruments.map((y, k) =>
    endogenous.reduce((sum, { onInstruments }, j) => sum - values[j] * onInstruments[k], y),
  );
}

/**
 * One endogenous regressor and one instrument: scores are linear in the value, so that one set of draws serves every value.
 * @returns a test whose nulls are values of the coefficient; null without variance.
 */
export function exactAndersonRubin(space: InstrumentSpace, options: WildOptions, reps: number): DrawnTest | null {
  const { outcome, endogenous } = space;
  const [regressor] = endogenous;
  const load = instrumentDirection(space, 0);
  const along = space.productsWith(load);
  const isRestricted = imposesNull(options.type);
  const leave = leftOut(space, options.type, isRestricted ? [load] : []);
  const drawnOf = (column: NetColumn): Matrix => leave(isRestricted ? column.sums : column.restSums);
  const negative = (matrix: Matrix): Matrix => linearCombination([matrix], [-1]);
  const direction = { load, along, fixed: drawnOf(outcome), moving: negative(drawnOf(regressor)) };
  const [ofOutcome, ofRegressor] = [outcome, regressor].map(({ restSums }) =>
    directionOf({ ...space, scores: restSums }, options.type, direction),
  );
  const { data } = sampleCovariance([ofOutcome, ofRegressor]);
  const [y, d] = [outcome.onInstruments[0], regressor.onInstruments[0]];
  if (!(data[0] + data[3] > 0)) return null;
  return {
    rhoAt: (value) => value,
    distanceAt: (value) => y - value * d,
    varianceAt: (value) => data[0] - 2 * value * data[1] + value * value * data[3],
    draws: drawStatistics(ofOutcome, options, 0, reps),
  };
}
