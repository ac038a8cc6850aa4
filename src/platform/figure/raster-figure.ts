import { createRequire } from 'node:module';
import { reasonOf, StudyError } from '../../error/study-error.ts';
import type { RasterImage } from '../../output/document/contract.ts';
import { type FigureFonts, figureFonts } from './figure-fonts.ts';
import { stillFigure } from './still-figure.ts';

/** The part of resvg that is used; it is asked for when a figure is first printed, and may be missing on a machine. */
interface Resvg {
  readonly Resvg: new (svg: string, options: object) => { readonly render: () => { readonly asPng: () => Uint8Array } };
}

/** Points of a PNG across: sharp at 8 cm width in print (about 460 to the inch), as at 17 cm (more than 210). */
const across = 1440;

/**
 * What turns drawn figures (SVG) into PNG, with at least 1,440 points across and the fonts of this machine; a figure that comes again is not
 * drawn again. The same figure gives the same bytes.
 * @throws figure-unprintable where a font or the library is missing, when it is called
 */
export function figureRaster(fonts: FigureFonts = figureFonts()): (svg: string) => Promise<RasterImage> {
  const made = new Map<string, RasterImage>();
  return async (drawn) => {
    const known = made.get(drawn);
    if (known !== undefined) return known;
    const { svg, width, height } = stillFigure(drawn, { fonts, lettering: 'outlines', format: 'png' });
    const { Resvg } = library();
    const options = {
      background: '#fff',
      fitTo: { mode: 'zoom', value: Math.ceil(across / width) },
      font: { loadSystemFonts: false },
    };
    const figure = { png: new Uint8Array(new Resvg(svg, options).render().asPng()), width, height };
    made.set(drawn, figure);
    return figure;
  };
}

function library(): Resvg {
  try {
    return createRequire(import.meta.url)('@resvg/resvg-js') as Resvg; // declared by hand: require has no types
  } catch (error) {
    throw new StudyError('figure-unprintable', { format: 'png', why: 'library', found: reasonOf(error) });
  }
}
