/** Words in figures, English. */
export const figureEn = {
  'framework.supported': 'supported',
  'framework.partly': 'partly supported',
  'framework.not-supported': 'not supported',
  'framework.untested': 'not tested',
  'framework.moderator': 'moderator',
  'framework.mediator': 'mediator',
  'framework.threshold': 'threshold',
  'framework.threshold_at': 'threshold: {value}',
  'regimes.density_title': '{variable} in the regimes of {by}',
  'regimes.density_note': 'Kernel densities (Epanechnikov) of the rows of each regime; each has an area of one.',
  'regimes.density_none': 'No density in {regime}: it does not vary there.',
  'regimes.paths_title': 'Units through the regimes of {by}',
  'regimes.units_axis': '{units:unit/units}, those lower for longer first',
  'regimes.paths_note':
    '{stays:unit/units} in one regime throughout; {up} only upwards, {down} only downwards, {back} both ways.',
  'framework.note': 'Verdicts under: {vcov}.',
  'framework.second_note': 'No hypothesis is about an arrow without a name.',
  'framework.pathless': 'Not drawn, as no path is known of them: {ids}.',
};
