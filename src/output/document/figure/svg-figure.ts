import type { FigureModel } from '../../figure/contract.ts';
import type { Language } from '../../format/text-key.ts';
import { drawFigure } from './draw-figure.ts';
import { madePage } from './made-page.ts';
import type { DrawOptions } from './svg-look.ts';

/** `drawFigure` where there is no page: in a document that is made for it. */
export function renderFigure(figure: FigureModel, language: Language, options: DrawOptions = {}): string {
  return drawFigure(figure, language, madePage, options);
}
