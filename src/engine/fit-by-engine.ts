import { at } from '../error/at.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import type { Matrix } from '../math/matrix.ts';
import { congruence, transpose, zeros } from '../math/matrix.ts';
import type { EffectShape, ModelDesign, SmallSampleRule } from '../model/contract.ts';
import { contained } from '../model/design/contained-effects.ts';
import { undefinedNotes } from '../model/design/sample-account.ts';
import { checkScale } from '../model/design/scale.ts';
import { unitEffectOf } from '../model/design/unit-effect.ts';
import { withConstantRow } from '../model/estimate/constant.ts';
import { collinearDiagnostics, floorsOf, requireWithinVariation } from '../model/estimate/fit-least-squares.ts';
import type { EffectCounts, Fit } from '../model/fit.ts';
import { printEffect, printFactor } from '../model/formula/print.ts';
import { numberAt } from '../table/cell-at.ts';
import { type NetColumns, netOfEffects } from './absorb-effects.ts';
import { momentsOf } from './column-moments.ts';
import { type Passes, read } from './contract.ts';
import { designColumns } from './design-columns.ts';
import { exactness } from './exact-fits.ts';
import { panelNotesOf } from './panel-facts.ts';
import { type EngineModel, type StagedSample, stageSample } from './sample.ts';
import { part, scoreProducts } from './score-products.ts';
import { type NetTable, productsOf, solveProducts } from './solve-products.ts';
import { correlations, withinUnit } from './unit-sums.ts';

/** What a fit is to answer, so that its sums are made while the rows are at hand. */
export interface WantedSums {
  /** Variables of each covariance by clusters: `[firm]`, `[firm, year]`. */
  readonly clusters: readonly (readonly string[])[];
  /** Whether a covariance is robust by row. */
  readonly rows: boolean;
  readonly rule: SmallSampleRule;
}

/** Share of what varies that rounding of the values may be, so that results hold nine digits. */
const mostLost = 1e-9;

function beyondHeld(names: readonly string[]): Diagnostic {
  return { code: 'engine-accuracy', severity: 'warning', detail: { names } };
}

/**
 * Least squares where the rows are: the sample laid down, effects taken out, products, one Newton step after the other, sums of the
 * scores. What comes back is a fit as in memory, but for its rows.
 * @throws the codes of `buildDesign` and `fitLeastSquares`, engine-refused
 */
