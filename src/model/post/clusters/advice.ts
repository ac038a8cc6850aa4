import type { ClusterAdvice, ClusterComparison, ClusterReport } from '../../result/clusters.ts';

/** Fewer clusters, or fewer effective ones, are few: the bound of the warning (Cameron and Miller 2015, section VI). */
const few = 30;
/** With fewer, signs alone cannot make P smaller than 5 % (Webb 2014): 2^(G-1) distinct statistics. */
const veryFew = 6;
/** As if the coefficient rested on fewer equal clusters than this. */
const veryFewEffective = 4;
/** One cluster with more than this share of the partial leverage counts as few. */
const largeShare = 1 / 6;
/** Level at which verdicts are compared. */
const level = 0.05;

/** Which advice applies, by the rules of docs/methods/clusters.md in their order. */
export function adviceOf(
  report: Pick<ClusterReport, 'clusters' | 'effective' | 'members' | 'compared'>,
): ClusterAdvice {
  const { clusters, effective, members, compared } = report;
  if (members.some(({ estimate_without }) => estimate_without === null)) return 'decided-by-one';
  const sure = Math.min(clusters, effective.independent ?? clusters);
  if (clusters < veryFew || sure < veryFewEffective) return 'very-few';
  const isUneven = members.some(({ partial_leverage }) => partial_leverage > largeShare);
  const isFew = Math.min(sure, effective.common ?? sure) < few || isUneven;
  const agrees = agree(compared);
  if (isFew) return agrees ? 'few-agree' : 'few-disagree';
  return agrees ? 'enough' : 'enough-disagree';
}

/** Whether CR1, CR3 and the bootstrap lie on one side of the level. */
function agree(compared: readonly ClusterComparison[]): boolean {
  const verdicts = compared.flatMap(({ method, p }) => (method === 'CR2' || p === null ? [] : [p < level]));
  return new Set(verdicts).size < 2;
}
