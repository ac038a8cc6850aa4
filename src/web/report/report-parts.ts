import { become } from './become.ts';
import { markChanges } from './mark-changes.ts';
import type { Told } from './messages.ts';
import { outOfSight } from './out-of-sight.ts';
import { forgetStandings, placesOf, setStanding, setStays } from './standing.ts';

/** A part of a version. */
type Markup = Extract<Told, { kind: 'markup' }>;

/** A part as it will stand, with what changed marked. */
export interface PreparedPart {
  readonly told: Markup;
  /** In place of the element of the page, or of its table alone. */
  readonly next: Element;
}

/** Replaces parts of the report by those of a version, marks what changed, and brings the authors' back. */
export interface ReportParts {
  /** Makes a part ready while nobody waits for it; null where the page has no place for it. */
  readonly prepare: (told: Markup) => PreparedPart | null;
  readonly replace: (part: PreparedPart | null) => void;
  /** Another version begins: what is seen of it comes in the next frame. @param changes that make it, as an address has them */
  readonly begin: (changes: string) => void;
  /** What is not of the version yet says that it is waited for. */
  readonly wait: () => void;
  /** The version leaves these elements as the authors have them. */
  readonly leave: (ids: readonly string[]) => void;
  /**
   * The version stays as far as it came: what it did not reach is as the authors have it, not as a version before it had it, and says so.
   */
  readonly settle: () => void;
  /** Everything as the authors have it. */
  readonly restore: () => void;
  /** The same, at once wherever it stands. */
  readonly restoreAll: () => void;
  /** The page has other words now, and stands as the authors have it. */
  readonly renew: () => void;
}

/** What follows the tables of a version: what stands behind their numbers, what they are taken away as. */
export interface Behind {
  /** Readies an element that a version will bring. */
  readonly ready?: (id: string, told: Pick<Markup, 'answers' | 'block'>, element: Element) => void;
  /** Of a table in a version; without anything where it has none there. */
  readonly set: (id: string, told: Pick<Markup, 'answers' | 'block'>) => void;
  /** That of a table is the authors' again. */
  readonly forget: (id: string) => void;
}

export function reportParts(page: Document, behind: readonly Behind[]): ReportParts {
  const sight = outOfSight(page);
  let version = '';
  /** What the authors have, by the id of its element. */
  const originals = new Map<string, Element>();
  /** Of this version: elements made anew as a whole, and exhibits of which the table alone is. */
  const whole = new Set<string>();
  const tables = new Set<string>();
  /** Elements that are not as the authors have them, or will not be. */
  const changed = new Set<string>();
  const originalOf = (element: Element): Element => {
    const known = originals.get(element.id);
    if (known !== undefined) return known;
    const original = element.ownerDocument.importNode(element, true);
    forgetStandings(original);
    for (const mark of ['data-held', 'data-met']) original.removeAttribute(mark);
    originals.set(element.id, original);
    return original;
  };
  const change = (id: string, work: (element: Element) => void): void => {
    const element = page.getElementById(id);
    if (element !== null) sight.change(element, work);
  };
  const asAuthors = (element: Element): void => {
    const original = originals.get(element.id);
    if (original !== undefined) become(element, original);
    changed.delete(element.id);
    for (const one of behind) one.forget(element.id);
  };
  const set = ({ told, next }: PreparedPart, element: Element): void => {
    const { id, place } = told;
    for (const one of behind) one.set(id, told);
    const printed = ofTable(told, originalOf(element)) ? element.querySelector('.printed') : null;
    forgetStandings(place === 'fault' || printed === null ? element : printed);
    become(printed ?? element, next).setAttribute('data-version', version);
    if (printed !== null && place === 'fault') dropFigures(element);
  };
  const restore = (): void => {
    for (const id of changed) change(id, asAuthors);
    for (const place of placesOf(page)) change(place.id, (one) => setStanding(one, null));
    setStays(page, false);
  };
  return {
    prepare: (told) => {
      const { id } = told;
      const element = page.getElementById(id);
      if (element === null) return null;
      const original = originalOf(element);
      const next = ofTable(told, original) ? printedElement(page, told) : elementOf(page, told, original);
      markChanges(next, original, ofTable(told, original) ? '.printed' : '');
      for (const one of behind) one.ready?.(id, told, next);
      return { told, next };
    },
    replace: (part) => {
      if (part === null) return;
      const { id, place } = part.told;
      changed.add(id);
      (place === 'table' ? tables : whole).add(id);
      change(id, (element) => set(part, element));
    },
    begin: (changes) => {
      version = changes;
      whole.clear();
      tables.clear();
      sight.hold();
    },
    wait: () => {
      setStays(page, true);
      for (const { id } of placesOf(page)) {
        if (!whole.has(id)) change(id, (place) => setStanding(place, 'waiting', tables.has(id)));
      }
    },
    leave: (ids) => {
      for (const id of ids) {
        whole.add(id);
        change(id, (element) => {
          if (changed.has(id)) asAuthors(element);
          setStanding(element, null);
        });
      }
    },
    settle: () => {
      for (const id of changed) {
        const original = originals.get(id);
        if (original === undefined || whole.has(id)) continue;
        change(id, (element) => {
          const printed = tables.has(id) ? element.querySelector('.printed') : null;
          const own = printed?.cloneNode(true) as Element | undefined; // a copy of an element is one
          if (own === undefined) asAuthors(element);
          else become(element, original).querySelector('.printed')?.replaceWith(own);
        });
      }
      for (const { id } of placesOf(page)) {
        const standing = whole.has(id) ? null : 'authors';
        change(id, (place) => setStanding(place, standing, tables.has(id)));
      }
    },
    restore,
    restoreAll: () => {
      sight.giveUp();
      restore();
    },
    renew: () => originals.clear(),
  };
}

/** Whether a part takes the place of a table alone, within its exhibit. */
function ofTable({ place }: Markup, original: Element): boolean {
  return place === 'table' || (place === 'fault' && original.querySelector('.printed') !== null);
}

function printedElement(page: Document, { place, markup }: Markup): Element {
  const next = page.createElement('div');
  next.className = 'printed';
  // Made by the report's own printers, which escape what they are given; a table stands between the ends of lines, as on the page.
  next.innerHTML = place === 'table' ? `\n${markup}\n` : markup;
  return next;
}

/** The element of a part; of one that cannot be had its place stays, with what is said instead. */
function elementOf(page: Document, { place, markup }: Markup, original: Element): Element {
  if (place === 'fault') {
    const next = page.createElement('div');
    next.id = original.id;
    next.className = original.className;
    next.innerHTML = markup;
    return next;
  }
  const template = page.createElement('template');
  template.innerHTML = markup;
  const next = template.content.firstElementChild ?? page.createElement('div');
  // A version does not say what it is computed by: the links are the authors'.
  const [links, own] = [original, next].map((one) => one.querySelector(':scope > .methods'));
  if (links === null || links === undefined) own?.remove();
  else own?.replaceWith(links.cloneNode(true));
  return next;
}

/** Figures of a table that cannot be had belong to another version. */
function dropFigures(element: Element): void {
  for (const figure of element.querySelectorAll('.beside > figure, :scope > details')) figure.remove();
}
