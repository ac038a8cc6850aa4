import { StudyError } from '../error/study-error.ts';
import { describeColumns } from '../model/describe.ts';
import { coefficientPlot } from '../output/figure/coefficient-plot.ts';
import type { FigureModel } from '../output/figure/contract.ts';
import type { ReportTable } from '../output/report/outline.ts';
import type { Label, Text } from '../output/table/contract.ts';
import { inferenceTable } from '../output/table/inference-table.ts';
import { regressionTable } from '../output/table/regression-table.ts';
import { summaryTable } from '../output/table/summary-table.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ObtainedTable } from './compare-published.ts';
import type { EstimatedColumn, EstimatedModels } from './estimate-models.ts';
import type {
  ResolvedFigure,
  ResolvedRegressionTable,
  ResolvedStudy,
  ResolvedSummaryTable,
  ResolvedTable,
} from './language/resolve.ts';

/** A table of the study: what was obtained, and how it is printed. */
export interface StudyTable {
  readonly obtained: ObtainedTable;
  /** Columns of a regression table under every covariance; empty for other tables. */
  readonly columns: readonly EstimatedColumn[];
  readonly printed: ReportTable;
}

export interface TableContext {
  readonly study: ResolvedStudy;
  readonly panel: ColumnTable;
  readonly models: EstimatedModels;
  readonly isSynthetic: boolean;
}

/** Makes a table of the study from the panel or from estimated models. */
export function makeTable(table: ResolvedTable, context: TableContext): StudyTable {
  return table.kind === 'summary' ? makeSummary(table, context) : makeRegression(table, context);
}

function makeSummary(table: ResolvedSummaryTable, { study, panel, isSynthetic }: TableContext): StudyTable {
  const { unit, time } = study.panel;
  const rows = describeColumns(panel, table.variables, { unit, time });
  const model = summaryTable({
    id: table.id,
    number: table.number,
    title: table.title,
    rows: rows.map((statistics) => ({ label: labelOf(study, statistics.variable), statistics })),
    statistics: table.statistics,
    notes: table.notes,
    isSynthetic,
  });
  return { obtained: { kind: 'summary', id: table.id, rows }, columns: [], printed: { table: model, folded: [] } };
}

function makeRegression(table: ResolvedRegressionTable, { study, models, isSynthetic }: TableContext): StudyTable {
  const columns = table.models.flatMap((id) => models[id]);
  const labelled = columns.map((column, i) => ({ label: `(${i + 1})`, column }));
  const printedModels = columns.map(({ results }) => results[0]);
  const terms = table.terms.map((term) => ({ term, label: labelOf(study, term) }));
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

/** Fixed effects of any column: the time effect first, as the printed tables have it, then the unit, then the others. */
function effectsOf(columns: readonly EstimatedColumn[], study: ResolvedStudy): string[] {
  const names = [...new Set(columns.flatMap(({ results }) => Object.keys(results[0].fixef)))];
  const rank = (name: string): number => (name === study.panel.time ? 0 : name === study.panel.unit ? 1 : 2);
  return names.sort((a, b) => rank(a) - rank(b));
}

/** Makes a figure from the table that it draws. */
export function makeFigure(
  figure: ResolvedFigure,
  place: { number: string; tables: readonly StudyTable[]; study: ResolvedStudy; isSynthetic: boolean },
): FigureModel {
  const table = place.tables.find(({ obtained }) => obtained.id === figure.table);
  if (table === undefined)
    throw new StudyError('internal', { reason: `figure ${figure.id} before its table ${figure.table}` });
  return coefficientPlot({
    id: figure.id,
    number: place.number,
    title: figure.title,
    term: figure.term,
    termLabel: labelOf(place.study, figure.term),
    columns: table.columns.map(({ results }, i) => ({ label: `(${i + 1})`, models: results })),
    names: place.study.labels,
    notes: [],
    isSynthetic: place.isSynthetic,
  });
}

/** How the study prints a variable; of a product, its parts. */
export function labelOf(study: ResolvedStudy, name: string): Label {
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
