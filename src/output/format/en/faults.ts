/** The score of the cleaning against the planted faults, English. */
export const faultsEn = {
  'score.title': 'Planted faults found and mended (seed {seed}, scale {scale})',
  'score.kind': 'Fault',
  'score.planted': 'Planted',
  'score.found': 'Found',
  'score.wrong': 'Wrong notes',
  'score.recall': 'Recall',
  'score.precision': 'Precision',
  'score.all': 'All',
  'score.panel': 'Cells of the panel against the clean layer',
  'score.build': 'Build',
  'score.cells': 'Cells',
  'score.differing': 'Differ',
  'score.unexplained': 'Unexplained',
  'score.as_is': 'as it is',
  'score.ruled': 'with {rules:proposed rule/proposed rules}',
} as const;
