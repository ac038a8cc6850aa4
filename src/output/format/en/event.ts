/** Leads and lags of a treatment, English. */
export const eventEn = {
  'event.tests': 'Before the treatment',
  'event.test': 'Zero together',
  'event.periods': 'Periods {periods}',
  'event.effects': 'Effects from the treatment on',
  'event.group': 'Treated',
  'event.all': 'all (ATT)',
  'event.cohort': 'in {cohort}',
  'event.rows': 'Treated rows',
  'event.no_before':
    '{text}: no period before the treatment beside the reference, so that nothing speaks of trends before it.',
  'event.references': '{text}: reference {periods}; compared with {controls} ({rows:row/rows}).',
  'event.ends': 'Periods up to {leads} and from {lags} on are one each.',
  'event.end_before': 'Periods up to {leads} are one.',
  'event.end_after': 'Periods from {lags} on are one.',
  'event.control_never': 'units not treated in the data',
  'event.control_later': 'cohorts treated after the sample ends ({cohorts})',
  'event.control_last': 'the last cohort until its treatment ({cohorts})',
  'event.control_named': 'the cohorts {cohorts}',
  'event.control_none': 'units not yet treated',
  'event.plain':
    'Leads and lags of all cohorts together are averages of their effects only where these are the same; sunab() takes each cohort by itself (Sun and Abraham 2021).',
  'event.shares':
    'Effects of cohorts are averaged with the shares of their rows, which are taken as fixed, as fixest does (Sun and Abraham 2021).',
  'event.power':
    'A test that does not reject is no proof of parallel trends: it may lack the power to see them (Roth 2022).',
  'figure.event_axis': 'Periods since the treatment',
  'figure.event_value': 'Effect on {outcome}',
  'figure.event_reference': 'Reference',
  'figure.event_note':
    'Points are estimates, bars 95% confidence intervals; reference {periods} (zero by construction); the line stands between the last period before the treatment and the first one of it.',
  'figure.event_ends': '{model}: {ends}',
  'figure.event_pretrend': 'Periods before the treatment zero together ({model}): F({df1}, {df2}) = {f}, p = {p}.',
  'figure.event_pretrend_normal': 'Periods before the treatment zero together ({model}): chi2({df1}) = {f}, p = {p}.',
  'figure.event_no_pretrend': 'Periods before the treatment zero together ({model}): no test.',
  'figure.event_plain': 'Leads and lags',
  'figure.event_sunab': 'Sun and Abraham',
} as const;
