import { formattedBlock, type ShownBlock, shownIn } from '../document/blocks.ts';
import type { Block, FactsBlock, TableBlock } from '../document/contract.ts';
import { renderFigure } from '../document/figure/svg-figure.ts';
import { escapeMarkup } from '../document/table/escape.ts';
import { htmlNotes, htmlTable } from '../document/table/html-table.ts';
import type { FigureModel, FigureWidth } from '../figure/contract.ts';
import { describeDiagnostic } from '../format/diagnostic-text/describe.ts';
import { formatCell } from '../format/format-table.ts';
import { formatText } from '../format/format-text.ts';
import { type NumberStyle, publishedStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';
import { inEach, say } from './bilingual.ts';
import { methodPlace } from './method-place.ts';
import type { DescribedMethod } from './methods/catalog.ts';
import type { ReportExhibit } from './outline.ts';

import { takeMarkup } from './take-away.ts';

/** Blocks of the report as markup that holds every language of the page. */
export function reportMarkup(blocks: readonly Block[], numbers: NumberStyle = publishedStyle): string {
  return shownIn(blocks, 'page')
    .map((block) => blockMarkup(block, numbers))
    .join('\n');
}

function blockMarkup(block: ShownBlock, numbers: NumberStyle): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${say(block.text)}</h3>`;
    case 'text':
      return `<p>${say(block.text)}</p>`;
    case 'list': {
      const items = block.items.map((item) => `<li>${say(item)}</li>`).join('');
      const [tag, kind] = block.areSteps === true ? ['ol', 'flow'] : ['ul', 'facts'];
      return `<h3>${say(block.title)}</h3>\n<${tag} class="${kind}">${items}</${tag}>`;
    }
    case 'code':
      return `<pre tabindex="0"><code>${escapeMarkup(block.text)}</code></pre>`;
    case 'note': {
      const { about } = block;
      const isDiagnostic = typeof about !== 'string' && 'code' in about;
      const text = isDiagnostic ? { en: describeDiagnostic(about, 'en'), zh: describeDiagnostic(about, 'zh') } : about;
      return `<p class="warned">${say(text)}</p>`;
    }
    case 'facts':
      return factsMarkup(block);
    case 'table':
      return tableMarkup(block, numbers);
    case 'figure':
      return figureMarkup(block.figure);
    case 'fold':
      return [
        '<details>',
        `<summary>${say(block.heading)}</summary>`,
        reportMarkup(block.blocks, numbers),
        '</details>',
      ].join('\n');
    case 'group':
      return reportMarkup(block.blocks, numbers);
  }
}

/** A section under its head. @param mark attributes of it, each after a space */
export function sectionFrame(
  { id, title }: { readonly id: string; readonly title: Text },
  body: readonly string[],
  mark = '',
): string {
  return [`<section id="${id}"${mark}>`, `<h2>${say(title)}</h2>`, ...body, '</section>'].join('\n');
}

/** A table under its id with what is folded below it, and its figures beside it where there is room. */
export function exhibitMarkup(exhibit: ReportExhibit, numbers: NumberStyle = publishedStyle): string {
  const { table, figures, notes = [] } = exhibit;
  const told =
    notes.length === 0
      ? []
      : [
          reportMarkup(
            notes.map((about) => ({ kind: 'note', about })),
            numbers,
          ),
        ];
  if (table === null) return [...told, ...figures.map((figure) => figureMarkup(figure))].join('\n');
  const drawn = figures.map((figure) => figureMarkup(figure, ['column']));
  const [block, ...folded] = table;
  const printed = ['<div class="printed">', tableMarkup(block, numbers), '</div>'];
  const lines = [
    ...told,
    `<div class="exhibit" id="${escapeMarkup(exhibitPlace(exhibit))}">`,
    ...(drawn.length === 0 ? printed : ['<div class="beside">', ...printed, ...drawn, '</div>']),
    ...[methodLinks(exhibit.methods)].filter((line) => line !== ''),
    takeMarkup('table'),
    ...(folded.length === 0 ? [] : [reportMarkup(folded, numbers)]),
    '</div>',
  ];
  return lines.join('\n');
}

/** Where the methods of a table are written out; of one that was made anew, the section of them; nothing of one that has none. */
function methodLinks(methods: readonly DescribedMethod[] | undefined): string {
  if (methods?.length === 0) return '';
  const links = (methods ?? []).map(({ id, title }) => `<a href="#${escapeMarkup(methodPlace(id))}">${say(title)}</a>`);
  return `<p class="notes methods"><a href="#methods">${say({ key: 'report.section_methods' })}</a>${links.map((link) => ` · ${link}`).join('')}</p>`;
}

/** The id of the element that an exhibit is. */
export function exhibitPlace({ table, figures }: ReportExhibit): string {
  return table?.[0].table.id ?? figures[0]?.id ?? '';
}

/** A table in each language, in a frame that scrolls, notes below the frame. */
export function tableMarkup(block: TableBlock, numbers: NumberStyle = publishedStyle): string {
  const { look } = block;
  return inEach('div', (language) => {
    const formatted = formattedBlock({ ...block, decimals: {} }, { language, numbers });
    const notes = htmlNotes(formatted);
    const kind = look === undefined ? '' : `data ${look}`;
    const frame = `<div class="scroll" tabindex="0">\n${htmlTable(formatted, { withNotes: false, kind })}</div>`;
    return notes === '' ? frame : `${frame}\n<div class="notes">${notes}</div>`;
  });
}

/** Between two sentences: Chinese ones end in a sign that has its own room. */
const between: Readonly<Record<Language, string>> = { en: ' ', zh: '' };

/**
 * A figure in each language with its caption below.
 * @param widths that it is drawn for; the style of the page shows the one that there is room for
 */
function figureMarkup(figure: FigureModel, widths: readonly FigureWidth[] = ['page', 'column']): string {
  const drawn = (language: Language) =>
    widths.map((width) => ({ width, drawing: renderFigure(figure, language, { embedded: true, width }) }));
  const drawings = { en: drawn('en'), zh: drawn('zh') };
  const inner = inEach('div', (language) => {
    const title = formatText(figure.title, language);
    const caption =
      figure.number === ''
        ? title
        : formatText({ key: 'figure.caption', values: { number: figure.number, title } }, language);
    const notes = figure.notes.map((note) => formatText(note, language));
    const words = `<strong>${escapeMarkup(caption)}</strong> ${notes.map(escapeMarkup).join(between[language])}`;
    const shown = drawings[language].map(({ width, drawing }) =>
      widths.length === 1 ? drawing : `<div class="drawn-${width}">${drawing}</div>`,
    );
    return `<div class="scroll" tabindex="0">${shown.join('')}</div><figcaption>${words}</figcaption>`;
  });
  const kind = drawings.en.some(({ width, drawing }) => width === 'page' && isTall(drawing))
    ? 'exhibit tall'
    : 'exhibit';
  return `<figure class="${kind}" id="${escapeMarkup(figure.id)}">\n${inner}\n${takeMarkup('figure')}</figure>`;
}

/** From this height to a width of 1 on a drawing for a page leaves its words smaller on paper than one for a column. */
const tall = 0.6;

function isTall(drawing: string): boolean {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(drawing) ?? [];
  return Number(height) > tall * Number(width);
}

/** Names and values; a value that is typed stands in the type of code by the style of the page. */
function factsMarkup({ title, lines, facts, below }: FactsBlock): string {
  const entries = facts.map(({ label, value }) => {
    const shown =
      value.kind === 'label' ? say(value.label) : escapeMarkup(formatCell(value, 'en', publishedStyle).text);
    return `<div><dt>${say(label)}</dt><dd>${shown}</dd></div>`;
  });
  return [
    ...(title === '' ? [] : [`<h3>${say(title)}</h3>`]),
    ...lines.map((line) => `<p>${say(line)}</p>`),
    '<dl class="facts">',
    ...entries,
    '</dl>',
    ...(below === '' ? [] : [`<p>${say(below)}</p>`]),
  ].join('\n');
}
