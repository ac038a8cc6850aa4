import { at } from '../error/at.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { AbsorptionReport } from '../math/absorb/contract.ts';
import type { Matrix } from '../math/matrix.ts';
import type { EffectShape, ModelDesign, SmallSampleRule } from '../model/contract.ts';
import { contained } from '../model/design/contained-effects.ts';
import { undefinedNotes } from '../model/design/sample-account.ts';
import { checkScale } from '../model/design/scale.ts';
import { unitEffectOf } from '../model/design/unit-effect.ts';
import type { OtherEffects } from '../model/estimate/constant.ts';
import { floorsOf, requireWithinVariation } from '../model/estimate/fit-least-squares.ts';
import type { EstimatorChoice } from '../model/estimate/instrumental-variables/options.ts';
import type { EffectCounts } from '../model/fit.ts';
import { printEffect, printFactor } from '../model/formula/print.ts';
import { type NetColumns, netOfEffects } from './absorb-effects.ts';
import { type Moments, momentsOf } from './column-moments.ts';
import type { Passes } from './contract.ts';
import { type Crossing, crossingEffects, type WantedWild } from './crossing-effects.ts';
import { designColumns, type SqlColumn } from './design-columns.ts';
import { keyPlaces } from './keys.ts';
import { nestings } from './nestings.ts';
import { type NetTable, productsOf } from './net-table.ts';
import { panelNotesOf } from './panel-facts.ts';
import { refused } from './refuse.ts';
import { sliceCount } from './row-slices.ts';
import { type EngineModel, type StagedSample, stageSample } from './sample.ts';
import { correlations, withinUnit } from './unit-sums.ts';

/** What a fit is to answer, so that its sums are made while the rows are at hand. */
export interface WantedSums {
  /** Variables of each covariance by clusters: `[firm]`, `[firm, year]`. */
  readonly clusters: readonly (readonly string[])[];
  /** Whether a covariance is robust by row. */
  readonly rows: boolean;
  readonly rule: SmallSampleRule;
  /** Null: none. */
  readonly wild: WantedWild | null;
  /** Of models with instruments. */
  readonly estimator: EstimatorChoice;
}

/** Share of what varies that rounding of the values may be, so that results hold nine digits. */
const mostLost = 1e-9;

function beyondHeld(names: readonly string[]): Diagnostic {
  return { code: 'engine-accuracy', severity: 'warning', detail: { names } };
}

/** A design whose columns are net of effects and mean where the rows are: outcome, endogenous and other regressors, instruments. */
export interface NetDesign {
  readonly model: EngineModel;
  readonly wanted: WantedSums;
  readonly sample: StagedSample;
  readonly design: ModelDesign;
  /** Null without instruments. */
  readonly instruments: { readonly endogenousCount: number; readonly names: readonly string[] } | null;
  readonly columns: readonly SqlColumn[];
  readonly moments: readonly Moments[];
  readonly totalWeight: number;
  /** Null without effects. */
  readonly netted: NetColumns | null;
  readonly net: NetTable;
  readonly products: Matrix;
  readonly floors: readonly { readonly noise: number; readonly floor: number }[];
  /** Norms of the outcome: squares net of all, around its mean and around zero before. */
  readonly outcome: { readonly squares: number; readonly centred: number; readonly raw: number };
  /** Sum of squares of the outcome, around its mean where the model has one. */
  readonly total: number;
  readonly hasMean: boolean;
  /** The constant of xtreg is wanted. */
  readonly printsConstant: boolean;
  readonly crossing: Crossing;
  /** Places of the unit's effect, and of that whose levels go first. */
  readonly unit: number;
  readonly first: number;
  readonly rank: number;
  /** More than a bound of the rank. */
  readonly isRankExact: boolean;
  readonly counts: EffectCounts;
}

/**
 * The sample laid down, effects taken out of all columns, their products.
 * @throws the codes of `buildDesign`, no-within-variation, engine-refused
 */
