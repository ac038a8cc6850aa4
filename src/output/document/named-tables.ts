import type { Block, TableBlock } from './contract.ts';

/** Letters of a name before the rest of it is told by a number alone. */
const longestName = 40;

/**
 * A name for LaTeX and Typst made from words: their letters and digits of ASCII between hyphens. Longer than 40 letters, or of words
 * that it cannot hold, it ends in a number of them: other words, another name.
 */
export function nameOfWords(words: readonly string[]): string {
  const text = words.join(' ');
  const letters = text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  if (letters.length <= longestName && /^[\p{ASCII}]*$/u.test(text)) return letters;
  const head = letters.slice(0, longestName - 9).replace(/-$/, '');
  return [head, fingerprint(text)].filter((part) => part !== '').join('-');
}

/** 32 bits of a text as eight digits. @source Fowler, Noll and Vo, FNV-1a */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * Blocks whose tables are named by what their document is about, so that a text can take in several documents: the main table by the
 * name itself, others by the name and their own. A table that its author named stays.
 * @param main id of the main table
 */
export function namedTables(blocks: readonly Block[], name: string, main: string): readonly Block[] {
  const named = (own: readonly Block[]): readonly Block[] => namedTables(own, name, main);
  return blocks.map((block): Block => {
    switch (block.kind) {
      case 'table':
        return namedTable(block, block.table.id === main ? name : `${name}-${block.table.id}`);
      case 'facts':
        return { ...block, name: `${name}-facts` };
      case 'fold':
      case 'group':
        return { ...block, blocks: named(block.blocks) };
      case 'forms':
        return { ...block, screen: named(block.screen), page: named(block.page), records: named(block.records) };
      default:
        return block;
    }
  });
}

function namedTable(block: TableBlock, name: string): TableBlock {
  return block.table.label === undefined ? { ...block, table: { ...block.table, label: name } } : block;
}
