import type { DiagnosticText } from '../error-text/contract.ts';
import { sheetNoteEn } from '../error-text/file-text.ts';
import { periodText } from '../error-text/lost-rows.ts';

/** Noteworthy things in English. */
export const diagnosticTextEn: DiagnosticText = {
  'collinear-dropped': (d) =>
    `Omitted because of collinearity: ${d.text('terms', 'some terms')}. Each is a combination of earlier terms or of the fixed effects.`,
  'instruments-dropped': (d) =>
    `Instruments dropped because of collinearity: ${d.text('terms', 'some')}. Each is a combination of the exogenous regressors, the fixed effects or earlier instruments.`,
  'effect-contained': (d) =>
    `The effects of ${d.text('coarse', 'one variable')} are contained in those of ${d.text('fine', 'another')}: they change no coefficient.`,
  'singletons-dropped': (d) =>
    d.text('count', '') === '1'
      ? `1 singleton observation was dropped (${d.text('levels', 'one level')}): it was alone in a level of a fixed effect and carried no information.`
      : `${d.text('count', 'Some')} singleton observations were dropped (${d.text('levels', 'several levels')}): each was alone in a level of a fixed effect and carried no information.`,
  'singletons-kept': (d) =>
    d.text('count', '') === '1'
      ? `1 observation is alone in a level of a fixed effect (${d.text('levels', 'one level')}). It is kept; it changes no coefficient but counts as an observation.`
      : `${d.text('count', 'Some')} observations are alone in a level of a fixed effect (${d.text('levels', 'several levels')}). They are kept; they change no coefficient but count as observations.`,
  'rows-undefined': (d) =>
    `${d.text('name', 'A function')} has no value in ${d.text('count', 'some')} rows, which are not in the sample: the argument is not positive, or a divisor is zero.`,
  'event-cells-dropped': (d) =>
    `${d.count('count', 'effect of a cohort in a period is', 'effects of cohorts in periods are', 'Some effects are')} not told apart from the fixed effects (cohorts ${d.text('cohorts', '')}): nobody is untreated there to compare with. The averages are of the others.`,
  'event-controls-treated': (d) =>
    `${d.count('count', 'row', 'rows', 'Some rows')} of the controls named by ref.c (${d.text('cohorts', '')}) lie after the treatment of their own cohort and count as untreated, as in fixest. Leave them out with --where.`,
  'lags-absent': (d) =>
    `${d.count('count', 'row has', 'rows have', 'Some')} no period that ${d.text('terms', 'a lag')} asks for and ${d.word('count', 'is', 'are')} not in the sample; in ${d.text('gaps', 'some')} of them the series of the unit has a gap there, the others are its first or last periods.`,
  'panel-period': (d) => periodText(d, 'en'),
  'identifiers-rounded': (d) =>
    `${d.text('names', 'A column that names groups')} holds whole numbers of 2^53 and more in double precision: identifiers that differ may have become one when the file was written. Write them as text or as 64-bit integers.`,
  'panel-keys-swapped': (d) =>
    `${d.text('time', 'the second column')} looks like the unit (${d.text('times', '?')} values), ${d.text('unit', 'the first column')} like the time (${d.text('units', '?')}): did you mean --panel ${d.text('time', 'the second column')},${d.text('unit', 'the first column')}? Lags look back along the second column.`,
  'panel-keys-missing': (d) =>
    `${d.text('count', 'Some')} rows of the data have no ${d.text('unit', 'unit')} or no ${d.text('time', 'time')}: no lag is found for them or among them.`,
  'perfect-fit': (d) =>
    `The regressors explain ${d.text('outcome', 'the outcome')} exactly: it is made of them, as in an accounting identity. Residuals and standard errors are rounding noise.`,
  'outcome-among-regressors': (d) =>
    `${d.text('terms', 'A term')} on the right is ${d.text('outcome', 'the outcome')} itself, or a linear function of it within the fixed effects. Coefficients and standard errors say nothing.`,
  'constant-outcome': (d) =>
    `${d.text('outcome', 'The outcome')} is constant in the sample: there is nothing to explain.`,
  'threshold-wild-draws': (d) =>
    `The panel is not balanced, so whole units of residuals cannot change places: the bootstrap multiplies the residuals of each unit by one random sign (${d.text('draw', 'wild')}).`,
  'threshold-fewer-found': (d) =>
    `Only ${d.text('found', 'some')} of ${d.text('asked', 'the')} thresholds leave every regime ${d.count('minRows', 'row', 'rows', 'enough')}; the search stopped there.`,
  'threshold-few-switchers': (d) =>
    `Only ${d.text('switchers', 'few')} of ${d.count('units', 'unit', 'units', 'all')} have rows in more than one regime. With unit effects they alone identify the change of the slope within units; for the others the threshold is a difference between units.`,
  'threshold-set-broken': (d) =>
    `The confidence set of threshold ${d.text('threshold', '')} has ${d.count('count', 'separate part', 'separate parts', 'several')}: the interval that is printed spans them.`,
  'threshold-not-joint': (d) =>
    `The thresholds found one after the other are not the best pair: ${d.text('gamma', 'another pair')} has the smaller sum of squares.`,
  'engine-accuracy': (d) =>
    `${d.text('names', 'Some columns')}: the numbers lie so far from zero, beside what varies within the fixed effects, that sums in double precision hold fewer than nine digits of the results. Subtract a round number from the column first.`,
  'from-sums': (d) =>
    `Estimated from sums by ${d.text('by', 'group')} (${d.count('groups', 'group', 'groups', 'several')}, each of at least ${d.count('least', 'row', 'rows', 'a few')}), without the rows.`,
  'few-clusters': (d) =>
    `Only ${d.count('clusters', 'cluster', 'clusters', 'a few')} by ${d.text('by', 'the cluster variable')}: clustered standard errors are unreliable with so few. The covariance cr2:NAME, whose degrees of freedom allow for it, and the wild cluster bootstrap (--wild TERM; wild in a study) are the least so. What --clusters TERM (clusters) adds shows them side by side, what each cluster does to the coefficient, and which to report.`,
  'covariance-repaired': (d) =>
    `The covariance matrix was not positive semi-definite (smallest eigenvalue ${d.text('smallest', 'negative')} of the largest); its negative eigenvalues were set to zero.`,
  'error-undefined': (d) => {
    const terms = d.text('terms', 'some coefficients');
    switch (d.text('reason', '')) {
      case 'zero':
        return `No t statistic for ${terms}: the standard error is exactly zero under this covariance.`;
      case 'held':
        return `No standard errors for ${terms}: the instruments hold all of the regressor, and what is left is rounding.`;
      default:
        return `No standard error for ${terms}: the estimated variance is no positive number that can be held.`;
    }
  },
  'test-undefined': (d) => {
    const tests = d.text('tests', 'a test');
    switch (d.text('reason', '')) {
      case 'covariance-rank':
        return `No value for ${tests}: the covariance has fewer directions (clusters, groups or rows) than the test has restrictions${d.text('ranks', '')}.`;
      case 'too-few-degrees':
        return `No value for ${tests}: too few degrees of freedom are left for it.`;
      case 'held':
        return `No value for ${tests}: the instruments hold all of the regressor, and what is left is rounding.`;
      case 'no-variance':
        return `No value for ${tests}: the restrictions have no variance under this covariance.`;
      default:
        return `No value for ${tests}: a number in it is too large or too small to be held.`;
    }
  },
  'constant-not-reported': (d) =>
    d.text('reason', '') === 'other-effects-not-estimable'
      ? 'The constant of xtreg, fe is not reported: the other fixed effects cannot all be estimated as dummies beside the first.'
      : 'The constant is absorbed by the fixed effects and is not reported.',
  'cells-interpolated': (d) =>
    `${d.count('count', 'missing cell', 'missing cells', 'Some')} of ${d.text('measure', 'a measure')} ${d.word('count', 'was', 'were')} filled by linear interpolation between observed years.`,
  'cells-missing': (d) =>
    `${d.count('count', 'cell', 'cells', 'Some')} of ${d.text('measure', 'a measure')} ${d.word('count', 'is', 'are')} missing and ${d.word('count', 'was', 'were')} not filled.`,
  'header-blank': (d) =>
    `Columns without a name in the header (as R and pandas write row names) are called by their place: ${d.text('names', 'col1')}.`,
  'header-repeated': (d) =>
    `The header has ${d.text('names', 'a name')} more than once; each but the first is called ${d.text('called', 'otherwise')}.`,
  'rows-unassigned': (d) =>
    `${d.count('count', 'row', 'rows', 'Some')} could not be assigned to ${d.text('to', 'a city')} and ${d.word('count', 'was', 'were')} left out.`,
  ...sheetNoteEn,
  'comparison-undefined': (d) => {
    const names = d.text('names', 'some');
    switch (d.text('reason', '')) {
      case 'constant':
        return `No test of ${names}: constant in these rows. Leave it out, or choose rows in which it varies.`;
      case 'few-rows':
        return `No correlation of ${names}: fewer than 3 rows have both. Look for missing cells, or leave one of the two out.`;
      case 'no-rows':
        return `No test of ${names}: no row of the group has a value. Leave the variable or the group out.`;
      case 'one-row':
        return `No test of ${names}: a group of one row has no variance. Join it with another group, leave it out by a condition on rows, or suppose equal variances.`;
      case 'one-cluster':
        return `No test of ${names}: the whole group lies in one cluster, so nothing says how its mean varies between clusters. Cluster by something finer, or compare other groups.`;
      case 'one-value':
        return `No test of all groups together, ${names}: the group has one value alone, and Welch’s F divides by its variance. Suppose equal variances (variances equal), give the covariance (vcov), or leave the group out.`;
      case 'no-error':
        return `No test of ${names}: under these errors the correlation has no standard error above zero, as where one variable is a line in the other.`;
      default:
        return `No test of ${names}: no group has any spread in it, so the difference is exact or nothing.`;
    }
  },
  'synthetic-data': () =>
    'The raw layer was simulated: these are not the authors’ data, and the results are not a replication.',
};
