import type { Command } from 'commander';
import { dataFormat, formatNames } from './values.ts';

/** In which format a command prints, and where. */
export function withFormats(command: Command): Command {
  return command
    .option('--format <FORMAT>', formatNames, dataFormat)
    .option('--json', 'the same as --format json')
    .option('--out <FILE>', 'write to a file instead of stdout; its ending gives the format');
}
