import { createRequire } from 'node:module';
import { StudyError } from '../../error/study-error.ts';
import { widths } from '../../output/document/figure/svg-look.ts';
import { type FigureFonts, figureFonts } from './figure-fonts.ts';
import { stillFigure } from './still-figure.ts';

/** The part of pdfkit that is used, declared by hand: the package has no types. */
interface PdfDocument {
  readonly registerFont: (name: string, path: string, face?: string) => void;
  readonly on: (event: 'data' | 'end', act: (chunk: Uint8Array) => void) => void;
  readonly end: () => void;
}
type PdfKit = new (options: object) => PdfDocument;
type DrawSvg = (document: PdfDocument, svg: string, x: number, y: number, options: object) => void;

/** Centimetres across that a figure is drawn for. */
const printedWide = { column: 8, page: 17 };

/** Points of a page (72 to the inch) for one of a figure. */
function pointShare(width: number): number {
  const size = width > widths.column ? 'page' : 'column';
  return ((printedWide[size] / 2.54) * 72) / widths[size];
}

/**
 * A drawn figure (SVG) as a page of PDF of its size: lines as lines, words as letters of embedded subsets of this machine's fonts. The
 * same figure gives the same bytes: the page says no time.
 * @throws figure-unprintable with the letters that no font has
 */
export async function pdfFigure(
  drawn: string,
  { title, fonts = figureFonts() }: { readonly title: string; readonly fonts?: FigureFonts },
): Promise<Uint8Array> {
  const { svg, width, height, faces } = stillFigure(drawn, { fonts, lettering: 'letters', format: 'pdf' });
  const require = createRequire(import.meta.url);
  // What is used of either package is declared by hand: require has no types.
  const Pdf = require('pdfkit') as PdfKit; // by hand
  const draw = require('svg-to-pdfkit') as DrawSvg; // by hand, too
  const share = pointShare(width);
  const size = { width: width * share, height: height * share };
  const document = new Pdf({
    size: [size.width, size.height],
    margin: 0,
    info: { Title: title, Creator: 'kaya', CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve) => {
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
  for (const [i, { path, name }] of faces.entries()) document.registerFont(String(i), path, name ?? undefined);
  const warnings: string[] = [];
  const sized = svg.replace(/^<svg [^>]*>/, (head) =>
    head.replace(/ (width|height)="[^"]*"/g, (_, side: 'width' | 'height') => ` ${side}="${size[side]}pt"`),
  );
  draw(document, sized, 0, 0, {
    ...size,
    fontCallback: (family: string) => family,
    warningCallback: (text: string) => warnings.push(text),
  });
  document.end();
  const [warning] = warnings;
  if (warning !== undefined) throw new StudyError('internal', { reason: `a figure as pdf: ${warning}` });
  return whole;
}
