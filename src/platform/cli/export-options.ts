import type { Command } from 'commander';
import type { ProgramName } from '../../export/contract.ts';
import { type GivenHold, withHold } from './hold-options.ts';
import { oneOf } from './values.ts';

/** Options of `kaya export` as commander gives them. */
export interface GivenExport extends GivenHold {
  readonly out: string;
  readonly force?: boolean;
  readonly threads?: number;
}

/** The other program whose lines are printed in place of results. */
export function withAs(command: Command): Command {
  const names: readonly ProgramName[] = ['stata', 'r', 'python'];
  const what = `print the lines that repeat it elsewhere, estimate nothing: ${names.join(' ')}`;
  return command.option('--as <PROGRAM>', what, oneOf('--as', names));
}

export function withExport(command: Command): Command {
  return withHold(
    command
      .description('the panel and a script that repeats a study in another program and counts what agrees')
      .argument('<KIND>', 'stata, r, python, or replication: all three with a README, checksums and environments')
      .argument('<STUDY>', 'a study file, or the folder that holds study.yaml')
      .requiredOption('--out <DIR>', 'folder of the panel and the script')
      .option('--force', 'make the synthetic raw layer again, as if there were none'),
  );
}
