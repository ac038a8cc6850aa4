import type { Command } from 'commander';
import { Option } from 'commander';
import { datesDrawn } from '../../model/result/placebo.ts';
import { wildTypes, wildWeights } from '../../model/result/wild.ts';
import { oneMore, oneOf, share, wholeNumber } from './values.ts';

/** The options after the fit, under a heading of their own; those that take a text may be given again and again. */
export function withAfterFit(command: Command): Command {
  const group = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('After the fit:');
  const repeated = (flags: string, description: string): Option =>
    group(flags, description).argParser(oneMore(flags.replace(/ .*/, '')));
  return command
    .addOption(repeated('--test <TEXT>', 'joint Wald test: "ai = pop, ope = 0"; i(year), year::*, * are families'))
    .addOption(repeated('--lincom <TEXT>', 'linear combination: "ai + 2*pop"'))
    .addOption(repeated('--nlcom <TEXT>', 'nonlinear combination by the delta method: "ai/pop"'))
    .addOption(repeated('--equal <TERMS>', 'equal coefficients across models or parts of --split, by joint covariance'))
    .addOption(
      repeated('--differences <TERM>', 'slope of a term compared across parts of --split: all pairs and jointly'),
    )
    .addOption(
      repeated(
        '--differences-how <LIST>',
        'chow, suest, permute: fully interacted, joint covariance, groups exchanged between units',
      ),
    )
    .addOption(
      repeated(
        '--differences-order <TEXT>',
        'share of draws in which the slopes stand so: "east > central, west", "1 > *"',
      ),
    )
    .addOption(
      group('--changes <TERM>', 'a coefficient from column to column: rows, fixed effects and regressors told apart'),
    )
    .addOption(group('--wild <TERM>', 'wild cluster bootstrap of a term or of restrictions: "ai", "ai = 0, pop = 0"'))
    .addOption(
      group(
        '--wild-type <TYPE>',
        'WCR11 (default) WCR13 WCR31 WCR33 WCU11 ...: null imposed or not, residuals as they are (1) or without the cluster (3), CR1 or CR3',
      ).argParser(oneOf('--wild-type', wildTypes)),
    )
    .addOption(
      group('--wild-weights <KIND>', 'rademacher (default), webb, mammen or normal').argParser(
        oneOf('--wild-weights', wildWeights),
      ),
    )
    .addOption(group('--wild-by <COLS>', 'columns whose combinations share a weight, a+b (default: the clusters)'))
    .addOption(group('--wild-ar', 'with instruments: the Anderson-Rubin test in place of the t of 2SLS'))
    .addOption(
      group(
        '--clusters <TERM>',
        'the clusters behind a term: effective number, influence, CR1 to CR3 and bootstrap, advice',
      ),
    )
    .addOption(group('--permute <TERM>', 'permutation test of a regressor: its values change places, "ai"'))
    .addOption(
      group('--permute-by <COLS>', 'what moves as a whole: the path of a city goes to another (default: rows)'),
    )
    .addOption(
      group('--permute-within <COLS>', 'places are changed within its values alone, "year" (default: anywhere)'),
    )
    .addOption(
      group(
        '--placebo <TERM>',
        'fake dates of a treatment: a dummy that stays at 1, or the dates of event() or sunab()',
      ),
    )
    .addOption(
      group('--placebo-earlier <PERIODS>', 'so many periods earlier, on the rows before the treatment: "1,2,3", "1:5"'),
    )
    .addOption(
      group(
        '--placebo-dates <HOW>',
        'random dates: units (change places, default), periods (drawn for the treated) or both',
      ).argParser(oneOf('--placebo-dates', datesDrawn)),
    )
    .addOption(
      group('--family <TERMS>', 'coefficients adjusted together over all models: "ai, pop" (default: every slope)'),
    )
    .addOption(
      repeated('--adjust <HOW>', 'bonferroni, holm, bh, by, rw (Romano-Wolf), wy (Westfall-Young); "holm, rw"'),
    )
    .addOption(group('--reps <N>', 'draws (default of --wild 9999, else 999)').argParser(wholeNumber('--reps', 1)))
    .addOption(group('--seed <N>', 'seed of every draw (default 1)').argParser(wholeNumber('--seed', 0)))
    .addOption(
      group('--omitted <TERM>', 'how much a variable left out would have to matter: Oster, robustness values, Gelbach'),
    )
    .addOption(
      group(
        '--rmax <R2>',
        'with --omitted: R2 with all that is left out (default: 1.3 times that of the model)',
      ).argParser(share('--rmax')),
    )
    .addOption(repeated('--margins <TEXT>', 'effect over a moderator: "ai by er", "ai by er at ip = 10, 20"'))
    .addOption(repeated('--mediators <TERMS>', 'mediators "uis, envrpat": three steps, indirect effects, sensitivity'))
    .addOption(group('--mediated <TERM>', 'with --mediators: whose effect goes through them (default: the first term)'))
    .addOption(
      repeated(
        '--variants <TEXT>',
        'a variant of the model: "Lagged: replace ai = l(ai, 1); where year > 2005"; where, replace, add, drop, effects, add_effects, weights, estimator, vcov',
      ),
    )
    .addOption(group('--varied <TERM>', 'with --variants: whose coefficient is compared (default: the first term)'))
    .addOption(group('--leave-out <TERM>', 'the coefficient without each level of some columns, one at a time'))
    .addOption(repeated('--leave-out-by <COLS>', 'with --leave-out: the columns (default: the fixed effects)'))
    .addOption(group('--dfbeta <TERM>', 'influence on a coefficient: DFBETA, DFBETAS of every row, unit and period'))
    .addOption(
      repeated('--dfbeta-by <COLS>', 'with --dfbeta: columns, or row (default: row, fixed effects, keys of --panel)'),
    )
    .addOption(group('--added-variable <TERM>', 'the outcome against a term, each net of the rest of the model'))
    .addOption(
      repeated(
        '--curve <TERM>',
        'specification curve of a term: every subset of the other regressors; again: other measures',
      ),
    )
    .addOption(repeated('--curve-outcomes <Y>', 'with --curve: another outcome'))
    .addOption(repeated('--curve-effects <FE>', 'with --curve: other fixed effects, "city" or none'))
    .addOption(repeated('--curve-samples <WHERE>', 'with --curve: another sample, "year > 2005"'))
    .addOption(repeated('--curve-keep <TERMS>', 'with --curve: regressors that always stay'))
    .addOption(
      group(
        '--curve-test <N>',
        'with --curve: joint test by N permutations (--permute-by, --permute-within)',
      ).argParser(wholeNumber('--curve-test', 1)),
    )
    .addOption(
      group('--predict <FILE>', 'fitted values and residuals to a file: csv, parquet, dta or xlsx by its ending'),
    )
    .addOption(group('--fixef <FILE>', 'fixed effects to a file, and as columns of --predict'))
    .addOption(group('--re', 'random effects of the unit (of --panel, else the first fixed effect)'))
    .addOption(
      group('--re-method <METHOD>', 'its variance: xtreg (default) or swar (default with --ssc plm)').argParser(
        oneOf('--re-method', ['xtreg', 'swar']),
      ),
    )
    .addOption(group('--hausman', 'fixed against random effects: classical, sigmamore, auxiliary regression'))
    .addOption(group('--mundlak', 'unit means added to random effects, tested under --vcov (default: by unit)'))
    .addOption(
      repeated(
        '--diagnose <LIST>',
        'checks of the model: vif, reset, serial, hetero, cd, lm, or all (xtserial, xttest3, ovtest, pcdtest)',
      ),
    );
}
