import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { limitOf } from '../../error/budget.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Hold } from '../app/hold.ts';
import { moreNames, wholeNumber } from './values.ts';

/** Options of commander: present when given. */
export interface GivenHold {
  readonly wait?: number;
  readonly replace?: readonly string[];
}

export function withThreads(command: Command): Command {
  return command.option('--threads <N>', 'threads (default: all); results are the same', threadCount);
}

/** @throws bad-option, over-budget for more than the cores can use */
function threadCount(written: string): number {
  const asked = wholeNumber('--threads', 1)(written);
  const limit = limitOf('threads_per_core');
  if (asked <= limit * availableParallelism()) return asked;
  throw new StudyError('over-budget', { where: '--threads', budget: 'threads_per_core', asked, limit });
}

/** Of commands that write whole folders. */
export function withHold(command: Command): Command {
  return withThreads(command)
    .option('--wait <SECONDS>', 'wait for another run at the same folders (default: refuse)', wholeNumber('--wait', 0))
    .option(
      '--replace <FILES>',
      'files there that Kaya did not make, or that were changed, and that may go',
      moreNames,
    );
}

export function holdOf({ wait = 0, replace = [] }: GivenHold): { hold: Hold } {
  return { hold: { wait, replace } };
}
