import type { FigureModel } from '../../output/figure/contract.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable, tableKindOf } from './catalog.ts';
import type { ExhibitContext, FigureContext, StudyTable } from './contract.ts';

/** Makes a table of the study from the panel or from estimated models. */
export function makeTable(table: ResolvedTable, context: ExhibitContext): StudyTable {
  const kind = tableKindOf(table);
  const obtained = kind.make(table, context);
  return {
    kind: table.kind,
    id: table.id,
    number: table.number,
    obtained,
    columns: kind.columns(obtained),
    models: kind.models(obtained),
    blocks: kind.document(table, obtained, context),
  };
}

/** Makes a figure from the table or the model that it draws. */
export function makeFigure(figure: ResolvedFigure, context: FigureContext): FigureModel {
  return figureKindOf(figure).make(figure, context);
}
