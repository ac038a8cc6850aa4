import { at } from '../../error/at.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { chiSquareUpper } from '../../math/distribution.ts';
import { type Matrix, matrixOfColumns, multiply, symmetrized, transpose } from '../../math/matrix.ts';
import type { Covariance } from '../contract.ts';
import type { EventCells } from '../design/event/cells.ts';
import { eventCells, periodName } from '../design/event/cells.ts';
import { eventClockOf, rowStates } from '../design/event/clock.ts';
import { eventFault } from '../design/event/faults.ts';
import type { Fit } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';
import type { EventFactor, ModelFormula } from '../formula/ast.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { dofOf, estimatesOf, jointTest } from '../inference/joint-test.ts';
import { covarianceIn } from '../inference/sandwich.ts';
import type { EventEstimate, EventStudy, EventTest } from '../result/event-study.ts';
import { coefficientLine } from './coefficient-line.ts';
import { formValue, varianceOf } from './wald.ts';

/** A fit whose effects of cohorts are averaged, and what an event study says beside its coefficients. */
export interface EventEstimates {
  readonly fit: Fit;
  readonly covariance: Covariance;
  readonly event: EventStudy;
  /** The estimates before they are averaged. */
  readonly whole: Estimates;
  readonly diagnostics: readonly Diagnostic[];
}

/** The event term of a formula; null without. */
export function eventFactorOf({ products }: ModelFormula): EventFactor | null {
  return products.flat().find((factor): factor is EventFactor => factor.kind === 'event') ?? null;
}

/**
 * Averages the effects of cohorts with the shares of their rows, or weights, in each period, as fixest's `aggregate` does: the shares are
 * taken as fixed, the covariance of A b is A V A' (Sun and Abraham 2021, equations 26 to 28, without the part of the estimated shares).
 * @returns null for a model without an event term
 * @throws event-design (all treated: what is left is not told apart), rows-needed
 */
export function eventEstimates(fit: Fit, covariance: Covariance): EventEstimates | null {
  const study = studyIn(fit, covariance);
  if (study === null) return null;
  const { design } = rowsOf(fit, { kind: 'event' });
  const { factor, layout, whole } = study;
  const left = layout.cells.filter((_, c) => study.cells.places[c] < 0);
  if (factor.form === 'event' && left.length > 0 && !layout.isControl.includes(1)) {
    throw eventFault(
      design.where,
      'all-treated',
      factor.cohort ?? factor.period,
      left.map(({ name }) => name),
    );
  }
  const event = studyOf(study);
  const diagnostics = diagnosticsOf(study, left);
  if (factor.form === 'event' || factor.options.shown === 'cells')
    return { fit, covariance, event, whole, diagnostics };
  return { ...averaged(study, covariance), event, whole, diagnostics };
}

function studyIn(fit: Fit, covariance: Covariance): Study | null {
  const factor = eventFactorOf(fit.design.formula);
  if (factor === null) return null;
  const { design } = rowsOf(fit, { kind: 'event' });
  const layout = eventCells(eventClockOf(design.table, design.panel, factor, design.where), design.rows, design.where);
  const whole = estimatesOf({ fit, covariance });
  return { fit, factor, layout, whole, cells: weightedCells(layout, design.weights, fit.names) };
}

/** An average with what its t is made of. */
export interface TreatedAverage {
  readonly estimate: number;
  readonly variance: number;
  readonly dof: number;
}

/**
 * The average of the effects from the treatment on, by treated rows or their weights, of `event()` as of `sunab()`, whose ATT it is.
 * @param fit before effects of cohorts are averaged. @returns null without an event term, or where no such effect is estimated
 */
export function treatedAverage(fit: Fit, covariance: Covariance): TreatedAverage | null {
  const study = studyIn(fit, covariance);
  if (study === null) return null;
  const treated = cellsWhere(study, ({ relative }) => relative >= 0);
  const loads = loadsOf(study, treated);
  if (loads === null) return null;
  const { whole } = study;
  return {
    estimate: formValue(loads, whole.coefficients),
    variance: varianceOf(whole, loads),
    dof: dofOf(whole, loads),
  };
}

interface Study {
  readonly fit: Fit;
  readonly factor: EventFactor;
  readonly layout: EventCells;
  readonly whole: Estimates;
  readonly cells: WeightedCells;
}

interface WeightedCells {
  /** Rows of each cell, and the sum of their weights. */
  readonly rows: Float64Array;
  readonly weights: Float64Array;
  /** Its place among the estimates; -1 where it is a combination of others. */
  readonly places: Int32Array;
}

function weightedCells(
  { cells, codes }: EventCells,
  weights: Float64Array | null,
  names: readonly string[],
): WeightedCells {
  const rows = new Float64Array(cells.length);
  const sums = new Float64Array(cells.length);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0) continue;
    rows[codes[i]] += 1;
    sums[codes[i]] += weights === null ? 1 : weights[i];
  }
  return { rows, weights: sums, places: Int32Array.from(cells, ({ name }) => names.indexOf(name)) };
}

