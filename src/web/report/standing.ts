import { elementIds } from '../../output/report/element-ids.ts';
import type { Standing } from '../../output/report/outline.ts';
import { words } from './page-words.ts';

/*
 * While a version is on, what of the page is none of it says so at its place.
 */

/** Tables and figures with their places, and what of the first screen holds estimates. */
const livePlaces = [
  'main > section:not([data-stays]) > .exhibit',
  ...Object.values(elementIds).map((id) => `#${id}`),
].join(',');

/** Every place that a version makes anew. */
export function placesOf(page: Document): readonly Element[] {
  return [...page.querySelectorAll(livePlaces)];
}

/** Says what a place stands as; null: it is of the version. @param isTableMade of an exhibit the table alone is of the version */
export function setStanding(place: Element, standing: Standing | null, isTableMade = false): void {
  forgetStandings(place);
  if (standing === null) return;
  const pieces = [...place.querySelectorAll(':scope > .printed, :scope > .beside > *, :scope > details')];
  const own = pieces.length === 0 ? [place] : pieces;
  for (const piece of own) if (!(isTableMade && piece.matches('.printed'))) say(piece, standing);
}

/** No place says anything below an element, nor itself. */
export function forgetStandings(element: Element): void {
  for (const one of [element, ...element.querySelectorAll('[data-standing]')]) {
    one.removeAttribute('data-standing');
    one.removeAttribute('data-waiting');
  }
}

/** What no version changes says so while one is on. */
export function setStays(page: Document, isOn: boolean): void {
  for (const one of page.querySelectorAll('[data-stays]')) {
    if (isOn) say(one, 'authors');
    else one.removeAttribute('data-standing');
  }
}

/** The page shows another language: what is said is said in it. */
export function renewStandings(page: Document): void {
  for (const one of page.querySelectorAll('[data-standing]')) {
    say(one, one.hasAttribute('data-waiting') ? 'waiting' : 'authors');
  }
}

function say(element: Element, standing: Standing): void {
  element.setAttribute('data-standing', words(standing === 'waiting' ? 'version.waiting' : 'version.of_authors'));
  if (standing === 'waiting') element.setAttribute('data-waiting', '');
}
