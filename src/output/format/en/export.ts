/** What `kaya export` says, English. */
export const exportEn = {
  'export.folder': 'Panel and scripts: {folder}',
  'export.script': '  {file}: compares {compared:number/numbers} with Kaya’s, {rest} not repeated; run it with {run}',
  'export.synthetic': 'The data are synthetic: what the scripts repeat is this program, not a paper.',
};
