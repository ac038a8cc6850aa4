/** Slopes compared across groups, English. */
export const differencesEn = {
  'differences.groups': 'Slopes of {term} in the groups',
  'differences.of_groups': '{title}: {groups}',
  'differences.group': 'Group',
  'differences.p': 'P',
  'differences.nobs': 'Obs',
  'differences.units': 'Units',
  'differences.rows': 'row',
  'differences.absent': '{group}: left out, because controls and fixed effects leave nothing of {term} in it.',
  'differences.wild_note':
    'P (bootstrap): groups with fewer than 30 clusters by the wild cluster bootstrap of type {type}, errors clustered by {errors}; Webb’s weights below 12 clusters, Rademacher’s above.',
  'differences.title': 'Differences between groups in {term}',
  'differences.pairs': 'Groups',
  'differences.pair': '{model} less {base}',
  'differences.all_equal': 'One slope in all groups',
  'differences.difference': 'Difference',
  'differences.p_holm': 'P (Holm)',
  'differences.larger': 'As large',
  'differences.chow': 'Chow',
  'differences.suest': 'suest',
  'differences.both': 'Chow',
  'differences.permute': 'Permuted',
  'differences.chow_note':
    'Chow: one regression in which every coefficient and every fixed effect is that of its group, under the covariance above.',
  'differences.suest_note':
    'suest: seemingly unrelated models, by the joint covariance of their stacked influence functions.',
  'differences.both_note':
    'Chow: one regression in which every coefficient and every fixed effect is that of its group. Under this covariance the seemingly unrelated models (suest) give the same numbers.',
  'differences.joint_f': '{form}, one slope in all groups: F({df1}, {df2}) = {f}.',
  'differences.joint_chi2': '{form}, one slope in all groups: chi2({df1}) = {chi2}.',
  'differences.permute_note':
    'Permuted: groups change places between units ({unit}) as a whole and both models are estimated again (Fisher). The null is that the groups differ in nothing, so a group whose rows are noisier may be told apart, too.',
  'differences.drawn_note':
    'P of drawn permutations is (1 + #) / (1 + B): # of the B draws are as large as the difference, either way. Seed {seed}.',
  'differences.exact_note': 'Where there are few assignments, each was taken once: P is exact, # / B.',
  'differences.failed': '{failed:draw leaves/draws leave} a group without a slope and {failed:is/are} not counted.',
  'differences.holm_note': 'P (Holm): adjusted for all {pairs} pairs.',
  'differences.without': '{method}: no numbers, because {reason}.',
  'differences.shared': '{units:unit is/units are} in more than one group, with {rows:row/rows} in common.',
  'differences.orders': 'Order of the slopes of {term}',
  'differences.order': 'Claim',
  'differences.above': '{first} > {second}',
  'differences.largest': '{group} the largest',
  'differences.observed': 'Estimates',
  'differences.probability': 'Share of draws',
  'differences.p_order': 'P (opposite)',
  'differences.order_note':
    'Share of draws of units ({unit}), with replacement within groups, in which the slopes stand in this order; seed {seed}.',
  'differences.order_p_note':
    'P (opposite): test that some slope of the claim does not stand so, the largest one-sided P of its differences (intersection-union).',
  'differences.summary': '{term}, one slope in {groups}: P {tests}.',
  'differences.below': '< {p}',
  'differences.summary_test': '{p} ({test})',
  'differences.summary_permuted': 'groups exchanged between units',
} as const;