export function* fitByEngine(model: EngineModel, wanted: WantedSums): Passes<Fit> {
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
  const hasBase = formula.hasConstant || effects.length > 0;
  const columns = yield* designColumns(sample, formula.products, { dialect, hasBase, where });
  const depvar = printFactor(formula.outcome);
  const outcome = {
    name: depvar,
    sql: sample.outcome.kind === 'columns' ? (sample.outcome.columns[0]?.sql ?? '') : '',
  };
  const all = [outcome, ...columns];
  const isWeighted = model.weights !== null;
  const { moments, totalWeight, spread } = yield* momentsOf(sample, all, number);
  const sizes = all.map(({ name }, j) => ({ name, largest: () => moments[j]?.largest ?? 0 }));
  checkScale({
    ...{ where, nrow: sample.nobs, outcome: at(sizes, 0), regressors: sizes.slice(1), instruments: [] },
    weights: isWeighted ? { name: 'weights', largest: () => totalWeight.largest } : null,
  });
  const nested = yield* nestings(sample, effects, wanted.clusters);
  const design: ModelDesign = {
    ...{ formula, where, depvar, effects, panel, lost: sample.lost, dropped: sample.dropped },
    terms: columns.map(({ name }) => name),
    hasConstant: formula.hasConstant && effects.length === 0,
    diagnostics: [
      ...undefinedNotes(sample.lost),
      ...notes.of(sample.lagLosses),
      ...sample.singletonNotes,
      ...notes.rounded,
      ...contained(effects, (fine, coarse) => nested.get(`${fine} ${sample.effects[coarse]}`) === true),
    ],
  };
  const printsConstant = wanted.rule.printsConstant && effects.length > 0;
  const clusterKeys = [...new Set(wanted.clusters.flat())].map((name) => sample.clusterKey.get(name) ?? '');
  const unit = effects.length === 0 ? 0 : unitEffectOf(design);
  const counts = effects.map(({ count }) => count);
  // The constant of xtreg is made of the effects beside the unit's; else those of fewer levels are solved for.
  const isFirst = printsConstant || (counts[unit] ?? 0) >= Math.max(...counts, 0);
  const first = isFirst ? unit : counts.indexOf(Math.max(...counts));

  const isNetted = effects.length > 0;
  const netted: NetColumns | null = isNetted
    ? yield* netOfEffects({
        ...{ dialect, where, table: sample.table, weight: sample.weight, isWeighted, first, levels: counts },
        columns: all.map(({ sql }, j) => ({ sql, shift: moments[j]?.mean ?? 0 })),
        effects: sample.effects,
        along: [...new Set([...clusterKeys, ...(isWeighted ? ['w'] : [])])],
        wantsMean: printsConstant && effects.length === 2,
      })
    : null;
  const net: NetTable = {
    table: netted?.table ?? sample.table,
    columns: all.map(({ sql }, j) =>
      netted !== null ? `n${j}` : design.hasConstant ? `(${sql} - ${number(moments[j]?.mean ?? 0)})` : sql,
    ),
    weight: sample.weight,
    number,
  };
  const products = yield* productsOf(net);
  const hasMean = design.hasConstant || isNetted;
  const floors = all.map((_, j) =>
    floorsOf({
      raw: Math.sqrt(spread.raw[j] ?? 0),
      centred: Math.sqrt((hasMean ? spread.centred[j] : spread.raw[j]) ?? 0),
      squares: products.data[j * (products.ncol + 1)] ?? 0,
      isIterative: effects.length > 1,
    }),
  );
  const within = products.data[0] ?? 0;
  requireWithinVariation(design, { noise: floors[0]?.noise ?? 0 }, within, sample.nobs);
  const solved = yield* solveProducts(
    net,
    products,
    floors.slice(1).map(({ floor }) => floor),
    {
      nobs: sample.nobs,
      onNothing: () => new StudyError('collinear', { where, terms: design.terms, isAbsorbed: isNetted }),
    },
  );
  const terms = solved.kept.map((j) => design.terms[j] ?? '');
  const collinear = design.terms.filter((_, j) => !solved.kept.includes(j));
  const rank = counts.reduce((a, b) => a + b, 0) - (netted?.components ?? 0);
  const parameters = terms.length + rank + (design.hasConstant ? 1 : 0);
  if (sample.nobs <= parameters) throw new StudyError('too-few-rows', { where, nobs: sample.nobs, parameters });

  const total = (hasMean ? spread.centred[0] : spread.raw[0]) ?? 0;
  const outcomeNorms = { squares: within, centred: Math.sqrt(total), raw: Math.sqrt(spread.raw[0] ?? 0) };
  const exact = yield* exactness(design, net, products, solved, outcomeNorms, { hasMean });
  const xtreg =
    isNetted && (netted?.components ?? 0) < 2
      ? yield* correlations(sample, all, moments, { solved, netted, unit, first, number })
      : { between: null, overall: null };
  const sums = {
    ssr: solved.ssr,
    total,
    mean: () => moments[0]?.mean ?? 0,
    within: isNetted ? within : null,
    withinUnit: isNetted
      ? effects.length === 1
        ? within
        : first === unit
          ? (netted?.outcomeWithinFirst ?? 0)
          : yield* withinUnit(sample, outcome, unit, moments[0]?.mean ?? 0, number)
      : null,
    xtregBetween: xtreg.between,
    xtregOverall: xtreg.overall,
  };

  // Columns that scores are made of: the constant, the mean of the other effect, the regressors.
  const hasOwnConstant = design.hasConstant || printsConstant;
  const scored = [...(hasOwnConstant ? [number(1)] : []), ...(netted?.mean ? ['h'] : []), ...solved.used];
  const groups = scoreGroups(wanted, sample);
  const found = new Map<string | null, { readonly products: Matrix; readonly count: number }>();
  for (const group of groups) {
    const source = { table: net.table, columns: scored, weight: net.weight, residual: solved.residual };
    found.set(group.name, yield* scoreProducts(source, group));
  }
  const rootWeight = Math.sqrt(totalWeight.sum);
  const basis = (lead: readonly number[]): Matrix => {
    const k = solved.inverse.ncol;
    const out = zeros(lead.length + k, lead.length + k);
    lead.forEach((norm, i) => {
      out.data[i * (out.nrow + 1)] = norm > 0 ? 1 / norm : 0;
    });
    for (let j = 0; j < k; j++)
      for (let i = 0; i < k; i++)
        out.data[lead.length + i + (lead.length + j) * out.nrow] = solved.inverse.data[i + j * k] ?? 0;
    return out;
  };
  const leadCount = scored.length - solved.used.length;
  const inBasis =
    (lead: readonly number[], from: number) =>
    (key: string | null): Matrix | null => {
      const own = found.get(key);
      if (own === undefined) return null;
      const places = Array.from({ length: scored.length - from }, (_, i) => from + i);
      return congruence(transpose(basis(lead)), part(own.products, places));
    };
  const effectCounts: EffectCounts = {
    isNestedIn: (e, group) => nested.get(`${e} ${sample.clusterKey.get(group.name) ?? ''}`) === true,
    redundantLevels: (_, place) => (place === 0 ? 0 : (netted?.components ?? 0)),
    constantLevels: () => 0,
  };
  const gives = (products: (key: string | null) => Matrix | null): Fit['gives'] => ({
    kind: 'sums',
    sample: { kind: 'outside', where, panel, groupCount: (key) => found.get(key)?.count ?? null },
    counts: effectCounts,
    totalWeight: isWeighted ? totalWeight.sum : null,
    sums: () => null,
    products,
  });
  const means = solved.kept.map((j) => moments[j + 1]?.mean ?? 0);
  const plain = { names: terms, ...{ coefficients: solved.coefficients, transform: solved.transform } };
  const own = { ...plain, projections: solved.projections };
  const row = { means, yMean: moments[0]?.mean ?? 0 };
  const weightSum = totalWeight.sum;
  const withMean = design.hasConstant
    ? withConstantRow(own, { ...row, other: null }, { weightSum, otherNorm: 0 })
    : own;
  const held = [0, ...solved.kept.map((j) => j + 1)].filter((j) => {
    const spread = Math.sqrt((products.data[j * (products.ncol + 1)] ?? 0) / weightSum);
    return (moments[j]?.largest ?? 0) * (Number.EPSILON / 2) > mostLost * spread;
  });
  const diagnostics: Diagnostic[] = [
    ...design.diagnostics,
    ...collinearDiagnostics(collinear),
    ...exact,
    ...(held.length === 0 || exact.length > 0 ? [] : [beyondHeld(held.map((j) => all[j]?.name ?? ''))]),
  ];
  const fit: Fit = {
    ...{ design, nobs: sample.nobs, ...withMean, collinear, slopeCount: terms.length, absorbedRank: rank },
    isRankExact: true,
    absorption: {
      method: effects.length === 0 ? 'none' : effects.length === 1 ? 'one-way' : 'conjugate-gradient',
      iterations: netted?.iterations ?? 0,
      tolerance: effects.length > 1 ? 1e-15 : 0,
      reached: netted?.reached ?? 0,
    },
    ...{ sums, diagnostics },
    gives: gives(design.hasConstant ? inBasis([rootWeight], 0) : inBasis([], leadCount)),
    engine: { name: dialect.id, version: '', passes: 0, step: solved.step },
  };
  if (!printsConstant) return fit;
  const mean = netted?.mean ?? null;
  if (effects.length === 2 && mean === null) return { ...fit, withXtregConstant: () => null };
  const other =
    mean === null
      ? null
      : {
          vector: new Float64Array(),
          onOutcome: mean.values[0] ?? 0,
          onRegressors: solved.kept.map((j) => mean.values[j + 1] ?? 0),
        };
  const otherNorm = mean === null ? 0 : Math.sqrt(mean.square);
  const wider = withConstantRow(own, { ...row, other }, { weightSum, otherNorm });
  const lead = mean === null ? [rootWeight] : [rootWeight, otherNorm];
  return { ...fit, withXtregConstant: () => ({ ...fit, ...wider, gives: gives(inBasis(lead, 0)) }) };
}

