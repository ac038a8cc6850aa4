import type { MarginalTarget } from '../panel/marginal.ts';
import type { Printed } from '../panel/printed-fit.ts';
import type { VariableId } from '../panel/variable-process.ts';
import { columnReader } from './column-fit.ts';
import { jointMove } from './joint-move.ts';
import {
  linkedFit,
  marginalRows,
  type NumberRow,
  type PrintedRegression,
  type RowMaker,
  regressionRows,
  rowBasis,
} from './number-rows.ts';
import { type MarginalKeeper, marginalKeeper } from './printed-marginal.ts';
import type { RegressionCells } from './regression-cells.ts';
import type { Values } from './source.ts';

/** A variable that the draw may move. */
export interface DrawnVariable {
  readonly id: VariableId;
  readonly marginal: MarginalTarget;
  readonly mean: Printed;
  readonly sd: Printed;
  /** Cells that the table of marginals describes: those that move. */
  readonly described: Pick<RegressionCells, 'id' | 'cells' | 'runs' | 'length'>;
  /** How far cells move at the same cost. */
  readonly scale: (x: Float64Array) => Float64Array;
  /** Cells that move freely up to their bound; the others slow down before it. */
  readonly nimble?: ReadonlySet<number>;
  /** Bounds of single cells beside the printed ends. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

export interface JointDraw {
  readonly values: Values;
  readonly variables: readonly DrawnVariable[];
  readonly regressions: readonly PrintedRegression[];
  /** Further rows, which are no column of their own. */
  readonly more?: (maker: RowMaker, round: number) => NumberRow[];
  readonly rounds: number;
  /** Root mean square of the first move, in scales; it grows with success and shrinks without. */
  readonly reach: number;
  /** Hears the rows of every round. */
  readonly onRound?: (round: number, rows: readonly NumberRow[], reach: number) => void;
}

const reachGrows = 1.1;
const reachShrinks = 0.7;
const mostReach = 0.5;
/** Rounds without success after which the best state is taken up again. */
const patience = 6;
/** Scales from its bound at which a cell begins to move less. */
const room = 6;
/** Half units of the last digit within which a number counts as met. */
const met = 0.8;

/** Moves the variables by turns until the printed numbers come out, or rounds are used up; the best state is given back. */
export function jointDraw(draw: JointDraw): Values {
  const values = { ...draw.values };
  const { variables } = draw;
  const keepers = variables.map((variable) => keeperOf(variable, values[variable.id]));
  const scales = variables.map(({ id, scale }) => scale(values[id]));
  const put = (v: number, moved: Float64Array): void => {
    const { id, described } = variables[v];
    const { low, high, keepMedian } = keepers[v];
    const out = values[id].slice();
    for (const cell of described.cells) out[cell] = Math.min(Math.max(moved[cell], low[cell]), high[cell]);
    keepMedian(out);
    values[id] = out;
  };
  variables.forEach(({ id }, v) => {
    put(v, values[id]);
  });
  let best = { merit: Number.POSITIVE_INFINITY, values: { ...values } };
  let reach = draw.reach;
  let damping = 0;
  let worse = 0;
  for (let round = 0; ; round++) {
    const maker: RowMaker = { basis: rowBasis(), read: columnReader(values), values };
    const rows = roundRows(draw, maker, round);
    draw.onRound?.(round, rows, reach);
    const merit = meritOf(rows);
    if (merit < best.merit) {
      best = { merit, values: { ...values } };
      reach = Math.min(reach * reachGrows, mostReach);
      worse = 0;
    } else {
      reach *= reachShrinks;
      worse++;
    }
    if (round >= draw.rounds || rows.every(({ miss }) => Math.abs(miss) < met)) return best.values;
    if (worse >= patience) {
      Object.assign(values, best.values);
      worse = 0;
      continue;
    }
    const movable = variables.map(({ id, described, nimble }, v) => ({
      variable: id,
      scale: roomyScale(values[id], scales[v], keepers[v], described.cells, nimble),
    }));
    const { steps, damping: found } = jointMove(rows, maker.basis, movable, reach, damping);
    damping = found;
    steps.forEach((step, v) => {
      const own = values[variables[v].id];
      put(
        v,
        own.map((value, i) => value + step[i]),
      );
    });
  }
}

/** All conditions on the panel as it is. */
export function roundRows(
  draw: Pick<JointDraw, 'variables' | 'regressions' | 'more'>,
  maker: RowMaker,
  round: number,
): NumberRow[] {
  return [
    ...draw.variables.flatMap(({ id, mean, sd, described }) => marginalRows(id, { mean, sd }, described, maker)),
    ...draw.regressions.flatMap(({ model, numbers }) => {
      const linked = linkedFit(model, maker);
      return linked === null ? [] : regressionRows(linked, numbers);
    }),
    ...(draw.more?.(maker, round) ?? []),
  ];
}

/** Many small misses weigh more than one large one, which may be a contradiction. */
function meritOf(rows: readonly NumberRow[]): number {
  return rows.reduce(
    (sum, { miss, importance = 1 }) => sum + importance * Math.sqrt(Math.max(0, Math.abs(miss) - 0.5)),
    0,
  );
}

function keeperOf({ marginal, described, low, high }: DrawnVariable, x: Float64Array): MarginalKeeper {
  const keeper = marginalKeeper(x, marginal, described.cells);
  return {
    ...keeper,
    low: low === undefined ? keeper.low : keeper.low.map((value, i) => Math.max(value, low[i])),
    high: high === undefined ? keeper.high : keeper.high.map((value, i) => Math.min(value, high[i])),
  };
}

/** Cells near a bound move less: they come near to it without being stopped by it. */
function roomyScale(
  x: Float64Array,
  scale: Float64Array,
  { low, high }: MarginalKeeper,
  cells: Int32Array,
  nimble: ReadonlySet<number> | undefined,
): Float64Array {
  const out = new Float64Array(x.length);
  for (const cell of cells) {
    const own = scale[cell];
    if (own === 0) continue;
    const left = Math.max(0, Math.min(x[cell] - low[cell], high[cell] - x[cell]));
    out[cell] = own * Math.min(1, left / ((nimble?.has(cell) ? 1 : room) * own));
  }
  return out;
}
