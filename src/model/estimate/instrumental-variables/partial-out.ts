import { StudyError } from '../../../error/study-error.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { pairwiseDot } from '../../../math/pairwise-sum.ts';
import type { Design, InstrumentColumns, ModelDesign } from '../../contract.ts';
import type { PartialledOut } from '../../fit.ts';
import type { AbsorbedColumn, AbsorbedDesign } from '../fit-least-squares.ts';
import { absorbColumnsInto } from '../fit-least-squares.ts';

/** A design with instruments net of its fixed effects. */
export interface AbsorbedInstruments extends AbsorbedDesign {
  readonly z: Matrix;
  readonly zColumns: readonly AbsorbedColumn[];
}

/** Its columns as the estimators see them: rows, or coordinates in an orthonormal basis (`PartialledOut`). */
export interface InstrumentedColumns {
  readonly design: Pick<ModelDesign, 'where' | 'terms' | 'hasConstant'>;
  readonly instruments: Pick<InstrumentColumns, 'endogenousCount' | 'names'>;
  readonly nobs: number;
  /** Rank of the fixed effects. */
  readonly rank: number;
  readonly y: Float64Array;
  readonly x: Matrix;
  readonly z: Matrix;
  /** Norms at or below which a column of x, and of z, counts as a combination of others. */
  readonly floors: { readonly x: readonly number[]; readonly z: readonly number[] };
  /** The constant's direction, to which centred columns are orthogonal; null without one. */
  readonly unit: Float64Array | null;
}

/** Takes the effects out of the instruments as well. @throws not-converged */
export function absorbInstruments(
  design: Design,
  { z }: InstrumentColumns,
  absorbed: AbsorbedDesign,
): AbsorbedInstruments {
  const own: Matrix = { ...z, data: Float64Array.from(z.data) };
  const views = Array.from({ length: own.ncol }, (_, j) => columnView(own, j));
  const zColumns = absorbColumnsInto(views, design, absorbed.absorber);
  return { ...absorbed, z: own, zColumns };
}

/** What is left after collinear columns: positions in `Design.x` and in the instruments. */
export interface KeptColumns {
  readonly exogenous: readonly number[];
  readonly endogenous: readonly number[];
  readonly instruments: readonly number[];
  readonly collinear: readonly string[];
  readonly droppedInstruments: readonly string[];
  /** n x k2, orthonormal: what spans the exogenous regressors, without the constant. */
  readonly basis: Matrix;
  /** The kept endogenous regressors and instruments net of it (Frisch and Waugh 1933). */
  readonly d: Matrix;
  readonly z: Matrix;
  /** n x L1, orthonormal, spans `z`. */
  readonly q: Matrix;
}

/**
 * Columns that carry something of their own: exogenous regressors in their order, then endogenous regressors and instruments
 * each net of the exogenous ones, so that an instrument equal to an endogenous regressor stays.
 * @throws instrument-shortage
 */
export function keptColumns({ design, instruments, x, z, floors }: InstrumentedColumns): KeptColumns {
  const k1 = instruments.endogenousCount;
  const rest: Matrix = { ...x, ncol: x.ncol - k1, data: x.data.subarray(k1 * x.nrow) };
  const own = orthogonalize(rest, floors.x.slice(k1));
  const basis = own.q;
  const exogenous = own.kept.map((j) => k1 + j);
  const dNet = netOf(basis, { ...x, ncol: k1 });
  const endogenous = orthogonalize(dNet, floors.x.slice(0, k1)).kept;
  const zNet = netOf(basis, z);
  const { q, kept } = orthogonalize(zNet, floors.z);
  const isKept = new Set([...exogenous, ...endogenous]);
  const collinear = design.terms.filter((_, j) => !isKept.has(j));
  const droppedInstruments = instruments.names.filter((_, j) => !kept.includes(j));
  if (endogenous.length === 0) throw new StudyError('collinear', { where: design.where, terms: collinear });
  if (kept.length < endogenous.length) {
    throw shortage(design, { endogenous, instruments: kept, droppedInstruments }, instruments, 'count');
  }
  const [d, zKept] = [columnsOf(dNet, endogenous), columnsOf(zNet, kept)];
  return { exogenous, endogenous, instruments: kept, collinear, droppedInstruments, basis, d, z: zKept, q };
}

/** Fewer instruments than endogenous regressors, or a projection of less than full rank. */
export function shortage(
  design: InstrumentedColumns['design'],
  kept: Pick<KeptColumns, 'endogenous' | 'instruments' | 'droppedInstruments'>,
  instruments: InstrumentedColumns['instruments'],
  reason: 'count' | 'rank',
): StudyError<'instrument-shortage'> {
  return new StudyError('instrument-shortage', {
    where: design.where,
    endogenous: kept.endogenous.map((j) => design.terms[j]),
    instruments: kept.instruments.map((j) => instruments.names[j]),
    dropped: kept.droppedInstruments,
    reason,
  });
}

/** Outcome, endogenous regressors and instruments net of constant and exogenous regressors. */
export function partialOut(
  { design, instruments, y, rank, unit }: InstrumentedColumns,
  kept: KeptColumns,
): PartialledOut {
  const { basis, d, z, q } = kept;
  const exogenous = unit === null ? basis : beside(unit, basis);
  return {
    endogenous: kept.endogenous.map((j) => design.terms[j]),
    instruments: kept.instruments.map((j) => instruments.names[j]),
    y: residualOff(basis, y),
    d,
    q,
    z,
    exogenous,
    instrumentCount: kept.instruments.length + exogenous.ncol + rank,
  };
}

/** A column less its projection on orthonormal columns, taken twice. */
export function residualOff(q: Matrix, column: Float64Array): Float64Array {
  const out = Float64Array.from(column);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const own = columnView(q, j);
      const projection = pairwiseDot(own, out);
      for (let i = 0; i < out.length; i++) out[i] -= projection * own[i];
    }
  }
  return out;
}

/** The normalised root weights of n rows. */
export function unitColumn(n: number, weights: Float64Array | null): Float64Array {
  let total = 0;
  for (let i = 0; i < n; i++) total += weights === null ? 1 : weights[i];
  return Float64Array.from({ length: n }, (_, i) => Math.sqrt((weights === null ? 1 : weights[i]) / total));
}

function beside(column: Float64Array, q: Matrix): Matrix {
  const out = zeros(q.nrow, q.ncol + 1);
  out.data.set(column);
  out.data.set(q.data, q.nrow);
  return out;
}

function netOf(basis: Matrix, x: Matrix): Matrix {
  const out = zeros(x.nrow, x.ncol);
  for (let j = 0; j < x.ncol; j++) out.data.set(residualOff(basis, columnView(x, j)), j * x.nrow);
  return out;
}

function columnsOf(x: Matrix, which: readonly number[]): Matrix {
  if (which.length === x.ncol) return x;
  return matrixOfColumns(
    x.nrow,
    which.map((j) => columnView(x, j)),
  );
}
