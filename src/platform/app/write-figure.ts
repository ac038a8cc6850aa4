import { extname } from 'node:path';
import type { FigureModel, FigureWidth } from '../../output/figure/contract.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { Language } from '../../output/format/text-key.ts';
import { writeAtomic } from '../store/atomic-file.ts';

/** Endings of the formats that a figure is written in. */
export const figureEndings = ['.svg', '.png', '.pdf'] as const;

export const isFigureFile = (path: string): boolean =>
  figureEndings.some((ending) => ending === extname(path).toLowerCase());

/**
 * Writes a figure as svg, png or pdf by the file's ending, whole or not at all.
 * @throws figure-unprintable, output-not-writable
 */
export async function writeFigure(
  figure: FigureModel,
  path: string,
  { language, width }: { readonly language: Language; readonly width: FigureWidth },
): Promise<void> {
  // Loaded here: what draws is longer than all else that a regression needs.
  const { renderFigure } = await import('../../output/document/figure/svg-figure.ts');
  const svg = renderFigure(figure, language, { width });
  switch (extname(path).toLowerCase()) {
    case '.png': {
      const { figureRaster } = await import('../figure/raster-figure.ts');
      return writeAtomic(path, (await figureRaster()(svg)).png);
    }
    case '.pdf': {
      const { pdfFigure } = await import('../figure/pdf-figure.ts');
      return writeAtomic(path, await pdfFigure(svg, { title: formatText(figure.title, language) }));
    }
    default:
      return writeAtomic(path, svg);
  }
}
