import type { Command } from 'commander';
import { buildProgram } from '../program.ts';

/** The program with every command, to look at names and options; nothing is printed and no command can run. */
export function wholeProgram(): Command {
  const nothing = () => undefined;
  return buildProgram({
    // Only names and options are looked at: no command runs.
    context: { version: '0.0.0', print: nothing } as unknown as Parameters<typeof buildProgram>[0]['context'],
    line: { argv: ['help'], home: undefined },
    run: () => Promise.resolve(0),
    writeError: nothing,
  });
}
