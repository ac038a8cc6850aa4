import { StudyError } from '../../../error/study-error.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { pairwiseDot } from '../../../math/pairwise-sum.ts';
import type { Design, InstrumentColumns, PartialledOut } from '../../contract.ts';
import type { AbsorbedColumn, AbsorbedDesign } from '../fit-least-squares.ts';
import { absorbColumnInto } from '../fit-least-squares.ts';

/** A design with instruments net of its fixed effects. */
export interface AbsorbedInstruments extends AbsorbedDesign {
  readonly z: Matrix;
  readonly zColumns: readonly AbsorbedColumn[];
}

/** Takes the effects out of the instruments as well. @throws not-converged */
export function absorbInstruments(
  design: Design,
  { z }: InstrumentColumns,
  absorbed: AbsorbedDesign,
): AbsorbedInstruments {
  const own: Matrix = { ...z, data: Float64Array.from(z.data) };
  const zColumns = Array.from({ length: own.ncol }, (_, j) =>
    absorbColumnInto(columnView(own, j), design, absorbed.absorber),
  );
  return { ...absorbed, z: own, zColumns };
}

/** What is left after collinear columns: positions in `Design.x` and in the instruments. */
export interface KeptColumns {
  readonly exogenous: readonly number[];
  readonly endogenous: readonly number[];
  readonly instruments: readonly number[];
  readonly collinear: readonly string[];
  readonly droppedInstruments: readonly string[];
}

/**
 * Columns that carry something of their own: exogenous regressors in their order, then endogenous regressors and instruments
 * each against the exogenous ones, so that an instrument equal to an endogenous regressor stays.
 * @throws instrument-shortage
 */
export function keptColumns(
  design: Design,
  instruments: InstrumentColumns,
  absorbed: AbsorbedInstruments,
): KeptColumns {
  const k1 = instruments.endogenousCount;
  const { x, columns, z, zColumns } = absorbed;
  const exogenous = independentAgainst([], [], x, columns, range(k1, x.ncol));
  const base = exogenous.map((j) => columnView(x, j));
  const floors = exogenous.map((j) => columns[j].floor);
  const endogenous = independentAgainst(base, floors, x, columns, range(0, k1));
  const kept = independentAgainst(base, floors, z, zColumns, range(0, z.ncol));
  const isKept = new Set([...exogenous, ...endogenous]);
  const collinear = design.terms.filter((_, j) => !isKept.has(j));
  const droppedInstruments = instruments.names.filter((_, j) => !kept.includes(j));
  if (endogenous.length === 0) throw new StudyError('collinear', { where: design.where, terms: collinear });
  if (kept.length < endogenous.length) {
    throw shortage(design, { endogenous, instruments: kept, droppedInstruments }, instruments, 'count');
  }
  return { exogenous, endogenous, instruments: kept, collinear, droppedInstruments };
}

/** Fewer instruments than endogenous regressors, or a projection of less than full rank. */
export function shortage(
  design: Design,
  kept: Pick<KeptColumns, 'endogenous' | 'instruments' | 'droppedInstruments'>,
  instruments: InstrumentColumns,
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

/**
 * Takes constant and exogenous regressors out of outcome, endogenous regressors and instruments (Frisch and Waugh 1933).
 * @param absorbedRank rank of the fixed effects, for the count of instruments.
 */
export function partialOut(
  design: Design,
  absorbed: AbsorbedInstruments,
  kept: KeptColumns,
  { names, absorbedRank }: { readonly names: readonly string[]; readonly absorbedRank: number },
): PartialledOut {
  const n = design.y.length;
  const { x, columns, z } = absorbed;
  const own = orthogonalize(
    matrixOfColumns(
      n,
      kept.exogenous.map((j) => columnView(x, j)),
    ),
    kept.exogenous.map((j) => columns[j].floor),
  ).q;
  const net = (source: Matrix, which: readonly number[]): Matrix =>
    matrixOfColumns(
      n,
      which.map((j) => residualOff(own, columnView(source, j))),
    );
  const zNet = net(z, kept.instruments);
  const q = orthogonalize(zNet, new Float64Array(zNet.ncol)).q;
  const exogenous = design.hasConstant ? withUnit(own, design.weights) : own;
  return {
    endogenous: kept.endogenous.map((j) => design.terms[j]),
    instruments: kept.instruments.map((j) => names[j]),
    y: residualOff(own, absorbed.y.values),
    d: net(x, kept.endogenous),
    q,
    z: zNet,
    exogenous,
    instrumentCount: kept.instruments.length + exogenous.ncol + absorbedRank,
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

/** The normalised root weights in front: the constant's direction, to which centred columns are orthogonal. */
function withUnit(q: Matrix, weights: Float64Array | null): Matrix {
  const n = q.nrow;
  const out = zeros(n, q.ncol + 1);
  let total = 0;
  for (let i = 0; i < n; i++) total += weights === null ? 1 : weights[i];
  for (let i = 0; i < n; i++) out.data[i] = Math.sqrt((weights === null ? 1 : weights[i]) / total);
  out.data.set(q.data, n);
  return out;
}

/** Those of `which` that earlier ones and `base` leave something of. */
function independentAgainst(
  base: readonly Float64Array[],
  baseFloors: readonly number[],
  x: Matrix,
  columns: readonly AbsorbedColumn[],
  which: readonly number[],
): readonly number[] {
  const all = matrixOfColumns(x.nrow, [...base, ...which.map((j) => columnView(x, j))]);
  const { kept } = orthogonalize(all, [...baseFloors, ...which.map((j) => columns[j].floor)]);
  return kept.filter((c) => c >= base.length).map((c) => which[c - base.length]);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
