import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { limitOf, requireBudget } from '../../error/budget.ts';
import type { StudyFault } from '../../error/codes.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { keysAt } from '../../table/words/schema-keys.ts';
import { type PlacelessFault, placeFaults } from './faults.ts';
import { type OtherKind, shapeFaults } from './shape-faults.ts';
import { yamlFault } from './yaml-faults.ts';

/**
 * Reads a YAML text by a schema, then by `check`.
 * @param file its name, for messages
 * @param elsewhere another kind of file that its author may have meant
 * @throws study-invalid with every fault of the first of the three readings that finds any: syntax, shape, check
 */
export function readYaml<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  check: (value: z.output<S>) => readonly PlacelessFault[] = () => [],
  elsewhere?: OtherKind,
): z.output<S> {
  requireBudget('letters', text.length, file);
  const lines = new LineCounter();
  const document = yamlDocument(text, lines);
  refuse(file, [
    ...document.errors.map(({ code, pos }) => yamlFaultAt(lines, pos[0], yamlFault(code))),
    ...keyFaults(document, lines),
    ...aliasFaults(document, lines),
  ]);
  refuse(file, rootFaults(document, lines));
  const written = plainValue(document, file, lines);
  refuse(file, foreignKeys(written, schema, lines));
  const read = schema.safeParse(written);
  const faults = read.success ? check(read.data) : shapeFaults(read.error.issues, { schema, written, elsewhere });
  refuse(file, placeFaults(faults, document, lines));
  return read.data as z.output<S>; // faults is not empty when read.success is false
}

/** A text as YAML, whatever ends its lines: what is read of a file, and what is looked up in it before. */
export function yamlDocument(text: string, lines = new LineCounter()): Document {
  return parseDocument(text.replace(/\r(?!\n)/g, '\n'), { lineCounter: lines, prettyErrors: false });
}

/** The document as plain values, which share what an alias repeats. */
export function yamlValue(document: Document): unknown {
  return document.toJS({ maxAliasCount: -1 });
}

/** A mapping of which no key is one of ours, nor near to one: another kind of file. Its keys are not repeated. */
function foreignKeys(written: unknown, schema: z.ZodType, lines: LineCounter): StudyFault[] {
  const known = keysAt(schema, [], written);
  const keys = Object.keys(written ?? {});
  if (known.length === 0 || keys.length === 0) return [];
  if (keys.some((key) => known.includes(key) || nearestName(key, known) !== null)) return [];
  const problem = said('yaml.foreign_keys', { known: known.slice(0, 8) });
  return [yamlFaultAt(lines, 0, problem)];
}

function yamlFaultAt(lines: LineCounter, offset: number, problem: Said): StudyFault {
  const { line, col } = lines.linePos(Math.max(0, offset));
  return { path: 'YAML', line: Math.max(1, line), column: Math.max(1, col), problem, nearest: null };
}

/** A file that is no mapping at all: a table, a web page, a list. Nothing of it is repeated. */
function rootFaults(document: Document, lines: LineCounter): StudyFault[] {
  const { contents } = document;
  if (isMap(contents)) return [];
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  const found = said(isEmpty ? 'shown.nothing' : isScalar(contents) ? 'yaml.scalar' : 'shown.list');
  const problem = said('yaml.no_mapping', { found });
  return [yamlFaultAt(lines, contents?.range?.[0] ?? 0, problem)];
}

/** Keys that mean something to YAML or to the program. */
const keptKeys: ReadonlyMap<string, Said> = new Map([
  ['__proto__', said('yaml.kept_key')],
  ['<<', said('yaml.merge_key')],
]);

/** Keys that are no plain text: `? [a, b]`, `{ a: 1 }: b`, and those that would reach into the program. */
function keyFaults(document: Document, lines: LineCounter): StudyFault[] {
  const faults: StudyFault[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      const isText = isScalar(key) && (typeof key.value === 'string' || typeof key.value === 'number');
      const kept = isScalar(key) && isText ? keptKeys.get(String(key.value)) : undefined;
      if (isText && kept === undefined) return;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      faults.push(yamlFaultAt(lines, offset, kept ?? yamlFault('NON_STRING_KEY')));
    },
  });
  return faults;
}

/** What each alias stands for: the node that has its anchor last before it. */
function aliasTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, (_, node) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
  });
  return targets;
}

/** @throws over-budget for aliases that multiply, at the one that stands for the most */
function plainValue(document: Document, file: string, lines: LineCounter): unknown {
  const targets = aliasTargets(document);
  const known = new Map<Node, number>();
  const asked = valueCount(document.contents, targets, known);
  if (asked > limitOf('values')) {
    const counts = [...targets.keys()].map((alias) => ({ alias, count: valueCount(alias, targets, known) }));
    const most = counts.reduce<(typeof counts)[number] | null>(
      (best, one) => (best === null || one.count > best.count ? one : best),
      null,
    );
    const { line, col } = lines.linePos(most?.alias.range?.[0] ?? 0);
    requireBudget('values', asked, `${file}:${line}:${col}`);
  }
  return yamlValue(document);
}

/** How many values a node holds once its aliases are written out; of one without a circle. */
function valueCount(node: unknown, targets: ReadonlyMap<Alias, Node>, known: Map<Node, number>): number {
  if (isAlias(node)) return valueCount(targets.get(node), targets, known);
  if (!isMap(node) && !isSeq(node)) return 1;
  const counted = known.get(node);
  if (counted !== undefined) return counted;
  const parts: readonly unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
  const count = parts.reduce<number>((sum, part) => sum + valueCount(part, targets, known), 1);
  known.set(node, count);
  return count;
}

/** Aliases that name nothing before them, or something that they are inside of. */
function aliasFaults(document: Document, lines: LineCounter): StudyFault[] {
  const targets = aliasTargets(document);
  const faults: StudyFault[] = [];
  visit(document, {
    Alias: (_, alias, path) => {
      const target = targets.get(alias);
      const key = target === undefined ? 'yaml.alias_lost' : 'yaml.alias_circle';
      if (target === undefined || path.some((around) => around === target))
        faults.push(yamlFaultAt(lines, alias.range?.[0] ?? 0, said(key, { name: alias.source })));
    },
  });
  return faults;
}

function refuse(file: string, faults: readonly StudyFault[]): void {
  if (faults.length > 0) throw new StudyError('study-invalid', { file, faults });
}
