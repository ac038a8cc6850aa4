import type { Block, Document, DrawFigure, PrintStyle } from './contract.ts';
import { type DocumentFormat, printerOf } from './printers.ts';

/** Prints a document in a format: text, or the bytes of a file. What draws figures is loaded when the document has one. */
export async function printDocument(
  document: Document,
  format: DocumentFormat,
  style: PrintStyle,
): Promise<string | Uint8Array> {
  const { load, medium } = printerOf(format);
  const print = await load();
  const isDrawn = style.draw === undefined && medium === 'page' && hasFigure(document.blocks);
  return print(document, isDrawn ? { ...style, draw: await loadDraw() } : style);
}

async function loadDraw(): Promise<DrawFigure> {
  const { renderFigure } = await import('./figure/svg-figure.ts');
  return renderFigure;
}

function hasFigure(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.kind === 'figure') return true;
    if (block.kind === 'forms') return hasFigure(block.page);
    return 'blocks' in block && hasFigure(block.blocks);
  });
}
