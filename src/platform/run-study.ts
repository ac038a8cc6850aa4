import type { RunStudyOptions, StudyRun } from './app/run-study-in-node.ts';

export type { RunStudyOptions, StudyRun } from './app/run-study-in-node.ts';

/**
 * Runs a study as `kaya study run` does: from its data to the panel to tables, figures and the report, in files and as data. The
 * engine is loaded when it is called.
 * @param study a study file, or the folder that holds a study.yaml.
 * @throws StudyError with a sentence for its message; what `signal` was stopped with
 * @example const { folder, tables } = await runStudy('my-study', { out: 'out/first' });
 */
export async function runStudy(study: string, options: RunStudyOptions = {}): Promise<StudyRun> {
  const { runStudyInNode } = await import('./app/run-study-in-node.ts');
  return runStudyInNode(study, options);
}
