import { at, entryOf } from '../error/at.ts';
import type { OrderedGroups } from '../model/result/differences.ts';
import type { CovarianceLabel } from '../model/result/result.ts';
import type { HypothesisRow } from '../output/report/outline.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { DifferencesObtained } from './exhibit/model-differences.ts';
import { orderInNumbers } from './language/order-claims.ts';
import type {
  CoefficientRule,
  IndirectRule,
  OrderRule,
  ResolvedHypothesis,
  ResolvedRule,
  StricterRule,
  TableOrderRule,
  ThresholdRule,
} from './language/resolved-hypothesis.ts';

type Verdict = HypothesisRow['verdicts'][number];
/** What a rule says, and what came of it under each covariance. */
type Judged = Pick<HypothesisRow, 'rule' | 'level' | 'verdicts'>;

/** Judges a claim; null when the table that decides was not made. */
export function judgeHypothesis(
  hypothesis: ResolvedHypothesis,
  tables: readonly StudyTable[],
  models: EstimatedModels,
): HypothesisRow | null {
  const { id, text, stricter } = hypothesis;
  const judged = judgeRule(hypothesis, tables, models);
  if (judged === null) return null;
  const row = { id, text, ...judged };
  return stricter === null ? row : { ...row, stricter: judgeStricter(stricter, tables, models) };
}

/** By one covariance; no verdict where what decides was not made. */
function judgeStricter(
  rule: StricterRule,
  tables: readonly StudyTable[],
  models: EstimatedModels,
): NonNullable<HypothesisRow['stricter']> {
  const judged = judgeRule(rule, tables, models);
  const verdicts = judged?.verdicts ?? [];
  const place = Math.min(rule.covariance ?? verdicts.length, verdicts.length) - 1;
  return {
    rule: ruleName(rule),
    level: 'level' in rule ? rule.level : null,
    reason: rule.reason,
    verdict: verdicts[place] ?? null,
  };
}

function judgeRule(rule: ResolvedRule, tables: readonly StudyTable[], models: EstimatedModels): Judged | null {
  if ('mediator' in rule) return judgeIndirect(rule, entryOf(models, rule.model));
  if ('order' in rule) {
    return 'table' in rule ? judgeTableOrder(rule, tables) : judgeOrder(rule, entryOf(models, rule.model));
  }
  if ('model' in rule) return judgeRising(rule, entryOf(models, rule.model));
  const table = tables.find(({ id }) => id === rule.table);
  return table === undefined ? null : judgeCoefficient(rule, table.columns);
}

/** What a rule is called in the texts of a report. */
function ruleName(rule: ResolvedRule): HypothesisRow['rule'] {
  if ('mediator' in rule) return `indirect_${rule.sign}`;
  if ('order' in rule) return rule.by === 'draws' ? 'order' : 'order_estimates';
  return 'slopes' in rule ? rule.slopes : rule.sign;
}

/** By the sign and p value of its term in every column that has it, or in those that are named, once under each covariance. */
function judgeCoefficient(rule: CoefficientRule, columns: readonly EstimatedColumn[]): Judged {
  const named = rule.columns === null ? columns : columns.filter((_, i) => rule.columns?.includes(i + 1));
  const relevant = named.filter(({ results }) => results[0].coef.some(({ term }) => term === rule.term));
  return verdictsOf(rule, relevant, ({ results }, method) => {
    const coefficient = at(results, method).coef.find(({ term }) => term === rule.term);
    if (coefficient === undefined || coefficient.p === null) return false;
    if (rule.sign === 'none') return coefficient.p >= rule.level;
    const hasSign = rule.sign === 'positive' ? coefficient.estimate > 0 : coefficient.estimate < 0;
    return hasSign && coefficient.p < rule.level;
  });
}

