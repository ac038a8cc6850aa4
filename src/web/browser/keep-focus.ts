/** What the keyboard can reach. */
const reached = 'a[href],button,input,select,summary,[tabindex]';

/** Where the focus is, and what could have it instead. */
interface Place {
  readonly element: Element;
  /** All that could have it then, in the order of the page. */
  readonly order: readonly HTMLElement[];
  readonly at: number;
  /** What it stands in, the closest first. */
  readonly within: readonly Element[];
}

function canHaveFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0;
}

function placeOf(element: HTMLElement): Place {
  const order = [...document.querySelectorAll<HTMLElement>(reached)];
  const within: Element[] = [];
  for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) within.push(outer);
  return { element, order, at: order.indexOf(element), within };
}

/** What is nearest to a place whose own element is gone: in the smallest part of the page that is left, the closest one. */
function nearest({ order, at, within }: Place): HTMLElement | null {
  const left = order
    .map((element, i) => ({ element, distance: Math.abs(i - at) }))
    .filter(({ element }) => element.tabIndex >= 0 && canHaveFocus(element))
    .sort((a, b) => a.distance - b.distance);
  for (const outer of within) {
    const own = left.find(({ element }) => outer.contains(element));
    if (own !== undefined) return own.element;
  }
  return null;
}

/**
 * The focus is never lost: where the element that has it goes away, the nearest one that is left takes it. Browsers would begin at the
 * top of the page again.
 */
export function keepFocus(root: HTMLElement): void {
  let last: Place | null = null;
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) last = placeOf(target);
  });
  // Who presses beside everything lets go of it.
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Element && target.closest(`${reached},label`) === null) last = null;
  });
  const look = (): void => {
    if (last === null || document.activeElement !== document.body || canHaveFocus(last.element)) return;
    nearest(last)?.focus();
  };
  new MutationObserver(() => {
    look();
    requestAnimationFrame(look);
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden', 'disabled'] });
}

/** Moves the focus once the page shows what it is to have. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => find()?.focus());
}
