import { at } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { tTwoSided } from '../../../math/distribution.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import { columnTable } from '../../../table/column.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import type { CovarianceRequest, Design } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import { namesInProduct } from '../../formula/formula-names.ts';
import { printProduct } from '../../formula/print.ts';
import { readCovariance } from '../../inference/catalog.ts';
import type { Replicating } from '../../replicate/contract.ts';
import { requestOf } from '../../replicate/run.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import type { DrawnShare, PermutationTest, PermutedStatistic } from '../../result/permutation.ts';
import { countArrangements } from './arrangements.ts';
import type { PermuteOptions } from './contract.ts';
import { exchangeOf, heldItems } from './exchange.ts';
import type { DrawnLine } from './interval.ts';
import { permutationInterval } from './interval.ts';
import { permutationReplicates, permutedWidth } from './permuted-fits.ts';

/** What the statistic of every draw is. */
export interface PermutedErrors {
  readonly covariance: string | CovarianceRequest;
  readonly ssc: string;
}

/**
 * The permutation test of a regressor (Fisher 1935; Young 2019; Hess 2017 `ritest`): its values change places, and the model is
 * estimated again. By FWL outcome and controls are partialled out once; a draw absorbs and partials the permuted regressor alone.
 * @param coefficient the term's line in the result, whose t the draws are held against.
 * @throws not-available (instruments), rows-needed, bad-option (a term that others are made of, or that is dropped; what `exchangeOf`
 *   refuses), missing-cluster, unknown-column
 */
export function* permutationTest(
  fit: Fit,
  coefficient: Coefficient,
  { covariance, ssc }: PermutedErrors,
  options: PermuteOptions,
): Replicating<PermutationTest> {
  const { term, seed } = options;
  const { design } = rowsOf(fit, { kind: 'permutation' });
  requireAlone(design, term);
  const place = design.terms.indexOf(term);
  const exchange = exchangeOf(design, columnView(design.x, place), options);
  const arrangements = countArrangements(exchange);
  const isEnumerated = arrangements <= options.reps;
  const reps = isEnumerated ? arrangements : options.reps;
  const { method, request } = readCovariance(covariance);
  const needed = method.columnsNeeded(request, design.panel);
  const setup = {
    ...{ place, exchange, seed, isEnumerated, ssc, covariance: request, absorbedRank: fit.absorbedRank },
    design: lightened(design, needed),
  };
  const draws = yield requestOf(permutationReplicates, setup, { count: reps, test: 0, width: permutedWidth });
  return {
    ...{ term, by: options.by?.join('+') ?? null, within: options.within?.join('+') ?? null, seed, reps },
    is_enumerated: isEnumerated,
    arrangements: Number.isFinite(arrangements) ? arrangements : null,
    items: exchange.starts.length - 1,
    held: heldItems(exchange),
    ...summaryOf(draws, coefficient, isEnumerated),
    absent: [],
  };
}

/** The test of a model that lacks the term. */
export function absentPermutation({ term, by, within, seed, reps }: PermuteOptions): PermutationTest {
  const share = { count: 0, p: null, p_plus: null };
  const none = { value: null, both: share, lower: share, upper: share };
  return {
    ...{ term, by: by?.join('+') ?? null, within: within?.join('+') ?? null, seed, reps },
    ...{ is_enumerated: false, arrangements: null, items: 0, held: 0, estimate: none, t: none },
    ...{ interval: null, failed: 0, mean: null, sd: null, draws: { estimate: [], p: [] }, absent: [term] },
  };
}

/** The design with the columns of the table that the covariance looks at: what is posted to a thread. */
function lightened(design: Design, needed: readonly string[]): Design {
  const { table, where, panel, x } = design;
  const names = new Set([...needed, ...(panel === null ? [] : [panel.unit, panel.time])]);
  const columns = [...names].map((name) => [name, columnOf(table, name, where)] as const);
  const kept = names.size === 0 ? [[at(table.names, 0), columnOf(table, at(table.names, 0), where)] as const] : columns;
  return {
    ...design,
    table: columnTable(Object.fromEntries(kept)),
    x: matrixOfColumns(
      x.nrow,
      Array.from({ length: x.ncol }, (_, j) => columnView(x, j)),
    ),
  };
}

