/** Tests of variables of a panel and checks of models, English. */
export const panelTestsEn = {
  'check.title': 'Checks of the model',
  'check.test': 'Test',
  'check.statistic': 'Statistic',
  'check.distribution': 'Under the null',
  'check.f': 'F({a}, {b})',
  'check.chi2': 'chi2({a})',
  'check.t': 't({a})',
  'check.normal': 'N(0, 1)',
  'check.reset': 'RESET, powers of fitted values up to {power}',
  'check.wooldridge': 'Serial correlation, differences (Wooldridge)',
  'check.wooldridge-within': 'Serial correlation, within residuals (Wooldridge)',
  'check.modified-wald': 'Unequal variances of units (modified Wald)',
  'check.cd': 'Dependence of units (Pesaran CD)',
  'check.lm': 'Dependence of units (Breusch-Pagan LM)',
  'check.scaled-lm': 'Dependence of units (scaled LM)',
  'check.corrected-lm': 'Dependence of units (bias-corrected scaled LM)',
  'check.about_reset':
    'RESET (Ramsey 1969): null, powers of the fitted values add nothing to the model, as they would where its form is wrong. Under: {vcov}.',
  'check.about_wooldridge':
    'Serial correlation, differences (Wooldridge 2010, 10.6.3; xtserial): null, the errors are not serially correlated, so that residuals of the differenced model have the coefficient −0.5 on their lag.',
  'check.about_wooldridge-within':
    'Serial correlation, within residuals (Wooldridge 2010, 10.5.4; pwartest): the same null; the coefficient is −1/(T − 1).',
  'check.coefficient': '{test}: coefficient {estimate}, under the null {value}; {rows:row/rows} of {units:unit/units}.',
  'check.about_modified-wald':
    'Unequal variances (Greene 2000, p. 598; xttest3): null, the errors of all units have one variance. With few periods it rejects nearly always, equal variances or not (docs/methods/model-checks.md).',
  'check.about_cd':
    'Dependence of units: null, residuals of different units are not correlated. {pairs:pair/pairs} of {units:unit/units}, mean correlation {mean}, mean of absolute values {absolute}.',
  'check.about_lm': 'LM is for few units in many periods; with many units it rejects too often.',
  'check.period_effects':
    'With effects of periods the residuals of a period add up to about zero over the units, which pulls CD below zero (Juodis and Reese 2022).',
  'check.left_out': '{test}: {count:unit has/units have} too few rows and {count|is|are} left out.',
  'check.dropped': '{test}: left out as combinations of what the model has: {names}.',
  'check.pairs_left_out':
    '{count:pair/pairs} of units with fewer than two common periods, or without variation in them, {count|is|are} left out.',
  'check.of_model': '{model} {test}',
  'check.none': '{test}: no test, because {reason}.',
  'check.no_no-units': 'no unit has enough periods that vary; take fewer lags or a longer panel',
  'check.no_one-unit': 'one unit alone is left; a test of a panel needs two at least',
  'check.no_unbalanced':
    'units have different periods; balance the panel by a condition, or take a test that allows it (ips, fisher; serial by differences)',
  'check.no_gaps': 'some series have gaps; fill or leave out these units, or take fisher',
  'check.no_short':
    'there are too few periods for it (three in a row for serial correlation; six rows of a regression for ips, seven with a trend)',
  'check.no_many-lags':
    'no moments are tabulated for so many lags in so few periods (Im, Pesaran and Shin 2003, table 3); take fewer lags, such as bic 2',
  'check.no_no-constant': 'it has no form without a constant; take constant or trend',
  'check.no_no-pairs': 'no two units vary in two periods that both have',
  'check.no_effects':
    'an effect of the model changes within units and does not follow the periods, so that differences do not take it out; leave it out of the model for this test',
  'check.no_weights': 'it has no form with weights; ask for it without them',
  'check.no_collinear': 'the powers are combinations of the regressors and the effects',
  'check.no_no-variance': 'the covariance has no variance for the powers',
  'check.no_exact-fit': 'the fitted values, or the differences, do not vary',
  'vif.title': 'Variance inflation',
  'vif.regressor': 'Regressor',
  'vif.plain': 'VIF',
  'vif.net': 'VIF net of effects',
  'vif.pooled': 'VIF without effects',
  'vif.dummies': 'VIF beside dummies',
  'vif.mean': 'Mean',
  'vif.row': '{model} {term}',
  'vif.note':
    'VIF: 1/(1 − R²) of the regressor on the others; the variance of its coefficient is so many times as large as if it stood alone.',
  'vif.note_effects':
    'Net of effects: after the fixed effects are taken out of every regressor. Without effects: as in a pooled regression. Beside dummies: the effects’ dummies are among the others (estat vif after reg with dummies).',
  'panel_test.title': 'Unit roots and dependence of units',
  'panel_test.title_roots': 'Panel unit root tests',
  'panel_test.title_dependence': 'Dependence of units',
  'panel_test.variable': 'Variable',
  'panel_test.p_row': 'P',
  'panel_test.of_variable': '{variable}, {tests}',
  'panel_test.pairs_left_out':
    '{variable}: {count:pair/pairs} of units with fewer than two common periods, or without variation in them, {count|is|are} left out.',
  'panel_test.units': 'Units',
  'panel_test.lags': 'Lags (mean)',
  'panel_test.llc': 'LLC',
  'panel_test.ips': 'IPS W',
  'panel_test.fisher-p': 'Fisher χ²',
  'panel_test.fisher-z': 'Fisher Z',
  'panel_test.fisher-l': 'Fisher L*',
  'panel_test.fisher-pm': 'Fisher Pm',
  'panel_test.cd': 'CD',
  'panel_test.lm': 'LM',
  'panel_test.scaled-lm': 'Scaled LM',
  'panel_test.corrected-lm': 'Corrected LM',
  'panel_test.roots_note':
    'Unit roots: null, every series has a unit root; LLC (Levin, Lin and Chu 2002): against one common root below 1; IPS (Im, Pesaran and Shin 2003) and Fisher (Maddala and Wu 1999; Choi 2001): against roots below 1 in some. Augmented Dickey-Fuller regressions by unit, {deterministic}; {lags}.',
  'panel_test.with_none': 'without constant or trend',
  'panel_test.with_constant': 'with a constant',
  'panel_test.with_trend': 'with a constant and a trend',
  'panel_test.lags_fixed': '{lags:lag/lags}',
  'panel_test.lags_chosen': 'lags of each unit chosen by {rule}, {most} at most',
  'panel_test.lags_chosen_own': 'lags of each unit chosen by {rule}, 4(T/100)^(1/4) at most',
  'panel_test.rule_aic': 'AIC',
  'panel_test.rule_bic': 'BIC',
  'panel_test.rule_hall': 'Hall’s t',
  'panel_test.demeaned': 'The mean of each period is taken off first.',
  'panel_test.dependence_note':
    'Dependence: null, different units are not correlated; CD (Pesaran 2004), LM (Breusch and Pagan 1980) and scaled LM by the correlations of all pairs.',
  'panel_test.correlation': '{variable}: mean correlation {mean}, mean of absolute values {absolute}.',
  'panel_test.short_units':
    '{variable}: {count:unit has/units have} too few periods for the regression and {count|is|are} left out.',
  'panel_test.constant_units':
    '{variable}: {count:unit/units} whose series does not vary, or follows its own past exactly, {count|is|are} left out.',
  'panel_test.beyond_llc': '{variable}: LLC tabulates 25 to 500 periods; the nearest moments were taken.',
  'panel_test.beyond_ips': '{variable}: IPS tabulates 10 rows or more; the moments of 10 were taken.',
} as const;
