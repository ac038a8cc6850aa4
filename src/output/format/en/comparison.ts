/** Printed and obtained numbers, truth and estimates, English. */
export const comparisonEn = {
  'comparison.title': 'Printed and obtained numbers',
  'comparison.title_synthetic': 'Distance of the synthetic data from the printed numbers',
  'comparison.note':
    'Difference is obtained less printed. Equal: the same at the printed digits; near: within the tolerance.',
  'comparison.note_synthetic':
    'Difference is obtained less printed. It says how far the simulated data are from the paper’s; it says nothing about whether the paper’s results hold.',
  'comparison.table': 'Table',
  'comparison.column': 'Column',
  'comparison.term': 'Row',
  'comparison.published': 'Printed',
  'comparison.obtained': 'Obtained',
  'comparison.difference': 'Difference',
  'comparison.tolerance': 'Tolerance',
  'comparison.verdict': 'Verdict',
  'verdict.equal': 'equal',
  'verdict.near': 'near',
  'verdict.far': 'far',
  'verdict.missing': 'not obtained',
  'truth.title': 'Parameters of the simulation and their estimates',
  'truth.every': 'Every parameter ({count})',
  'truth.model': 'Model',
  'truth.main': '{outcome}, whole sample',
  'truth.truth': 'Truth',
  'truth.estimate': 'Estimate',
  'truth.se': 'Std. error',
  'truth.distance': 'Distance / SE',
  'truth.covers': 'Covered',
  'truth.note':
    'Covered: the 95% confidence interval holds the parameter. As the sampling error of these parameters was taken out, every interval should; the share says nothing on how often intervals cover in general.',
  'truth.note_sampled':
    'Covered: the 95% confidence interval holds the parameter. Some 5 % of valid intervals do not, and those of one panel miss together, for their models share its errors.',
  'truth.intro_sampled':
    'The parameters behind simulated data are known, and the data were drawn with their errors: estimates scatter about the parameters as samples do.',
  'truth.intro':
    'The parameters behind simulated data are known. The errors were moved so that least squares on the sample returns these parameters up to the rounding of the raw tables: what is checked is the way from raw tables to estimates, not the sampling behaviour of the estimators.',
  'truth.coverage': '{covered} of {count:interval/intervals} cover the truth.',
  'comparison.intro':
    'The paper prints {count:number/numbers} in the tables of this study. Each is set beside the number obtained here.',
  'comparison.intro_synthetic':
    'The paper prints {count:number/numbers} in the tables of this study. Each is set beside the number obtained from the synthetic data. The simulation was calibrated to some of these very numbers, so closeness is by construction; the distances describe the simulation, not the paper.',
  'comparison.intro_sampled':
    'The paper prints {count:number/numbers} in the tables of this study. Each is set beside the number obtained from synthetic data that were drawn with their errors, the printed slopes being the parameters: the distances are sampling error and what the simulation leaves free, and say nothing of the paper.',
  'comparison.summary': 'Printed numbers by distance',
  'comparison.numbers': 'Numbers',
  'comparison.of_table': 'Table {table}',
  'comparison.all': 'All',
  'comparison.every': 'Every number ({count})',
} as const;