function scoreGroups({ clusters, rows }: WantedSums, sample: StagedSample) {
  const groups = new Map<string | null, { readonly name: string | null; readonly keys: readonly string[] }>();
  if (rows) groups.set(null, { name: null, keys: [] });
  for (const by of clusters) {
    for (let mask = 1; mask < 2 ** by.length; mask++) {
      const names = by.filter((_, k) => (mask >> k) % 2 === 1);
      const name = names.join('+');
      groups.set(name, { name, keys: names.map((one) => sample.clusterKey.get(one) ?? '') });
    }
  }
  return [...groups.values()];
}

const fewRows = 20_000;

/** Whether some level of an effect lies in two groups. */
function splitOf(effect: string, key: string, from: string): string {
  return `SELECT count(*) AS n FROM (SELECT ${effect} FROM ${from} GROUP BY ${effect} HAVING min(${key}) <> max(${key}) LIMIT 1) AS split`;
}

/** Whether every level of an effect lies in one group: by place of the effect and key of the groups. */
function* nestings(sample: StagedSample, effects: readonly EffectShape[], clusters: readonly (readonly string[])[]) {
  const nested = new Map<string, boolean>();
  const keys = new Set([...clusters.flat().map((name) => sample.clusterKey.get(name) ?? ''), ...sample.effects]);
  for (const [e, effect] of sample.effects.entries()) {
    for (const key of keys) {
      if (key === effect) {
        nested.set(`${e} ${key}`, true);
        continue;
      }
      const around = sample.effects.indexOf(key);
      // A level of the coarser of two effects never lies in one of the finer.
      if (around >= 0 && (effects[around]?.count ?? 0) > (effects[e]?.count ?? 0)) continue;
      // A few rows show most effects to lie across groups.
      const few = yield* read(
        'nested',
        splitOf(effect, key, `(SELECT * FROM ${sample.table} LIMIT ${fewRows}) AS few`),
      );
      if (numberAt(few, 'n') > 0) continue;
      const split = yield* read('nested', splitOf(effect, key, sample.table));
      nested.set(`${e} ${key}`, numberAt(split, 'n') === 0);
    }
  }
  return nested;
}
