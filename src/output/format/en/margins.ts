/** Effects over moderators, English. */
export const marginsEn = {
  'margins.title': 'Effect of {treatment} over {moderator}',
  'margins.place': 'At',
  'margins.value': 'Moderator',
  'margins.band': 'Band over the range [95%]',
  'margins.place_min': 'minimum',
  'margins.place_p10': '10th percentile',
  'margins.place_p25': '25th percentile',
  'margins.place_median': 'median',
  'margins.place_mean': 'mean',
  'margins.place_p75': '75th percentile',
  'margins.place_p90': '90th percentile',
  'margins.place_max': 'maximum',
  'margins.place_value': 'value',
  'margins.at_second': '{second} = {value}: {place}',
  'margins.raw':
    '{moderator} enters raw: the coefficient of {treatment} is its effect where {moderator} = 0, {where}. At the mean of {moderator} ({mean}), which the coefficient of a centred model would be, it is {effect}.',
  'margins.centred':
    '{moderator} enters centred or in other units: the coefficient of {treatment} is its effect where {moderator} = {zero}, {where}. At the mean of {moderator} ({mean}) it is {effect}.',
  'margins.inside': 'within its range in the sample ({min} to {max})',
  'margins.outside': 'outside its range in the sample ({min} to {max})',
  'margins.regions': '{of}told from 0 at 5% {regions}; so are {share}% of the rows.',
  'margins.regions_all': 'Over the range at once: {regions}.',
  'margins.of_effect': 'Effect of {treatment}: ',
  'margins.of_second': 'Effect of {treatment} where {second} = {value}: ',
  'margins.above': '{sign} where {moderator} > {low}',
  'margins.below': '{sign} where {moderator} < {high}',
  'margins.between': '{sign} where {moderator} is between {low} and {high}',
  'margins.everywhere': '{sign} everywhere',
  'margins.nowhere': 'nowhere',
  'margins.positive': 'positive',
  'margins.negative': 'negative',
  'margins.critical':
    'Intervals hold at one value of {moderator} ({pointwise} errors), the band at all from {min} to {max} at once ({simultaneous} errors).',
  'margins.lacks':
    'The model lacks {terms}, so that the line is forced by what is left out: write {treatment}*{moderator}.',
  'margins.few':
    '{moderator} has {distinct:value/values} only: the effect stands at each, and what lies between them says nothing. Let each have an effect of its own: i({moderator}, {treatment}).',
  'margins.bins': 'Effect of {treatment} in parts of the range of {moderator}',
  'margins.bin': 'Part',
  'margins.bin_range': '{low} to {high}',
  'margins.bin_value': 'Median',
  'margins.bin_nobs': 'Rows',
  'margins.bin_line': 'Line there',
  'margins.linear_model':
    'Each part has a line of its own (Hainmueller, Mummolo and Xu 2019). Test of one line for all, every added term 0: {test}.',
  'margins.linear_values':
    'Each value has an effect of its own. Test of one line through all, every added term 0: {test}.',
  'margins.linear_effect': 'Test of the effect alone, added terms with {treatment} 0: {test}.',
  'margins.test': 'F({q}, {df}) = {f}, p = {p}',
  'margins.test_chi2': 'chi2({q}) = {f}, p = {p}',
  'margins.test_none': 'none can be had',
  'margins.bent':
    'The effect is no line in {moderator} at 5%: go by the parts, and let the formula have the shape that they show.',
  'margins.bent_elsewhere':
    'The effect may be a line, but the model is none at 5%: the outcome seems bent over {moderator} by itself, whatever {treatment} is. Give {moderator} that shape among the controls, a square or i() of groups, and look again.',
  'margins.straight': 'Nothing at 5% speaks against a line.',
  'margins.no_second-moderator': 'No binning estimator: the effect depends on a second moderator.',
  'margins.no_instruments': 'No binning estimator: it is not there for models with instruments.',
  'margins.no_bunched':
    'No binning estimator: the values of {moderator} bunch, so that terciles coincide. Cut it where it has sense and let i() of the groups take its place.',
  'margins.no_two-values':
    'No binning estimator is needed: {moderator} has two values, and a line through two is exact.',
  'margins.figure_title': 'Effect of {treatment} over {moderator}',
  'margins.figure_axis': 'Effect of {treatment} on {outcome}',
  'margins.figure_line': 'Effect',
  'margins.figure_second': '{second} = {value}',
  'margins.figure_bins': 'In terciles',
  'margins.figure_values': 'At each value',
  'margins.figure_note':
    'Dark band: 95% at each value; light band: 95% over the range at once. Bars: rows of the sample by {moderator}.',
  'margins.figure_bounds': 'Vertical lines: where the effect begins or ceases to be told from 0 (Johnson-Neyman).',
  'margins.figure_bins_note': 'Points: effect at the median of each tercile, with 95% intervals (binning estimator).',
} as const;
