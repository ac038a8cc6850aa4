import { parseHTML } from 'linkedom';
import { StudyError } from '../../error/study-error.ts';
import type { FigureFonts, FontRun, Outline } from './figure-fonts.ts';

/** What a figure that no page surrounds is written in. */
const ink = '#1c1e21';

/** How words leave a figure: as their outlines, or as letters of named faces. */
export type Lettering = 'outlines' | 'letters';

/** A figure that needs no page, no fonts by family and no variables: what programs other than browsers draw alike. */
export interface StillFigure {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawn figure made still: variables and the colour of the text by their values, every word as outlines of its letters, or as runs
 * whose `font-family` is the place of a face in `faces`.
 * @throws figure-unprintable with the letters that no font of the machine has
 */
export function stillFigure(
  drawn: string,
  { fonts, lettering, format }: { readonly fonts: FigureFonts; readonly lettering: Lettering; readonly format: string },
): StillFigure & { readonly faces: readonly FontRun['font'][] } {
  const plain = drawn
    .replace(/var\(--[\w-]+,\s*([^()]*)\)/g, '$1')
    .replaceAll('currentColor', ink)
    .replace(/<style>[^<]*<\/style>/g, '');
  const { document } = parseHTML(`<!doctype html><html><body>${plain}</body></html>`);
  const svg = (document as unknown as Document).querySelector('svg'); // linkedom's own type of the same thing
  if (svg === null) throw new StudyError('internal', { reason: 'a figure without its drawing' });
  const faces: FontRun['font'][] = [];
  const missing = new Set<string>();
  for (const text of svg.querySelectorAll('text')) {
    const lines = linesOf(text);
    const words = letterWords(text, lines, fonts);
    for (const letter of words.missing) missing.add(letter);
    if (words.missing.length > 0) continue;
    if (lettering === 'outlines') outline(text, words);
    else letter(text, words, faces);
  }
  if (missing.size > 0) throw unprintable(format, [...missing]);
  const size = (name: 'width' | 'height'): number => Number(svg.getAttribute(name));
  return { svg: svg.outerHTML, width: size('width'), height: size('height'), faces };
}

function unprintable(format: string, missing: readonly string[]): StudyError<'figure-unprintable'> {
  const letters = missing.slice(0, 12).join('');
  const isChinese = missing.some((letter) => /\p{Script=Han}/u.test(letter));
  return new StudyError('figure-unprintable', { format, why: isChinese ? 'chinese-font' : 'font', found: letters });
}

/** A line of a text: where it is set, and its words. */
interface Line {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Words {
  readonly size: number;
  readonly lines: readonly { readonly x: number; readonly y: number; readonly runs: readonly FontRun[] }[];
  readonly missing: readonly string[];
}

/** What an element has of an attribute, or of a property of its style, or the nearest one around it. */
function inherited(element: Element, name: string): string | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const style = new RegExp(`(?:^|;)\\s*${name}:\\s*([^;]+)`).exec(at.getAttribute('style') ?? '')?.[1];
    const own = style ?? at.getAttribute(name);
    if (own != null) return own;
  }
  return null;
}

function linesOf(text: Element): readonly Line[] {
  const size = sizeOf(text);
  const length = (element: Element, name: string): number => {
    const value = element.getAttribute(name) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  const x = length(text, 'x') + length(text, 'dx');
  let y = length(text, 'y') + length(text, 'dy');
  const spans = [...text.children].filter(({ localName }) => localName === 'tspan');
  if (spans.length === 0) return [{ x, y, text: text.textContent ?? '' }];
  return spans.map((span) => {
    y = (span.hasAttribute('y') ? length(span, 'y') : y) + length(span, 'dy');
    return { x: span.hasAttribute('x') ? length(span, 'x') : x, y, text: span.textContent ?? '' };
  });
}

function sizeOf(text: Element): number {
  return Number.parseFloat(inherited(text, 'font-size') ?? '12.5');
}

/** Faces of every letter, lines set by their anchor. */
function letterWords(text: Element, lines: readonly Line[], fonts: FigureFonts): Words {
  const size = sizeOf(text);
  const isBold = Number(inherited(text, 'font-weight') ?? 400) >= 600;
  const share = { middle: 0.5, end: 1 }[inherited(text, 'text-anchor') ?? ''] ?? 0;
  const missing: string[] = [];
  const set = lines.map(({ x, y, text: words }) => {
    const found = fonts.runsOf(words, isBold);
    missing.push(...found.missing);
    const wide = found.runs.reduce((sum, run) => sum + wideOf(run), 0) * size;
    return { x: x - share * wide, y, runs: found.runs };
  });
  return { size, lines: set, missing };
}

function wideOf({ font, text }: FontRun): number {
  return [...text].reduce((sum, letter) => sum + font.outlineOf(letter).advance, 0);
}

/** Attributes of a text that its letters have in common. */
const placing = ['x', 'y', 'dx', 'dy', 'font-size', 'font-weight', 'text-anchor', 'font-family'];

/** The outlines of a text in its place, with the paint that it had. */
function outline(text: Element, words: Words): Element {
  const path = make(text, 'path');
  for (const { name, value } of text.attributes) if (!placing.includes(name)) path.setAttribute(name, value);
  path.setAttribute('d', outlinesOf(words));
  text.replaceWith(path);
  return path;
}

function outlinesOf({ lines, size }: Words): string {
  const drawn: string[] = [];
  for (const { x, y, runs } of lines) {
    let from = x;
    for (const { font, text } of runs) {
      for (const letter of text) {
        const { advance, commands } = font.outlineOf(letter);
        drawn.push(...commands.map((one) => commandOf(one, { x: from, y, size })));
        from += advance * size;
      }
    }
  }
  return drawn.join('');
}

const commandLetters: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

function commandOf(
  { command, args }: Outline['commands'][number],
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): string {
  const points = args.map((value, i) => rounded(i % 2 === 0 ? x + value * size : y - value * size));
  return `${commandLetters[command] ?? ''}${points.join(' ')}`;
}

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000);

/** The letters of a text by their faces; a rim of paper around them lies below as outlines. */
function letter(text: Element, words: Words, faces: FontRun['font'][]): void {
  const rim = inherited(text, 'stroke');
  if (rim !== null && rim !== 'none') {
    const copy = text.cloneNode(true) as Element; // a copy of an element is one
    text.before(copy);
    outline(copy, words).setAttribute('fill', 'none');
  }
  const lines = words.lines.map(({ x, y, runs }) =>
    runs.map((run, i) => {
      const span = make(text, 'tspan');
      const place = faces.indexOf(run.font);
      span.setAttribute('font-family', String(place < 0 ? faces.push(run.font) - 1 : place));
      if (i === 0) {
        span.setAttribute('x', rounded(x));
        span.setAttribute('y', rounded(y));
      }
      span.textContent = run.text;
      return span;
    }),
  );
  for (const name of placing) text.removeAttribute(name);
  text.setAttribute('font-size', String(words.size));
  text.setAttribute('text-anchor', 'start');
  text.setAttribute('stroke', 'none');
  text.setAttribute('font-family', lines.flat()[0]?.getAttribute('font-family') ?? '0');
  text.replaceChildren(...lines.flat());
}

function make(beside: Element, name: string): Element {
  return beside.ownerDocument.createElementNS('http://www.w3.org/2000/svg', name);
}
