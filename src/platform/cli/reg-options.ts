import type { Command } from 'commander';
import { oneMore } from './values.ts';

/** The options of `kaya reg` that say which models, on which sample, under which errors. */
export function withRegOptions(command: Command): Command {
  return command
    .description('regressions')
    .argument('<DATA>', 'csv, tsv, parquet, xlsx or dta file, FILE.duckdb::table, or sums of kaya compress (.json)')
    .argument('<FORMULA...>', 'y ~ x1 + x2 | fe1 + fe2 | endog ~ inst (kaya help formula)')
    .option('--panel <UNIT,TIME[,STEP]>', 'what a unit and a period is, for lags; STEP: 5, month')
    .option(
      '--vcov <TYPE>',
      'iid hc0-hc3 cluster:a cluster:a+b cr2:a cr3:a jackknife:a white2:a nw[:L] dk[:L] thompson[:L] ac[:L] kiefer pcse conley:KM; given again: others beside it',
      oneMore('--vcov'),
    )
    .option(
      '--ssc <TYPE>',
      'small-sample convention: fixest reghdfe xtreg areg plm linearmodels ivreg2 ivregress none, or adj=..,fixef_k=..',
    )
    .option('--singletons <keep|drop>', 'rows alone in a fixed effect (default: as the convention has it)')
    .option('--weights <VAR>', 'analytic weights')
    .option('--frequency <VAR>', 'how many rows each row stands for, whole numbers: frequency weights')
    .option('--split <VAR>', 'one model a value of VAR')
    .option('--fsplit <VAR>', 'the whole sample, then one model a value of VAR')
    .option('--coords <LAT,LON>', 'coordinates for conley')
    .option('--estimator <TYPE>', 'with instruments: 2sls (default) liml fuller:A kclass:K gmm cue')
    .option('--orthog <NAMES>', 'instruments whose exogeneity is tested by themselves, z1,z2')
    .option('--relax <NAME:WIDTH>', 'the estimate while the direct effect of an instrument runs from -WIDTH to WIDTH')
    .option(
      '--explain',
      'after the models, how they were fitted as one job; with --engine duckdb its passes, and nothing is run',
    )
    .option('--reconcile', 'the model under every small-sample convention, the differences explained');
}
