import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { typstText } from '../table/escape.ts';
import { typstHead, typstTable } from '../table/typst-table.ts';

/** A document in Typst, to be compiled as it stands or included; figures are named, their files are written apart. */
export function printTypst({ blocks }: Document, style: PrintStyle): string {
  const language = style.language === 'zh' ? '#set text(lang: "zh", region: "cn")\n' : '';
  return [language + typstHead, ...partsOf(blocks, style, 1)].join('\n');
}

function partsOf(blocks: readonly Block[], style: PrintStyle, level: number): readonly string[] {
  return shownIn(blocks, 'page').flatMap((block) =>
    block.kind === 'group' ? partsOf(block.blocks, style, level) : [blockText(block, style, level)],
  );
}

function blockText(block: Exclude<ShownBlock, { kind: 'group' }>, style: PrintStyle, level: number): string {
  const { language, numbers = publishedStyle } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => typstText(formatText(text, language, numbers));
  switch (block.kind) {
    case 'heading':
      return `#heading(level: ${level}, ${say(block.text)})\n`;
    case 'text':
      return `#par(${say(block.text)})\n`;
    case 'list': {
      const items = block.items.map((item) => `  ${say(item)},\n`).join('');
      return `#par(${say(block.title)})\n#${block.areSteps === true ? 'enum' : 'list'}(\n${items})\n`;
    }
    case 'code':
      return `#raw(block: true, ${block.text.split('\n').map(typstText).join(' + "\\n" + ')})\n`;
    case 'note':
      return `#par(text(size: 0.85em, ${typstText(noteText(block, language, numbers))}))\n`;
    case 'facts':
      return typstTable(formattedFacts(block, style));
    case 'table':
      return typstTable(formattedBlock(block, style));
    case 'figure':
      return `#par(${say({ key: 'document.figure_not_drawn', values: { title: figureCaption(block.figure, language) } })})\n`;
    case 'fold':
      return [
        `#heading(level: ${level + 1}, ${say(block.heading)})\n`,
        ...partsOf(block.blocks, style, level + 1),
      ].join('\n');
  }
}
