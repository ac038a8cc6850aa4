import { StudyError } from '../error/study-error.ts';
import { describeColumns } from '../model/describe.ts';
import type { IvResult } from '../model/result/iv.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import { coefficientPlot } from '../output/figure/coefficient-plot.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import type { ThresholdFigureSpec } from '../output/figure/threshold-figures.ts';
import {
  identificationFigure,
  likelihoodFigure,
  regimeShareFigure,
  regimeSlopeFigure,
} from '../output/figure/threshold-figures.ts';
import type { ReportTable } from '../output/report/outline.ts';
import type { Label, Text } from '../output/table/contract.ts';
import { inferenceTable } from '../output/table/inference-table.ts';
import { regressionTable } from '../output/table/regression-table.ts';
import { summaryTable } from '../output/table/summary-table.ts';
import { staircaseTerms, thresholdTestTable } from '../output/table/threshold-published.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ObtainedTable } from './compare-published.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import type {
  ResolvedFigure,
  ResolvedRegressionTable,
  ResolvedSummaryTable,
  ResolvedTable,
  ResolvedThresholdTable,
  StudyCore,
} from './language/resolve.ts';

/** A table of the study: what was obtained, and how it is printed. */
export interface StudyTable {
  readonly obtained: ObtainedTable;
  /** Columns of a regression table under every covariance; empty for other tables. */
  readonly columns: readonly EstimatedColumn[];
  readonly printed: ReportTable;
}

export interface TableContext {
  readonly study: StudyCore;
  readonly panel: ColumnTable;
  readonly models: EstimatedModels;
  readonly isSynthetic: boolean;
}

/** Makes a table of the study from the panel or from estimated models. */
export function makeTable(table: ResolvedTable, context: TableContext): StudyTable {
  switch (table.kind) {
    case 'summary':
      return makeSummary(table, context);
    case 'regression':
      return makeRegression(table, context);
    case 'thresholds':
      return makeThresholdTests(table, context);
  }
}

function makeSummary(table: ResolvedSummaryTable, { study, panel, isSynthetic }: TableContext): StudyTable {
  const { unit, time } = study.panel;
  const rows = describeColumns(panel, table.variables, { unit, time }, table.quantiles);
  const model = summaryTable({
    id: table.id,
    number: table.number,
    title: table.title,
    rows: rows.map((statistics) => ({ label: labelOf(study, statistics.variable), statistics })),
    statistics: table.statistics,
    quantiles: table.quantiles,
    notes: table.notes,
    isSynthetic,
  });
  return {
    obtained: { kind: 'summary', id: table.id, quantiles: table.quantiles, rows },
    columns: [],
    printed: { table: model, folded: [] },
  };
}

function makeRegression(table: ResolvedRegressionTable, { study, models, isSynthetic }: TableContext): StudyTable {
  const columns = table.models
    .flatMap((id) => models[id])
    .flatMap((column) => (table.first_stages ? withFirstStages(column) : [column]));
  const labelled = columns.map((column, i) => ({ label: `(${i + 1})`, column }));
  const printedModels = columns.map(({ results }) => results[0]);
  const searches = columns.flatMap(({ threshold }) => threshold ?? []);
  const listed = table.terms.map((term) => ({ term, label: labelOf(study, term) }));
  const terms = searches.length === 0 ? listed : staircase(searches, study, listed);
  const outcomes = new Set(printedModels.map(({ depvar }) => depvar));
  const common = { id: table.id, number: table.number, title: table.title, terms, names: study.labels, isSynthetic };
  const printed = regressionTable({
    ...common,
    columns: labelled.map(({ label, column }) => ({ label, model: column.results[0] })),
    r2: table.r2,
    statistic: table.statistic,
    fixedEffects: effectsOf(columns, study).map((effect) => ({ effect, label: labelOf(study, effect) })),
    ...(outcomes.size === 1 ? { outcome: labelOf(study, [...outcomes][0]) } : {}),
    ...samplesOf(columns),
    ...(table.first_stages ? { tests: instrumentTests(columns) } : {}),
    notes: [...table.notes, ...assumptionNotes(columns)],
  });
  const hasMore = columns.some(({ results }) => results.length > 1);
  const folded = inferenceTable({
    ...common,
    columns: labelled.map(({ label, column }) => ({ label, models: column.results })),
    notes: [],
  });
  return {
    obtained: { kind: 'regression', id: table.id, statistic: table.statistic, r2: table.r2, columns: printedModels },
    columns,
    printed: { table: printed, folded: hasMore ? [{ heading: { key: 'report.other_errors' }, table: folded }] : [] },
  };
}

/** The first stages of a model with instruments as columns of their own, then the model. */
function withFirstStages(column: EstimatedColumn): EstimatedColumn[] {
  const stages = column.results[0].iv?.first_stage ?? [];
  return [
    ...stages.map((_, s) => ({ ...column, results: column.results.map((model) => firstStageModel(model, s)) })),
    column,
  ];
}

/** A first stage in the shape of a model: its coefficients, on the sample and with the effects of the second. */
function firstStageModel({ iv, ...model }: ModelResult, stage: number): ModelResult {
  const first = iv!.first_stage[stage];
  const nothing = { overall: null, adj: null, within: null, within_adj: null };
  const r2 = { ...nothing, xtreg_within: null, xtreg_between: null, xtreg_overall: null };
  return { ...model, id: `${model.id}.first`, depvar: first.endog, coef: first.coef, r2 };
}

