import type { ClaimVerdict, FrameworkClaim } from '../../figure/contract.ts';
import type { Text } from '../../table/contract.ts';
import { displayWidth } from '../table/display-width.ts';
import { attributesMarkup, circleMarkup, placed, textMarkup } from './svg-text.ts';

// Verdicts are told apart by the symbol, by the line and by the colour: one of them is enough.

const looks: Readonly<Record<ClaimVerdict, { readonly colour: string; readonly dashes: string }>> = {
  supported: { colour: '#0072b2', dashes: '' },
  partly: { colour: '#aa4499', dashes: '9 3 2 3' },
  'not-supported': { colour: '#d55e00', dashes: '6 4' },
  untested: { colour: 'currentColor', dashes: '2 3' },
};

/** In the order of the key. */
const verdicts = ['supported', 'partly', 'not-supported', 'untested'] as const;

const radius = 6.2;
/** Width of a letter of the name of a claim. */
const letter = 7.2;
const claimHigh = 19;

/** The symbol of a verdict: a tick on a full circle, half a circle, a cross in an open one, a stroke in an open one. */
function verdictMark(verdict: ClaimVerdict, { x, y }: { readonly x: number; readonly y: number }): string {
  const { colour } = looks[verdict];
  const paper = 'var(--figure-paper, #fff)';
  const circle = circleMarkup(
    { x, y, r: radius },
    { stroke: colour, 'stroke-width': 1.5, fill: verdict === 'supported' ? colour : paper },
  );
  const inside = {
    supported: strokes('M-3,0.2L-0.9,2.5L3.1,-2.3', { x, y }, paper),
    partly: `<path d="M0,${-radius}A${radius},${radius},0,0,0,0,${radius}Z" transform="translate(${placed(x)},${placed(y)})"${attributesMarkup({ fill: colour })}/>`,
    'not-supported': strokes('M-2.5,-2.5L2.5,2.5M-2.5,2.5L2.5,-2.5', { x, y }, colour),
    untested: strokes('M-2.8,0H2.8', { x, y }, colour),
  }[verdict];
  return circle + inside;
}

function strokes(d: string, { x, y }: { readonly x: number; readonly y: number }, colour: string): string {
  const look = {
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.7,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  return `<path d="${d}" transform="translate(${placed(x)},${placed(y)})"${attributesMarkup(look)}/>`;
}

/** Names of claims with their symbols, one below the other, or one above the other from the last one at `y` on. */
export function claimsMarkup(
  claims: readonly FrameworkClaim[],
  { x, y }: { readonly x: number; readonly y: number },
  way: 'down' | 'up' = 'down',
): string {
  const top = way === 'down' ? y : y - claimHigh * (claims.length - 1);
  return claims
    .map(({ id, verdict }, i) => {
      const line = top + i * claimHigh;
      return (
        verdictMark(verdict, { x: x + radius, y: line - 4.4 }) +
        textMarkup(id, { x: x + 2 * radius + 4, y: line, anchor: 'start' }, { 'font-weight': 600 })
      );
    })
    .join('');
}

/** Room that the names of claims take across and up. */
export function claimsSize(claims: readonly FrameworkClaim[]): { readonly width: number; readonly height: number } {
  const width = Math.max(0, ...claims.map(({ id }) => 2 * radius + 4 + letter * displayWidth(id)));
  return { width, height: claimHigh * claims.length };
}

type Point = readonly [x: number, y: number];

/** A line through places with a head at its end, in the look of the verdicts of its claims; thin where it has none. */
export function arrowMarkup(points: readonly Point[], claims: readonly FrameworkClaim[]): string {
  const found = new Set(claims.map(({ verdict }) => verdict));
  const [only] = found;
  // Claims that differ are told by their symbols alone.
  const { colour, dashes } =
    only === undefined || found.size > 1 ? { colour: 'currentColor', dashes: '' } : looks[only];
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return '';
  const [across, down] = [Math.sign(end[0] - before[0]), Math.sign(end[1] - before[1])];
  const neck: Point = [end[0] - 7 * across, end[1] - 7 * down];
  const line = [...points.slice(0, -1), neck].map(([x, y]) => `${placed(x)},${placed(y)}`).join('L');
  const wing = (side: number): Point => [neck[0] - across + side * 4 * down, neck[1] - down + side * 4 * across];
  const head = [wing(1), end, wing(-1)].map(([x, y]) => `${placed(x)},${placed(y)}`).join('L');
  const isThin = only === undefined;
  const look = {
    ...{ fill: 'none', stroke: colour, 'stroke-width': isThin ? 1.1 : 2, 'stroke-linejoin': 'round' },
    ...(dashes === '' ? {} : { 'stroke-dasharray': dashes }),
  };
  return `<path d="M${line}"${attributesMarkup(look)}/><path d="M${head}Z"${attributesMarkup({ fill: colour })}/>`;
}

/** The key to the verdicts that are there, in as many lines as they need. */
export function verdictKey(
  claims: readonly FrameworkClaim[],
  {
    x,
    y,
    right,
    say,
  }: { readonly x: number; readonly y: number; readonly right: number; readonly say: (text: Text) => string },
): { readonly markup: string; readonly bottom: number } {
  const there = verdicts.filter((verdict) => claims.some((claim) => claim.verdict === verdict));
  let [at, line] = [x, y];
  const entries = there.map((verdict) => {
    const words = say({ key: `framework.${verdict}` });
    const wide = 40 + 6.7 * displayWidth(words);
    if (at > x && at + wide > right) [at, line] = [x, line + claimHigh];
    const entry =
      verdictMark(verdict, { x: at + radius + 1, y: line }) +
      textMarkup(words, { x: at + 2 * radius + 8, y: line + 4.4, anchor: 'start' });
    at += wide;
    return entry;
  });
  return { markup: entries.join(''), bottom: there.length === 0 ? y - claimHigh : line + radius + 2 };
}