/** Shares of some cells in their sum, on all estimates; null where none of them is estimated. */
function loadsOf({ cells, whole }: Study, chosen: readonly number[]): Float64Array | null {
  const kept = chosen.filter((c) => cells.places[c] >= 0);
  const total = kept.reduce((sum, c) => sum + cells.weights[c], 0);
  if (kept.length === 0) return null;
  const loads = new Float64Array(whole.terms.length);
  for (const c of kept) loads[cells.places[c]] = cells.weights[c] / total;
  return loads;
}

/** Cells that meet a condition. */
function cellsWhere({ layout }: Study, meets: (cell: EventCells['cells'][number]) => boolean): readonly number[] {
  return layout.cells.flatMap((cell, c) => (meets(cell) ? [c] : []));
}

const nothing: EventEstimate = { estimate: null, se: null, stat: null, p: null, ci95: null };

function estimateOf({ whole }: Study, loads: Float64Array | null): EventEstimate {
  if (loads === null) return nothing;
  return coefficientLine(formValue(loads, whole.coefficients), varianceOf(whole, loads), dofOf(whole, loads));
}

function studyOf(study: Study): EventStudy {
  const { factor, layout, cells } = study;
  const shown = [...new Set(layout.cells.map(({ relative }) => relative))];
  const periods = shown.map((relative) => {
    const own = cellsWhere(study, (cell) => cell.relative === relative);
    const kept = own.filter((c) => cells.places[c] >= 0);
    return {
      ...{ relative, is_reference: false, rows: own.reduce((sum, c) => sum + cells.rows[c], 0) },
      ...{ cohorts: cohortCount(study, kept, relative), ...estimateOf(study, loadsOf(study, own)) },
    };
  });
  const references = layout.references.map((relative) => {
    const isOwn = (i: number): boolean => layout.isControl[i] === 0 && layout.relative[i] === relative;
    const rows = layout.codes.reduce((sum, _, i) => sum + (isOwn(i) ? 1 : 0), 0);
    return {
      ...{ relative, is_reference: true, rows, cohorts: cohortsOn(study, isOwn) },
      ...{ estimate: 0, se: null, stat: null, p: null, ci95: null },
    };
  });
  const isAveraged = factor.form === 'sunab';
  const treated = cellsWhere(study, ({ relative }) => relative >= 0);
  return {
    ...{ form: factor.form, cohort: factor.cohort, period: factor.period, references: layout.references },
    ...{ leads: factor.options.leads, lags: factor.options.lags },
    periods: [...periods, ...references].sort((a, b) => a.relative - b.relative),
    pre_trend: preTrend(study, shown),
    att: isAveraged ? estimateOf(study, loadsOf(study, treated)) : null,
    by_cohort: isAveraged ? byCohort(study, treated) : [],
    controls: controlsOf(study),
    left_out: layout.cells.flatMap(({ name }, c) => (cells.places[c] < 0 ? [name] : [])),
  };
}

/** Cohorts behind a number: those of its cells, or of its rows where cells hold all cohorts together. */
function cohortCount(study: Study, kept: readonly number[], relative: number): number {
  const { factor, layout } = study;
  if (factor.form === 'sunab') return kept.length;
  const own = layout.cells.findIndex((cell) => cell.relative === relative);
  return cohortsOn(study, (i) => layout.codes[i] === own);
}

function cohortsOn({ fit, layout }: Study, isOwn: (i: number) => boolean): number {
  const { rows } = rowsOf(fit, { kind: 'event' }).design;
  const found = new Set<number>();
  layout.codes.forEach((_, i) => {
    if (isOwn(i)) found.add(layout.clock.cohorts[rows[i]]);
  });
  return found.size;
}

function preTrend(study: Study, shown: readonly number[]): EventTest | null {
  const { whole } = study;
  const before = shown.flatMap((relative) => {
    const loads =
      relative < 0
        ? loadsOf(
            study,
            cellsWhere(study, (cell) => cell.relative === relative),
          )
        : null;
    return loads === null ? [] : [{ relative, loads, constant: 0 }];
  });
  if (before.length === 0) return null;
  const periods = before.map(({ relative }) => relative);
  const { chi2, f, df, p, rank, reason } = jointTest(whole, before, false);
  if (reason !== null) return { periods, stat: null, df: [before.length, df[1]], p: null, rank, reason };
  if (f !== null || chi2 === null) return { periods, stat: f, df, p };
  return { periods, stat: chi2 / df[0], df, p: chiSquareUpper(chi2, df[0]) };
}

