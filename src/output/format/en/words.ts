/** Words and lists used everywhere, English. */
export const wordsEn = {
  yes: 'Yes',
  no: 'No',
  omitted: 'omitted',
  synthetic: 'Synthetic data',
  'synthetic.note':
    'Synthetic data: simulated to the paper’s description and calibrated to its printed tables. Not the authors’ data, not a replication.',
  'stars.legend': '; {items}',
  'stars.own': ', with the stars of their own p-values',
  'stars.legend_percent': '; {marks} significant at the {levels} level',
  'list.and': '{first} and {second}',
  'list.space': '{first} {second}',
  'list.comma': '{first}, {second}',
  'list.semicolon': '{first}; {second}',
} as const;