/** What the instruments' strength is judged by; a value only in the columns of the models themselves. */
function instrumentTests(columns: readonly EstimatedColumn[]) {
  const row = (
    id: 'anderson_lm' | 'anderson_p' | 'cragg_donald_f' | 'stock_yogo' | 'effective_f',
    read: (iv: IvResult) => number | null,
  ) => ({
    id,
    label: { key: `iv_row.${id}` } as const,
    values: columns.map(({ results: [{ iv }] }) => (iv === undefined ? null : read(iv))),
  });
  return [
    row('anderson_lm', (iv) => iv.anderson_lm.stat),
    { ...row('anderson_p', (iv) => iv.anderson_lm.p), areP: true },
    row('cragg_donald_f', (iv) => iv.cragg_donald_f),
    row('stock_yogo', (iv) => iv.stock_yogo?.size10 ?? null),
    row('effective_f', (iv) => iv.effective_f),
  ];
}

/** Controls as they come in the formula, then the regimes of each column one below the other. */
function staircase(
  searches: readonly ThresholdResult[],
  study: StudyCore,
  listed: readonly { term: string; label: Label }[],
) {
  const regimes = new Set(staircaseTerms(searches, []).map(({ term }) => term));
  const own = searches.flatMap(({ model }) => model.coef.map(({ term }) => term));
  const controls = [...new Set(own)].filter((term) => !regimes.has(term) && term !== '(Intercept)');
  const rest = controls.filter((term) => listed.every((one) => one.term !== term));
  const all = [...listed, ...rest.map((term) => ({ term, label: labelOf(study, term) }))];
  return staircaseTerms(searches, all, (variable) => study.labels[variable]?.en ?? variable);
}

function makeThresholdTests(table: ResolvedThresholdTable, { study, models, isSynthetic }: TableContext): StudyTable {
  const columns = table.models.flatMap((id) => models[id]);
  const searches = columns.flatMap(({ threshold }) => threshold ?? []);
  const printed = thresholdTestTable({
    id: table.id,
    number: table.number,
    title: table.title,
    rows: searches.map((result) => ({ label: labelOf(study, result.settings.by), result })),
    notes: table.notes,
    isSynthetic,
  });
  return {
    obtained: { kind: 'thresholds', id: table.id, searches },
    columns: [],
    printed: { table: printed, folded: [] },
  };
}

/** Fixed effects of any column: the time effect first, as the printed tables have it, then the unit, then the others. */
function effectsOf(columns: readonly EstimatedColumn[], study: StudyCore): string[] {
  const names = [...new Set(columns.flatMap(({ results }) => Object.keys(results[0].fixef)))];
  const rank = (name: string): number => (name === study.panel.time ? 0 : name === study.panel.unit ? 1 : 2);
  return names.sort((a, b) => rank(a) - rank(b));
}

const thresholdFigures = {
  threshold_lr: likelihoodFigure,
  threshold_units: identificationFigure,
  threshold_shares: regimeShareFigure,
  threshold_slopes: regimeSlopeFigure,
} as const satisfies Record<
  Exclude<ResolvedFigure['kind'], 'coefficients'>,
  (spec: ThresholdFigureSpec) => FigureModel
>;

/** Makes a figure from the table or the model that it draws. */
export function makeFigure(
  figure: ResolvedFigure,
  place: {
    number: string;
    tables: readonly StudyTable[];
    models: EstimatedModels;
    study: StudyCore;
    isSynthetic: boolean;
  },
): FigureModel {
  const { id, title } = figure;
  if (figure.kind !== 'coefficients') {
    const result = place.models[figure.model].flatMap(({ threshold }) => threshold ?? [])[0];
    const nameOf = (variable: string): Label => labelOf(place.study, variable);
    const { number, isSynthetic } = place;
    return thresholdFigures[figure.kind]({ id, number, title, result, nameOf, isSynthetic });
  }
  const table = place.tables.find(({ obtained }) => obtained.id === figure.table);
  if (table === undefined)
    throw new StudyError('internal', { reason: `figure ${figure.id} before its table ${figure.table}` });
  return coefficientPlot({
    id: figure.id,
    number: place.number,
    title: figure.title,
    term: figure.term,
    termLabel: labelOf(place.study, figure.term),
    columns: table.columns.map(({ sample, results }, i) => ({ label: sample.label ?? `(${i + 1})`, models: results })),
    names: place.study.labels,
    notes: [],
    isSynthetic: place.isSynthetic,
  });
}

/** How the study prints a variable; of a product, its parts. */
export function labelOf(study: StudyCore, name: string): Label {
  const own = study.labels[name];
  if (own !== undefined || !name.includes(':')) return own ?? name;
  const parts = name.split(':').map((part) => study.labels[part] ?? { en: part, zh: part });
  return { en: parts.map(({ en }) => en).join(' × '), zh: parts.map(({ zh }) => zh).join(' × ') };
}

/** Marks a part of the sample that the study assumes. */
const assumptionMark = '†';

/** The row that names the part of the sample of each column, when any column has a part of its own. */
function samplesOf(columns: readonly EstimatedColumn[]): { samples?: readonly Text[] } {
  if (columns.every(({ sample }) => sample.label === null)) return {};
  return {
    samples: columns.map(({ sample: { label, assumption } }): Text => {
      if (label === null) return { key: 'sample.all' };
      return assumption ? { en: `${label.en} ${assumptionMark}`, zh: `${label.zh}${assumptionMark}` } : label;
    }),
  };
}

function assumptionNotes(columns: readonly EstimatedColumn[]): Text[] {
  return columns.some(({ sample }) => sample.assumption) ? [{ key: 'note.assumed_samples' }] : [];
}
