import type { Command } from 'commander';
import type { Hold } from '../app/hold.ts';
import { names, wholeNumber } from './values.ts';

/** Options of commander: present when given. */
export interface GivenHold {
  readonly wait?: number;
  readonly replace?: readonly string[];
}

export function withThreads(command: Command): Command {
  return command.option('--threads <N>', 'threads (default: all); results are the same', wholeNumber('--threads', 1));
}

/** Of commands that write whole folders. */
export function withHold(command: Command): Command {
  return withThreads(command)
    .option('--wait <SECONDS>', 'wait for another run at the same folders (default: refuse)', wholeNumber('--wait', 0))
    .option('--replace <FILES>', 'files there that Kaya did not make, or that were changed, and that may go', names);
}

export function holdOf({ wait = 0, replace = [] }: GivenHold): { hold: Hold } {
  return { hold: { wait, replace } };
}
