import type { HypothesisRow } from '../output/report/outline.ts';
import type { EstimatedColumn } from './estimate-models.ts';
import type { ResolvedHypothesis } from './language/resolve.ts';

/**
 * Judges a claim by the sign and p value of its term in every column that has it, once under each covariance: supported
 * when it holds in all of them, partly when in some.
 */
export function judgeHypothesis(hypothesis: ResolvedHypothesis, columns: readonly EstimatedColumn[]): HypothesisRow {
  const relevant = columns.filter(({ results }) => results[0].coef.some(({ term }) => term === hypothesis.term));
  const methods = relevant[0]?.results.length ?? 0;
  const verdicts = Array.from({ length: methods }, (_, method) => {
    const holding = relevant.filter(({ results }) => {
      const coefficient = results[method].coef.find(({ term }) => term === hypothesis.term);
      if (coefficient === undefined || coefficient.p === null) return false;
      const hasSign = hypothesis.sign === 'positive' ? coefficient.estimate > 0 : coefficient.estimate < 0;
      return hasSign && coefficient.p < hypothesis.level;
    }).length;
    const verdict = holding === relevant.length ? 'supported' : holding > 0 ? 'partly' : 'not-supported';
    return { vcov: relevant[0].results[method].vcov, holding, columns: relevant.length, verdict } as const;
  });
  return { id: hypothesis.id, text: hypothesis.text, sign: hypothesis.sign, level: hypothesis.level, verdicts };
}