export function* netDesign(model: EngineModel, wanted: WantedSums): Passes<NetDesign> {
  const { formula, dialect, where, panel } = model;
  const { number } = dialect;
  const notes = yield* panelNotesOf(model);
  const sample = yield* stageSample(model);
  const effects = formula.effects.map(
    (effect, e): EffectShape => ({
      ...{ name: printEffect(effect), variables: effect.names, slopes: [] },
      count: sample.levels[e] ?? 0,
    }),
  );
  requireFewLevels(effects, where);
  const hasBase = formula.hasConstant || effects.length > 0;
  const context = { dialect, hasBase, where, labels: new Map<string, readonly string[]>() };
  const iv = formula.instrumented;
  const exogenous = yield* designColumns(sample, formula.products, sample.products, context);
  const endogenous = yield* designColumns(sample, iv?.endogenous ?? [], sample.endogenous, context);
  const instruments = yield* designColumns(sample, iv?.instruments ?? [], sample.instruments, context);
  const regressors = [...endogenous, ...exogenous];
  const depvar = printFactor(formula.outcome);
  const own = sample.outcome.kind === 'columns' ? (sample.outcome.columns[0]?.sql ?? '') : '';
  const columns = [{ name: depvar, sql: own }, ...regressors, ...instruments];
  const isWeighted = model.weights !== null || model.copies !== null;
  const { moments, totalWeight, spread, products: around } = yield* momentsOf(sample, columns, number);
  const sizes = columns.map(({ name }, j) => ({ name, largest: () => moments[j]?.largest ?? 0 }));
  checkScale({
    ...{ where, nrow: sample.nobs, outcome: at(sizes, 0) },
    regressors: sizes.slice(1, 1 + regressors.length),
    instruments: sizes.slice(1 + regressors.length),
    weights: model.weights !== null ? { name: 'weights', largest: () => totalWeight.largest } : null,
  });
  const nested = yield* nestings(sample, effects, wanted.clusters);
  const design: ModelDesign = {
    ...{ formula, where, depvar, effects, panel, lost: sample.lost, dropped: sample.dropped },
    terms: regressors.map(({ name }) => name),
    hasConstant: formula.hasConstant && effects.length === 0,
    diagnostics: [
      ...undefinedNotes(sample.lost),
      ...notes.of(sample.lagLosses),
      ...sample.singletonNotes,
      ...notes.rounded,
      ...contained(effects, (fine, coarse) => nested(fine, sample.effects[coarse])),
    ],
  };
  const crossing = crossingEffects(wanted.wild, effects, { sample, nested, where });
  const printsConstant = wanted.rule.printsConstant && effects.length > 0;
  const clusterKeys = [...new Set(wanted.clusters.flat())].map((name) => sample.clusterKey.get(name) ?? '');
  const unit = effects.length === 0 ? 0 : unitEffectOf(design);
  const levels = effects.map(({ count }) => count);
  // The constant of xtreg is made of the effects beside the unit's; else those of fewer levels are solved for.
  const isFirst = printsConstant || (levels[unit] ?? 0) >= Math.max(...levels, 0);
  const first = isFirst ? unit : levels.indexOf(Math.max(...levels));
  const crossed = crossing.crossing.map((e) => sample.effects[e] ?? '');
  const counted = [...(isWeighted ? ['w'] : []), ...(sample.copies === null ? [] : [sample.copies])];
  const along = [...new Set([...clusterKeys, ...crossed, ...counted])];

  const isNetted = effects.length > 0;
  const slices = isNetted && !dialect.laysRowsDown ? sliceCount(levels[first] ?? 0, columns.length, model.memory) : 1;
  const netted: NetColumns | null = isNetted
    ? yield* netOfEffects({
        ...{ dialect, where, table: sample.table, weight: sample.weight, first, levels, slices },
        columns: columns.map(({ sql }, j) => ({ sql, shift: moments[j]?.mean ?? 0 })),
        ...{ effects: sample.effects, along },
        wantsTaken: !dialect.laysRowsDown && around !== null,
        placesOf:
          printsConstant && effects.length >= 2
            ? (e, keys) => keyPlaces(keys, effects[e]?.variables ?? [], { columns: model.source.columns, where })
            : null,
      })
    : null;
  const net: NetTable = {
    tables: netted?.tables ?? [sample.table],
    slicedBy: slices > 1 ? (sample.effects[first] ?? null) : null,
    columns: columns.map(({ sql }, j) =>
      netted !== null ? `n${j}` : design.hasConstant ? `(${sql} - ${number(moments[j]?.mean ?? 0)})` : sql,
    ),
    ...{ weight: sample.weight, along, number },
  };
  const products = leftOf(around, netted?.taken ?? null) ?? (yield* productsOf(net));
  const hasMean = design.hasConstant || isNetted;
  const centred = (j: number): number => (hasMean ? spread.centred[j] : spread.raw[j]) ?? 0;
  const floors = columns.map((_, j) =>
    floorsOf({
      ...{ raw: Math.sqrt(spread.raw[j] ?? 0), centred: Math.sqrt(centred(j)), isIterative: effects.length > 1 },
      squares: products.data[j * (products.ncol + 1)] ?? 0,
    }),
  );
  const within = products.data[0] ?? 0;
  requireWithinVariation(design, { noise: floors[0]?.noise ?? 0 }, within, sample.nobs);
  const system = netted?.system ?? null;
  return {
    ...{ model, wanted, sample, design, columns, moments, netted, net, products, floors, hasMean, printsConstant },
    instruments:
      iv === null ? null : { endogenousCount: endogenous.length, names: instruments.map(({ name }) => name) },
    totalWeight: totalWeight.sum,
    outcome: { squares: within, centred: Math.sqrt(centred(0)), raw: Math.sqrt(spread.raw[0] ?? 0) },
    ...{ total: centred(0), crossing },
    ...{ unit, first, rank: system?.rank ?? levels[0] ?? 0, isRankExact: system?.isRankExact ?? true },
    counts: {
      isNestedIn: (e, group) => nested(e, sample.clusterKey.get(group.name)),
      redundantLevels: (order, place) =>
        Math.max(0, ...order.slice(0, place).map((e) => system?.components(e, order[place] ?? 0) ?? 0)),
      constantLevels: () => 0,
    },
  };
}

