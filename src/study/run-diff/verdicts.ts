import type { ClaimChange, ClaimState, Verdict, VerdictChange } from '../../output/table/run-diff/contract.ts';
import type { Uncaused } from './cells.ts';
import type { StudyResults } from './contract.ts';
import { matched } from './match.ts';

type Hypothesis = StudyResults['hypotheses'][number];

/** Verdicts that differ, of each claim under each covariance; claims and covariances that one of the two lacks among them. */
export function verdictChanges(a: StudyResults, b: StudyResults): readonly Uncaused<VerdictChange>[] {
  return matched(a.hypotheses, b.hypotheses, [({ id }) => id]).pairs.flatMap((pair) => {
    const { id, text } = pair.b ?? pair.a;
    return [
      ...changesBetween(pair.a?.verdicts ?? [], pair.b?.verdicts ?? []).map((one) => ({ ...one, is_stricter: false })),
      ...changesBetween(stricterOf(pair.a), stricterOf(pair.b)).map((one) => ({ ...one, is_stricter: true })),
    ].map((one) => ({ id, text, ...one }));
  });
}

function changesBetween(
  a: Hypothesis['verdicts'],
  b: Hypothesis['verdicts'],
): readonly Pick<VerdictChange, 'vcov' | 'before' | 'after'>[] {
  return matched(a, b, [covarianceOf, bareCovarianceOf]).pairs.flatMap((one) => {
    const [before, after] = [stateOf(one.a), stateOf(one.b)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ vcov: (one.b ?? one.a).vcov, before, after }];
  });
}

/** The verdict by the stricter rule, where there is one. */
function stricterOf(claim: Hypothesis | null | undefined): Hypothesis['verdicts'] {
  const verdict = claim?.stricter?.verdict ?? null;
  return verdict === null ? [] : [verdict];
}

/** A covariance apart from what the sample makes of it. */
function covarianceOf({ vcov }: Hypothesis['verdicts'][number]): string {
  const { clusters: _clusters, factors: _factors, ...named } = vcov;
  return JSON.stringify(named);
}

/** The same under another small-sample convention. */
function bareCovarianceOf({ vcov: { type, by, lag } }: Hypothesis['verdicts'][number]): string {
  return JSON.stringify([type, by, lag ?? null]);
}

function stateOf(one: Hypothesis['verdicts'][number] | null): Verdict | null {
  return one === null ? null : { verdict: one.verdict, holding: one.holding, columns: one.columns };
}

type Claim = StudyResults['comparison'][number];

/** Printed numbers of a paper that agree with the run otherwise, or that one of the two does not compare. */
export function claimChanges(a: StudyResults, b: StudyResults): readonly Uncaused<ClaimChange>[] {
  const named = ({ table, column, term }: Claim): string => JSON.stringify([table, column, term]);
  return matched(a.comparison, b.comparison, [named]).pairs.flatMap((pair) => {
    const { table, column, term } = pair.b ?? pair.a;
    const [before, after] = [claimOf(pair.a), claimOf(pair.b)];
    if (before?.verdict === after?.verdict && before?.published === after?.published) return [];
    return [{ table, column, term, before, after }];
  });
}

function claimOf(claim: Claim | null): ClaimState | null {
  return claim === null ? null : { published: claim.published, obtained: claim.obtained, verdict: claim.verdict };
}
