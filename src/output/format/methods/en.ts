/** What each method is called and what its signs are, English: of reports and of docs/methods/formulas.md, and no part of what a page runs. */
export const methodsEn = {
  ols: ['Least squares', 'y the outcome, X the regressors with a constant, N rows.'],
  fe: [
    'Least squares with fixed effects',
    'Outcome and regressors are taken net of all fixed effects (the tilde), which gives the slopes of the regression on every dummy. Of regressors that depend on others or on the effects the first is kept.',
  ],
  '2sls': [
    'Two-stage least squares',
    'Z the instruments and the exogenous regressors, all net of the fixed effects. Residuals are y − Xb.',
  ],
  liml: [
    'Limited information maximum likelihood',
    'λ the least eigenvalue of (Y′M_Z Y)⁻¹ Y′M_X Y, Y = [y, D], D the endogenous regressors.',
  ],
  fuller: [
    'Fuller’s estimator',
    'The k-class estimator at λ of limited information less a / (N − L), L all instruments and absorbed effects.',
  ],
  kclass: ['k-class estimator', 'H = (1-k) X′X + k X^′X^, k as the study gives it.'],
  gmm: ['Two-step GMM', 'S the covariance of the moments at the residuals of two-stage least squares.'],
  cue: ['Continuously updated GMM', 'g the moments, S their covariance at the same b.'],
  threshold: [
    'Panel threshold model',
    'z the regressors whose slope changes, q the threshold variable; S₁ the sum of squares at γ. Every value of q with the least share of rows on both sides is a candidate. Standard errors take the threshold as known.',
  ],
  event: [
    'Event study',
    'g the time of the treatment, l the periods since; ends may be binned. With sunab() effects of cohorts are averaged by their shares.',
  ],
  random_effects: [
    'Random effects',
    'θ from the variances of the within and between regressions (Stata’s xtreg, re, or Swamy and Arora).',
  ],
  vcov_iid: [
    'Classical errors',
    'u the residuals, K the parameters that the convention counts, absorbed effects among them.',
  ],
  vcov_hc0: ['Robust errors, HC0', 'u the residuals, x the regressors net of the effects; no small-sample factor.'],
  vcov_hc1: ['Robust errors, HC1', 'u the residuals, x the regressors net of the effects.'],
  vcov_hc2: ['Robust errors, HC2', 'h the leverage of the row in the regression with all dummies.'],
  vcov_hc3: ['Robust errors, HC3', 'h the leverage of the row in the regression with all dummies.'],
  vcov_cluster: [
    'Clustered errors',
    'X the regressors net of the effects, g the clusters, G their number; c is the factor of the convention. With several ways the sum runs over their combinations with alternating sign, and a result that is not non-negative is repaired.',
  ],
  vcov_cr2: [
    'Clustered errors, CR2',
    'H the projection on all regressors and effects; Satterthwaite’s degrees of freedom for each coefficient.',
  ],
  vcov_cr3: ['Clustered errors, CR3', 'H the projection on all regressors and effects, G clusters.'],
  vcov_jackknife: ['Cluster jackknife', 'b_(g) the estimate without cluster g.'],
  vcov_nw: [
    'Newey-West errors',
    'Pairs of rows of one unit at most L periods apart; the kernel is Bartlett’s unless the table names another.',
  ],
  vcov_dk: [
    'Driscoll-Kraay errors',
    'Sums over the units of a period, weighted over at most L periods; Bartlett’s kernel unless the table names another.',
  ],
  vcov_thompson: ['Errors clustered by unit and period, with lags', 'i the unit, t the period, l the lag.'],
  vcov_ac: ['Autocorrelation-consistent errors', 's_l the mean product of residuals l periods apart.'],
  vcov_kiefer: ['Kiefer’s errors', 's_l the mean product of residuals l periods apart, every lag counted.'],
  vcov_white2: ['White’s errors with one variance a group', 'n_g the rows of group g.'],
  vcov_pcse: [
    'Panel-corrected errors',
    'Correlations between units, the same in every period (or the other way round).',
  ],
  vcov_conley: [
    'Spatial errors',
    'd the great-circle distance of two places, D the cutoff, k one within it or Bartlett’s weight.',
  ],
  ssc_fixest: [
    'Small-sample convention fixest',
    'K counts the absorbed effects but those nested in the clusters. Without clusters t has N − K degrees of freedom. Rows alone in a level of an effect are dropped.',
  ],
  ssc_reghdfe: [
    'Small-sample convention reghdfe',
    'K counts effects not nested in the clusters, by connected components. Rows alone in a level of an effect are dropped.',
  ],
  ssc_xtreg: [
    'Small-sample convention xtreg',
    'K counts the effects by their rank, those of units once in all where they are nested in the clusters. Without clusters t has N − K degrees of freedom. Rows alone in a level stay, and a constant is printed.',
  ],
  ssc_areg: ['Small-sample convention areg', 'K counts every effect, nested or not.'],
  ssc_plm: ['Small-sample convention plm', 'k the slopes alone; t with the residual degrees of freedom.'],
  ssc_linearmodels: [
    'Small-sample convention linearmodels',
    'No factor for the number of clusters; t with the residual degrees of freedom.',
  ],
  ssc_ivreg2: ['Large-sample convention ivreg2', 'No small-sample factor; p-values from the normal distribution.'],
  'ssc_ivreg2-small': ['Small-sample convention ivreg2, small', 'K counts every effect; t in place of z.'],
  ssc_ivregress: [
    'Large-sample convention ivregress',
    'No small-sample factor; p-values from the normal distribution.',
  ],
  'ssc_ivregress-small': ['Small-sample convention ivregress, small', 'K counts every effect; t in place of z.'],
  ssc_none: ['No small-sample factor', 'Classical errors divide by N − 1.'],
  ssc_custom: [
    'Small-sample convention of the study',
    'As the words beside the table say, with the meaning that fixest’s ssc() gives them.',
  ],
  iv_tests: [
    'Tests of the instruments',
    'r² the least squared canonical correlation of regressors and instruments net of the rest (Cragg-Donald F, Kleibergen-Paap rk under other errors), L₁ instruments, L all parameters; g the moments; e₀ the residuals at the coefficient that is tested. Critical values of Stock and Yogo are for classical errors.',
  ],
  threshold_test: [
    'Test and confidence set of a threshold',
    'S₀ and S₁ sums of squares without and with the threshold, c the scale that the table names. P by a bootstrap of residuals with the regressors fixed; thresholds whose LR is below the bound make the set.',
  ],
  wald: ['Wald test', 'q restrictions Rb = r; F against the degrees of freedom of the covariance.'],
  combination: ['Combinations of coefficients', 'The gradient is exact.'],
  wild: [
    'Wild cluster bootstrap',
    'b~ and u~ of the fit that meets the hypothesis, w one random weight a cluster. WCR31 draws residuals of fits without the cluster.',
  ],
  clusters: [
    'The clusters behind a coefficient',
    'Γ the squared coefficient of variation of the clusters’ parts of the regressor’s variation; G* the effective number of clusters.',
  ],
  omitted: [
    'Omitted variables',
    'δ: how strong selection on what is left out must be, relative to the controls, for the coefficient β, with R² at most 1.3 times its value; RV: the partial R² with outcome and regressor at which the estimate is 0, f = |t| / sqrt(df).',
  ],
  added_variable: ['Added-variable plot', 'M takes the other regressors and the fixed effects out.'],
  leave_out: ['Without one at a time', 'The estimate without group g, effects estimated anew, in closed form.'],
  dfbeta: ['Influence', 's_(i) the residual error without row, unit or period i.'],
  curve: [
    'Specification curve',
    'The coefficient in every combination of outcomes, measures, effects, samples and controls that the study names. It describes, and is no test.',
  ],
  permutation: [
    'Permutation test',
    'd* the regressor with its values (or whole paths) exchanged, M as above, B draws.',
  ],
  placebo: ['Fake treatment dates', 'b* the estimate at a date that is none.'],
  mediation: [
    'Mediation',
    'a the effect on the mediator, b that of the mediator, c the total effect. Intervals of ab by resampling units; the bootstrap decides. Sensitivity: the correlation of the errors of both equations at which ab is 0.',
  ],
  margins: [
    'Effect over a moderator',
    'Linear in the coefficients, its error from their covariance; the band holds over the range of m at once. The binning estimator frees the line at terciles of m.',
  ],
  differences: [
    'Differences between groups',
    'b of each group from one regression with everything interacted (chow) or from the joint covariance of separate ones (suest); permutations exchange whole units between groups.',
  ],
  equality: ['Equal coefficients across models', 'V the joint covariance of the models, rows matched.'],
  variants: ['Variants of a baseline', 'The difference of a variant from the baseline by their joint covariance.'],
  family_bonferroni: ['Bonferroni’s adjustment', 'm hypotheses.'],
  family_holm: ['Holm’s adjustment', 'p in rising order, m hypotheses: against one false rejection in the family.'],
  family_bh: [
    'Benjamini and Hochberg’s adjustment',
    'p in rising order, m hypotheses: the expected share of false rejections.',
  ],
  family_by: ['Benjamini and Yekutieli’s adjustment', 'The same under any dependence.'],
  family_rw: [
    'Romano and Wolf’s adjustment',
    't in falling order; t* of wild bootstrap draws in which all hypotheses share the weight of a cluster.',
  ],
  family_wy: ['Westfall and Young’s adjustment', 'The same by least p-values.'],
  hausman: ['Hausman test', 'Fixed against random effects, each with its own variance.'],
  mundlak: ['Mundlak’s test', 'The unit means beside the regressors under random effects.'],
  check_vif: [
    'Variance inflation',
    'R² of each regressor on the others, net of effects, without them, and beside their dummies.',
  ],
  check_reset: ['RESET', 'Powers of the fitted values, tested under the covariance of the model.'],
  check_wooldridge: ['Test of serial correlation', 'u the residuals of the model in differences; errors by unit.'],
  check_hetero: [
    'Modified Wald test of unequal variances',
    's_i² the mean squared residual of unit i, V_i its variance.',
  ],
  check_cd: ['Pesaran’s CD', 'r the correlation of two units over their common periods.'],
  check_lm: [
    'Breusch and Pagan’s LM',
    'r the correlation of two units over their common periods; scaled and corrected beside it.',
  ],
  unit_llc: ['Levin, Lin and Chu’s test', 'One root for all units, t adjusted by the tables of the paper.'],
  unit_ips: [
    'Im, Pesaran and Shin’s test',
    't of each unit’s augmented Dickey-Fuller regression; E and V of their tables.',
  ],
  unit_fisher: ['Fisher-type tests', 'p of each unit’s augmented Dickey-Fuller test.'],
  correlations: [
    'Correlations',
    'With a covariance P follows from pseudo-values by the delta method; else from t with n − 2 degrees of freedom.',
  ],
  groups: [
    'Means by group',
    'Equality of the means under the covariance that the table names; without one Welch’s test.',
  ],
  balance: [
    'Balance of groups',
    'm means, s standard deviations; the joint test regresses membership on all variables.',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, text: string]>>;
