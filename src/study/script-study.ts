import { at, entryOf } from '../error/at.ts';
import type { ModelPart, NotePart, ScriptExhibit, ScriptPart, ScriptStudy } from '../export/contract.ts';
import { callOf, checkedRows, columnsOf, modelOfText } from '../export/model-calls.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import { printFactor, printModelFormula, printProduct } from '../model/formula/print.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { requestsOf } from '../model/request/variant-requests.ts';
import type { FitMeasures, ModelResult } from '../model/result/result.ts';
import type { ColumnTable } from '../table/column.ts';
import { readRowCondition } from '../table/condition/row-condition.ts';
import type { EstimatedColumn } from './estimated.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable } from './exhibit/catalog.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { Summary } from './exhibit/summary.ts';
import type { StudyCore } from './language/resolve.ts';
import { requestOfModel } from './language/resolve-models.ts';
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
    panelSha256: sources.panelSha256,
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

/** The model of the study behind a column: ids are `model`, `model.2`, `model.2.first`. */
function modelIdOf({ results: [{ id }] }: EstimatedColumn, { models }: StudyCore): string {
  const own = id.replace(/\.first$/, '');
  return Object.hasOwn(models, own) ? own : own.replace(/\.\d+$/, '');
}

/** The place of a column among those of its model: `model.2` is the second. */
function placeOf(id: string): number {
  return Number(/\.(\d+)(\.first)?$/.exec(id)?.[1] ?? 1) - 1;
}

function modelPart(
  name: string,
  column: EstimatedColumn,
  r2: keyof FitMeasures | null,
  { study, table }: Making,
): ModelPart {
  const id = modelIdOf(column, study);
  const { unit, time, step = null } = study.panel;
  const asked = requestOfModel(id, entryOf(study.models, id), { unit, time, step });
  const { results, sample, threshold } = column;
  const request = at(requestsOf(asked), asked.variants === null ? 0 : placeOf(results[0].id));
  const isFirst = results[0].id.endsWith('.first');
  const whole = threshold === null ? modelOfText(results[0].formula) : searchedModel(request, results[0]);
  const formula = isFirst ? firstStageOf(whole, results[0].depvar) : whole;
  const where = sample.where === null ? null : checkedRows(sample.where, table);
  const splitBy = request.split;
  // A column of a split is a sample of its own.
  const parted =
    splitBy === null || results[0].sample === null || results[0].sample === (sample.where?.text ?? null)
      ? where
      : checkedRows(readRowCondition(splitCondition(splitBy.by, results[0].sample, where?.text ?? null, table)), table);
  const call = callOf({ ...request, split: null }, { formula, where: parted, names: table.names });
  // First stages have no tests of their own.
  const own = isFirst ? results.map(({ iv: _iv, ...rest }) => rest) : results;
  return { kind: 'model', name, call, results: own, search: threshold, sampleOf: isFirst ? whole : null, r2 };
}

/** The model of a search: that of the request whose regressors, the regimes apart, are those of the result. */
function searchedModel({ formulas }: ModelRequest, { formula, depvar }: ModelResult): ModelFormula {
  const models = formulas.flatMap((one) => one.models);
  const found = models.find(({ outcome, text }) => {
    const [own = '', ...rest] = text.split(' | ');
    return printFactor(outcome) === depvar && formula.startsWith(own) && formula.endsWith(rest.join(' | '));
  });
  return found ?? at(models, 0);
}

function splitCondition(by: string, value: string, where: string | null, table: ColumnTable): string {
  const isText = table.columns[by]?.kind === 'text';
  const test = `"${by.replaceAll('"', '""')}" = ${isText ? `'${value.replaceAll("'", "''")}'` : value}`;
  return where === null ? test : `(${where}) and ${test}`;
}

/** The regression of an endogenous regressor on the instruments and the other regressors. */
function firstStageOf(whole: ModelFormula, endogenous: string): ModelFormula {
  const { instrumented } = whole;
  if (instrumented === null) return whole;
  const product = instrumented.endogenous.find((one) => printProduct(one) === endogenous);
  const bare = {
    outcome: at(product ?? at(instrumented.endogenous, 0), 0),
    products: [...instrumented.instruments, ...whole.products],
    hasConstant: whole.hasConstant,
    effects: whole.effects,
    instrumented: null,
  };
  return { ...bare, text: printModelFormula(bare) };
}
