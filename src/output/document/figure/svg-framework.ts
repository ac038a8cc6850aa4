import { roundSignificant } from '../../../math/round-significant.ts';
import type { FrameworkFigure } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { wrapText } from '../table/display-width.ts';
import { arrowMarkup, claimsMarkup, claimsSize, verdictKey } from './svg-claims.ts';
import { headMarkup } from './svg-head.ts';
import { type DrawOptions, fonts, widths } from './svg-look.ts';
import { attributesMarkup, openSvg, placed, textMarkup } from './svg-text.ts';

type Pair = FrameworkFigure['pairs'][number];

const edge = 10;
const markHigh = 34;
/** Width of a letter, height of a line of a name and of a role. */
const letter = 6.7;
const lineHigh = 15.5;
const roleHigh = 14;
const boxPad = 7;
const boxGap = 14;
const mostBox = 210;
/** A claim stands so far above its arrow. */
const above = 7;

type Shape = 'square' | 'round' | 'cut';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: readonly string[];
  readonly role: string;
  readonly shape: Shape;
}

/**
 * Pairs of variables one below the other. In each the arrow goes down the middle, mediators stand on its left and what it goes with on its
 * right, so that no arrow crosses another one, however many there are.
 */
export function renderFramework(figure: FrameworkFigure, language: Language, options: DrawOptions): string {
  const say = (text: Text): string => formatText(text, language);
  const width = widths[options.width ?? 'page'];
  let top = figure.isSynthetic ? markHigh + 8 : edge;
  const drawn = figure.pairs.map((pair) => {
    const { markup, bottom } = drawPair(pair, { width, top, say });
    top = bottom + 2 * boxGap;
    return markup;
  });
  const claims = figure.pairs.flatMap((pair) => [
    ...pair.claims,
    ...pair.mediators.flatMap(({ first, second }) => [...first, ...second]),
    ...pair.conditions.flatMap((condition) => condition.claims),
  ]);
  const key = verdictKey(claims, { x: edge, y: top - boxGap + 6, right: width - edge, say });
  return [
    openSvg({ width, height: key.bottom + 6, fonts, isEmbedded: options.embedded === true }),
    headMarkup(figure, language, width),
    ...drawn,
    key.markup,
    '</svg>',
  ].join('\n');
}

interface Space {
  readonly width: number;
  readonly top: number;
  readonly say: (text: Text) => string;
}

/** Where the arrows of a pair go down, and the columns of boxes beside them. */
function placesOf({ mediators, conditions }: Pair, width: number) {
  const share = mediators.length === 0 ? (conditions.length === 0 ? 0.5 : 0.32) : conditions.length === 0 ? 0.7 : 0.53;
  const middle = share * width;
  const stubOf = (claims: readonly Pair['claims'][number][]): number => claimsSize(claims).width + 15;
  const before = stubOf(mediators.flatMap(({ first }) => first));
  const after = Math.max(14, stubOf(mediators.flatMap(({ second }) => second)));
  const beside = stubOf(conditions.flatMap(({ claims }) => claims)) + 8;
  const onward = middle - 20;
  const room = Math.min(mostBox, onward - after - before - edge - 4);
  const left = { x: onward - after - room, width: room };
  const right = { x: middle + beside, width: Math.min(mostBox, width - edge - middle - beside) };
  return { middle, onward, left, right, back: left.x - before };
}

