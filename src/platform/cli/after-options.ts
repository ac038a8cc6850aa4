import type { Command } from 'commander';
import { Option } from 'commander';
import { said } from '../../error/said.ts';
import { badOption, refusal } from './usage.ts';

/** The options after the fit, under a heading of their own; those that take a text may be given again and again. */
export function withAfterFit(command: Command): Command {
  const group = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('After the fit:');
  const repeated = (flags: string, description: string): Option =>
    group(flags, description).argParser((value: string, previous: readonly string[] | undefined) => {
      if (value.trim() === '') throw badOption(flags.replace(/ .*/, ''), value, said('expected.not_empty'));
      return [...(previous ?? []), value];
    });
  return command
    .addOption(repeated('--test <TEXT>', 'joint Wald test: "ai = pop, ope = 0"; i(year), year::*, * are families'))
    .addOption(repeated('--lincom <TEXT>', 'linear combination: "ai + 2*pop"'))
    .addOption(repeated('--nlcom <TEXT>', 'nonlinear combination by the delta method: "ai/pop"'))
    .addOption(repeated('--equal <TERMS>', 'equal coefficients across models or parts of --split, by joint covariance'))
    .addOption(group('--predict <FILE>', 'fitted values and residuals to a csv or parquet file'))
    .addOption(group('--fixef <FILE>', 'fixed effects to a file, and as columns of --predict'))
    .addOption(group('--re', 'random effects of the unit (of --panel, else the first fixed effect)'))
    .addOption(
      group('--re-method <METHOD>', 'its variance: xtreg (default) or swar (default with --ssc plm)').argParser(
        reMethod,
      ),
    )
    .addOption(group('--hausman', 'fixed against random effects: classical, sigmamore, auxiliary regression'))
    .addOption(group('--mundlak', 'unit means added to random effects, tested under --vcov (default: by unit)'));
}

function reMethod(value: string): 'xtreg' | 'swar' {
  if (value === 'xtreg' || value === 'swar') return value;
  throw refusal('--re-method', value, ['xtreg', 'swar']);
}
