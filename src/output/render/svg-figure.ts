import type { FigureModel } from '../figure/contract.ts';
import type { Language } from '../format/text-key.ts';

/** A figure as a standalone SVG document; `embedded` takes the colours of the page around it. */
export function renderFigure(figure: FigureModel, language: Language, options?: { embedded?: boolean }): string {
  throw new RangeError(`not written: ${figure.id} ${language} ${options?.embedded}`);
}
