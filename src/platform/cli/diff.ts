import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { diffDocument } from '../../output/document/results/run-diff.ts';
import type { RunRecord } from '../../study/run-diff/contract.ts';
import { differencesIn, diffRuns, exhibitsOf } from '../../study/run-diff/diff-runs.ts';
import type { CommandContext } from '../app/context.ts';
import { deliver } from '../app/deliver.ts';
import { readRun } from '../app/read-run.ts';
import { isSamePlace } from '../store/real-path.ts';
import type { DataFormat } from './command.ts';
import { badOption, refusal } from './usage.ts';

export interface RunDiffOptions {
  readonly a: string;
  readonly b: string;
  readonly only: readonly string[];
  readonly tolerance: number;
  readonly isAll: boolean;
  readonly format: DataFormat;
  readonly out: string | null;
}

/**
 * `kaya diff`: what differs between two runs, and what it comes from.
 * @throws runs-differ once that is printed; bad-option for runs that cannot be compared; file-not-found, file-unreadable
 */
export async function runDiff(options: RunDiffOptions, context: CommandContext): Promise<void> {
  const { a, b, only, tolerance, isAll, format, out } = options;
  const runs = [await readRun(a, context.version), await readRun(b, context.version)] as const;
  if (isSamePlace(a, b)) throw badOption('kaya diff', b, said('expected.other_run'));
  requireAlike(...runs);
  const known = exhibitsOf(runs);
  const stranger = only.find((id) => !known.includes(id));
  if (stranger !== undefined) throw refusal('--only', stranger, known);
  const diff = diffRuns(...runs, { tolerance, only });
  await deliver(diffDocument(diff, { version: context.version, isAll }), { format, out }, context);
  const { verdicts, marks, others } = differencesIn(diff);
  if (verdicts + marks + others > 0) throw new StudyError('runs-differ', { a, b, verdicts, marks, others });
}

/** @throws bad-option for results of a study beside what a command printed, and for documents with nothing in common */
function requireAlike(a: RunRecord, b: RunRecord): void {
  const keysOf = ({ document }: RunRecord): readonly string[] =>
    Object.keys(document.results).filter((key) => key !== 'kaya' && key !== 'warnings');
  const hasCommon = keysOf(a).some((key) => keysOf(b).includes(key));
  if (a.document.kind !== b.document.kind || !hasCommon)
    throw badOption('kaya diff', b.path, said('expected.same_document', { path: a.path }));
}
