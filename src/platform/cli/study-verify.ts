import { StudyError } from '../../error/study-error.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { verifyRun } from '../app/verify-run.ts';

export interface StudyVerifyOptions {
  readonly folder: string;
  readonly study: string | null;
  readonly inputs: boolean;
  readonly isJson: boolean;
}

/**
 * `kaya study verify`: a folder of results against its manifest.
 * @throws folder-differs with every difference; with `isJson` they are on stdout as well
 */
export async function runStudyVerify(
  { folder, study, inputs, isJson }: StudyVerifyOptions,
  { version, print, progress, language }: CommandContext,
): Promise<void> {
  const found = await verifyRun({ folder, study, inputs, version });
  const { manifest, differences, stale } = found;
  if (isJson) {
    const document = {
      kaya: version,
      folder,
      study: manifest.study,
      synthetic: manifest.synthetic,
      ...(manifest.layer === undefined ? {} : { layer: manifest.layer }),
      checked: { outputs: found.outputs, inputs: found.inputs },
      stale,
      differences,
    };
    print(JSON.stringify(document, null, 2));
  }
  if (stale.length > 0) {
    const values = { count: stale.length, files: stale.join(', ') };
    progress.warn(formatText({ key: 'run.stale', values }, language));
  }
  if (differences.length > 0) throw new StudyError('folder-differs', { folder, differences });
  if (isJson) return;
  const key = inputs ? 'run.verified' : 'run.verified_outputs';
  print(formatText({ key, values: { folder, outputs: found.outputs, inputs: found.inputs } }, language));
}
