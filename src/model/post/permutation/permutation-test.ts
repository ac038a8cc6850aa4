import { at } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
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
import type { PermutationTest } from '../../result/permutation.ts';
import { countArrangements } from './arrangements.ts';
import type { PermuteOptions } from './contract.ts';
import { drawnSummary } from './drawn-summary.ts';
import { exchangeOf, heldItems } from './exchange.ts';
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
  requireAlone(design, term, 'permute');
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
    ...drawnSummary(draws, coefficient, isEnumerated),
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
export function lightened(design: Design, needed: readonly string[]): Design {
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
export function requireAlone({ formula, terms, effects }: Design, term: string, option: string): void {
  const refuse = (others: readonly string[]): never => {
    const expected = said('expected.permute_alone', { others });
    throw new StudyError('bad-option', { option, value: term, expected, suggestion: null });
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
