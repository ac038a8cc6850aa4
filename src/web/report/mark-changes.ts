/** Marks the cells whose text is another than the authors', and figures as redrawn. */
export function markChanges(element: Element, original: Element, within: string): void {
  const before = [...original.querySelectorAll(`${within} table`)];
  [...element.querySelectorAll('table')].forEach((table, i) => {
    const cellsBefore = cellTexts(before[i]);
    for (const [key, cell] of cellsOf(table)) {
      const text = cellsBefore.get(key);
      if (text === textOf(cell)) continue;
      cell.classList.add('changed');
      if (text !== undefined) cell.setAttribute('title', text);
    }
  });
  const numbers = 'dd > .estimate, dd.size';
  const numberBefore = original.querySelector(numbers)?.textContent;
  for (const number of element.querySelectorAll(numbers)) {
    if (numberBefore === undefined || number.textContent === numberBefore) continue;
    number.classList.add('changed');
    number.setAttribute('title', numberBefore ?? '');
  }
  for (const figure of figuresOf(element)) {
    const drawnBefore = figuresOf(original).find(({ id }) => id === figure.id);
    if (drawnBefore === undefined || isDrawnAlike(figure, drawnBefore)) continue;
    figure.classList.add('redrawn');
    figure.querySelector('figcaption strong')?.classList.add('changed');
  }
}

function figuresOf(element: Element): readonly Element[] {
  return [...(element.matches('figure') ? [element] : []), ...element.querySelectorAll('figure')];
}

/** Whether two figures are drawn alike in each language that both have. */
function isDrawnAlike(figure: Element, before: Element): boolean {
  const drawings = drawingsOf(before);
  return [...drawingsOf(figure)].every(([lang, drawing]) => (drawings.get(lang) ?? drawing) === drawing);
}

/** The drawings of a figure by their language, without what makes dots of them answer. */
function drawingsOf(figure: Element): ReadonlyMap<string, string> {
  return new Map(
    [...figure.querySelectorAll('.scroll')].map((one) => [
      one.closest('[lang]')?.getAttribute('lang') ?? '',
      one.innerHTML.replace(/ (?:tabindex|role)="[^"]*"/g, ''),
    ]),
  );
}

/** Cells of the body by the head of their row and their place in it: rows may come and go. */
function cellsOf(table: Element): readonly (readonly [key: string, cell: Element])[] {
  const seen = new Map<string, number>();
  let head = '';
  return [...table.querySelectorAll('tbody tr')].flatMap((row) => {
    head = row.querySelector('th')?.textContent || head;
    const time = (seen.get(head) ?? 0) + 1;
    seen.set(head, time);
    return [...row.querySelectorAll('td')].map((cell, i) => [`${head}\n${time}\n${i}`, cell] as const);
  });
}

function cellTexts(table: Element | undefined): ReadonlyMap<string, string> {
  return new Map(table === undefined ? [] : cellsOf(table).map(([key, cell]) => [key, textOf(cell)]));
}

/** The text of a cell, without what is said of its row. */
function textOf(cell: Element): string {
  const text = cell.textContent ?? '';
  const last = cell.lastElementChild;
  return last?.classList.contains('standing') === true ? text.slice(0, -(last.textContent ?? '').length) : text;
}
