import type { Told } from './messages.ts';

/** What the page showed before the reader changed anything, by the id of its element. */
type Originals = Map<string, Element>;

/** Replaces parts of the report by those of a version, marks what changed, and brings the authors' back. */
export interface ReportParts {
  readonly replace: (told: Extract<Told, { kind: 'markup' }>) => void;
  /** Another version begins. @param changes that make it, as an address has them */
  readonly begin: (changes: string) => void;
  /** The version stays as far as it came: what it did not reach is as the authors have it, not as a version before it had it. */
  readonly settle: () => void;
  /** Everything as the authors have it. */
  readonly restore: () => void;
}

/** What follows the tables of a version: what stands behind their numbers, what they are taken away as. */
export interface Behind {
  /** Of a table in a version; without anything where it has none there. */
  readonly set: (id: string, told: Pick<Extract<Told, { kind: 'markup' }>, 'answers' | 'block'>) => void;
  /** That of a table is the authors' again. */
  readonly forget: (id: string) => void;
  readonly restore: () => void;
}

export function reportParts(page: Document, behind: readonly Behind[]): ReportParts {
  let version = '';
  const originals: Originals = new Map();
  /** Of this version: elements made anew as a whole, and exhibits of which the table alone is. */
  const whole = new Set<string>();
  const tables = new Set<string>();
  return {
    replace: (told) => {
      const { id, place, markup } = told;
      const element = page.getElementById(id);
      if (element === null) return;
      const original = originals.get(id) ?? copyOf(element);
      originals.set(id, original);
      if (place === 'table' || (place === 'fault' && element.querySelector(':scope .printed') !== null)) {
        const printed = element.querySelector('.printed');
        printed?.replaceChildren(...parsed(page, `<div>${markup}</div>`).childNodes);
        printed?.setAttribute('data-version', version);
        if (place === 'fault') dropFigures(element);
        markChanges(element, original, '.printed');
        for (const one of behind) one.set(id, told);
        tables.add(id);
        if (place === 'fault') whole.add(id);
        return;
      }
      const next = place === 'fault' ? faultElement(page, element, markup) : parsed(page, markup);
      keepOpen(element, next);
      next.setAttribute('data-version', version);
      element.replaceWith(next);
      markChanges(next, original, '');
      for (const one of behind) one.set(id, told);
      whole.add(id);
    },
    begin: (changes) => {
      version = changes;
      whole.clear();
      tables.clear();
    },
    settle: () => {
      for (const [id, original] of originals) {
        const element = page.getElementById(id);
        if (element === null || whole.has(id)) continue;
        const next = copyOf(original);
        keepOpen(element, next);
        const printed = tables.has(id) ? element.querySelector('.printed') : null;
        if (printed !== null) next.querySelector('.printed')?.replaceWith(printed);
        else for (const one of behind) one.forget(id);
        element.replaceWith(next);
      }
    },
    restore: () => {
      for (const [id, original] of originals) {
        const element = page.getElementById(id);
        if (element === null) continue;
        const next = copyOf(original);
        keepOpen(element, next);
        element.replaceWith(next);
      }
      originals.clear();
      for (const one of behind) one.restore();
    },
  };
}

function copyOf(element: Element): Element {
  return element.ownerDocument.importNode(element, true);
}

/** The one element of a markup. */
function parsed(page: Document, markup: string): Element {
  const template = page.createElement('template');
  template.innerHTML = markup;
  return template.content.firstElementChild ?? page.createElement('div');
}

/** A figure or an element that cannot be had: its place stays, with what is said instead. */
function faultElement(page: Document, element: Element, markup: string): Element {
  const next = page.createElement('div');
  next.id = element.id;
  next.className = element.className;
  next.innerHTML = markup;
  return next;
}

/** Figures of a table that cannot be had belong to another version. */
function dropFigures(element: Element): void {
  for (const figure of element.querySelectorAll('.beside > figure, :scope > details')) figure.remove();
}

/** Folds that the reader opened stay open. */
function keepOpen(before: Element, after: Element): void {
  const folds = [...after.querySelectorAll('details')];
  [...before.querySelectorAll('details')].forEach((fold, i) => {
    const same = folds[i];
    same?.toggleAttribute('open', fold.hasAttribute('open'));
  });
}

/** Marks the cells whose text is another than the authors', and figures as redrawn. */
function markChanges(element: Element, original: Element, within: string): void {
  const tablesOf = (root: Element): Element[] => [...root.querySelectorAll(`${within} table`)];
  const before = tablesOf(original);
  tablesOf(element).forEach((table, i) => {
    const cellsBefore = cellTexts(before[i]);
    for (const [key, cell] of cellsOf(table)) {
      const text = cellsBefore.get(key);
      if (text === (cell.textContent ?? '')) continue;
      cell.classList.add('changed');
      if (text !== undefined) cell.setAttribute('title', text);
    }
  });
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
  return new Map(table === undefined ? [] : cellsOf(table).map(([key, cell]) => [key, cell.textContent ?? '']));
}
