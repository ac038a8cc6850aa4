import { wholeAround, wholesOf } from './standing.ts';

/*
 * A page of a study is long, and what a version changes of it is nearly all out of sight. What is seen changes in the next frame; the
 * rest waits until that is drawn. What waits is hidden (the style of `data-held`): nobody sees, finds, selects or hears what it was, and
 * it comes before it is seen, printed, copied or reached by Tab.
 */

/** Changes places of a page, those that are seen first. */
export interface OutOfSight {
  /** What is out of sight now waits for the next frame; what waited before is given up. */
  readonly hold: () => void;
  /** Changes a place, or something within it: at once, or in its turn where it waits. @param work is given the element that has its id then */
  readonly change: (place: Element, work: (place: Element) => void) => void;
  /** Nothing waits any more; what did is given up. */
  readonly giveUp: () => void;
}

interface Waiting {
  readonly id: string;
  readonly work: (place: Element) => void;
}

/** What may be done at a time after a frame, in milliseconds: no frame is late for it. */
const turnMs = 8;

export function outOfSight(page: Document): OutOfSight {
  /** Tables, figures and verdicts that were out of sight, until the frame is drawn and all that waits is done. */
  const far = new Set<Element>();
  const waiting = new Map<Element, Waiting[]>();
  /** Counts what was begun: what goes on of another ends. */
  let begun = 0;
  let isWatched = false;

  const show = (whole: Element): void => {
    const works = waiting.get(whole) ?? [];
    waiting.delete(whole);
    far.delete(whole);
    for (const { id, work } of works) {
      const place = page.getElementById(id);
      if (place !== null) work(place);
    }
    whole.removeAttribute('data-held');
  };
  const showAll = (): void => {
    for (const whole of [...waiting.keys()]) show(whole);
  };
  /** Before each frame: what comes into sight, by whatever way, is shown as it is now. */
  const showSeen = (): void => {
    isWatched = waiting.size > 0;
    if (!isWatched) return;
    for (const whole of [...waiting.keys()].filter((one) => isInSight(one))) show(whole);
    requestAnimationFrame(showSeen);
  };
  const showNext = (own: number): void => {
    if (own !== begun) return;
    const since = performance.now();
    for (const whole of waiting.keys()) {
      if (performance.now() - since > turnMs) break;
      show(whole);
    }
    if (waiting.size > 0) whenIdle(() => showNext(own), 100);
    else far.clear();
  };
  page.defaultView?.addEventListener('beforeprint', showAll);
  for (const kind of ['copy', 'cut']) page.addEventListener(kind, showAll, true);
  // Tab, and what browsers find and select by.
  page.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
    if (key === 'Tab' || key === 'F3' || ctrlKey || metaKey) showAll();
  });

  const giveUp = (): void => {
    for (const whole of waiting.keys()) whole.removeAttribute('data-held');
    waiting.clear();
    far.clear();
  };
  return {
    giveUp,
    hold: () => {
      const wholes = wholesOf(page);
      giveUp();
      for (const one of wholes) if (!isInSight(one) && !one.contains(page.activeElement)) far.add(one);
      if (far.size === 0) return;
      begun += 1;
      const own = begun;
      afterFrame(() => showNext(own));
    },
    change: (place, work) => {
      const whole = wholeAround(place);
      if (whole === null || !far.has(whole)) {
        work(place);
        return;
      }
      const works = waiting.get(whole);
      if (works !== undefined) {
        works.push({ id: place.id, work });
        return;
      }
      whole.setAttribute('data-held', '');
      if (!isWatched) requestAnimationFrame(showSeen);
      isWatched = true;
      waiting.set(whole, [{ id: place.id, work }]);
    },
  };
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** As many as a frame takes that nobody notices. */
const metAtOnce = 3;

/**
 * Lays out each part of the sections once, while the reader does nothing: one that is out of sight is not laid out when the page opens
 * (the style of sections), and keeps the room that it took.
 */
export function meetAll(page: Document): void {
  const rest = [...page.querySelectorAll('main > section > *')].filter(
    (one) => getComputedStyle(one).contentVisibility === 'auto',
  );
  const meet = (): void => {
    const some = rest.splice(0, metAtOnce);
    for (const one of some) one.setAttribute('data-met', '');
    afterFrame(() => {
      for (const one of some) one.removeAttribute('data-met');
      if (rest.length > 0) whenIdle(meet);
    });
  };
  whenIdle(meet);
}

/** Runs something when the next frame is drawn; of a page that nobody sees, soon. */
export function afterFrame(work: () => void): void {
  if (document.hidden) setTimeout(work, 0);
  else requestAnimationFrame(() => setTimeout(work, 0));
}

/** Runs something when nothing else waits for the page. @param timeout after which it runs all the same, in milliseconds */
export function whenIdle(work: () => void, timeout = 4000): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout });
  else setTimeout(work, Math.min(timeout, 50));
}
