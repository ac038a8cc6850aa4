import { methodPlace } from '../../output/report/method-place.ts';

/** The element of the page that says how a covariance is computed; null where there is none. @param vcov as it is typed */
export function methodOf(page: Document, vcov: string | null): HTMLElement | null {
  const [type] = /^\w+/.exec(vcov ?? '') ?? [];
  return type === undefined ? null : page.getElementById(methodPlace(`vcov_${type.toLowerCase()}`));
}

/** Shows the method of the covariance of a version, and hides those that nothing on the page is computed by. */
export function showMethod(page: Document, vcov: string | null): void {
  const chosen = methodOf(page, vcov);
  for (const card of page.querySelectorAll<HTMLElement>('[data-further]')) {
    // To say again what stands has its style made anew.
    if (card.hidden === (card === chosen)) card.hidden = card !== chosen;
  }
}
