import type { StudyOutcome } from '../../study/run.ts';
import { programVersion } from '../program-version.ts';
import { runStudyFolder } from './run-study.ts';

export interface RunStudyOptions {
  /** Folder of the results; default: `out/ID` in the folder that the program runs in. */
  readonly out?: string;
  /** Ids of tables and figures; left out: all, and the report. */
  readonly only?: readonly string[];
  /** Run every step again, and replace a raw layer that is not ours. */
  readonly force?: boolean;
  /** Default: as many as the machine has. */
  readonly threads?: number;
  /** Of what is told on the way and of the words in the results. Default: English. */
  readonly language?: 'en' | 'zh';
  /** Stops the run between two steps. */
  readonly signal?: AbortSignal;
  /** Told what a step does when it begins. */
  readonly onStep?: (id: string, label: string) => void;
  /** Told what is to be known, such as how a file was read. */
  readonly onWarning?: (text: string) => void;
}

/** What a run made, and where it is: report.html, results.json, panel.csv, tables and figures. */
export interface StudyRun extends Pick<StudyOutcome, 'hypotheses' | 'comparison' | 'truth'> {
  readonly folder: string;
  /** The data are made up, as a study without raw tables has them. */
  readonly isSynthetic: boolean;
  readonly tables: StudyOutcome['tables'];
  readonly figures: StudyOutcome['figures'];
  /** What results.json holds. */
  readonly results: object;
}

/** `runStudy` of the main entry, once it is called. */
export async function runStudyInNode(study: string, options: RunStudyOptions = {}): Promise<StudyRun> {
  const { out = null, only = [], force = false, threads = null } = options;
  const nothing = (): void => undefined;
  const done = await runStudyFolder(
    { study, out, only, force, threads },
    {
      language: options.language ?? 'en',
      progress: {
        step: options.onStep ?? nothing,
        detail: nothing,
        done: nothing,
        warn: options.onWarning ?? nothing,
      },
      signal: options.signal ?? new AbortController().signal,
      version: programVersion(),
      print: nothing,
    },
  );
  const { tables, figures, hypotheses, comparison, truth, results } = done.outcome;
  const { folder, isSynthetic } = done;
  return { folder, isSynthetic, tables, figures, hypotheses, comparison, truth, results };
}
