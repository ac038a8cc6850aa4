import type { NotePart, ScriptExhibit, ScriptPart, ScriptStudy } from '../export/contract.ts';
import { checkedRows, columnsOf } from '../export/model-calls.ts';
import type { ColumnTable } from '../table/column.ts';
import { readRowCondition } from '../table/condition/row-condition.ts';
import type { EstimatedColumn } from './estimated.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable } from './exhibit/catalog.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { Summary } from './exhibit/summary.ts';
import type { StudyCore } from './language/resolve.ts';
import { modelIdOf, modelPart } from './model-part.ts';
import type { StudyPanel } from './panel-source/contract.ts';
import type { StudyOutcome } from './run.ts';
import type { ReportSources } from './run-parts.ts';

/** A study and what a run of it obtained, as scripts of other programs repeat it. */
export function scriptStudy(panel: StudyPanel, outcome: StudyOutcome, sources: ReportSources): ScriptStudy {
  const { table } = panel;
  const study: StudyCore = panel.study;
  const { unit, time, step = null } = study.panel;
  const making: Making = { study, table, shown: modelsShown(study) };
  const untabled = Object.values(outcome.untabled).flat();
  return {
    id: study.id,
    title: study.title.en,
    isSynthetic: sources.isSynthetic,
    version: sources.version,
    panelSha256: sources.panelSha256 ?? '',
    panel: { unit, time, step },
    columns: columnsOf(table, study.panel),
    nrow: table.nrow,
    exhibits: [
      ...outcome.tables.map((one) => tableExhibit(one, making)),
      ...(untabled.length === 0 ? [] : [untabledExhibit(untabled, making)]),
      ...study.figures.map((figure, i) => figureExhibit(figure, i + 1, making)),
    ],
  };
}

interface Making {
  readonly study: StudyCore;
  readonly table: ColumnTable;
  /** Models that stand in tables of coefficients. */
  readonly shown: ReadonlySet<string>;
}

function modelsShown({ tables }: StudyCore): ReadonlySet<string> {
  return new Set(tables.flatMap((table) => (table.kind === 'regression' ? table.models : [])));
}

function tableExhibit(made: StudyTable, making: Making): ScriptExhibit {
  const { study } = making;
  const table = study.tables.find(({ id }) => id === made.id);
  const heading = `Table ${made.number}`;
  const title = table?.title.en ?? made.id;
  if (table === undefined) return { heading, title, parts: [] };
  return { heading, title, parts: tableParts(table, made, making) };
}

function tableParts(table: ResolvedTable, made: StudyTable, making: Making): readonly ScriptPart[] {
  const note = (text: string, count: number): NotePart => ({ kind: 'note', name: made.id, text, count });
  switch (table.kind) {
    case 'regression':
      return made.columns.map((column, i) => modelPart(`${made.id} (${i + 1})`, column, table.r2, making));
    case 'thresholds': {
      const own = table.models.filter((id) => !making.shown.has(id));
      const columns = made.models.filter((column) => own.includes(modelIdOf(column, making.study)));
      const others = table.models.filter((id) => making.shown.has(id));
      return [
        ...columns.map((column, i) => modelPart(`${made.id} (${i + 1})`, column, null, making)),
        ...(others.length === 0
          ? []
          : [note(`F, threshold and confidence set of ${others.join(', ')}: with their coefficients`, 0)]),
      ];
    }
    case 'summary': {
      const { rows, quantiles } = made.obtained as Summary; // what a table of statistics obtains
      const where = table.where === undefined ? null : checkedRows(readRowCondition(table.where), making.table);
      return [{ kind: 'summary', name: made.id, where, statistics: table.statistics, quantiles, rows }];
    }
    default:
      return [note(`a table of kind ${table.kind}, for which programs have commands of their own`, 1)];
  }
}

function untabledExhibit(columns: readonly EstimatedColumn[], making: Making): ScriptExhibit {
  return {
    heading: 'Models',
    title: 'that no table shows',
    parts: columns.map((column) => modelPart(column.results[0].id, column, null, making)),
  };
}

function figureExhibit(figure: ResolvedFigure, number: number, { study }: Making): ScriptExhibit {
  const tables = figureKindOf(figure).tables(figure, study);
  const numbers = tables.map((id) => study.tables.find((table) => table.id === id)?.number ?? id);
  const text =
    figure.kind === 'coefficients'
      ? `draws coefficients and intervals of Table ${numbers.join(', ')}, compared above`
      : `a figure of kind ${figure.kind}: its model is compared above, what it draws beside coefficients is Kaya's own`;
  const count = figure.kind === 'coefficients' || figure.kind === 'event_study' ? 0 : 1;
  return {
    heading: `Figure ${number}`,
    title: figure.title.en,
    parts: [{ kind: 'note', name: figure.id, text, count }],
  };
}
