import type { Block } from '../../output/document/contract.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import type { HouseStyle } from '../../output/format/house/contract.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable, tableKindOf } from './catalog.ts';
import type { ExhibitContext, FigureContext, StudyTable, TableBlocks } from './contract.ts';

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
    blocks: inHouse(kind.document(table, obtained, context), context.house ?? null),
  };
}

/** Tables in the house style of the study where they name none of their own. */
function inHouse(blocks: TableBlocks, house: HouseStyle | null): TableBlocks {
  if (house === null) return blocks;
  const [first, ...folded] = blocks;
  return [{ ...first, house: first.house ?? house }, ...folded.map((block) => housed(block, house))];
}

function housed(block: Block, house: HouseStyle): Block {
  if (block.kind === 'table') return { ...block, house: block.house ?? house };
  return block.kind === 'fold' || block.kind === 'group'
    ? { ...block, blocks: block.blocks.map((one) => housed(one, house)) }
    : block;
}

/** Makes a figure from the table or the model that it draws. */
export function makeFigure(figure: ResolvedFigure, context: FigureContext): FigureModel {
  return { ...figureKindOf(figure).make(figure, context), width: figure.width };
}
