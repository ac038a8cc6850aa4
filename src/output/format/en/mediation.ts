/** Mediation, English. */
export const mediationEn = {
  'mediation.steps': 'Mediation of {treatment} on {outcome}: the steps',
  'mediation.step': 'Step',
  'mediation.total': 'Total effect: {treatment} on {outcome}',
  'mediation.a': 'a, first path: {treatment} on {mediator}',
  'mediation.b': 'b: {mediator} on {outcome}',
  'mediation.direct': 'Direct effect: {treatment} on {outcome}, mediators held',
  'mediation.indirect': 'Mediation of {treatment} on {outcome}: indirect effects',
  'mediation.path': 'Through',
  'mediation.all': 'all mediators',
  'mediation.estimate': 'a·b',
  'mediation.sobel_se': 'SE (Sobel)',
  'mediation.z': 'z',
  'mediation.p': 'P>|z|',
  'mediation.monte_carlo': 'Monte Carlo [95%]',
  'mediation.percentile': 'Bootstrap [95%]',
  'mediation.bca': 'BCa [95%]',
  'mediation.share': 'Share',
  'mediation.share_interval': 'Share [95%]',
  'mediation.carried':
    'Through {mediator}: {interval} of a·b leaves out 0, so that an indirect effect is told from none at 5%. The claim holds as far as nothing left out moves both {mediator} and {outcome}: errors that correlate by {rho} would make the effect 0.',
  'mediation.first_only':
    'Through {mediator}: {treatment} moves {mediator} (first path, 5%), but {interval} of a·b holds 0. The first path does not carry the claim that the effect on {outcome} goes through {mediator}.',
  'mediation.not_carried':
    'Through {mediator}: {interval} of a·b holds 0, and the first path is not told from 0 at 5% either. No claim of mediation rests on this.',
  'mediation.interval_bootstrap': 'the bootstrap interval',
  'mediation.interval_monte_carlo': 'the Monte Carlo interval',
  'mediation.interval_none': 'no interval',
  'mediation.no_interval':
    'Through {mediator}: a·b has no interval here, so that no claim rests on it. Ask for a covariance that several equations can have together, such as cluster:NAME.',
  'mediation.rests':
    'A claim of mediation rests on the indirect effect a·b and its bootstrap interval. The first path alone says that the treatment moves the mediator, not that the mediator moves the outcome; that the total effect differs from 0 is not needed. Sobel takes a·b to be normal, which it is only in large samples; Monte Carlo takes a and b to be.',
  'mediation.drawn':
    'Bootstrap: {reps:draw/draws} of {units:unit/units} ({by}) with replacement, seed {seed}; every equation and every fixed effect estimated anew.',
  'mediation.drawn_rows': 'Bootstrap: {reps:draw/draws} of {units:row/rows} with replacement, seed {seed}.',
  'mediation.failed': '{failed:draw was/draws were} left out, in which an equation could not be estimated.',
  'mediation.none_one-unit': 'No bootstrap: there is one unit alone ({by}).',
  'mediation.none_too-many-levels':
    'No bootstrap: fixed effects that cross the units ({by}) have too many levels. Cluster by a unit that they lie in, or leave the finer effects out.',
  'mediation.none_failed':
    'No bootstrap: the equations could not be estimated in {failed} of {reps:draw/draws}. Ask for fewer regressors, or for a coarser unit.',
  'mediation.joint_stacked': 'Sobel and Monte Carlo: joint covariance of a and b from the stacked equations, {vcov}.',
  'mediation.joint_classical': 'Sobel and Monte Carlo: iid errors, under which a and b are uncorrelated.',
  'mediation.joint_none':
    'No Sobel and no Monte Carlo interval: equations on the same rows have no joint covariance of this kind ({vcov}).',
  'mediation.lost':
    '{lost:row/rows} of the model without a mediator {lost|is|are} in no equation, so that the effects add up.',
  'mediation.sensitivity': 'Indirect effects when the errors of mediator and outcome correlate',
  'mediation.alone': 'rho = 0',
  'mediation.rho_zero': 'rho at which it is 0',
  'mediation.rho_interval': '[95%]',
  'mediation.r2_product': 'R² product',
  'mediation.at_rho': 'rho = {rho}',
  'mediation.sensitivity_note':
    'Imai, Keele and Yamamoto (2010), each mediator alone: nothing in the data says what rho is. R² product: of what is unexplained of mediator and outcome, the shares that a common cause would take, multiplied.',
  'mediation.curve_axis': 'Correlation of the errors (rho)',
  'mediation.curve_value': 'Indirect effect of {treatment} through {mediator}',
  'mediation.curve_title': 'Indirect effect through {mediator} when errors correlate',
  'mediation.curve_note': 'Zero at rho = {rho}. Band: middle 95% of the bootstrap, point by point.',
  'mediation.curve_note_bare': 'Zero at rho = {rho}.',
} as const;
