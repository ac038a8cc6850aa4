import { lazily } from '../../../../math/lazy.ts';
import type { CellRuns } from '../panel/conditioned-draw.ts';
import type { Printed } from '../panel/printed-fit.ts';
import type { VariableId } from '../panel/variable-process.ts';
import type { BasisVector } from './basis-products.ts';
import {
  basisOf,
  type ColumnFit,
  type ColumnModel,
  type ColumnReader,
  fitColumn,
  type Gradient,
} from './column-fit.ts';
import { influencesOn, type Values } from './source.ts';

/** How a number changes with a variable's cells: a combination of the variable's basis. */
export type Combination = Map<number, number>;

/** A printed number as a condition: its miss, and how that changes, in half units of the last digit. */
export interface NumberRow {
  readonly id: string;
  readonly miss: number;
  /** Farthest that it is asked to change at once. */
  readonly most: number;
  /** What a miss counts beside that of another number; 1 where it is left out. */
  readonly importance?: number;
  readonly on: () => ReadonlyMap<VariableId, Combination>;
}

/** The vectors of all rows, by variable. */
export interface RowBasis {
  readonly of: ReadonlyMap<VariableId, readonly BasisVector[]>;
  /** Index of a vector, which is made when it is new. */
  readonly index: (variable: VariableId, key: string, make: () => BasisVector) => number;
}