/** The threshold significant by its bootstrap, and 0 < lower slope < upper slope, each significant under each covariance. */
function judgeRising(rule: ThresholdRule, columns: readonly EstimatedColumn[]): Judged {
  return verdictsOf(rule, columns, ({ results, threshold }, method) => {
    if (threshold === null) return false;
    const { p } = at(threshold.tests, 0);
    const [regime] = threshold.settings.regime;
    const slopes = threshold.regimes.map(({ label }) =>
      at(results, method).coef.find(({ term }) => term === `${regime}:[${label}]`),
    );
    const isSignificant = slopes.every((slope) => slope?.p !== null && slope !== undefined && slope.p < rule.level);
    const [lower = Number.NaN, upper = Number.NaN] = slopes.map((slope) => slope?.estimate ?? Number.NaN);
    return p !== null && p < rule.level && isSignificant && lower > 0 && upper > lower;
  });
}

/** By the 95 % interval of the effect through a mediator over draws of units: it rests on no covariance, so there is one verdict. */
function judgeIndirect(rule: IndirectRule, columns: readonly EstimatedColumn[]): Judged {
  const found = columns.flatMap(({ results }) => results.flatMap(({ mediation }) => mediation ?? []));
  const verdicts = found.slice(0, 1).flatMap(({ vcov, paths }): readonly Verdict[] => {
    const path = paths.find(({ mediator }) => mediator === rule.mediator);
    const interval = path?.indirect.bootstrap?.percentile;
    if (interval === undefined) return [];
    const [low, high] = interval;
    const holds = rule.sign === 'positive' ? low > 0 : high < 0;
    return [{ vcov, holding: Number(holds), columns: 1, verdict: holds ? 'supported' : 'not-supported' }];
  });
  return { rule: ruleName(rule), level: null, verdicts };
}

/** By the share of the draws of units in which the slopes stand in the order; partly when the estimates do and too few draws. */
function judgeOrder(rule: OrderRule, columns: readonly EstimatedColumn[]): Judged | null {
  const [first] = columns;
  if (first === undefined) return null;
  const samples = columns.map(({ sample: { where, label } }) => ({ where: where?.text ?? null, label }));
  const texts = [rule.order, orderInNumbers(rule.order, samples)];
  const own = first.differences.filter(({ term }) => term === rule.term);
  const verdicts = first.results.flatMap(({ vcov }, place) => {
    const order = own[(place * own.length) / first.results.length]?.orders.find(({ text }) => texts.includes(text));
    return order === undefined ? [] : [orderVerdict(vcov, order, rule)];
  });
  return { rule: ruleName(rule), level: rule.level, verdicts };
}

/** The same by a table of differences; null where it was not made. */
function judgeTableOrder(rule: TableOrderRule, tables: readonly StudyTable[]): Judged | null {
  const table = tables.find(({ id }) => id === rule.table);
  if (table?.kind !== 'differences') return null;
  const { differences } = table.obtained as DifferencesObtained; // made by that kind
  const verdicts = differences.flatMap(({ vcov, orders }) => {
    const order = orders.find(({ text }) => text === rule.order);
    return order === undefined ? [] : [orderVerdict(vcov, order, rule)];
  });
  return { rule: ruleName(rule), level: rule.level, verdicts };
}

function orderVerdict(
  vcov: CovarianceLabel,
  { probability, is_observed: isObserved, holding, reps, failed }: OrderedGroups,
  { by, level }: OrderRule | TableOrderRule,
): Verdict {
  if (by === 'estimates') {
    return { vcov, holding: Number(isObserved), columns: 1, verdict: isObserved ? 'supported' : 'not-supported' };
  }
  const isSupported = probability !== null && probability >= 1 - level;
  const verdict = isSupported ? 'supported' : isObserved ? 'partly' : 'not-supported';
  return { vcov, holding, columns: reps - failed, verdict };
}

/** Supported when the claim holds in every column, partly when in some. */
function verdictsOf(
  rule: CoefficientRule | ThresholdRule,
  columns: readonly EstimatedColumn[],
  holds: (column: EstimatedColumn, method: number) => boolean,
): Judged {
  const verdicts = (columns[0]?.results ?? []).map(({ vcov }, method) => {
    const holding = columns.filter((column) => holds(column, method)).length;
    const verdict = holding === columns.length ? 'supported' : holding > 0 ? 'partly' : 'not-supported';
    return { vcov, holding, columns: columns.length, verdict } as const;
  });
  return { rule: ruleName(rule), level: rule.level, verdicts };
}