function byCohort(study: Study, treated: readonly number[]): EventStudy['by_cohort'] {
  const { fit, layout, cells } = study;
  const { rows } = rowsOf(fit, { kind: 'event' }).design;
  const { clock, isControl } = layout;
  const counts = new Float64Array(clock.labels.length);
  rows.forEach((row, i) => {
    if (isControl[i] === 0) counts[clock.cohorts[row]] += 1;
  });
  return clock.labels.flatMap((cohort, code) => {
    if (counts[code] === 0) return [];
    const own = treated.filter((c) => at(layout.cells, c).cohort === code);
    const treatedRows = own.reduce((sum, c) => sum + cells.rows[c], 0);
    return [{ cohort, rows: counts[code], treated: treatedRows, ...estimateOf(study, loadsOf(study, own)) }];
  });
}

function controlsOf({ fit, factor, layout }: Study): EventStudy['controls'] {
  const { design } = rowsOf(fit, { kind: 'event' });
  const { clock, isControl, later } = layout;
  let rows = 0;
  let hasNever = false;
  design.rows.forEach((row, i) => {
    rows += isControl[i];
    hasNever ||= isControl[i] === 1 && clock.state[row] === rowStates.never;
  });
  const isLast = (design.dropped.last_treated ?? 0) > 0;
  return {
    kinds: [
      ...(hasNever ? (['never'] as const) : []),
      ...(later.length === 0 ? [] : [isLast ? ('last' as const) : ('later' as const)]),
      ...(factor.options.cohorts.length === 0 ? [] : (['named'] as const)),
    ],
    rows,
    cohorts: [...later.map((code) => at(clock.labels, code)), ...factor.options.cohorts],
  };
}

function diagnosticsOf(
  { factor, layout, fit }: Study,
  left: readonly EventCells['cells'][number][],
): readonly Diagnostic[] {
  const { clock, isControl } = layout;
  const { rows } = rowsOf(fit, { kind: 'event' }).design;
  const cohorts = [...new Set(left.flatMap(({ cohort }) => (cohort === null ? [] : [at(clock.labels, cohort)])))];
  const named = new Set(factor.options.cohorts.map((label) => clock.labels.indexOf(label)));
  let treated = 0;
  rows.forEach((row, i) => {
    if (isControl[i] === 1 && named.has(clock.cohorts[row]) && clock.relative[row] >= 0) treated += 1;
  });
  return [
    ...(factor.form === 'event' || left.length === 0
      ? []
      : [{ code: 'event-cells-dropped', severity: 'warning', detail: { count: left.length, cohorts } } as const]),
    ...(treated === 0
      ? []
      : [
          {
            code: 'event-controls-treated',
            severity: 'warning',
            detail: { count: treated, cohorts: factor.options.cohorts },
          } as const,
        ]),
  ];
}

/** The fit with averages in the place of the cells, its covariance with it. */
function averaged(study: Study, covariance: Covariance): Pick<EventEstimates, 'fit' | 'covariance'> {
  const { fit, whole, cells } = study;
  const { names, loads } = averagesOf(study);
  const places = new Set(cells.places.filter((place) => place >= 0));
  const first = whole.terms.findIndex((_, j) => places.has(j));
  const unit = (j: number): Float64Array => Float64Array.from(whole.terms, (_, k) => (k === j ? 1 : 0));
  const others = whole.terms.flatMap((name, j) => (places.has(j) ? [] : [{ name, loads: unit(j), j }]));
  const own = names.map((name, k) => ({ name, loads: at(loads, k), j: first }));
  const rows = [...others.filter(({ j }) => j < first), ...own, ...others.filter(({ j }) => j > first)];
  const a = transpose(
    matrixOfColumns(
      whole.terms.length,
      rows.map((row) => row.loads),
    ),
  );
  const transform = multiply(a, fit.transform);
  const { core, dofs } = covariance;
  const matrix: Matrix =
    core === undefined
      ? symmetrized(multiply(multiply(a, covariance.matrix), transpose(a)))
      : covarianceIn({ transform, sums: fit.sums }, core).matrix;
  return {
    fit: {
      ...fit,
      names: rows.map(({ name }) => name),
      coefficients: Float64Array.from(rows, (row) => formValue(row.loads, whole.coefficients)),
      transform,
    },
    covariance: {
      ...covariance,
      matrix,
      ...(dofs == null ? {} : { dofs: Float64Array.from(rows, (row) => dofOf(whole, row.loads)) }),
    },
  };
}

function averagesOf(study: Study): { readonly names: readonly string[]; readonly loads: readonly Float64Array[] } {
  const { factor, layout } = study;
  if (factor.options.shown === 'total') {
    const loads = loadsOf(
      study,
      cellsWhere(study, ({ relative }) => relative >= 0),
    );
    return loads === null ? { names: [], loads: [] } : { names: ['ATT'], loads: [loads] };
  }
  const periods = [...new Set(layout.cells.map(({ relative }) => relative))];
  const made = periods.flatMap((relative) => {
    const loads = loadsOf(
      study,
      cellsWhere(study, (cell) => cell.relative === relative),
    );
    return loads === null ? [] : [{ name: periodName(layout.clock, relative), loads }];
  });
  return { names: made.map(({ name }) => name), loads: made.map(({ loads }) => loads) };
}
