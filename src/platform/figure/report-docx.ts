import { isStudyError } from '../../error/study-error.ts';
import type { Document, PrintStyle, RasterFigure, RasterImage } from '../../output/document/contract.ts';
import { printDocument } from '../../output/document/print-document.ts';

/** What a report is set for a word processor with; figures apart. */
export type ReportStyle = Omit<PrintStyle, 'draw' | 'raster' | 'foldsAreIn'>;

/** report.docx, which says of what is folded away that it is in report.html. */
export async function reportDocx(
  report: Document,
  style: ReportStyle,
  raster: (svg: string) => Promise<RasterImage>,
): Promise<string | Uint8Array> {
  const set = { ...style, raster: whatWasMade(raster), foldsAreIn: 'report.html' };
  return printDocument(report, 'docx', set);
}

/** The points of each drawing; what cannot be made is told where the drawing itself is written. */
const whatWasMade =
  (raster: (svg: string) => Promise<RasterImage>): RasterFigure =>
  (svg) =>
    raster(svg).catch((error: unknown) => {
      if (isStudyError(error, 'figure-unprintable')) return null;
      throw error;
    });
