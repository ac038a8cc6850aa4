import type { PanelShape } from '../panel/latent-panel.ts';
import type { MarginalTarget } from '../panel/marginal.ts';
import { boundsBesideThreshold } from '../panel/marginal-conditions.ts';
import { partOf } from '../panel/part.ts';
import { baselineRegressors, type VariableId } from '../panel/variable-process.ts';
import type { BasisVector } from './basis-products.ts';
import { columnReader } from './column-fit.ts';
import { type DrawnVariable, type JointDraw, jointDraw, roundRows } from './joint-draw.ts';
import { type NumberRow, type RowMaker, rowBasis } from './number-rows.ts';
import { type PrintedModels, printedModels } from './printed-models.ts';
import type { PrintedTables } from './printed-tables.ts';
import { type Rounding, settleRounded } from './settle-rounded.ts';
import type { Values } from './source.ts';
import { orderAtThreshold } from './threshold-order.ts';
import { thresholdRows } from './threshold-rows.ts';

type Mutable = Record<VariableId, Float64Array>;

export interface PrintPanel {
  readonly values: Values;
  readonly tables: PrintedTables;
  readonly marginals: Readonly<Record<VariableId, MarginalTarget>>;
  readonly shape: PanelShape;
  /** The panel as it is read from the raw tables that are made of it. */
  readonly asRead: (values: Values) => Values;
  /** Hears AI, ln(1 + firms) of each city and year, when it no longer moves: the others still do for a while. */
  readonly onCounted?: (ai: Float64Array) => void;
  readonly onRound?: (stage: string, ...heard: Parameters<NonNullable<JointDraw['onRound']>>) => void;
}

/** A panel whose regressions come out as printed, and those regressions. */
export interface PrintedPanel {
  readonly values: Values;
  readonly models: PrintedModels;
}

/** Rounds of each stage, and how far the first of them may move. */
const stages = {
  free: { rounds: 36, reach: 0.08 },
  counted: { rounds: 10, reach: 0.03 },
  read: { rounds: 12, reach: 0.02 },
  mediator: { rounds: 12, reach: 0.2 },
} as const;
/** Other thresholds are looked for once the rest is near. */
const rivalsFrom = 18;
const settleTurns = 4;
/** How far a threshold's next cell lies above it, in standard deviations of AI. */
const thresholdGap = 1e-3;

/**
 * Moves a drawn panel until all printed numbers come out at once.
 *
 * 1. The outcome, its regressors and the moderators move together.
 * 2. The firms are counted, and the others make up for that.
 * 3. The raw tables round; the outcome, which they give to many digits, makes up for that.
 * 4. The mediators, whose regressors no longer move.
 */
