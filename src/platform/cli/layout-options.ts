import type { Command } from 'commander';
import { Option } from 'commander';
import { said } from '../../error/said.ts';
import { houseNames } from '../../output/format/house/catalog.ts';
import { badOption } from './usage.ts';
import { oneMore } from './values.ts';

/** How a table of models is laid out, under a heading of its own; `--notes` may be given again and again. */
export function withLayout(command: Command): Command {
  const option = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('The table:').argParser((value: string) => {
      if (value.trim() === '') throw badOption(flags.replace(/ .*/, ''), value, said('expected.not_empty'));
      return value;
    });
  const flag = (flags: string, description: string): Option => new Option(flags, description).helpGroup('The table:');
  return command
    .addOption(option('--style <HOUSE>', houseNames.join(' ')))
    .addOption(option('--title <TEXT>', 'its title'))
    .addOption(option('--label <NAME>', 'its name in LaTeX and Typst, tab:NAME'))
    .addOption(option('--headers <LIST>', 'numbers, outcomes, names, or a head a column: "OLS, OLS, 2SLS"'))
    .addOption(option('--spanners <TEXT>', 'heads over several columns: "OLS = 1-2; 2SLS = 3"'))
    .addOption(option('--panels <TEXT>', 'models below each other: "Panel A. East = 1-2; Panel B. West = 3-4"'))
    .addOption(flag('--stacked', 'errors of every covariance below each other, where models have several'))
    .addOption(option('--below <LIST>', 'below each estimate: se, t, p, ci, or none (default: se)'))
    .addOption(option('--beside <LIST>', 'beside each estimate, a column each: the same names'))
    .addOption(option('--stars <RULE>', 'none, "0.1, 0.05, 0.01", or "+ 0.1, * 0.05"'))
    .addOption(option('--digits <N>', 'digits after the point, or "3 significant"'))
    .addOption(
      option('--keep <TERMS>', 'terms that are shown, by name or pattern: "ai*, pop"; may be given again').argParser(
        oneMore('--keep'),
      ),
    )
    .addOption(
      option('--drop <TERMS>', 'terms that are not shown; _cons is the constant; may be given again').argParser(
        oneMore('--drop'),
      ),
    )
    .addOption(option('--order <TERMS>', 'terms that come first; may be given again').argParser(oneMore('--order')))
    .addOption(option('--rename <TEXT>', 'what variables are called: "ai = AI index; pop = Population"'))
    .addOption(flag('--no-labels', 'variables by their names, not by the labels that the file gives them'))
    .addOption(option('--group <TEXT>', 'terms below a head: "Controls = pop, gdp"'))
    .addOption(option('--effects <LIST>', 'fixed effects that have a row: all, none, or names'))
    .addOption(
      option(
        '--fit <LIST>',
        'rows below: nobs, r2, r2_adj, r2_within, rmse, f, first_stage_f, outcome_mean, outcome_sd, clusters, ...',
      ),
    )
    .addOption(option('--rows <TEXT>', 'rows of your own: "Controls = Yes, No"'))
    .addOption(option('--notes <TEXT>', 'a note below the table; may be given again').argParser(oneMore('--notes')))
    .addOption(flag('--only-notes', 'these notes in place of those that Kaya writes'))
    .addOption(flag('--siunitx', 'in LaTeX: numbers aligned by the package siunitx'))
    .addOption(flag('--transpose', 'models in rows, terms in columns'));
}
