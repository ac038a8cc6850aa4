import { takenFormats } from '../../output/report/take-away.ts';
import { words } from './page-words.ts';

/*
 * What can be taken below each table of the page that has no such line of its own yet: folded ones, ledgers, verdicts, comparisons. The words
 * are not those of a language that the page sets aside: they follow the one that is shown.
 */

/** Sets a line below each table of an element. */
export function setMenus(within: Element): void {
  for (const table of within.querySelectorAll('table')) {
    const place = placeBelow(table);
    if (place !== null) place.after(menu(within.ownerDocument));
  }
}

/** The page shows another language. */
export function renewMenus(page: Document): void {
  for (const one of page.querySelectorAll('.take.shown')) sayIn(one);
}

/** The table above a line: of a table in several languages the one that is shown. */
export function tableAbove(line: Element): HTMLTableElement | null {
  for (let one = line.previousElementSibling; one !== null; one = one.previousElementSibling) {
    const tables = one.matches('table') ? [one as HTMLTableElement] : [...one.querySelectorAll('table')]; // as its name says
    const shown = tables.find((table) => table.checkVisibility());
    if (shown !== undefined) return shown;
    if (one.matches('.take')) return null;
  }
  return null;
}

/** What a line stands below: the frame of the table with its notes, in the last of its languages; null where there is a line already. */
function placeBelow(table: Element): Element | null {
  // That of an exhibit is packed in the page, and has its own.
  if (table.closest('.printed') !== null) return null;
  const frame = table.closest('.scroll') ?? table;
  const notes = frame.nextElementSibling;
  const own = notes?.matches('.notes:not(.methods)') === true ? notes : frame;
  const last = own.parentElement?.matches('div[lang]') === true ? lastLanguage(own.parentElement) : own;
  return last.nextElementSibling?.matches('.take') === true ? null : last;
}

/** Of elements side by side that say the same, each in its language, the last; those of another table may follow. */
function lastLanguage(element: Element): Element {
  const run = [element];
  const isOne = (one: Element | null): one is Element => one?.matches('div[lang]') === true;
  for (let one = element.previousElementSibling; isOne(one); one = one.previousElementSibling) run.unshift(one);
  const place = run.length - 1;
  for (let one = element.nextElementSibling; isOne(one); one = one.nextElementSibling) run.push(one);
  const languages = new Set(run.map((one) => one.getAttribute('lang'))).size;
  return run[(Math.floor(place / languages) + 1) * languages - 1] ?? element;
}

function menu(page: Document): Element {
  const line = page.createElement('details');
  line.className = 'take shown';
  const buttons = [...takenFormats, 'copy'].map((value) => {
    const button = page.createElement('button');
    button.type = 'button';
    button.value = value;
    button.textContent = value;
    return button;
  });
  const status = page.createElement('span');
  status.setAttribute('role', 'status');
  const row = page.createElement('p');
  row.append(...buttons, status);
  line.append(page.createElement('summary'), row);
  sayIn(line);
  return line;
}

function sayIn(line: Element): void {
  const [head, button] = [line.querySelector('summary'), line.querySelector('button[value=copy]')];
  if (head !== null) head.textContent = words('take.table');
  if (button !== null) button.textContent = words('take.copy');
}