/**
 * A term permuted by itself is no reassignment of its variables where other terms are made of them too.
 * @throws bad-option
 */
function requireAlone({ formula, terms, effects }: Design, term: string): void {
  const refuse = (others: readonly string[]): never => {
    const expected = said('expected.permute_alone', { others });
    throw new StudyError('bad-option', { option: 'permute', value: term, expected, suggestion: null });
  };
  const products = formula.products.map((product) => ({
    text: printProduct(product),
    names: namesInProduct(product),
  }));
  const own = products.find(({ text }) => text === term);
  // Of a family, `i(year)` or `l(x, 1:3)`: its other members are made of the same variables.
  if (own === undefined) refuse(terms.filter((one) => one !== term).slice(0, 3));
  const names = own?.names ?? [];
  const shared = products.filter((one) => one !== own && one.names.some((name) => names.includes(name)));
  const slopes = formula.effects.flatMap((effect) => effect.slopes).filter((name) => names.includes(name));
  if (shared.length + slopes.length === 0) return;
  const inEffects = effects.filter(({ name }) => slopes.some((slope) => name.includes(`[${slope}`)));
  refuse([...shared.map(({ text }) => text), ...inEffects.map(({ name }) => name)]);
}

function summaryOf(
  draws: Float64Array,
  coefficient: Coefficient,
  isEnumerated: boolean,
): Pick<PermutationTest, 'estimate' | 't' | 'interval' | 'failed' | 'mean' | 'sd' | 'draws'> {
  const count = draws.length / permutedWidth;
  const estimates: number[] = [];
  const lines: DrawnLine[] = [];
  const ts: number[] = [];
  const drawn: { estimate: (number | null)[]; p: (number | null)[] } = { estimate: [], p: [] };
  for (let draw = 0; draw < count; draw++) {
    const [estimate, se, dof, ratio] = draws.subarray(draw * permutedWidth, (draw + 1) * permutedWidth);
    const t = estimate / se;
    const hasT = Number.isFinite(t);
    if (Number.isFinite(estimate)) {
      estimates.push(estimate);
      lines.push({ estimate, ratio });
    }
    if (hasT) ts.push(t);
    drawn.estimate.push(Number.isFinite(estimate) ? estimate : null);
    drawn.p.push(hasT ? tTwoSided(t, dof) : null);
  }
  const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
  const squares = estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const hasSpread = estimates.length > 1;
  return {
    estimate: placed(coefficient.estimate, estimates, isEnumerated),
    t: placed(coefficient.stat, ts, isEnumerated),
    interval: lines.length === 0 ? null : permutationInterval(coefficient.estimate, lines, isEnumerated),
    failed: count - estimates.length,
    mean: hasSpread ? mean : null,
    sd: hasSpread ? Math.sqrt(squares / (estimates.length - 1)) : null,
    draws: drawn,
  };
}

/** Statistics that differ by less than this share of the sample's are equal up to rounding. */
const tied = 1e-9;

function placed(value: number | null, draws: readonly number[], isEnumerated: boolean): PermutedStatistic {
  const share = (isFar: (draw: number) => boolean): DrawnShare => {
    const count = value === null ? 0 : draws.filter(isFar).length;
    const hasShare = value !== null && draws.length > 0;
    return {
      count,
      p: hasShare ? count / draws.length : null,
      p_plus: hasShare && !isEnumerated ? (1 + count) / (1 + draws.length) : null,
    };
  };
  const bound = value ?? 0;
  const slack = tied * Math.abs(bound);
  return {
    value,
    both: share((draw) => Math.abs(draw) >= Math.abs(bound) - slack),
    lower: share((draw) => draw <= bound + slack),
    upper: share((draw) => draw >= bound - slack),
  };
}
