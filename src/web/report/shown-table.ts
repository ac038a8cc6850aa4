import type { TableBlock } from '../../output/document/contract.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { Cell, Spanner, TableColumn, TableRow } from '../../output/table/contract.ts';

/*
 * A table as the page shows it, read back as data: whatever a report holds can be taken away though it is not packed a second time, with the
 * digits that are shown, in the language that is shown, of the version that is shown.
 */

/** What is read of a table. @param id of it, the name of its file. @param head what says what it is where it has no caption */
export interface ShownTable {
  readonly table: HTMLTableElement;
  readonly id: string;
  readonly head: Element | null;
  readonly language: Language;
}

export function shownTable({ table, id, head, language }: ShownTable): TableBlock {
  const lines = rowsOf(table, 'thead');
  const body = rowsOf(table, 'tbody').map(cellsOf);
  const count = Math.max(0, ...[...lines.map(cellsOf), ...body].map(widthOf)) - 1;
  const spanners = lines.filter(isSpanner);
  const [heads, below] = lines.filter((line) => !isSpanner(line)).map((line) => textsOver(line, language));
  const notes = notesOf(table, language);
  const isSynthetic = notes.some(({ classList }) => classList.contains('synthetic'));
  return {
    kind: 'table',
    table: {
      ...{
        id,
        number: '',
        title: textOf(table.querySelector('caption'), language) || textOf(head, language),
        isSynthetic,
      },
      stub: heads?.[0] ?? '',
      columns: Array.from({ length: count }, (_, j): TableColumn => {
        const [label = '', sublabel = ''] = [heads?.[j + 1], below?.[j + 1]];
        return { id: `${j + 1}`, label, ...(sublabel === '' ? {} : { sublabel }) };
      }),
      rows: rowsOf(table, 'tbody').map((row, i) => rowOf(row, { id: `${i + 1}`, count, language })),
      notes: notes
        .filter(({ classList }) => !classList.contains('synthetic'))
        .map((note) => textOf(note, language))
        .filter((note) => note !== ''),
      ...(spanners.length === 0 ? {} : { spanners: spanners.map((line) => spannersOf(line, language)) }),
    },
  };
}

function rowsOf(table: Element, part: 'thead' | 'tbody'): readonly Element[] {
  return [...table.querySelectorAll(`${part} > tr`)];
}

function cellsOf(row: Element): readonly Element[] {
  return [...row.children];
}

function widthOf(cells: readonly Element[]): number {
  return cells.reduce((sum, cell) => sum + spanOf(cell), 0);
}

function spanOf(cell: Element): number {
  return Number(cell.getAttribute('colspan') ?? 1);
}

function isSpanner({ classList }: Element): boolean {
  return classList.contains('spanner');
}

/** The text over each column of a line of heads, the stub first; of one over several it stands over the first. */
function textsOver(line: Element, language: Language): readonly string[] {
  return cellsOf(line).flatMap((cell) => [
    textOf(cell, language),
    ...Array<string>(Math.max(0, spanOf(cell) - 1)).fill(''),
  ]);
}

function spannersOf(line: Element, language: Language): readonly Spanner[] {
  const [first, ...cells] = cellsOf(line);
  let from = 1 - (first === undefined ? 1 : spanOf(first));
  return cells.flatMap((cell) => {
    const [label, at] = [textOf(cell, language), from];
    from += spanOf(cell);
    return label === '' ? [] : [{ label, from: at, count: spanOf(cell) }];
  });
}

/** The paragraphs below the frame of a table. */
function notesOf(table: Element, language: Language): readonly Element[] {
  const below = table.closest('.scroll')?.nextElementSibling ?? null;
  if (below === null || !below.matches('.notes:not(.methods)')) return [];
  return [...below.querySelectorAll('p')].filter((note) => isShown(note, language));
}

function rowOf(
  row: Element,
  { id, count, language }: { readonly id: string; readonly count: number; readonly language: Language },
): TableRow {
  const [first, ...others] = cellsOf(row);
  const alone = first?.querySelector('.alone')?.textContent ?? '';
  const isHead = row.classList.contains('head');
  const cells = isHead ? [] : others.map((cell) => cellOf(cell, language));
  const blank: Cell = { kind: 'empty' };
  return {
    id,
    label: first === undefined || alone !== '' ? blank : cellOf(first, language),
    cells: [...cells, ...Array<Cell>(Math.max(0, count - cells.length)).fill(blank)],
    ...(row.classList.contains('ruled') ? { ruled: true } : {}),
    ...(isHead ? { isHead } : {}),
    ...(row.classList.contains('indented') ? { isIndented: true } : {}),
    ...(alone === '' ? {} : { aloneLabel: alone }),
  };
}

/** A number with what stands around it: a bracket before it, stars or a closing bracket behind. Digits that begin with zeros are a code. */
const asNumber = /^[([]?([-\u2212]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)?(?:\.\d+)?)[*†‡\])]*$/u;

function cellOf(cell: Element, language: Language): Cell {
  const whole = textOf(cell, language);
  if (whole === '') return { kind: 'empty' };
  const hang = textOf(cell.querySelector('.hang'), language);
  const align = cell.classList.contains('num') ? 'end' : 'start';
  const digits = asNumber.exec(whole)?.[1] ?? '';
  if (align === 'end' && /\d/.test(digits)) {
    const value = Number(digits.replaceAll(',', '').replace('\u2212', '-'));
    const text = hang === '' ? whole : whole.slice(0, -hang.length).trimEnd();
    return { kind: 'number', value, printed: { text, hang } };
  }
  const code = cell.firstElementChild;
  const isCode = cell.childNodes.length === 1 && code?.localName === 'code';
  return { kind: 'verbatim', text: whole, align, ...(isCode ? { isCode } : {}) };
}

function isShown(element: Element, language: Language): boolean {
  const lang = element.getAttribute('lang');
  return lang === null || lang.startsWith('cmn') || lang.startsWith(language);
}

/** What is read of an element in a language; words of elements that stand below one another are set apart. */
function textOf(element: Element | null, language: Language): string {
  return element === null ? '' : partsOf(element, language).replace(/\s+/g, ' ').trim();
}

function partsOf(element: Element, language: Language): string {
  return [...element.childNodes]
    .map((node) => {
      if (node.nodeType === 3) return node.nodeValue ?? '';
      if (node.nodeType !== 1) return '';
      const inner = node as Element; // as its type says
      return isShown(inner, language) ? partsOf(inner, language) : '';
    })
    .join('');
}
