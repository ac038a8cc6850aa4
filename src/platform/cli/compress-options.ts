import { type Command, Option } from 'commander';
import { withThreads } from './hold-options.ts';
import { dataFormat, formatNames, wholeNumber } from './values.ts';

/** What commander gives of `kaya compress` beside the words of the model. */
export interface GivenCompress {
  readonly by: string;
  readonly minRows?: number;
  readonly out: string;
}

/** The options of `kaya compress`. */
export function withCompressOptions(command: Command): Command {
  return withThreads(command)
    .description('sums by group in place of rows, to be handed out: kaya reg estimates from them')
    .argument('<DATA>', 'csv, tsv, parquet, xlsx or dta file, or FILE.duckdb::table')
    .argument('<FORMULA...>', 'y ~ x1 + x2 | fe1 + fe2: regressors may be left out of it later')
    .requiredOption('--by <COL>', 'groups of the sums, by which errors are clustered later: city, city^year')
    .requiredOption('--out <FILE>', 'the file of the sums, a .json')
    .addOption(
      new Option(
        '--min-rows <N>',
        'groups of fewer rows become one (default: 10, or more than there are columns)',
      ).argParser(wholeNumber('--min-rows', 1)),
    )
    .option('--panel <UNIT,TIME[,STEP]>', 'what a unit and a period is, for lags; STEP: 5, month')
    .option('--ssc <TYPE>', 'with --singletons left out: the convention that says what becomes of them')
    .option('--singletons <keep|drop>', 'rows alone in a fixed effect (default: as the convention has it)')
    .option('--weights <VAR>', 'analytic weights')
    .option('--format <FORMAT>', `what the sums tell, as ${formatNames}`, dataFormat)
    .option('--json', 'the same as --format json');
}
