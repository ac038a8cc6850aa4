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
  'framework.note': 'Verdicts under: {vcov}.',
  'framework.second_note': 'No hypothesis is about an arrow without a name.',
  'framework.pathless': 'Not drawn, as no path is known of them: {ids}.',
};
