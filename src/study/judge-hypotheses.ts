import { at, entryOf } from '../error/at.ts';
import type { OrderedGroups } from '../model/result/differences.ts';
import type { CovarianceLabel } from '../model/result/result.ts';
import type { HypothesisRow } from '../output/report/outline.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { DifferencesObtained } from './exhibit/model-differences.ts';
import { orderInNumbers } from './language/order-claims.ts';
import type {
  ResolvedCoefficientClaim,
  ResolvedHypothesis,
  ResolvedOrderClaim,
  ResolvedTableOrderClaim,
  ResolvedThresholdClaim,
} from './language/resolved-hypothesis.ts';

/** Judges a claim; null when the table that decides was not made. */
export function judgeHypothesis(
  hypothesis: ResolvedHypothesis,
  tables: readonly StudyTable[],
  models: EstimatedModels,
): HypothesisRow | null {
  if ('order' in hypothesis) {
    return 'table' in hypothesis
      ? judgeTableOrder(hypothesis, tables)
      : judgeOrder(hypothesis, entryOf(models, hypothesis.model));
  }
  if ('model' in hypothesis) return judgeRising(hypothesis, entryOf(models, hypothesis.model));
  const table = tables.find(({ id }) => id === hypothesis.table);
  return table === undefined ? null : judgeCoefficient(hypothesis, table.columns);
}

/** By the sign and p value of its term in every column that has it, once under each covariance. */
function judgeCoefficient(claim: ResolvedCoefficientClaim, columns: readonly EstimatedColumn[]): HypothesisRow {
  const relevant = columns.filter(({ results }) => results[0].coef.some(({ term }) => term === claim.term));
  return verdictsOf({ ...claim, rule: claim.sign }, relevant, ({ results }, method) => {
    const coefficient = at(results, method).coef.find(({ term }) => term === claim.term);
    if (coefficient === undefined || coefficient.p === null) return false;
    const hasSign = claim.sign === 'positive' ? coefficient.estimate > 0 : coefficient.estimate < 0;
    return hasSign && coefficient.p < claim.level;
  });
}

/** The threshold significant by its bootstrap, and 0 < lower slope < upper slope, each significant under each covariance. */
function judgeRising(claim: ResolvedThresholdClaim, columns: readonly EstimatedColumn[]): HypothesisRow {
  return verdictsOf({ ...claim, rule: 'rising' }, columns, ({ results, threshold }, method) => {
    if (threshold === null) return false;
    const { p } = at(threshold.tests, 0);
    const [regime] = threshold.settings.regime;
    const slopes = threshold.regimes.map(({ label }) =>
      at(results, method).coef.find(({ term }) => term === `${regime}:[${label}]`),
    );
    const isSignificant = slopes.every((slope) => slope?.p !== null && slope !== undefined && slope.p < claim.level);
    const [lower = Number.NaN, upper = Number.NaN] = slopes.map((slope) => slope?.estimate ?? Number.NaN);
    return p !== null && p < claim.level && isSignificant && lower > 0 && upper > lower;
  });
}

/** By the share of the draws of units in which the slopes stand in the order; partly when the estimates do and too few draws. */
function judgeOrder(claim: ResolvedOrderClaim, columns: readonly EstimatedColumn[]): HypothesisRow | null {
  const [first] = columns;
  if (first === undefined) return null;
  const samples = columns.map(({ sample: { where, label } }) => ({ where: where?.text ?? null, label }));
  const texts = [claim.order, orderInNumbers(claim.order, samples)];
  const own = first.differences.filter(({ term }) => term === claim.term);
  const verdicts = first.results.flatMap(({ vcov }, place) => {
    const order = own[(place * own.length) / first.results.length]?.orders.find(({ text }) => texts.includes(text));
    return order === undefined ? [] : [orderVerdict(vcov, order, claim.level)];
  });
  const { id, text, level } = claim;
  return { id, text, rule: 'order', level, verdicts };
}

/** The same by a table of differences; null where it was not made. */
function judgeTableOrder(claim: ResolvedTableOrderClaim, tables: readonly StudyTable[]): HypothesisRow | null {
  const table = tables.find(({ id }) => id === claim.table);
  if (table?.kind !== 'differences') return null;
  const { differences } = table.obtained as DifferencesObtained; // made by that kind
  const verdicts = differences.flatMap(({ vcov, orders }) => {
    const order = orders.find(({ text }) => text === claim.order);
    return order === undefined ? [] : [orderVerdict(vcov, order, claim.level)];
  });
  const { id, text, level } = claim;
  return { id, text, rule: 'order', level, verdicts };
}

function orderVerdict(
  vcov: CovarianceLabel,
  { probability, is_observed: isObserved, holding, reps, failed }: OrderedGroups,
  level: number,
): HypothesisRow['verdicts'][number] {
  const isSupported = probability !== null && probability >= 1 - level;
  const verdict = isSupported ? 'supported' : isObserved ? 'partly' : 'not-supported';
  return { vcov, holding, columns: reps - failed, verdict };
}

/** Supported when the claim holds in every column, partly when in some. */
function verdictsOf(
  claim: Pick<HypothesisRow, 'id' | 'text' | 'rule' | 'level'>,
  columns: readonly EstimatedColumn[],
  holds: (column: EstimatedColumn, method: number) => boolean,
): HypothesisRow {
  const verdicts = (columns[0]?.results ?? []).map(({ vcov }, method) => {
    const holding = columns.filter((column) => holds(column, method)).length;
    const verdict = holding === columns.length ? 'supported' : holding > 0 ? 'partly' : 'not-supported';
    return { vcov, holding, columns: columns.length, verdict } as const;
  });
  const { id, text, rule, level } = claim;
  return { id, text, rule, level, verdicts };
}
