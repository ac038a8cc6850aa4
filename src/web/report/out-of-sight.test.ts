import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outOfSight } from './out-of-sight.ts';

/** Frames and idle time come when a test says so. */
const waiting: (() => void)[] = [];
const next = (): void => {
  for (const work of waiting.splice(0)) work();
};

beforeEach(() => {
  waiting.length = 0;
  const later = (work: () => void): void => void waiting.push(work);
  vi.stubGlobal('requestAnimationFrame', later);
  vi.stubGlobal('requestIdleCallback', later);
  vi.stubGlobal('setTimeout', later);
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('innerHeight', 100);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page of exhibits at given heights, the first 50 long each. */
function pageOf(tops: Record<string, number>) {
  const exhibits = Object.keys(tops).map(
    (id) => `<div class="exhibit" id="${id}"><p>old</p><figure class="exhibit" id="${id}-figure">old</figure></div>`,
  );
  const { document, window } = parseHTML(`<main><section>${exhibits.join('')}</section></main>`);
  for (const id of Object.keys(tops)) {
    const element = document.getElementById(id);
    Object.assign(element ?? {}, {
      getBoundingClientRect: () => ({ top: tops[id] ?? 0, bottom: (tops[id] ?? 0) + 50 }),
    });
  }
  const page = document as unknown as Document; // as far as it is used
  return { page, window, sight: outOfSight(page), textOf: (id: string) => document.getElementById(id)?.textContent };
}

const elementOf = (page: Document, id: string): Element => page.getElementById(id) as Element; // it is on the page
const write = (text: string) => (place: Element) => {
  place.textContent = text;
};
const heldIn = (page: Document): string[] => [...page.querySelectorAll('[data-held]')].map(({ id }) => id);

test('what is seen changes at once, the rest is hidden until the frame is drawn', () => {
  const { page, sight, textOf } = pageOf({ near: 10, far: 500 });
  sight.hold();
  for (const id of ['near', 'far']) sight.change(elementOf(page, id), write('new'));
  expect([textOf('near'), heldIn(page)]).toEqual(['new', ['far']]);
  for (let frame = 0; frame < 4; frame++) next();
  expect([textOf('far'), heldIn(page)]).toEqual(['new', []]);
  expect(waiting).toEqual([]);
});

test('verdicts wait as tables do, a number beside them does not', () => {
  const { page, sight, textOf } = pageOf({});
  page.querySelector('section')?.insertAdjacentHTML('beforeend', '<div id="verdicts">old</div><dd id="size">old</dd>');
  const verdicts = elementOf(page, 'verdicts');
  Object.assign(verdicts, { getBoundingClientRect: () => ({ top: 500, bottom: 550 }) });
  sight.hold();
  for (const id of ['verdicts', 'size']) sight.change(elementOf(page, id), write('new'));
  expect([textOf('verdicts'), textOf('size'), heldIn(page)]).toEqual(['old', 'new', ['verdicts']]);
  for (let frame = 0; frame < 4; frame++) next();
  expect([textOf('verdicts'), heldIn(page)]).toEqual(['new', []]);
});

test('changes of a place, and of one within it, come in their order', () => {
  const { page, sight, textOf } = pageOf({ far: 500 });
  sight.hold();
  sight.change(elementOf(page, 'far-figure'), write('a figure of it'));
  sight.change(elementOf(page, 'far'), (place) => {
    place.innerHTML += '<b>and more</b>';
  });
  expect(textOf('far')).toBe('oldold');
  for (let frame = 0; frame < 4; frame++) next();
  expect(textOf('far')).toBe('olda figure of itand more');
});

test('what comes into sight is of the version before a frame shows it', () => {
  const tops = { far: 500, further: 900 };
  const { page, sight, textOf } = pageOf(tops);
  sight.hold();
  for (const id of ['far', 'further']) sight.change(elementOf(page, id), write('new'));
  tops.far = 60;
  next();
  expect([textOf('far'), heldIn(page)]).toEqual(['new', ['further']]);
});

test.each(['beforeprint', 'copy'])('nothing waits on %s', (kind) => {
  const { page, window, sight, textOf } = pageOf({ far: 500 });
  sight.hold();
  sight.change(elementOf(page, 'far'), write('new'));
  (kind === 'copy' ? page : window).dispatchEvent(new window.Event(kind));
  expect([textOf('far'), heldIn(page)]).toEqual(['new', []]);
});

test('another version takes the place of what waits', () => {
  const { page, sight, textOf } = pageOf({ far: 500 });
  const far = elementOf(page, 'far');
  sight.hold();
  sight.change(far, write('first'));
  sight.hold();
  expect(heldIn(page)).toEqual([]);
  sight.change(far, (place) => {
    place.textContent += ', second';
  });
  for (let frame = 0; frame < 4; frame++) next();
  expect(textOf('far')).toBe('oldold, second');
});
