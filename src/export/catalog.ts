import { entryOf } from '../error/at.ts';
import type { Program, ProgramName } from './contract.ts';
import { programPython } from './python/program-python.ts';
import { programR } from './r/program-r.ts';
import { programStata } from './stata/program-stata.ts';

/** Every program that a model is written for. */
export const programs: readonly Program[] = [programStata, programR, programPython];

export const programNames: readonly ProgramName[] = programs.map(({ id }) => id);

/** The program of a name. */
export function programOf(name: ProgramName): Program {
  return entryOf(Object.fromEntries(programs.map((one) => [one.id, one])), name);
}
