import type { OtherCommand } from '../../error/formula-habit.ts';
import type { Pasted } from './pasted-options.ts';

/*
 * Commands of other programs that are no linear model of this one, as data: refused by name, or pointed to the command that
 * does the same. Decision 0024 says why none of them is taken for a list of variables.
 */

/** Estimators of Stata that this program has not. */
const stataEstimators = new Set(
  `logit logistic probit cloglog scobit poisson ppml ppmlhdfe nbreg gnbreg zip zinb ologit oprobit mlogit mprobit nlogit clogit
  asclogit cmclogit cmp tobit intreg truncreg heckman heckprobit heckprob treatreg etregress qreg sqreg bsqreg iqreg rqreg qreg2
  rreg glm gee nl nlsur sureg reg3 mvreg sem gsem mixed melogit meprobit mepoisson meglm stcox streg arima arch ardl var svar vec
  prais cnsreg eivreg lasso elasticnet rlasso pdslasso ivlasso dslasso poregress xporegress frontier sfcross sfpanel betareg
  fracreg ivprobit ivtobit ivpoisson ivqreg2 ivqregress boxcox npregress gmm csdid drdid did_imputation did_multiplegt
  did_multiplegt_dyn didregress jwdid did2s stackedev teffects psmatch2 kmatch synth synth_runner sdid
  rdrobust rdplot spregress spivregress spxtregress threshold tpoisson hetprobit hetregress biprobit ivmediate medeff
  stepwise nestreg bootstrap jackknife svy mi rolling statsby`.split(/\s+/),
);

/** Leads and lags of a treatment, which are a term of a formula here. */
const eventStudies = new Set(['eventdd', 'eventstudyinteract', 'xtevent', 'event_study']);

/** Commands that describe data. */
const descriptions = new Set(
  'su sum summ summarize tab tab1 tab2 table tabulate tabstat des desc describe codebook corr correlate pwcorr xtsum xttab xtdescribe xtdes inspect summarise'.split(
    ' ',
  ),
);

/** Commands that change data. */
const preparations = new Set(
  'gen g generate egen replace drop merge reshape winsor2 winsor rename encode destring'.split(' '),
);

/** Names of the between estimator in R and Python. */
const betweenCalls = new Set(['BetweenOLS']);

/** What a command of Stata is that is none of the linear models; null for a word that is no such command. */
export function otherStataCommand(name: string): OtherCommand['kind'] | null {
  if (eventStudies.has(name)) return 'event';
  if (stataEstimators.has(name)) return 'estimator';
  if (descriptions.has(name)) return 'describe';
  if (preparations.has(name)) return 'prepare';
  // Stata's panel commands begin with xt; those known here were read before.
  return /^xt[a-z]{3,}\d?$/.test(name) ? 'estimator' : null;
}

/** What a call of R or Python around a formula is that is none of the linear models. */
export function otherCall(name: string): OtherCommand['kind'] {
  if (eventStudies.has(name.replace(/^.*[.:]/, ''))) return 'event';
  return betweenCalls.has(name.replace(/\.from_formula$/, '').replace(/^.*[.:]/, '')) ? 'between' : 'estimator';
}

/** A command refused by name, with nothing to write in its place. */
export function refusedCommand(name: string, kind: OtherCommand['kind']): Pasted {
  return { habit: 'other-command', isSure: true, text: '', other: { name, kind } };
}
