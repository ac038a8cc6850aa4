import type { DiffCause } from '../../output/table/run-diff/contract.ts';
import type { Causes } from './causes.ts';
import type { DocumentChanges } from './numbers.ts';
import { partOfSection } from './reach.ts';

/**
 * Of what two commands printed: the version, and words of the request that differ. Which data they read is not in the documents.
 */
export function causesOfAnswers(versions: readonly [string, string], { changes }: DocumentChanges): Causes {
  const [a, b] = versions;
  const version: readonly DiffCause[] = a === b ? [] : [{ kind: 'version', name: 'kaya', a, b }];
  const words = changes.filter(({ weight }) => weight === 'words');
  return {
    causes: [
      ...version,
      ...words.map(({ path, before, after }): DiffCause => {
        return { kind: 'option', key: path, a: before, b: after, followed_by: [] };
      }),
    ],
    samePanel: null,
    sameStudy: null,
    of: ({ part }) => ({
      among: [
        ...version.map(() => 'version' as const),
        ...words.filter(({ section }) => partOfSection(section) === part).map(({ path }) => ({ option: path })),
      ],
    }),
  };
}
