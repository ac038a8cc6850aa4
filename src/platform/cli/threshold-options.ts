import type { Command } from 'commander';
import { Option } from 'commander';
import { said } from '../../error/said.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { withReading } from './reading-options.ts';
import { badOption } from './usage.ts';
import { oneMore, wholeNumber } from './values.ts';

export function withThresholdOptions(command: Command): Command {
  return withReading(command)
    .description('panel threshold model (Hansen 1999)')
    .argument('<DATA>', 'csv, tsv, parquet, xlsx or dta file, or FILE.duckdb::table')
    .argument('<FORMULA>', 'y ~ x1 + x2 | city + year, the regime regressors left out')
    .requiredOption('--regime <VARS>', 'regressors whose slope depends on the regime, such as ai', splitTerms)
    .requiredOption('--by <VAR>', 'threshold variable, such as hc or l(hc,1)')
    .option('--panel <UNIT,TIME[,STEP]>', 'what a unit and a period is')
    .option('--thresholds <N>', 'most thresholds, 1 to 3 (default: 1)', wholeNumber('--thresholds', 1))
    .option('--boot <N>', 'bootstrap replicates of each test, 0 for none (default: 500)', wholeNumber('--boot', 0))
    .option('--trim <SHARE>', 'least share of the rows on either side (default: 0.01)', number('--trim'))
    .option('--grid <N>', 'all, or the number of candidates (default: all)', grid('--grid'))
    .option('--level <PERCENT>', 'level of the confidence sets (default: 95)', number('--level'))
    .option('--seed <N>', 'seed of every draw (default: 1)', wholeNumber('--seed', 0))
    .addOption(choice('--scale <NAME>', 'of F: n(T-1), T(n-1) or nT', ['hansen1999', 'xthreg', 'nt']))
    .addOption(choice('--demean <NAME>', 'all rows, or the last period left out after it', ['within', 'hansen1999']))
    .addOption(choice('--draw <NAME>', 'how residuals are drawn', ['unit-block', 'wild-rademacher', 'wild-webb']))
    .addOption(choice('--residuals <NAME>', 'of which fit they are drawn', ['alternative', 'null']))
    .addOption(choice('--refine <NAME>', 'search earlier thresholds again', ['none', 'once', 'stable']))
    .option('--intercepts', 'the intercept changes at the threshold too')
    .option('--kink', 'the slope of --by itself changes, without a jump')
    .option('--jump-test', 'test the jump against the kink')
    .addOption(choice('--robust <CLUSTERS>', 'sup-Wald test with clusters', ['unit', 'row']))
    .option('--robust-grid <N>', 'all, or the candidates of that test (default: 100)', grid('--robust-grid'))
    .option('--sensitivity', 'other trims, every unit left out, units drawn with replacement')
    .option('--shape-check', 'a smooth transition and slopes in bins, beside the threshold')
    .option('--joint', 'with two thresholds: search all pairs too')
    .option(
      '--vcov <TYPE>',
      'iid hc0-hc3 cluster:a cluster:a+b cr2:a cr3:a jackknife:a white2:a nw[:L] dk[:L] thompson[:L] pcse; given again: others beside it',
      oneMore('--vcov'),
    )
    .option('--ssc <TYPE>', 'small-sample convention, as in kaya reg')
    .option('--singletons <keep|drop>', 'rows alone in a fixed effect (default: as the convention has it)');
}

function number(option: string): (value: string) => number {
  return (value) => {
    const read = value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isFinite(read)) return read;
    throw badOption(option, value, said('type.number'));
  };
}

function grid(option: string): (value: string) => 'all' | number {
  return (value) => (value === 'all' ? value : wholeNumber(option, 1)(value));
}

function choice(flags: string, description: string, known: readonly string[]): Option {
  return new Option(flags, `${description}: ${known.join(' ')}`).choices([...known]);
}