function drawPair(pair: Pair, { width, top, say }: Space): { readonly markup: string; readonly bottom: number } {
  const { middle, onward, left, right, back } = placesOf(pair, width);
  const half = Math.min(middle - back - 14, width - edge - middle, 0.75 * mostBox);
  const ends = { x: middle - half, width: 2 * half, shape: 'square', role: '' } as const;
  const from = boxOf({ ...ends, y: top, text: say(pair.from) });
  const below = from.y + from.height;
  const first = below + 12 + claimsSize(pair.claims).height;
  const mediators = stacked(
    pair.mediators.map((one) => ({
      ...left,
      ...{ shape: 'square' as const, text: say(one.label), role: say({ key: 'framework.mediator' }) },
      above: Math.max(claimsSize(one.first).height, claimsSize(one.second).height),
    })),
    first,
  );
  const conditions = stacked(
    pair.conditions.map(({ role, label, place, claims }) => ({
      ...right,
      ...{ text: say(label), above: claimsSize(claims).height },
      shape: role === 'threshold' ? ('cut' as const) : ('round' as const),
      role: say(
        place === null
          ? { key: `framework.${role}` }
          : { key: 'framework.threshold_at', values: { value: roundSignificant(place, 4) } },
      ),
    })),
    first,
  );
  const last = Math.max(first, ...[...mediators, ...conditions].map((box) => box.y + box.height));
  const to = boxOf({ ...ends, y: last + 28, text: say(pair.to) });
  const start = from.y + from.height / 2;
  const markup = [
    arrowMarkup(
      [
        [middle, below],
        [middle, to.y],
      ],
      pair.claims,
    ),
    claimsMarkup(pair.claims, { x: middle + 10, y: below + 19 }),
    ...mediators.flatMap((box, i) => {
      const { first: there = [], second = [] } = pair.mediators[i] ?? {};
      const y = middleOf(box);
      const end = box.x + box.width;
      return [
        arrowMarkup(
          [
            [from.x, start],
            [back, start],
            [back, y],
            [box.x, y],
          ],
          there,
        ),
        claimsMarkup(there, { x: back + 6, y: y - above }, 'up'),
        arrowMarkup(
          [
            [end, y],
            [onward, y],
            [onward, to.y],
          ],
          second,
        ),
        claimsMarkup(second, { x: end + 4, y: y - above }, 'up'),
      ];
    }),
    ...conditions.flatMap((box, i) => {
      const { claims = [] } = pair.conditions[i] ?? {};
      const y = middleOf(box);
      return [
        arrowMarkup(
          [
            [box.x, y],
            [middle + 2, y],
          ],
          claims,
        ),
        claimsMarkup(claims, { x: middle + 10, y: y - above }, 'up'),
      ];
    }),
    ...[from, to, ...mediators, ...conditions].map(boxMarkup),
  ];
  return { markup: markup.join('\n'), bottom: to.y + to.height };
}

function middleOf({ y, height }: Box): number {
  return y + height / 2;
}

type BoxWords = Omit<Box, 'height' | 'name' | 'y' | 'shape'> & { readonly text: string; readonly shape: Shape };

/** Boxes one below the other, each with room for what stands above the arrow at its middle. */
function stacked(entries: readonly (BoxWords & { readonly above: number })[], top: number): readonly Box[] {
  let y = top;
  return entries.map((entry) => {
    const box = boxOf({ ...entry, y });
    const lead = Math.max(0, entry.above + above - box.height / 2);
    y += lead + box.height + boxGap;
    return { ...box, y: box.y + lead };
  });
}

function boxOf({ text, ...box }: BoxWords & { readonly y: number }): Box {
  const name = wrapText(text, Math.floor((box.width - 2 * boxPad) / letter));
  const height = 2 * boxPad + name.length * lineHigh + (box.role === '' ? 0 : roleHigh);
  return { ...box, name, height };
}

function boxMarkup({ x, y, width, height, name, role, shape }: Box): string {
  const cut = shape === 'cut' ? 9 : 0;
  const corners = [
    [x + cut, y],
    [x + width - cut, y],
    [x + width, y + cut],
    [x + width, y + height - cut],
    [x + width - cut, y + height],
    [x + cut, y + height],
    [x, y + height - cut],
    [x, y + cut],
  ].map(([across = 0, down = 0]) => `${placed(across)},${placed(down)}`);
  const look = attributesMarkup({ fill: 'var(--figure-paper, #fff)', stroke: 'currentColor', 'stroke-width': 1.2 });
  const frame =
    shape === 'round'
      ? `<rect x="${placed(x)}" y="${placed(y)}" width="${placed(width)}" height="${placed(height)}" rx="12"${look}/>`
      : `<path d="M${corners.join('L')}Z"${look}/>`;
  const center = x + width / 2;
  const lines = name.map((line, i) =>
    textMarkup(line, { x: center, y: y + boxPad + (i + 0.78) * lineHigh, anchor: 'middle' }, { 'font-size': 13 }),
  );
  const below =
    role === ''
      ? ''
      : textMarkup(
          role,
          { x: center, y: y + height - boxPad - 2, anchor: 'middle' },
          { 'font-size': 11, 'fill-opacity': 0.8 },
        );
  return frame + lines.join('') + below;
}
