import { elementIds } from '../../output/report/element-ids.ts';
import type { Standing } from '../../output/report/outline.ts';
import { words } from './page-words.ts';

/*
 * While a version is on, what of the page is none of it says so at its place.
 */

/**
 * What of a page changes as one: tables and figures of its sections, and the verdicts. They are looked up by steps: a search of the page
 * would go through every cell.
 */
export function wholesOf(page: Document): Element[] {
  return sectionsOf(page).flatMap((section) => childrenOf(section).filter(isWhole));
}

/** The whole that an element is, or is in; null where it is in none. */
export function wholeAround(element: Element): Element | null {
  return element.closest(`section > .exhibit, #${elementIds.verdicts}`);
}

/** Every place that a version makes anew: tables and figures, and what of the first screen holds estimates. */
export function placesOf(page: Document): readonly Element[] {
  return [
    ...Object.values(elementIds).flatMap((id) => page.getElementById(id) ?? []),
    ...sectionsOf(page).flatMap((section) =>
      section.hasAttribute('data-stays') ? [] : childrenOf(section).filter(isExhibit),
    ),
  ];
}

function sectionsOf(page: Document): readonly Element[] {
  return childrenOf(page.querySelector('main')).filter(({ localName }) => localName === 'section');
}

function childrenOf(element: Element | null): readonly Element[] {
  return element === null ? [] : [...element.children];
}

function isWhole(element: Element): boolean {
  return isExhibit(element) || element.id === elementIds.verdicts;
}

function isExhibit({ classList }: Element): boolean {
  return classList.contains('exhibit');
}

/** Says what a place stands as; null: it is of the version. @param isTableMade of an exhibit the table alone is of the version */
export function setStanding(place: Element, standing: Standing | null, isTableMade = false): void {
  forgetStandings(place);
  if (standing === null) return;
  const pieces = (isExhibit(place) ? childrenOf(place) : []).flatMap((one) =>
    one.classList.contains('beside') ? childrenOf(one) : one.matches('.printed, details:not(.take)') ? [one] : [],
  );
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
  const text = words(standing === 'waiting' ? 'version.waiting' : 'version.of_authors');
  if (element.getAttribute('data-standing') !== text) element.setAttribute('data-standing', text);
  if (standing === 'waiting') element.setAttribute('data-waiting', '');
}
