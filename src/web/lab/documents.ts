import { at } from '../../error/at.ts';
import type { RequestColumn } from '../../model/request/ports.ts';
import type { ThresholdSensitivity, ThresholdShape } from '../../model/result/threshold.ts';
import { wideBlock } from '../../output/document/blocks.ts';
import type { Block, Document, RasterImage } from '../../output/document/contract.ts';
import { printCsv } from '../../output/document/print/csv.ts';
import { printDocx } from '../../output/document/print/docx.ts';
import { htmlBlocks } from '../../output/document/print/html.ts';
import { printLatex } from '../../output/document/print/latex.ts';
import { printXlsx } from '../../output/document/print/xlsx.ts';
import { modelsDocument } from '../../output/document/results/models.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import { modelFigures } from '../../output/figure/model-figure.ts';
import { thresholdFigures } from '../../output/figure/threshold-figures.ts';
import type { TableModel } from '../../output/table/contract.ts';
import { sensitivityTable } from '../../output/table/threshold-sensitivity-table.ts';
import { shapeTables } from '../../output/table/threshold-shape-table.ts';
import { equalSlopesTable, thresholdTables } from '../../output/table/threshold-tables.ts';
import type { DocumentFormat, Shown, ShownResults } from './contract.ts';

/** The document of results side by side: what `kaya reg` prints, below it the searches behind threshold models. */
export function resultsDocument({ estimated, names, reading, version }: Shown): Document {
  const columns = numbered(estimated.flatMap((one) => one.columns));
  const document = modelsDocument(
    columns.map(({ results }) => at(results, 0)),
    {
      version,
      reading,
      equality: estimated.flatMap(({ equality }) => equality),
      differences: estimated.flatMap(({ differences }) => differences),
      families: estimated.flatMap(({ families }) => families),
      others: columns.map(({ results: [, ...rest] }) => rest),
      names,
    },
  );
  return { ...document, blocks: [...document.blocks, ...columns.flatMap(searchBlocks)] };
}

/** Columns of several requests, whose models are called by their place in the table. */
function numbered(columns: readonly RequestColumn[]): readonly RequestColumn[] {
  return columns.map((column, i) => {
    const [first, ...others] = column.results;
    const id = String(i + 1);
    return { ...column, results: [{ ...first, id }, ...others.map((one) => ({ ...one, id }))] };
  });
}

/** Tables of a threshold model beside that of its coefficients. */
function searchBlocks({ threshold, sensitivity, shape }: RequestColumn): readonly Block[] {
  if (threshold === null) return [];
  const slopes = equalSlopesTable(threshold);
  const tables: readonly TableModel[] = [
    ...thresholdTables(threshold),
    ...(slopes === null ? [] : [slopes]),
    ...besideThreshold(sensitivity, shape, threshold.settings.by),
  ];
  return tables.map(wideBlock);
}

function besideThreshold(
  sensitivity: ThresholdSensitivity | null,
  shape: ThresholdShape | null,
  by: string,
): readonly TableModel[] {
  return [
    ...(sensitivity === null ? [] : [sensitivityTable(sensitivity)]),
    ...(shape === null ? [] : shapeTables(shape, by)),
  ];
}

/** Every figure that `kaya reg` and `kaya threshold` draw of the models: those of thresholds first, the coefficients last. */
function figuresOf(columns: readonly RequestColumn[]): readonly FigureModel[] {
  const searches = columns.flatMap(({ threshold }) =>
    threshold === null ? [] : thresholdFigures({ id: 'figure', number: '', result: threshold, isSynthetic: false }),
  );
  return [...searches, ...modelFigures(columns.map(({ results }) => results))].map(({ figure }) => figure);
}

/** Tables as HTML and figures as data, for the page. */
export function shownResults(shown: Shown): ShownResults {
  const { language, estimated } = shown;
  const columns = estimated.flatMap((one) => one.columns);
  if (columns.length === 0) return { tables: '', figures: [] };
  return { tables: htmlBlocks(resultsDocument(shown).blocks, { language }), figures: figuresOf(columns) };
}

/**
 * The document as a file.
 * @param pictures the figures of `shownResults` as points, in their order: a page draws them, for letters are set there alone
 */
export async function printedResults(
  shown: Shown,
  format: DocumentFormat,
  pictures: readonly RasterImage[] = [],
): Promise<string | Uint8Array<ArrayBuffer>> {
  const document = resultsDocument(shown);
  const { language } = shown;
  if (format === 'csv') return printCsv(document, { language });
  if (format === 'tex') return printLatex(document, { language });
  if (format === 'xlsx') return new Uint8Array(await printXlsx(document, { language }));
  const figures = figuresOf(shown.estimated.flatMap((one) => one.columns));
  const blocks = [...document.blocks, ...figures.map((figure): Block => ({ kind: 'figure', figure }))];
  // A figure is called by its place between the two.
  const draw = (figure: FigureModel): string => String(figures.indexOf(figure));
  const raster = async (place: string): Promise<RasterImage | null> => pictures[Number(place)] ?? null;
  return new Uint8Array(await printDocx({ ...document, blocks }, { language, draw, raster }));
}
