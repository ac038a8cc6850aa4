import type { FigureModel } from '../output/figure/contract.ts';
import type { ReportExhibit, ReportPart } from '../output/report/outline.ts';
import type { Text } from '../output/table/contract.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable, tableKindOf } from './exhibit/catalog.ts';
import type { FigureStudy, StudyTable } from './exhibit/contract.ts';
import type { Unmade } from './without/contract.ts';

/** Tables and figures of a study. */
interface Exhibits extends FigureStudy {
  readonly tables: readonly ResolvedTable[];
  readonly figures: readonly ResolvedFigure[];
}

/** A table and the figures beside it, before they are made; a figure alone. */
export interface PlannedExhibit {
  readonly part: ReportPart;
  readonly table: ResolvedTable | null;
  readonly figures: readonly ResolvedFigure[];
  /** Models of the study behind any of them. */
  readonly models: readonly string[];
  /** A figure of the study as a whole, which takes all verdicts. */
  readonly isOfAll: boolean;
}

/**
 * Tables and figures as the report shows them: each figure beside the table that it is drawn from, else beside the first table of
 * its model; alone, after the tables, where there is none or where it names another part of the report than its table. One of the study as
 * a whole stands before them.
 */
export function plannedExhibits(study: Exhibits): readonly PlannedExhibit[] {
  const { tables, figures } = study;
  const partOf = (table: ResolvedTable): ReportPart => table.part ?? tableKindOf(table).part;
  const placed = figures.map((figure) => {
    const isOfAll = figureKindOf(figure).isOfAll === true;
    const wanted = isOfAll ? undefined : tables.find((table) => shows(table, figure, study));
    const part = figure.part ?? (wanted === undefined ? 'results' : partOf(wanted));
    return { figure, part, isOfAll, table: wanted !== undefined && partOf(wanted) === part ? wanted : null };
  });
  const behind = (table: ResolvedTable | null, own: readonly ResolvedFigure[]): readonly string[] => {
    const drawnFrom = own.flatMap((figure) => figureKindOf(figure).tables(figure, study));
    const all = [...(table === null ? [] : [table]), ...tables.filter(({ id }) => drawnFrom.includes(id))];
    return [...new Set([...all, ...own].flatMap(modelsNamed))];
  };
  const alone = (first: boolean): readonly PlannedExhibit[] =>
    placed
      .filter(({ table, isOfAll }) => table === null && isOfAll === first)
      .map(({ figure, part }) => ({
        part,
        table: null,
        figures: [figure],
        models: behind(null, [figure]),
        isOfAll: first,
      }));
  return [
    ...alone(true),
    ...tables.map((table) => {
      const own = placed.filter((one) => one.table === table).map(({ figure }) => figure);
      return { part: partOf(table), table, figures: own, models: behind(table, own), isOfAll: false };
    }),
    ...alone(false),
  ];
}

/** The same as they were made; in place of what the raw tables did not give stands a note, and what else was not made is not there. */
export function reportExhibits(
  study: Exhibits,
  made: {
    readonly tables: readonly StudyTable[];
    readonly figures: readonly FigureModel[];
    readonly unmade: readonly Unmade[];
  },
): readonly ReportExhibit[] {
  const isTold = ({ id }: { readonly id: string }): boolean =>
    [...made.tables, ...made.figures].some((one) => one.id === id) ||
    made.unmade.some((one) => (one.kind === 'table' || one.kind === 'figure') && one.id === id);
  const own = { ...study, tables: study.tables.filter(isTold), figures: study.figures.filter(isTold) };
  return plannedExhibits(own).map((planned) => {
    const { table, figures } = planned;
    const notes = [...(table === null ? [] : [table]), ...figures].flatMap((one) => unmadeNote(one, made.unmade));
    return { ...filledExhibit(planned, made), ...(notes.length === 0 ? {} : { notes }) };
  });
}

/** Why a table or a figure is not there. */
function unmadeNote(exhibit: ResolvedTable | ResolvedFigure, unmade: readonly Unmade[]): readonly Text[] {
  const found = unmade.find(({ kind, id }) => (kind === 'table' || kind === 'figure') && id === exhibit.id);
  if (found === undefined) return [];
  if ('reason' in found && found.reason !== undefined) {
    return [{ key: 'lacking.rows_of', values: { what: exhibit.title, reason: found.reason } }];
  }
  const variables = found.needs.join(', ');
  if (found.kind === 'table' && 'number' in exhibit) {
    return [{ key: 'lacking.table', values: { number: exhibit.number, variables } }];
  }
  return [{ key: 'lacking.figure', values: { title: exhibit.title, variables } }];
}

/** A planned exhibit with what was made of it. */
export function filledExhibit(
  { part, table, figures }: PlannedExhibit,
  made: { readonly tables: readonly StudyTable[]; readonly figures: readonly FigureModel[] },
): ReportExhibit {
  const blocks = made.tables.find(({ id }) => id === table?.id)?.blocks ?? null;
  return { part, table: blocks, figures: figures.flatMap(({ id }) => made.figures.find((one) => one.id === id) ?? []) };
}

/** Whether a figure is drawn from a table, or from a model whose results the table shows. */
function shows(table: ResolvedTable, figure: ResolvedFigure, study: FigureStudy): boolean {
  const drawnFrom = figureKindOf(figure).tables(figure, study);
  if (drawnFrom.length > 0) return drawnFrom.includes(table.id);
  return 'models' in table && modelsNamed(figure).some((model) => table.models.includes(model));
}

/** Models that a table or a figure names. */
export function modelsNamed(exhibit: ResolvedTable | ResolvedFigure): readonly string[] {
  return [
    ...('model' in exhibit && typeof exhibit.model === 'string' ? [exhibit.model] : []),
    ...('models' in exhibit ? [exhibit.models].flat() : []),
    ...('family' in exhibit ? exhibit.family.map(({ model }) => model) : []),
  ];
}
