import type { PrintStyle, TableBlock } from '../../output/document/contract.ts';
import { htmlBlocks } from '../../output/document/print/html.ts';
import { printDocument } from '../../output/document/print-document.ts';
import type { Language } from '../../output/format/text-key.ts';
import { type TakenFormat, takenDocument } from '../../output/report/take-away.ts';

/** A table of the page that is to be taken away. */
export interface TableWanted {
  readonly block: TableBlock;
  readonly format: TakenFormat | 'copy';
  readonly language: Language;
  readonly style: PrintStyle;
  /** Of the version that its numbers are of; null: the authors' own. */
  readonly changes: string | null;
}

/** A table as a file, or as what a clipboard holds: markup that keeps its look, and plain text. */
export type TableTaken =
  | { readonly kind: 'file'; readonly content: string | Uint8Array<ArrayBuffer> }
  | { readonly kind: 'copy'; readonly html: string; readonly text: string };

export async function takenTable({ block, format, language, style, changes }: TableWanted): Promise<TableTaken> {
  const document = takenDocument(block, changes);
  const own = { ...style, language };
  if (format === 'copy') {
    const text = await printDocument(document, 'text', own);
    return { kind: 'copy', html: htmlBlocks(document.blocks, own), text: String(text) };
  }
  const printed = await printDocument(document, format, own);
  return { kind: 'file', content: typeof printed === 'string' ? printed : new Uint8Array(printed) };
}
