import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { StudyFault } from '../../error/codes.ts';
import { StudyError } from '../../error/study-error.ts';
import { type PlacelessFault, placeFaults } from './faults.ts';
import { shapeFaults } from './shape-faults.ts';

/**
 * Reads a YAML text by a schema, then by `check`.
 * @param file its name, for messages
 * @throws study-invalid with every fault of the first of the three readings that finds any: syntax, shape, check
 */
export function readYaml<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  check: (value: z.output<S>) => readonly PlacelessFault[] = () => [],
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  refuse(
    file,
    document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { path: 'YAML', line, column: col, problem: error.message.split('\n', 1)[0], nearest: null };
    }),
  );
  const written: unknown = document.toJS();
  const read = schema.safeParse(written);
  const faults = read.success ? check(read.data) : shapeFaults(read.error.issues, { schema, written });
  refuse(file, placeFaults(faults, document, lines));
  return read.data as z.output<S>; // faults is not empty when read.success is false
}

function refuse(file: string, faults: readonly StudyFault[]): void {
  if (faults.length > 0) throw new StudyError('study-invalid', { file, faults });
}
