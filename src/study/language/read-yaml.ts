import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { StudyFault } from '../../error/codes.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type PlacelessFault, placeFaults } from './faults.ts';
import { keysAt } from './schema-keys.ts';
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  refuse(file, [
    ...document.errors.map(({ code, pos }) => yamlFaultAt(lines, pos[0], yamlFault(code))),
    ...keyFaults(document, lines),
  ]);
  refuse(file, rootFaults(document, lines));
  const written = plainValue(document, file, lines);
  refuse(file, foreignKeys(written, schema, lines));
  const read = schema.safeParse(written);
  const faults = read.success ? check(read.data) : shapeFaults(read.error.issues, { schema, written, elsewhere });
  refuse(file, placeFaults(faults, document, lines));
  return read.data as z.output<S>; // faults is not empty when read.success is false
}

/** A mapping of which no key is one of ours, nor near to one: another kind of file. Its keys are not repeated. */
function foreignKeys(written: unknown, schema: z.ZodType, lines: LineCounter): StudyFault[] {
  const known = keysAt(schema, [], written);
  const keys = Object.keys(written as object);
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

/** Keys that are no plain text: `? [a, b]`, `{ a: 1 }: b`, and those that would reach into the program. */
function keyFaults(document: Document, lines: LineCounter): StudyFault[] {
  const faults: StudyFault[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      const isText = isScalar(key) && (typeof key.value === 'string' || typeof key.value === 'number');
      const isKept = isScalar(key) && key.value === '__proto__';
      if (isText && !isKept) return;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      faults.push(yamlFaultAt(lines, offset, isKept ? said('yaml.kept_key') : yamlFault('NON_STRING_KEY')));
    },
  });
  return faults;
}

/** The document as plain values. @throws study-invalid for aliases that name nothing, go round in a circle or multiply */
function plainValue(document: Document, file: string, lines: LineCounter): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // A circle of aliases reads, and could not be walked through.
    JSON.stringify(value);
    return value;
  } catch (cause) {
    let offset = 0;
    visit(document, {
      Alias: (_, alias) => {
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    const problem = said('yaml.alias_lost');
    throw new StudyError('study-invalid', { file, faults: [yamlFaultAt(lines, offset, problem)] }, { cause });
  }
}

function refuse(file: string, faults: readonly StudyFault[]): void {
  if (faults.length > 0) throw new StudyError('study-invalid', { file, faults });
}
