import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { StudyFault } from '../error/codes.ts';
import { StudyError } from '../error/study-error.ts';
import { checkStudy } from './check-study.ts';
import { type PlacelessFault, placeFaults } from './faults.ts';
import { shapeFaults } from './shape-faults.ts';
import { type StudySpec, studySchema } from './spec.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Reads a study file: YAML, shape, then the names that must exist.
 * @param text content of the file
 * @param file its name, for messages
 * @param vocabulary the measures, indicators and groups that there are
 * @throws study-invalid with every fault, each with line and column
 */
export function parseStudy(text: string, file: string, vocabulary: Vocabulary): StudySpec {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map((error): StudyFault => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { path: '', line, column: col, problem: oneLine(error.message), nearest: null };
  });
  refuse(file, syntax);
  const written: unknown = document.toJS();
  const place = (faults: readonly PlacelessFault[]): StudyFault[] => placeFaults(faults, document, lines);

  const read = studySchema.safeParse(written, { reportInput: true });
  if (!read.success) throw refusal(file, place(shapeFaults(read.error.issues as z.core.$ZodIssue[], written)));
  refuse(file, place(checkStudy(read.data, vocabulary)));
  return read.data;
}

function refuse(file: string, faults: readonly StudyFault[]): void {
  if (faults.length > 0) throw refusal(file, faults);
}

function refusal(file: string, faults: readonly StudyFault[]): StudyError<'study-invalid'> {
  return new StudyError('study-invalid', { file, faults });
}

function oneLine(text: string): string {
  return text.split('\n', 1)[0];
}
