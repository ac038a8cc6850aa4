import type { Behind } from './report-parts.ts';

/** Dots of units that a click, or the keyboard, leaves out of the version. */
export interface UnitDots extends Behind {
  /** The page has other words now: dots among them can be reached too. */
  readonly renew: () => void;
}

const dots = 'figure svg [aria-label]:not(g)';

/** Of each drawing one dot can be reached by Tab, the others by the arrows; Enter is a click. */
export function unitDots(page: Document, onUnit: (name: string) => void): UnitDots {
  const choose = (target: EventTarget | null): void => {
    const name = dotAt(target)?.getAttribute('aria-label') ?? '';
    if (name !== '') onUnit(name);
  };
  page.addEventListener('click', ({ target }) => choose(target));
  page.addEventListener('keydown', (event) => {
    const dot = dotAt(event.target);
    if (dot === null) return;
    const next = event.key === 'Enter' || event.key === ' ' ? dot : neighbour(dot, event.key);
    if (next === null) return;
    event.preventDefault();
    if (next === dot) choose(dot);
    else {
      dot.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    }
  });
  const renew = (): void => markDots(page.body);
  renew();
  const nothing = (): void => undefined;
  return { ready: (_, __, element) => markDots(element), set: nothing, forget: nothing, renew };
}

/** A drawing with dots to choose from is no picture but a group of them. */
function markDots(within: Element): void {
  for (const svg of within.querySelectorAll('figure svg')) {
    const own = svg.querySelectorAll('[aria-label]:not(g)');
    own.forEach((dot, i) => {
      dot.setAttribute('role', 'button');
      dot.setAttribute('tabindex', i === 0 ? '0' : '-1');
    });
    if (own.length > 0) svg.setAttribute('role', 'group');
  }
}

function dotAt(target: EventTarget | null): SVGElement | null {
  return target instanceof Element ? target.closest<SVGElement>(dots) : null;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function neighbour(dot: SVGElement, key: string): SVGElement | null {
  const step = steps[key];
  if (step === undefined) return null;
  const all = [...(dot.closest('svg')?.querySelectorAll<SVGElement>('[aria-label]:not(g)') ?? [])];
  return all[all.indexOf(dot) + step] ?? null;
}
