import writeExcelFile, { type Row } from 'write-excel-file/universal';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { visibleText } from '../../format/visible-text.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { withoutTimes } from '../same-bytes.ts';
import { text, type XlsxSheet, xlsxSheet } from '../table/xlsx-sheet.ts';

/** Letters of the name of a sheet. */
const longestName = 31;

/**
 * A document as a workbook: a sheet a table, and where there are other words a last sheet with them in their order. The same document
 * gives the same bytes.
 */
export async function printXlsx(document: Document, style: PrintStyle): Promise<Uint8Array> {
  const pieces = piecesOf(document.blocks, style);
  const taken = new Set<string>();
  const sheets = pieces.flatMap((piece): XlsxSheet[] =>
    piece.kind === 'table' ? [xlsxSheet(piece.table, nameOf(piece.table.caption || piece.table.title, taken))] : [],
  );
  const words = pieces.flatMap((piece): Row[] =>
    piece.kind === 'words' ? [[{ ...text(piece.text), wrap: true }]] : [],
  );
  if (words.length > 0 || sheets.length === 0) {
    const name = nameOf(formatText({ key: 'document.words' }, style.language), taken);
    sheets.push({ sheet: name, data: words.length === 0 ? [[null]] : words, columns: [{ width: 100 }] });
  }
  const blob = await writeExcelFile(sheets.map((one) => ({ ...one, showGridLines: false }))).toBlob();
  return withoutTimes(new Uint8Array(await blob.arrayBuffer()));
}

type Piece =
  | { readonly kind: 'table'; readonly table: ReturnType<typeof formattedBlock> }
  | { readonly kind: 'words'; readonly text: string };

function piecesOf(blocks: readonly Block[], style: PrintStyle): readonly Piece[] {
  return shownIn(blocks, 'page').flatMap((block) => blockPieces(block, style));
}

function blockPieces(block: ShownBlock, style: PrintStyle): readonly Piece[] {
  const { language, numbers = publishedStyle } = style;
  const words = (...all: Parameters<typeof formatText>[0][]): readonly Piece[] =>
    all.map((one) => ({ kind: 'words', text: formatText(one, language, numbers) }) as const);
  switch (block.kind) {
    case 'heading':
    case 'text':
      return words(block.text);
    case 'list':
      return words(block.title, ...block.items);
    case 'code':
      return block.text.split('\n').map((line) => ({ kind: 'words', text: visibleText(line) }));
    case 'note':
      return [{ kind: 'words', text: noteText(block, language, numbers) }];
    case 'facts':
      return [{ kind: 'table', table: formattedFacts(block, style) }];
    case 'table':
      return [{ kind: 'table', table: formattedBlock(block, style) }];
    case 'figure':
      return words({ key: 'document.figure_not_drawn', values: { title: figureCaption(block.figure, language) } });
    case 'fold':
      return [...words(block.heading), ...piecesOf(block.blocks, style)];
    case 'group':
      return piecesOf(block.blocks, style);
  }
}

/** A name that a sheet may have and no other has: at most 31 letters, none of those that Excel forbids. */
function nameOf(title: string, taken: Set<string>): string {
  const plain =
    title
      .replace(/[\\/?*[\]:]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  const cut = (ending: string): string =>
    [...plain]
      .slice(0, longestName - ending.length)
      .join('')
      .trim() + ending;
  for (let i = 1; ; i++) {
    const name = cut(i === 1 ? '' : ` ${i}`);
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
