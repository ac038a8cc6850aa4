import type { FigureModel } from '../output/figure/contract.ts';
import type { ReportExhibit } from '../output/report/outline.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable, tableKindOf } from './exhibit/catalog.ts';
import type { FigureStudy, StudyTable } from './exhibit/contract.ts';

/**
 * Tables and figures as the report shows them: each figure beside the table that it is drawn from, else beside the first table of
 * its model; alone, after the tables, where there is none or where it names another part of the report than its table. One of the study as
 * a whole stands before them.
 */
export function reportExhibits(
  study: FigureStudy & { readonly tables: readonly ResolvedTable[]; readonly figures: readonly ResolvedFigure[] },
  made: { readonly tables: readonly StudyTable[]; readonly figures: readonly FigureModel[] },
): readonly ReportExhibit[] {
  const tables = study.tables.flatMap((table) => {
    const blocks = made.tables.find(({ id }) => id === table.id)?.blocks;
    return blocks === undefined ? [] : [{ table, part: table.part ?? tableKindOf(table).part, blocks }];
  });
  const figures = study.figures.flatMap((figure) => {
    const drawn = made.figures.find(({ id }) => id === figure.id);
    if (drawn === undefined) return [];
    const isOfAll = figureKindOf(figure).isOfAll === true;
    const wanted = isOfAll ? undefined : tables.find(({ table }) => shows(table, figure, study));
    const part = figure.part ?? wanted?.part ?? 'results';
    return [{ drawn, part, isOfAll, table: wanted?.part === part ? wanted.table : null }];
  });
  const alone = figures.filter(({ table }) => table === null);
  const shownAlone = (first: boolean) =>
    alone
      .filter(({ isOfAll }) => isOfAll === first)
      .map(({ drawn, part }) => ({ part, table: null, figures: [drawn] }));
  return [
    ...shownAlone(true),
    ...tables.map(({ table, part, blocks }) => ({
      part,
      table: blocks,
      figures: figures.filter((figure) => figure.table === table).map(({ drawn }) => drawn),
    })),
    ...shownAlone(false),
  ];
}

/** Whether a figure is drawn from a table, or from a model whose results the table shows. */
function shows(table: ResolvedTable, figure: ResolvedFigure, study: FigureStudy): boolean {
  const drawnFrom = figureKindOf(figure).tables(figure, study);
  if (drawnFrom.length > 0) return drawnFrom.includes(table.id);
  return 'models' in table && modelsOf(figure).some((model) => table.models.includes(model));
}

function modelsOf(figure: ResolvedFigure): readonly string[] {
  if ('model' in figure && typeof figure.model === 'string') return [figure.model];
  return 'models' in figure ? [figure.models].flat() : [];
}
