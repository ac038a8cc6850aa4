import { type Command, Option } from 'commander';
import { describeKinds, plainAdjustments } from '../../model/describe/contract.ts';
import { caseRules, correlationMethods } from '../../model/result/correlations.ts';
import { varianceRules } from '../../model/result/group-comparison.ts';
import { deterministics } from '../../model/result/panel-tests.ts';
import { oneOf, percentileRule } from './values.ts';

/** The options of `kaya describe`, each a word of tables of the data. */
export function withDescribe(command: Command): Command {
  const ofKind = (heading: string, flags: string, description: string): Option =>
    new Option(flags, description).helpGroup(heading);
  const correlations = 'Of correlations:';
  const groups = 'Of groups and balance:';
  const panelTests = 'Of panel_tests:';
  return command
    .addOption(
      new Option(
        '--kind <KIND>',
        'summary (default), correlations, groups (means and tests that they are equal), balance (standardised differences), panel_tests (unit roots, dependence of units)',
      ).argParser(oneOf('--kind', describeKinds)),
    )
    .option('--no-labels', 'in files for readers, variables by their names, not by the labels that the file gives them')
    .option('--panel <UNIT,TIME[,STEP]>', 'adds within and between standard deviations')
    .option('--quantiles <stata|r7>', "whose percentiles: Stata's (default) or R's type 7", percentileRule)
    .option('--vcov <TYPE>', 'errors behind the tests, cluster:city (default: rows are independent; kaya help vcov)')
    .option('--ssc <TYPE>', 'with --vcov: small-sample convention (default: fixest)')
    .addOption(
      ofKind(
        correlations,
        '--method <METHOD>',
        'pearson (default), spearman, or both: Pearson below the diagonal, Spearman above',
      ).argParser(oneOf('--method', correlationMethods)),
    )
    .addOption(
      ofKind(
        correlations,
        '--cases <RULE>',
        'pairwise (default): rows that have both variables; listwise: rows that have all',
      ).argParser(oneOf('--cases', caseRules)),
    )
    .addOption(ofKind(correlations, '--below <LIST>', 'what stands under each correlation: p, n, t'))
    .addOption(
      ofKind(correlations, '--adjust <HOW>', 'p-values for all pairs together: bonferroni holm bh by').argParser(
        oneOf('--adjust', plainAdjustments),
      ),
    )
    .addOption(ofKind(groups, '--by <COL>', 'column of the groups'))
    .addOption(
      ofKind(
        groups,
        '--base <GROUP>',
        'what others are compared with (default: the second of two, of balance the first)',
      ),
    )
    .addOption(
      ofKind(groups, '--variances <RULE>', 'without --vcov: unequal (Welch, default) or equal').argParser(
        oneOf('--variances', varianceRules),
      ),
    )
    .addOption(
      ofKind(groups, '--effects <FE>', 'fixed effects that groups are compared within: "province", "city + year"'),
    )
    .addOption(
      ofKind(panelTests, '--tests <LIST>', 'llc, ips, fisher (unit roots), cd, lm (dependence of units), or all'),
    )
    .addOption(
      ofKind(
        panelTests,
        '--deterministic <WHAT>',
        'in unit root regressions: none, constant (default) or trend',
      ).argParser(oneOf('--deterministic', deterministics)),
    )
    .addOption(
      ofKind(panelTests, '--lags <LAGS>', 'a number, or bic (default), aic, hall, "aic 4": chosen for each unit'),
    )
    .addOption(ofKind(panelTests, '--demean', 'the mean of each period is taken off before unit root tests'));
}