export function printPanel(options: PrintPanel): PrintedPanel {
  const { tables, marginals, shape, asRead } = options;
  const blanks = options.values.ip;
  const models = printedModels(tables, shape, options.values);
  const { whole, observed, regressions, thresholds } = models;
  const values: Mutable = { ...options.values, ip: blanks.map((value) => (Number.isNaN(value) ? 0 : value)) };
  const variable = (id: VariableId): DrawnVariable => ({
    id,
    marginal: marginals[id],
    ...tables.moments[id],
    described: id === 'ip' ? observed : whole,
    scale: scaleOf(id, marginals[id]),
  });
  const ai = (): DrawnVariable => {
    const free = new Float64Array(whole.length).fill(Number.NEGATIVE_INFINITY);
    const open = new Float64Array(whole.length).fill(Number.POSITIVE_INFINITY);
    const own = thresholds.find(({ by }) => by === 'ai');
    if (own === undefined) return variable('ai');
    const part = partOf(shape.sample, shape.years, whole.length);
    const edge = { value: own.value, gap: thresholdGap * marginals.ai.sd };
    return { ...variable('ai'), ...boundsBesideThreshold({ low: free, high: open }, values.ai, edge, part) };
  };
  const rivals = thresholds.map(() => []);
  const move = (stage: 'free' | 'counted' | 'read', variables: readonly DrawnVariable[]): void => {
    const onRound: JointDraw['onRound'] = (...heard) => options.onRound?.(stage, ...heard);
    const more = (maker: RowMaker, round: number): NumberRow[] =>
      thresholds.flatMap((threshold, index) =>
        thresholdRows(threshold, stage === 'free' && round < rivalsFrom ? null : rivals[index], maker),
      );
    Object.assign(values, jointDraw({ values, variables, regressions, more, ...stages[stage], onRound }));
  };
  /** Brings a variable of whole numbers near to the printed ones again, its ends, its median and what lies at a threshold apart. */
  const settle = (draw: Pick<JointDraw, 'variables' | 'regressions'>, id: VariableId, rounding: Rounding): void => {
    const { min, max, median } = marginals[id];
    const threshold = thresholds.find(({ by }) => by === id)?.value ?? Number.NaN;
    for (let turn = 0; turn < settleTurns; turn++) {
      const maker: RowMaker = { basis: rowBasis(), read: columnReader(values), values };
      const misses = roundRows(draw, maker, 0).map(({ miss, on }) => ({
        miss,
        weights: weightsOf(on().get(id), maker.basis.of.get(id) ?? [], whole.length),
      }));
      const inner = whole.cells.filter((cell) => {
        const value = values[id][cell];
        const isSpecial = Math.abs(value - median) < 0.02 || Math.abs(value - threshold) < 0.02;
        return value > min + 0.01 && value < max - 0.01 && !isSpecial;
      });
      values[id] = settleRounded(values[id], misses, inner, rounding);
    }
  };
  const order = (...also: Mutable[]): void => {
    for (const threshold of thresholds) {
      // AI is a regressor itself: its cells stay where they are.
      if (threshold.by === threshold.regressor) continue;
      const ordered = orderAtThreshold(threshold, columnReader(values), values[threshold.by]);
      values[threshold.by] = ordered;
      for (const other of also) other[threshold.by] = ordered;
    }
  };
  const atThresholds = new Set(thresholds.flatMap(({ by, value }) => cellsAround(values[by], value, whole.cells)));
  const outcome: DrawnVariable = { ...variable('cp'), nimble: atThresholds };
  const others = [outcome, ...([...baselineRegressors.slice(1), 'er', 'ip'] as const).map(variable)];
  move('free', [ai(), ...others]);
  values.ai = roundedIn(values.ai, whole.cells, counts);
  const lagged = regressions.find(({ model }) => model.outcome.id === 'ai');
  if (lagged !== undefined) settle({ variables: [ai()], regressions: [lagged] }, 'ai', counts);
  options.onCounted?.(values.ai);
  order();
  move('counted', others);
  order();
  const before = { ...values };
  Object.assign(values, asRead(values), { cp: values.cp });
  move('read', [outcome]);
  order(before);
  for (const { model, numbers, variable: id } of models.mediators) {
    const draw = { variables: [variable(id)], regressions: [{ model, numbers }] };
    const onRound: JointDraw['onRound'] = (...heard) => options.onRound?.(id, ...heard);
    values[id] = jointDraw({ ...draw, values, ...stages.mediator, onRound })[id];
    const rounding = id === 'envrpat' ? counts : hundredths;
    values[id] = roundedIn(values[id], whole.cells, rounding);
    settle(draw, id, rounding);
  }
  const { uis, envrpat, cp } = values;
  return {
    values: { ...before, uis, envrpat, cp, ip: before.ip.map((v, i) => (Number.isNaN(blanks[i]) ? Number.NaN : v)) },
    models,
  };
}

function roundedIn(values: Float64Array, cells: Int32Array, { round }: Rounding): Float64Array {
  const out = values.slice();
  for (const cell of cells) out[cell] = round(out[cell]);
  return out;
}

function weightsOf(
  on: ReadonlyMap<number, number> | undefined,
  vectors: readonly BasisVector[],
  length: number,
): Float64Array {
  const out = new Float64Array(length);
  for (const [index, factor] of on ?? []) {
    const { weights } = vectors[index];
    for (let i = 0; i < length; i++) out[i] += factor * weights[i];
  }
  return out;
}

/** ln(1 + n) of whole counts n. */
const counts: Rounding = {
  round: (log) => Math.log1p(Math.max(0, Math.round(Math.expm1(log)))),
  next: (log, direction) => Math.log1p(Math.max(0, Math.round(Math.expm1(log)) + direction)),
};

/** Shares whose percent has two decimals. */
const hundredths: Rounding = {
  round: (share) => Math.round(share * 1e4) / 1e4,
  next: (share, direction) => Math.round(share * 1e4 + direction) / 1e4,
};

/** How far cells move at the same cost, in standard deviations. */
const moves: Readonly<Partial<Record<VariableId, number>>> = { ai: 0.125, pop: 0.11, er: 0.35 };
const usualMove = 0.4;

/** Cells of a skewed variable move as the square root of their size, internet penetration as its size; others alike. */
function scaleOf(id: VariableId, { mean, sd, min, median }: MarginalTarget): (x: Float64Array) => Float64Array {
  if (id === 'ip') return (x) => x.map((value) => 0.3 * value);
  const own = moves[id];
  if (own !== undefined) return (x) => x.map(() => own * sd);
  const isSkewed = min > -0.5 * sd && mean > median;
  return (x) => x.map((value) => usualMove * sd * (isSkewed ? Math.sqrt(Math.max(Math.abs(value) / mean, 0.05)) : 1));
}

/** The cells nearest to a threshold, as many below as above. */
function cellsAround(by: Float64Array, threshold: number, cells: Int32Array): number[] {
  const order = Array.from(cells).sort((a, b) => by[a] - by[b]);
  const first = order.findIndex((cell) => by[cell] > threshold);
  return order.slice(Math.max(0, first - cellsBeside), first + cellsBeside);
}

const cellsBeside = 6;
