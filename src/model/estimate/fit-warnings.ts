import type { Diagnostic } from '../../error/diagnostic.ts';
import { pairwiseDot, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { ModelDesign } from '../contract.ts';

/** Share of the outcome's norm below which a residual is the rounding of the arithmetic, not an error term. */
const roundingShare = 1e-10;
/** What a column of size |y| cannot tell from a constant. */
const representable = 4 * Number.EPSILON;

/** Regressors with their names. */
export function namedColumns(
  terms: readonly string[],
  columns: readonly { readonly values: Float64Array }[],
): readonly NamedColumn[] {
  return columns.map(({ values }, j) => ({ name: terms[j], values }));
}

/** An outcome net of effects and mean, with its norms before. */
export interface NetOutcome {
  readonly values: Float64Array;
  /** Sum of squares of the values. */
  readonly squares: number;
  readonly centred: number;
  readonly raw: number;
}

interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * Warnings of a fit that explains its outcome exactly: an outcome that is constant, one that a regressor repeats, one that the
 * regressors make up together. Standard errors are rounding noise there.
 * @param columns regressors net of the same effects and mean.
 */
export function exactFitWarnings(
  { depvar: outcome, hasConstant, effects }: Pick<ModelDesign, 'depvar' | 'hasConstant' | 'effects'>,
  y: NetOutcome,
  residuals: Float64Array,
  columns: readonly NamedColumn[],
): readonly Diagnostic[] {
  if ((hasConstant || effects.length > 0) && isConstant(y)) return [constantOutcome(outcome)];
  if (!isRounding(residuals, y)) return [];
  const repeated = outcomeRepeats(outcome, y, columns);
  return repeated.length > 0 ? repeated : [{ code: 'perfect-fit', severity: 'warning', detail: { outcome } }];
}

/** Whether an outcome cannot be told from its mean. */
export function isConstant(y: Pick<NetOutcome, 'centred' | 'raw'>): boolean {
  return y.centred <= representable * y.raw;
}

/** The warning of an outcome that is constant. */
export function constantOutcome(outcome: string): Diagnostic {
  return { code: 'constant-outcome', severity: 'warning', detail: { outcome } };
}

/** The warning that columns are linear functions of the outcome, once effects and mean are taken out; none where none is. */
export function outcomeRepeats(outcome: string, y: NetOutcome, columns: readonly NamedColumn[]): readonly Diagnostic[] {
  const terms = columns.filter(({ values }) => isMultiple(values, y)).map(({ name }) => name);
  if (terms.length === 0) return [];
  return [{ code: 'outcome-among-regressors', severity: 'warning', detail: { outcome, terms } }];
}

/** Rows after which values that are no rounding have shown it, as nearly all do. */
const block = 4096;

/** The largest norm that is rounding of an outcome. */
export function mostRounding(y: Pick<NetOutcome, 'squares' | 'raw'>): number {
  return Math.max(roundingShare * Math.sqrt(y.squares), representable * y.raw);
}

function isRounding(values: Float64Array, y: NetOutcome): boolean {
  const most = mostRounding(y);
  let squares = 0;
  for (let start = 0; start < values.length; start += block) {
    squares += sumOfSquares(values.subarray(start, start + block));
    if (Math.sqrt(squares) > most) return false;
  }
  return true;
}

function isMultiple(x: Float64Array, y: NetOutcome): boolean {
  const squares = sumOfSquares(x);
  if (!(squares > 0)) return false;
  const slope = pairwiseDot(x, y.values) / squares;
  if (slope === 0) return false;
  return isRounding(
    y.values.map((value, i) => value - slope * x[i]),
    y,
  );
}
