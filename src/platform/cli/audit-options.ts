import { type Command, Option } from 'commander';
import type { CommandContext } from '../app/context.ts';
import type { AuditOptions } from './audit.ts';
import { withFormats } from './format-options.ts';
import { outputOf, wholeNumber } from './values.ts';

/** Options of `kaya audit` as commander gives them. */
interface GivenAudit {
  readonly facts?: string;
  readonly statistic?: AuditOptions['statistic'];
  readonly periods?: number;
  readonly format?: AuditOptions['format'];
  readonly json?: boolean;
  readonly out?: string;
}

const exitStatus = `
Exit status: 0 without findings of severity A, 1 with them. docs/audit.md has the forms and the rules.`;

/** `kaya audit`: its options, and the code that is loaded when it is called. */
export function addAudit(program: Command, context: CommandContext): void {
  const command = program
    .command('audit')
    .description('published tables against themselves: what cannot both hold, and under which convention')
    .argument('<PUBLISHED>', 'a set of tables (yaml, json), or one table as pasted (txt, csv, tsv, tex, html, md)')
    .option('--facts <FILE>', 'what no table prints: kinds of variables, sizes of groups, ranges of units (yaml, json)')
    .addOption(
      new Option(
        '--statistic <KIND>',
        'what stands in parentheses in a pasted table (default: as its note says)',
      ).choices(['t', 'se']),
    )
    .option('--periods <N>', 'periods of the panel of a pasted table', wholeNumber('--periods', 2));
  withFormats(command)
    .addHelpText('after', exitStatus)
    .action(async (path: string, given: GivenAudit) => {
      const { runAudit } = await import('./audit.ts');
      const { facts = null, statistic = null, periods = null } = given;
      await runAudit({ path, facts, statistic, periods, ...outputOf(given) }, context);
    });
}
