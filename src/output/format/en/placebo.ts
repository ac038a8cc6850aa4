/** Fake treatment dates, English. */
export const placeboEn = {
  'placebo.earlier_title': 'Placebo: the treatment earlier',
  'placebo.periods_earlier': 'Treatment',
  'placebo.moved': '{term}, {periods:period/periods} earlier',
  'placebo.own': '{term}, as it was',
  'placebo.units': 'Units that switch',
  'placebo.rows': 'Rows treated',
  'placebo.earlier_note':
    'The treatment moved earlier, on the rows before it alone: nobody was treated yet, so that an effect is none of the treatment.',
  'placebo.average': 'Of event() and sunab(): the average of the effects from the treatment on, by treated rows.',
  'placebo.no_none-switch':
    '{text}, {periods} earlier: no unit has rows both before the moved treatment and from it on, so there is nothing to estimate. Move it by less.',
  'placebo.no_not-estimable':
    '{text}, {periods} earlier: on the rows before the treatment effects and controls leave nothing of it.',
  'placebo.dates_title': 'Placebo: dates at random',
  'placebo.term': 'Treatment',
  'placebo.how_units': 'Dates of treatment change places between {units:unit/units}, {treated} of them treated',
  'placebo.how_periods':
    'Each of the {treated:treated unit/treated units} gets a date drawn from {periods:period/periods}',
  'placebo.how_both':
    'Of {units:unit/units} {treated} are drawn as treated, each with a date drawn from {periods:period/periods}',
  'placebo.note':
    '{what}; {reps:draw/draws}, seed {seed}, the model estimated again on each. P: share of draws at least as far from zero, one-sided beside it; with (1+#)/(1+B) the test keeps its level whatever the number of draws.',
  'placebo.note_enumerated':
    '{what}; every one of the {reps:arrangement/arrangements} once, so that P is exact if dates were given by chance.',
  'placebo.failed':
    '{text}: in {failed} of {reps} draws the model cannot be estimated with the drawn dates; P does not count them.',
  'figure.earlier_axis': 'Periods by which the treatment is moved earlier (0: as it was)',
  'figure.earlier_value': 'Estimated effect of {term}, 95% confidence interval',
  'figure.earlier_moved': 'Moved earlier, rows before the treatment',
  'figure.earlier_own': 'As it was, all rows',
  'figure.dates_axis': 'Effect of {term} with dates at random',
  'figure.dates_note':
    '{reps:draw/draws} of dates: mean {mean}, standard deviation {sd}; share of them with an effect as large as the estimate {p}. Density by Epanechnikov’s kernel, bandwidth by Silverman’s rule; the dashed line across is P = 0.1.',
} as const;
