import type { Command } from 'commander';
import { withEngine } from './engine-options.ts';
import { withHold } from './hold-options.ts';
import { moreNames } from './values.ts';

/** `kaya study run` as it is typed. */
export function withStudyRun(command: Command): Command {
  return withHold(
    withEngine(
      command
        .description('raw data to panel to every table, figure and the report')
        .argument('[STUDY]', 'a study file, or the folder that holds study.yaml', '.')
        .option('--out <DIR>', 'output folder (default: out/, then the id of the study)')
        .option('--only <IDS>', 'tables and figures, such as table2,table3', moreNames)
        .option(
          '--pdf',
          'report.pdf beside report.html, printed by a browser of this machine (Chromium, Chrome or Edge)',
        )
        .option('--force', 'make the synthetic raw layer and the registry scan again, as if there were none')
        .option('--fresh', 'make the results again, though nothing that they rest on has changed')
        .option('--explain', 'what an engine would be asked for every model, with its SQL, in place of the run')
        .option('--no-data', 'leave the panel out of the report, which stands as it is then'),
    ),
  );
}
