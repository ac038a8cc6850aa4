import type { Command } from 'commander';
import { said } from '../../error/said.ts';
import type { CommandContext } from '../app/context.ts';
import type { RunDiffOptions } from './diff.ts';
import { withFormats } from './format-options.ts';
import { badOption } from './usage.ts';
import { moreNames, outputOf } from './values.ts';

/** Options of `kaya diff` as commander gives them. */
interface GivenDiff {
  readonly only?: readonly string[];
  readonly tolerance?: number;
  readonly all?: boolean;
  readonly format?: RunDiffOptions['format'];
  readonly json?: boolean;
  readonly out?: string;
}

const exitStatus = `
Exit status: 0 when nothing differs that is printed, 1 when something does, 2 for runs that cannot be compared.`;

/** `kaya diff`: its options, and the code that is loaded when it is called. */
export function addDiff(program: Command, context: CommandContext): void {
  const command = program
    .command('diff')
    .description('what differs between two runs: verdicts, signs, stars, printed numbers, and what it comes from')
    .argument('<A>', 'a folder that kaya study run wrote, its results.json, or what a command printed with --json')
    .argument('<B>', 'the other run')
    .option('--only <IDS>', 'tables and figures, such as table2,table3', moreNames)
    .option(
      '--tolerance <X>',
      'relative change up to which a printed number counts as the same (default: 0)',
      tolerance,
    )
    .option('--all', 'list also what is the same as printed, and every number behind the tables');
  withFormats(command)
    .addHelpText('after', exitStatus)
    .action(async (a: string, b: string, given: GivenDiff) => {
      const { runDiff } = await import('./diff.ts');
      await runDiff(optionsOf(a, b, given), context);
    });
}

/** What was given, with its defaults. */
function optionsOf(a: string, b: string, given: GivenDiff): RunDiffOptions {
  const { only = [], tolerance: share = 0, all = false } = given;
  return { a, b, only, tolerance: share, isAll: all, ...outputOf(given) };
}

/** A relative change, from 0. @throws bad-option */
function tolerance(value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= 0 && number < 1) return number;
  throw badOption('--tolerance', value, said('expected.tolerance'));
}
