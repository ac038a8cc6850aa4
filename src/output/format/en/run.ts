/** The steps of a run, English. */
export const runEn = {
  'step.simulate': 'Synthetic raw layer',
  'step.raw': 'Raw tables',
  'step.panel': 'Panel',
  'step.models': 'Models',
  'step.tables': 'Tables and figures',
  'step.report': 'Report',
  'step.write': 'Files',
  'step.reused': 'reused',
  'step.raw_size': 'Writes about {size} MB of synthetic raw tables to {folder}',
  'step.own': 'your own files',
  'step.made': 'made',
  'step.panel_done': '{cities:city/cities}, {observations:observation/observations}',
  'step.panel_rows': '{rows:row/rows}',
  'run.open': 'Open first',
  'run.synthetic': 'The raw layer is synthetic: these are not the authors’ data, and this is not a replication.',
} as const;
