import {
  Document as DocxDocument,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Packer,
  PageOrientation,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { strToU8 } from 'fflate';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { visibleText } from '../../format/visible-text.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { officeArchive } from '../same-bytes.ts';
import { type DocxType, docxTable, uprightWidth } from '../table/docx-table.ts';

/** Type of a document without a house. */
const usualType: DocxType = { latin: 'Times New Roman', han: 'SimSun', points: 10.5 };

type Part = Paragraph | Table;
interface Piece {
  readonly parts: readonly Part[];
  readonly isWide: boolean;
}

/**
 * A document for a word processor: headings that make a contents, tables that can be edited, figures as pictures where they can be
 * drawn as points (`raster`), wide tables on turned pages. The same document gives the same bytes.
 */
export async function printDocx(document: Document, style: PrintStyle): Promise<Uint8Array> {
  const type = style.house?.type ?? usualType;
  const title = formatText(document.title, style.language, style.numbers ?? publishedStyle);
  const pieces = await piecesOf(document.blocks, style, type, 1);
  const file = new DocxDocument({
    title: visibleText(title),
    creator: 'Kaya',
    lastModifiedBy: 'Kaya',
    description: '',
    styles: {
      default: {
        document: {
          run: {
            size: Math.round(type.points * 2),
            font: { ascii: type.latin, hAnsi: type.latin, cs: type.latin, eastAsia: type.han },
          },
        },
      },
    },
    sections: sectionsOf(pieces),
  });
  return officeArchive(partsOf(file));
}

/** What `Packer` zips, so that it need not be unzipped to lose its date. Private in its types. */
function partsOf(file: DocxDocument): [name: string, bytes: Uint8Array][] {
  const { compiler } = Packer as unknown as {
    readonly compiler: { compile(file: DocxDocument): ReadonlyMap<string, string | Uint8Array> };
  }; // its methods for users all zip
  return [...compiler.compile(file)].map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
}

/** Pieces on upright and on turned pages, in order. */
function sectionsOf(pieces: readonly Piece[]): ISectionOptions[] {
  const sections: { isWide: boolean; children: Part[] }[] = [];
  for (const { parts, isWide } of pieces) {
    const last = sections.at(-1);
    if (last !== undefined && last.isWide === isWide) last.children.push(...parts);
    else sections.push({ isWide, children: [...parts] });
  }
  const orientation = (isWide: boolean) => (isWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT);
  return (sections.length === 0 ? [{ isWide: false, children: [new Paragraph('')] }] : sections).map(
    ({ isWide, children }) => ({
      properties: {
        page: {
          size: { width: 11_906, height: 16_838, orientation: orientation(isWide) },
          margin: { top: 1440, right: 1440, bottom: 1440, left: 1440 },
        },
      },
      children,
    }),
  );
}

async function piecesOf(
  blocks: readonly Block[],
  style: PrintStyle,
  type: DocxType,
  level: number,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const block of shownIn(blocks, 'page')) {
    if (block.kind === 'group') pieces.push(...(await piecesOf(block.blocks, style, type, level)));
    else pieces.push(...(await blockPieces(block, style, type, level)));
  }
  return pieces;
}

const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];

async function blockPieces(
  block: Exclude<ShownBlock, { kind: 'group' }>,
  style: PrintStyle,
  type: DocxType,
  level: number,
): Promise<readonly Piece[]> {
  const { language, numbers = publishedStyle } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => formatText(text, language, numbers);
  const upright = (...parts: Part[]): readonly Piece[] => [{ parts, isWide: false }];
  const heading = (text: string, at: number): Paragraph =>
    new Paragraph({
      heading: headings[Math.min(at, headings.length) - 1] ?? HeadingLevel.HEADING_4,
      keepNext: true,
      spacing: { before: 240, after: 120 },
      children: [new TextRun({ text, bold: true, color: '000000', size: Math.round((type.points + 4 - at) * 2) })],
    });
  const paragraph = (text: string, look: { small?: boolean; indent?: number } = {}): Paragraph =>
    new Paragraph({
      spacing: { before: 0, after: 120 },
      ...(look.indent === undefined ? {} : { indent: { left: look.indent } }),
      children: [new TextRun({ text, ...(look.small === true ? { size: Math.round((type.points - 1) * 2) } : {}) })],
    });
  switch (block.kind) {
    case 'heading':
      return upright(heading(say(block.text), level));
    case 'text':
      return upright(paragraph(say(block.text)));
    case 'list':
      return upright(
        paragraph(say(block.title)),
        ...block.items.map((item, i) =>
          paragraph(`${block.areSteps === true ? `${i + 1}.` : '\u2022'}  ${say(item)}`, { indent: 280 }),
        ),
      );
    case 'code':
      return upright(
        ...block.text.split('\n').map(
          (line) =>
            new Paragraph({
              spacing: { before: 0, after: 0 },
              children: [new TextRun({ text: visibleText(line), font: 'Courier New' })],
            }),
        ),
      );
    case 'note':
      return upright(paragraph(noteText(block, language, numbers), { small: true }));
    case 'facts':
      return [docxTable(formattedFacts(block, style), type)];
    case 'table':
      return [docxTable(formattedBlock(block, style), type)];
    case 'figure': {
      const caption = figureCaption(block.figure, language);
      const { draw, raster } = style;
      const image =
        draw === undefined || raster === undefined
          ? null
          : await raster(draw(block.figure, language, { embedded: false }));
      if (image === null)
        return upright(paragraph(say({ key: 'document.figure_not_drawn', values: { title: caption } })));
      const { png, width, height } = image;
      const across = Math.min(width, uprightWidth / 15);
      const words = [caption, ...block.figure.notes.map(say)].join('  ');
      return upright(
        new Paragraph({
          keepNext: true,
          alignment: 'center',
          children: [
            new ImageRun({
              type: 'png',
              data: png,
              transformation: { width: across, height: Math.round((height * across) / width) },
              altText: { name: caption, title: caption, description: words },
            }),
          ],
        }),
        paragraph(words, { small: true }),
      );
    }
    case 'fold':
      if (style.foldsAreIn !== undefined) {
        const values = { title: block.heading, file: style.foldsAreIn };
        return upright(paragraph(say({ key: 'document.fold_elsewhere', values }), { small: true }));
      }
      return [
        ...upright(heading(say(block.heading), level + 1)),
        ...(await piecesOf(block.blocks, style, type, level + 1)),
      ];
  }
}
