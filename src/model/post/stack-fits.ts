import { at } from '../../error/at.ts';
import { isStudyError } from '../../error/study-error.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import type { Column, ColumnTable } from '../../table/column.ts';
import { cellText, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import { timeAxisOf } from '../../table/time/time-axis.ts';
import type { Design, FixedEffect, PanelKeys } from '../contract.ts';
import type { Fit, Influence } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';

/** A fit among others, and where its rows stand in the data that all come from. */
export interface StackedModel {
  readonly id: string;
  readonly fit: Fit;
  /** Row of the common data for every row of the fit's sample. */
  readonly sourceRows: Int32Array;
  /** Residuals in the place of the fit's own. */
  readonly residuals?: Float64Array;
}

/** Estimates of several models as those of one. */
export interface Stack extends Influence {
  readonly coefficients: Float64Array;
  readonly projections: Float64Array | null;
}

/** Column of the stacked table that names the row of the common data. */
export const sourceRowName = '.source row';

/**
 * Several fits as the one regression in which every regressor and every fixed effect is interacted with the model: the rows
 * one below the other, basis and transform block-diagonal. The influence of a row on an estimate, transform basis_i u_i, is
 * that of its own model, so that any sandwich of the stack is the joint covariance of all estimates (Weesie 1999, suest;
 * Cameron and Miller 2015, VI.A), and degrees of freedom are counted as for that regression.
 * @param columns names that the covariance groups by. @throws rows-needed, unknown-column
 */
export function stackFits(models: readonly StackedModel[], columns: readonly string[]): Stack {
  const fits = models.map((model) => model.fit);
  const rows = fits.map((fit) => rowsOf(fit, { kind: 'joint' }));
  const designs = rows.map(({ design }) => design);
  const n = fits.reduce((sum, fit) => sum + fit.nobs, 0);
  const effects = stackedEffects(designs);
  // A model without fixed effects beside one with them: its constant is a level of its own.
  const constants = designs.filter(({ hasConstant }) => hasConstant).length;
  const areLevels = effects.length > 0;
  const sum = (countOf: (fit: Fit) => number): number => fits.reduce((total, fit) => total + countOf(fit), 0);
  const [{ where, panel: keys }] = designs;
  const panel = keys === null ? null : withStep(keys, designs[0]);
  return {
    design: { where, panel, hasConstant: false, effects },
    nobs: n,
    names: models.flatMap(({ id, fit }) => fit.names.map((name) => `${id}: ${name}`)),
    coefficients: joined(fits.map((fit) => fit.coefficients)),
    transform: blockDiagonal(fits.map((fit) => fit.transform)),
    projections: joinedProjections(fits),
    slopeCount: sum((fit) => fit.slopeCount) + (areLevels ? 0 : constants),
    absorbedRank: sum((fit) => fit.absorbedRank) + (areLevels ? constants : 0),
    sums: { ssr: sum((fit) => fit.sums.ssr) },
    gives: {
      kind: 'rows',
      sample: {
        ...{ kind: 'rows', where, panel, effects, weights: stackedWeights(designs) },
        rows: Int32Array.from({ length: n }, (_, i) => i),
        table: stackedTable(models, designs, columns),
      },
      basis: blockDiagonal(rows.map(({ basis }) => basis)),
      residuals: joined(models.map(({ residuals }, m) => residuals ?? rows[m].residuals)),
      isFullGrid: false,
    },
  };
}

/** Null where one of the fits has none. */
function joinedProjections(fits: readonly Fit[]): Float64Array | null {
  const parts = fits.flatMap(({ projections }) => (projections === null ? [] : [projections]));
  return parts.length === fits.length ? joined(parts) : null;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function blockDiagonal(blocks: readonly Matrix[]): Matrix {
  const nrow = blocks.reduce((sum, block) => sum + block.nrow, 0);
  const out = zeros(
    nrow,
    blocks.reduce((sum, block) => sum + block.ncol, 0),
  );
  let row = 0;
  let column = 0;
  for (const block of blocks) {
    for (let j = 0; j < block.ncol; j++) columnView(out, column + j).set(columnView(block, j), row);
    row += block.nrow;
    column += block.ncol;
  }
  return out;
}

/** The periods of the whole panel, written out: the stack's own times would be counted anew. */
function withStep(panel: PanelKeys, { table, where }: Design): PanelKeys {
  try {
    const { unit, step } = timeAxisOf(table, panel.time, panel.step ?? null, where);
    return { ...panel, step: { every: step, of: unit } };
  } catch (error) {
    if (isStudyError(error)) return panel;
    throw error;
  }
}

function stackedWeights(designs: readonly Design[]): Float64Array | null {
  if (designs.every(({ weights }) => weights === null)) return null;
  return joined(designs.map(({ weights, y }) => weights ?? new Float64Array(y.length).fill(1)));
}

/** The effects at each place of the formulas, levels of different models apart; a model without one there is one level. */
function stackedEffects(designs: readonly Design[]): readonly FixedEffect[] {
  const places = designs.reduce((most, design) => Math.max(most, design.effects.length), 0);
  return Array.from({ length: places }, (_, place) => {
    const codes: number[] = [];
    let count = 0;
    let slopeCount = 0;
    for (const { effects, y } of designs) {
      const effect = effects[place];
      slopeCount = Math.max(slopeCount, effect?.slopes.length ?? 0);
      for (let i = 0; i < y.length; i++) codes.push(count + (effect?.codes[i] ?? 0));
      count += effect?.count ?? 1;
    }
    const slopes = Array.from({ length: slopeCount }, (_, k) =>
      joined(designs.map(({ effects, y }) => effects[place]?.slopes[k] ?? new Float64Array(y.length))),
    );
    const model = at(
      designs.filter((design) => design.effects[place] !== undefined),
      0,
    );
    const { name, variables } = model.effects[place];
    return { codes: Int32Array.from(codes), count, name, variables, slopes };
  });
}

/** The named columns of each model's table on its sample, one below the other, with the rows of the common data. */
function stackedTable(
  models: readonly StackedModel[],
  designs: readonly Design[],
  names: readonly string[],
): ColumnTable {
  const columns = names.map((name): [string, Column] => [name, stackedColumn(designs, name)]);
  const rows = numberColumn(models.flatMap(({ sourceRows }) => Array.from(sourceRows)));
  return columnTable(Object.fromEntries([...columns, [sourceRowName, rows]]));
}

/** @throws unknown-column */
function stackedColumn(designs: readonly Design[], name: string): Column {
  const parts = designs.map(({ table, where }) => columnOf(table, name, where));
  const numbers = parts.flatMap((part) => (part.kind === 'number' && part.texts === undefined ? [part.values] : []));
  if (numbers.length === parts.length)
    return numberColumn(numbers.flatMap((values, m) => Array.from(designs[m].rows, (row) => values[row])));
  return textColumn(parts.flatMap((part, m) => Array.from(designs[m].rows, (row) => cellText(part, row))));
}