export function rowBasis(): RowBasis {
  const of = new Map<VariableId, BasisVector[]>();
  const known = new Map<string, number>();
  return {
    of,
    index: (variable, key, make) => {
      const name = `${variable}: ${key}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const list = of.get(variable) ?? [];
      of.set(variable, list);
      list.push(make());
      known.set(name, list.length - 1);
      return list.length - 1;
    },
  };
}

/** What a table prints of one regression; null for what it does not print, or prints wrongly. */
export interface PrintedNumbers {
  /** As its terms are printed. */
  readonly slopes: readonly Printed[];
  readonly stats: readonly Printed[];
  readonly constant: Printed | null;
  readonly constantStat: Printed | null;
  readonly r2: Printed | null;
}

/** A regression and what is printed of it. */
export interface PrintedRegression {
  readonly model: ColumnModel;
  readonly numbers: PrintedNumbers;
}

export interface RowMaker {
  readonly basis: RowBasis;
  readonly read: ColumnReader;
  readonly values: Values;
}

/** How the columns of a fit move with the variables: by column, for each way, the index of every basis vector. */
type Links = readonly (readonly { readonly variable: VariableId; readonly index: Int32Array }[])[];

function linksOf(fit: ColumnFit, { basis, read, values }: RowMaker, outcomeOnly: boolean): Links {
  const { cells } = fit.model;
  const vectors = basisOf(fit, read);
  return fit.columns.slice(0, outcomeOnly ? 1 : undefined).map((source) =>
    influencesOn(source, values, cells.runs).map(({ variable, way, back }) => {
      const runs = way === 'lag' ? cells.runsBefore : cells.runs;
      const index = vectors.map(({ key, vector }) =>
        basis.index(variable, `${key} ${way}`, () => ({ weights: back(vector), runs })),
      );
      return { variable, index: Int32Array.from(index) };
    }),
  );
}

/** A fit together with its way back to the variables. */
export interface LinkedFit {
  readonly fit: ColumnFit;
  readonly links: () => Links;
}

/**
 * @param outcomeOnly whether only the outcome is to answer for its numbers
 * @returns null where the columns are collinear
 */
export function linkedFit(model: ColumnModel, maker: RowMaker, outcomeOnly = false): LinkedFit | null {
  const fit = fitColumn(model, maker.read);
  return fit === null ? null : { fit, links: lazily(() => linksOf(fit, maker, outcomeOnly)) };
}

/** Writes a gradient down by variable, beside what stands there. */
export function combine(
  { fit, links }: LinkedFit,
  gradient: Gradient,
  factor: number,
  to: Map<VariableId, Combination>,
): void {
  links().forEach((ways, column) => {
    for (const { variable, index } of ways) {
      let own = to.get(variable);
      if (own === undefined) {
        own = new Map<number, number>();
        to.set(variable, own);
      }
      for (let v = 0; v < index.length; v++) {
        const value = gradient[column * fit.vectors + v] * factor;
        if (value !== 0) own.set(index[v], (own.get(index[v]) ?? 0) + value);
      }
    }
  });
}

/** One row from its gradient. */
export function rowOf(
  id: string,
  linked: LinkedFit,
  { now, printed, most, gradient }: { now: number; printed: Printed; most: number; gradient: () => Gradient },
): NumberRow {
  const on = (): Map<VariableId, Combination> => {
    const out = new Map<VariableId, Combination>();
    combine(linked, gradient(), 1 / printed.half, out);
    return out;
  };
  return { id, miss: (now - printed.value) / printed.half, most: most / printed.half, on };
}

/** Standard errors that a slope, and the units that a t statistic, may be asked to change by at once. */
const slopeReach = 0.7;
const statReach = (t: number): number => 0.7 + 0.1 * Math.abs(t);
const fitReach = 0.03;

/** Rows of all that is printed of a regression. */
export function regressionRows(
  linked: LinkedFit,
  { slopes, stats, constant, constantStat, r2 }: PrintedNumbers,
): NumberRow[] {
  const { fit } = linked;
  const { gradientOf, model } = fit;
  const rows: NumberRow[] = [];
  const add = (id: string, now: number, printed: Printed, most: number, gradient: () => Gradient): void => {
    rows.push(rowOf(`${model.id} ${id}`, linked, { now, printed, most, gradient }));
  };
  slopes.forEach((printed, j) => {
    const name = model.regressors[j].id;
    add(name, fit.slopes[j], printed, slopeReach * fit.errors[j], () => gradientOf.slope(j));
    const t = fit.slopes[j] / fit.errors[j];
    add(`${name} t`, t, stats[j], statReach(t), () => gradientOf.stat(j));
  });
  if (constant !== null) add('constant', fit.constant, constant, slopeReach * fit.constantError, gradientOf.constant);
  if (constantStat !== null) {
    const t = fit.constant / fit.constantError;
    add('constant t', t, constantStat, statReach(t), gradientOf.constantStat);
  }
  if (r2 !== null) add('r2', fit.r2, r2, fitReach, gradientOf.r2);
  return rows;
}

/** Mean and standard deviation of a variable. */
export function marginalRows(
  variable: VariableId,
  printed: { readonly mean: Printed; readonly sd: Printed },
  cells: { readonly id: string; readonly cells: Int32Array; readonly runs: CellRuns; readonly length: number },
  maker: RowMaker,
): NumberRow[] {
  const x = maker.values[variable];
  const n = cells.cells.length;
  let mean = 0;
  for (const cell of cells.cells) mean += x[cell] / n;
  const ones = new Float64Array(cells.length);
  const centred = new Float64Array(cells.length);
  let squares = 0;
  for (const cell of cells.cells) {
    ones[cell] = 1;
    centred[cell] = x[cell] - mean;
    squares += centred[cell] ** 2;
  }
  const sd = Math.sqrt(squares / (n - 1));
  const row = (
    id: string,
    miss: number,
    key: string,
    weights: Float64Array,
    factor: number,
    most: number,
  ): NumberRow => {
    const on = (): Map<VariableId, Combination> => {
      const index = maker.basis.index(variable, `${cells.id}|${key}`, () => ({ weights, runs: cells.runs }));
      return new Map([[variable, new Map([[index, factor]])]]);
    };
    return { id: `${variable} ${id}`, miss, most, on };
  };
  return [
    row(
      'mean',
      (mean - printed.mean.value) / printed.mean.half,
      'ones',
      ones,
      1 / n / printed.mean.half,
      (0.1 * sd) / printed.mean.half,
    ),
    row(
      'sd',
      (sd - printed.sd.value) / printed.sd.half,
      'centred',
      centred,
      1 / (sd * (n - 1)) / printed.sd.half,
      (0.1 * sd) / printed.sd.half,
    ),
  ];
}