/** Share of a column's squares that effects must leave, so that products less those of the effects keep their digits. */
const leastLeft = 0.01;

/** Products of the columns less those of what the effects take off; null where too few of their digits would be left. */
function leftOf(around: Matrix | null, taken: Matrix | null): Matrix | null {
  if (around === null || taken === null) return null;
  const data = around.data.map((value, at) => value - (taken.data[at] ?? 0));
  const p = around.ncol;
  const isKept = Array.from({ length: p }, (_, j) => j * (p + 1)).every(
    (at) => (data[at] ?? 0) > leastLeft * (around.data[at] ?? 0),
  );
  return isKept ? { ...around, data } : null;
}

/** Levels that the effects beside the two largest may have together: the pairs in which they meet the others come here. */
const mostBesideTwo = 1000;

/** @throws engine-refused */
function requireFewLevels(effects: readonly EffectShape[], where: string): void {
  const rest = [...effects].sort((a, b) => b.count - a.count).slice(2);
  const levels = rest.reduce((sum, { count }) => sum + count, 0);
  if (levels <= mostBesideTwo) return;
  const name = rest.map((effect) => effect.name).join(' + ');
  throw refused(where, { kind: 'levels', name, levels, limit: mostBesideTwo });
}

/** Sums of squares of a fit by its coefficients, and the correlations of xtreg. */
export function* sumsOfFit(
  { sample, design, columns, moments, netted, products, total, outcome, unit, first, net }: NetDesign,
  fit: { readonly kept: readonly number[]; readonly coefficients: Float64Array; readonly ssr: number },
) {
  const isNetted = design.effects.length > 0;
  const { number } = net;
  const xtreg =
    isNetted && netted?.system?.isDetermined !== false
      ? yield* correlations(sample, columns, moments, { solved: fit, netted, unit, first, products, number })
      : { between: null, overall: null };
  const mean = moments[0]?.mean ?? 0;
  return {
    ...{ ssr: fit.ssr, total, mean: () => mean },
    within: isNetted ? outcome.squares : null,
    withinUnit: isNetted
      ? design.effects.length === 1
        ? outcome.squares
        : first === unit
          ? outcome.squares + (netted?.explained ?? 0)
          : yield* withinUnit(sample, at(columns, 0), unit, mean, number)
      : null,
    ...{ xtregBetween: xtreg.between, xtregOverall: xtreg.overall },
  };
}

/** A warning where columns are too far from zero for what varies in them; none of a fit that is exact. */
export function accuracyNotes(
  { columns, moments, products, totalWeight }: NetDesign,
  used: readonly number[],
): readonly Diagnostic[] {
  const held = used.filter((j) => {
    const spread = Math.sqrt((products.data[j * (products.ncol + 1)] ?? 0) / totalWeight);
    return (moments[j]?.largest ?? 0) * (Number.EPSILON / 2) > mostLost * spread;
  });
  return held.length === 0 ? [] : [beyondHeld(held.map((j) => columns[j]?.name ?? ''))];
}

/** How the effects were taken out. */
export function absorptionOf({ design, netted }: NetDesign): AbsorptionReport {
  const count = design.effects.length;
  return {
    method: count === 0 ? 'none' : count === 1 ? 'one-way' : 'conjugate-gradient',
    iterations: netted?.iterations ?? 0,
    tolerance: count > 1 ? 1e-15 : 0,
    reached: netted?.reached ?? 0,
  };
}

/** What the constant of xtreg takes out of the mean of the other effect, from its value of every column; null where there is none. */
export function otherEffectsOf({ netted }: NetDesign, kept: readonly number[]): OtherEffects | null {
  const values = netted?.mean?.values;
  if (values === undefined) return null;
  return {
    ...{ vector: new Float64Array(), onOutcome: values[0] ?? 0 },
    onRegressors: kept.map((j) => values[j + 1] ?? 0),
  };
}
