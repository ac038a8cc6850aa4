import type { AnswerMarkup } from '../../output/report/answers.ts';
import { words } from './page-words.ts';
import type { Behind } from './report-parts.ts';
import { setMenus } from './take-menus.ts';

/** Answers behind the numbers of the page. */
export interface Answers extends Behind {
  /** The page has other words now: numbers among them answer too. */
  readonly renew: () => void;
}

/**
 * Opens what stands behind a number where it is clicked, or asked by Enter. Of each table one number can be reached by Tab, the
 * others by the arrows.
 */
export function answersOnPage(page: Document, authors: Readonly<Record<string, AnswerMarkup>>): Answers {
  const changed = new Map<string, AnswerMarkup | null>();
  const dialog = page.createElement('dialog');
  dialog.className = 'answer';
  page.body.append(dialog);

  const answersOf = (id: string): AnswerMarkup | null => {
    const own = changed.get(id);
    return own === undefined ? (authors[id] ?? null) : own;
  };
  const answerOf = (cell: HTMLElement): string | null => {
    const place = placeOf(cell);
    const answers = place === null ? null : answersOf(place.table);
    if (place === null || answers === null) return null;
    const term = answers.rows[place.row] ?? null;
    const said = term === null ? null : (answers.terms[term]?.[place.column] ?? null);
    return said === null ? null : said + (answers.columns[place.column] ?? '');
  };
  const open = (cell: HTMLElement): void => {
    const answer = answerOf(cell);
    if (answer === null) return;
    const close = page.createElement('button');
    close.type = 'button';
    close.textContent = words('version.close');
    close.addEventListener('click', () => dialog.close());
    dialog.innerHTML = answer; // made by the report's own printers, which escape what they are given
    setMenus(dialog);
    const head = dialog.querySelector('h2');
    if (head !== null) head.id = 'answer-place';
    dialog.setAttribute('aria-labelledby', 'answer-place');
    dialog.prepend(close);
    if (dialog.open) dialog.close();
    dialog.addEventListener('close', () => cell.focus(), { once: true });
    dialog.showModal();
  };

  page.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
    const cell = numberAt(target);
    if (cell !== null) open(cell);
  });
  page.addEventListener('keydown', (event) => {
    const cell = numberAt(event.target);
    if (cell === null) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(cell);
      return;
    }
    const next = neighbour(cell, event.key);
    if (next === null) return;
    event.preventDefault();
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  const markAll = (): void => {
    for (const printed of page.querySelectorAll('.exhibit .printed')) {
      const id = printed.closest('.exhibit')?.id;
      const answers = id === undefined ? null : answersOf(id);
      if (answers !== null) mark(printed, answers);
    }
  };
  const mark = (printed: Element, answers: AnswerMarkup): void => {
    for (const table of printed.querySelectorAll('table')) {
      const cells = [...table.querySelectorAll('tbody tr')].flatMap((row, r) => {
        const term = answers.rows[r] ?? null;
        const said = term === null ? [] : (answers.terms[term] ?? []);
        return numbersOf(row).filter((_, column) => (said[column] ?? null) !== null);
      });
      cells.forEach((cell, i) => {
        cell.classList.add('asks');
        cell.tabIndex = i === 0 ? 0 : -1;
        cell.setAttribute('aria-haspopup', 'dialog');
      });
    }
  };
  markAll();
  return {
    ready: (_, { answers = null }, element) => {
      const printed = element.matches('.printed') ? element : element.querySelector('.printed');
      if (printed !== null && answers !== null) mark(printed, answers);
    },
    set: (id, { answers = null }) => {
      changed.set(id, answers);
    },
    forget: (id) => {
      changed.delete(id);
    },
    renew: markAll,
  };
}

function numberAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.printed tbody td.asks') : null;
}

/** The table of a cell, its row and column from 0. */
function placeOf(cell: HTMLElement): { readonly table: string; readonly row: number; readonly column: number } | null {
  const [row, table] = [cell.closest('tr'), cell.closest('table')];
  const exhibit = cell.closest('.exhibit');
  if (row === null || table === null || exhibit === null) return null;
  return {
    table: exhibit.id,
    row: [...table.querySelectorAll('tbody tr')].indexOf(row),
    column: numbersOf(row).indexOf(cell),
  };
}

/** The cells of a row from the first column on: a row without a label has an empty cell in its place. */
function numbersOf(row: Element): readonly HTMLElement[] {
  const cells = [...row.querySelectorAll<HTMLElement>(':scope > td')];
  return row.querySelector(':scope > th') === null ? cells.slice(1) : cells;
}

/** The number that an arrow leads to. */
function neighbour(cell: HTMLElement, key: string): HTMLElement | null {
  const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
  };
  const step = steps[key];
  const table = cell.closest('table');
  const row = cell.closest('tr');
  if (step === undefined || table === null || row === null) return null;
  const rows = [...table.querySelectorAll('tbody tr')];
  const column = [...row.children].indexOf(cell);
  const [down, right] = step;
  for (let r = rows.indexOf(row) + down, c = column + right; ; r += down, c += right) {
    const next = rows[r]?.children[c];
    if (next === undefined) return null;
    if (next instanceof HTMLElement && next.classList.contains('asks')) return next;
  }
}
