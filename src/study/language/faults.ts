import { type Document, isMap, isNode, isPair, isScalar, isSeq, type LineCounter, type Scalar } from 'yaml';
import type { Problem, StudyFault } from '../../error/codes.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';

export type KeyPath = readonly (string | number)[];

/** A fault before its place in the file is known. `at` says whether the key or its value is meant. */
export interface PlacelessFault {
  readonly path: KeyPath;
  readonly at: 'key' | 'value';
  readonly problem: Problem;
  readonly nearest: string | null;
  /** Of many known names the nearest is looked for where the fault is shown. */
  readonly alike?: { readonly name: string; readonly known: readonly string[] };
  /** Characters into the value, where a formula goes wrong. */
  readonly offset?: number;
  /** The key is not there at all. */
  readonly isMissing?: boolean;
}

export function faultAt(path: KeyPath, problem: Problem, nearest: string | null = null): PlacelessFault {
  return { path, at: 'value', problem, nearest };
}

/** A few words of a value are enough to find it; a whole file never gets into a message. */
const longestShown = 40;

export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestShown ? `${[...line].slice(0, longestShown).join('')}…` : line;
}

/** Known names that a message lists where none is near. */
const mostListed = 12;

/** "unknown <what>" with the nearest of the known names, or all of them when none is near and they are few. */
export function unknownName(path: KeyPath, what: Expected, name: string, known: readonly string[]): PlacelessFault {
  const found = shortened(name);
  if (known.length > mostListed)
    return { ...faultAt(path, said('fault.unknown', { what, found })), alike: { name, known } };
  const nearest = nearestName(name, known);
  const isListed = nearest === null && known.length > 0;
  const problem = isListed ? said('fault.unknown_of', { what, found, known }) : said('fault.unknown', { what, found });
  return faultAt(path, problem, nearest);
}

/** What a value is, against what it should be. */
export function unexpected(
  path: KeyPath,
  expected: Expected,
  found: string,
  nearest: string | null = null,
): PlacelessFault {
  return faultAt(path, said('fault.expected', { expected, found: said('shown.text', { text: found }) }), nearest);
}

/** Names that may stand somewhere; null where they are only known once a file was read. */
export type KnownNames = readonly string[] | null;

/** Names that are none of the known ones. */
export function unknownNames(
  names: readonly string[],
  what: Expected,
  known: KnownNames,
  pathOf: (index: number) => KeyPath,
): PlacelessFault[] {
  if (known === null) return [];
  const all = new Set(known);
  return names.flatMap((name, i) => (all.has(name) ? [] : [unknownName(pathOf(i), what, name, known)]));
}

/** Names that stand twice in a list. */
export function repeatedNames(
  names: readonly string[],
  what: Expected,
  pathOf: (index: number) => KeyPath,
): PlacelessFault[] {
  const seen = new Set<string>();
  return names.flatMap((name, i) => {
    if (seen.has(name)) return [faultAt(pathOf(i), said('fault.twice', { what, name }))];
    seen.add(name);
    return [];
  });
}

/** Faults, the first ones, for which a near name is looked for: more than a message shows. */
const mostProposed = 50;

/** Places faults in the file: line and column of the key or value, or of the nearest thing around it that is there. */
export function placeFaults(faults: readonly PlacelessFault[], document: Document, lines: LineCounter): StudyFault[] {
  return faults
    .map((fault) => {
      const { line, col } = lines.linePos(offsetOf(document, fault));
      return { fault, line, column: col };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ fault: { path, problem, nearest, alike }, line, column }, i) => {
      const near = alike === undefined || i >= mostProposed ? nearest : nearestName(alike.name, alike.known);
      return { path: pathText(path), line, column, problem, nearest: near };
    });
}

/** Where the value of a path begins in the text, or the nearest thing around it that is there. */
export function offsetOf(
  document: Document,
  { path, at, offset: inside = 0 }: Pick<PlacelessFault, 'path' | 'at' | 'offset'>,
): number {
  let node: unknown = document.contents;
  let offset = (isNode(node) ? node.range?.[0] : undefined) ?? 0;
  for (const [depth, key] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const next = isPair(pair) ? pair.value : isMap(node) ? undefined : childOf(node, key);
    const isLast = depth === path.length - 1;
    const shown = isPair(pair) && (next === null || next === undefined || (isLast && at === 'key')) ? pair.key : next;
    if (shown === undefined || shown === null) return offset;
    if (isNode(shown)) offset = shown.range?.[0] ?? offset;
    node = next;
  }
  return offset + (isScalar(node) ? offsetInside(node, inside) : 0);
}

/** Where character `inside` of a scalar's text stands; 0 when the text is folded over lines. */
function offsetInside(scalar: Scalar, inside: number): number {
  if (inside <= 0 || scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL') return 0;
  const written = (scalar.range?.[1] ?? 0) - (scalar.range?.[0] ?? 0);
  const quote = scalar.type === 'PLAIN' ? 0 : 1;
  return String(scalar.value).length === written - 2 * quote ? inside + quote : 0;
}

function childOf(node: unknown, key: string | number): unknown {
  return isSeq(node) && typeof key === 'number' ? node.items[key] : undefined;
}

/** `tables[1].models[0]` */
export function pathText(path: KeyPath): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? shortened(key) : `.${shortened(key)}`))
    .join('');
}
