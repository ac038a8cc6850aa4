/** The steps of a run, English. */
export const runEn = {
  'step.simulate': 'Synthetic raw layer',
  'step.raw': 'Raw tables',
  'step.results': 'Results in place',
  'step.panel': 'Panel',
  'step.models': 'Models',
  'step.tables': 'Tables and figures',
  'step.report': 'Report',
  'step.write': 'Files',
  'step.reused': 'reused',
  'step.stands': 'reused: nothing that they rest on has changed',
  'step.to_make': 'to be made again: another program or other options made them, or a file is gone',
  'step.inputs_changed': 'to be made again: {count:input/inputs} changed ({names})',
  'step.raw_size': 'Writes about {size} MB of synthetic raw tables to {folder}',
  'step.own': 'your own files',
  'step.made': 'made',
  'step.panel_done': '{cities:city/cities}, {observations:observation/observations}',
  'step.panel_rows': '{rows:row/rows}',
  'run.took_over': 'Took {folder} over: the run that held it ({command}, process {pid}, since {since}) is gone',
  'run.waits': 'Waits for {folder}: process {pid} on {host} ({command}) has it since {since}',
  'run.finished':
    'An earlier run was stopped while its files got their places in {folder}: the last {count:file/files} moved',
  'run.cleaned':
    'An earlier run was stopped before its files were whole: {count:half-made file/half-made files} removed from {folder}',
  'run.kept': 'Kept in {folder}, not made by Kaya: {names}',
  'run.open': 'Open first',
  'run.layer_changed':
    'The raw layer is synthetic, {count:file/files} changed by hand since it was made: {files}. The results are of neither the layer that was made nor of real data.',
  'run.layer_added': '{count:file/files} beside the synthetic raw layer that it did not make, read with it: {files}',
  'run.report_without_data':
    'The panel is {megabytes} MB as the report would hold it, more than 24 MB: the report leaves it out, and stands as it is.',
  'run.figures_left_out': 'Not written: {files}. {why}',
  'run.stale': '{count:file/files} of an earlier version of this study that you changed, left where they are: {files}',
  'run.verified': '{folder} is as its manifest says: {outputs:output/outputs}, {inputs:input/inputs}.',
  'run.verified_outputs': '{folder} is as its manifest says: {outputs:output/outputs}. Inputs were not looked at.',
  'run.synthetic': 'The raw layer is synthetic: these are not the authors’ data, and this is not a replication.',
} as const;
