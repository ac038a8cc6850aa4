import { blockDocument } from '../document/blocks.ts';
import type { Document, PrintStyle, TableBlock } from '../document/contract.ts';
import type { DocumentFormat } from '../document/formats.ts';
import { say } from './bilingual.ts';
import type { ReportExhibit } from './outline.ts';

/** What a table of the report can be taken away as. */
export const takenFormats = ['docx', 'xlsx', 'tex', 'csv'] as const satisfies readonly DocumentFormat[];
export type TakenFormat = (typeof takenFormats)[number];

/** The tables of a report as data, by their ids, and how they are printed. */
export interface TakenTables {
  readonly style: PrintStyle;
  readonly blocks: Readonly<Record<string, TableBlock>>;
}

/** The tables of a report that can be taken away. */
export function takenTables(exhibits: readonly ReportExhibit[], style: PrintStyle): TakenTables {
  const blocks = exhibits.flatMap(({ table }) => (table === null ? [] : [[table[0].table.id, table[0]] as const]));
  return { style, blocks: Object.fromEntries(blocks) };
}

/**
 * The document of a table that is taken away: of the authors' version the same as the study writes it.
 * @param changes of the version that its numbers are of, as an address has them; null: the authors' own
 */
export function takenDocument(block: TableBlock, changes: string | null): Document {
  if (changes === null) return blockDocument(block);
  const { table } = block;
  const notes = [...table.notes, { key: 'version.taken', values: { changes } } as const];
  // Laid out: among records too it stands with its title and its notes.
  return blockDocument({ ...block, isLaidOut: true, table: { ...table, notes } });
}

/** What can be taken, under a table or a figure; shown where a script of the page answers. */
export function takeMarkup(of: 'table' | 'figure'): string {
  const button = (value: string, label: string): string => `<button type="button" value="${value}">${label}</button>`;
  const buttons =
    of === 'figure'
      ? [button('svg', 'SVG'), button('png', 'PNG')]
      : [...takenFormats.map((one) => button(one, one)), button('copy', say({ key: 'take.copy' }))];
  return `<details class="take"><summary>${say({ key: `take.${of}` })}</summary><p>${buttons.join(' ')} <span role="status"></span></p></details>`;
}
