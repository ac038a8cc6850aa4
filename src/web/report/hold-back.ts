import { exhibitsOf } from './standing.ts';

/*
 * A page of a study is long, and what a version changes of it is nearly all out of sight. While a version comes, tables and figures out of
 * sight keep the room that they have and are not laid out (the style of `data-held`); afterwards they are, a few at a time, while the reader
 * does nothing. One that comes into sight before, by the wheel or by a link, is laid out at once.
 */

/** As many as a frame takes that nobody notices: each frame has a price of its own. */
const atOnce = 6;

/** @returns what holds back all that is out of sight, until the next frame is drawn and there is time */
export function holdBack(page: Document): () => void {
  let held: Element[] = [];
  let isAwaited = false;
  const release = (): void => {
    for (const one of held.splice(0, atOnce)) one.removeAttribute('data-held');
    if (held.length > 0) whenIdle(release);
    else isAwaited = false;
  };
  return () => {
    held = exhibitsOf(page);
    for (const one of held) one.setAttribute('data-held', '');
    if (isAwaited) return;
    isAwaited = true;
    afterFrame(() => whenIdle(release));
  };
}

/** Runs something when the next frame is drawn. */
export function afterFrame(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}

/** Runs something when nothing else waits for the page. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 4000 });
  else setTimeout(work, 50);
}
