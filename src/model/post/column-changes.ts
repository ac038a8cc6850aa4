import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { FitInput, Fitted } from '../estimate-formula.ts';
import type { ModelFormula } from '../formula/ast.ts';
import { readSmallSample } from '../inference/small-sample.ts';
import type { ColumnChange } from '../result/changes.ts';
import { columnChange } from './changes/column-change.ts';
import { oneTerm } from './term-names.ts';

/**
 * The change of a coefficient from each column to the next of the same part of the sample.
 * @throws bad-option (a term that no model has, no two columns of one part)
 */
export function columnChanges(
  text: string,
  fits: readonly Fitted[],
  inputs: readonly (FitInput & { readonly formula: ModelFormula })[],
  { vcov, ssc }: { readonly vcov: string | CovarianceRequest; readonly ssc: string },
): readonly ColumnChange[] {
  const term = oneTerm(text, [...new Set(fits.flatMap(({ fit }) => fit.names))], 'changes');
  const rule = readSmallSample(ssc);
  const columns = fits.map((fitted, m) => ({ fitted, input: inputs[m], term }));
  const pairs = columns.flatMap((to, m) => {
    const [from] = columns
      .slice(0, m)
      .filter(({ fitted }) => fitted.sample === to.fitted.sample)
      .slice(-1);
    return from === undefined ? [] : [{ from, to }];
  });
  if (pairs.length === 0) {
    const expected = said('expected.columns_to_compare');
    throw new StudyError('bad-option', { option: 'changes', value: text, expected, suggestion: null });
  }
  return pairs.map(({ from, to }) => columnChange(from, to, { vcov, rule }));
}
