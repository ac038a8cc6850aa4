import { at } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { Design } from '../../contract.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { EstimateInput, Fitted } from '../../estimate-formula.ts';
import { fitModel, planModels } from '../../estimate-formula.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { Product } from '../../formula/ast.ts';
import { printFactor, printModelFormula, printProduct } from '../../formula/print.ts';
import { singletonsOf } from '../../inference/small-sample.ts';

/** The equations of a mediation, on the rows that have every mediator. */
export interface Equations {
  readonly treatment: string;
  /** As the model writes them. */
  readonly mediators: readonly string[];
  /** Terms beside treatment and mediators. */
  readonly controls: readonly string[];
  /** Outcome on treatment and controls. */
  readonly total: Fitted;
  /** Each mediator on treatment and controls. */
  readonly first: readonly Fitted[];
  /** Outcome on treatment, mediators and controls. */
  readonly direct: Fitted;
  /** That of `direct`. */
  readonly design: Design;
  /** Rows of the model that lack a mediator. */
  readonly lost: number;
}

/** Terms of a formula, each one column. @throws formula-syntax; bad-option for what is no single variable */
export function mediatorProducts(texts: readonly string[]): readonly Product[] {
  const [model] = planModels(`y ~ ${texts.join(' + ')}`);
  const products = model?.products ?? [];
  for (const product of products) {
    const [factor] = product;
    const isColumn = product.length === 1 && factor !== undefined && factor.kind !== 'levels';
    if (!isColumn || (factor.kind === 'lag' && factor.from !== factor.to)) {
      throw refused(printProduct(product), said('expected.mediator_variable'));
    }
  }
  return products;
}

/**
 * Fits the three steps (Baron and Kenny 1986) on one sample: the rows of the model that have every mediator.
 * @throws bad-option: a mediator that is the treatment, the outcome or a regressor, or that does not vary beside them
 */
export function mediationEquations(
  base: Fitted,
  treatment: string,
  texts: readonly string[],
  input: EstimateInput,
): Equations {
  const own = base.fit.design;
  const added = mediatorProducts(texts);
  const mediators = added.map((product) => printFactor(at(product, 0)));
  for (const mediator of mediators) {
    if (mediator === treatment || mediator === own.depvar) {
      throw refused(mediator, said('expected.mediator_other', { treatment, outcome: own.depvar }));
    }
    if (own.terms.includes(mediator)) throw refused(mediator, said('expected.mediator_new'));
  }
  const parts = { ...own.formula, products: [...own.formula.products, ...added] };
  const direct = fitModel({
    id: base.id,
    formula: { ...parts, text: printModelFormula(parts) },
    table: input.table,
    choice: { rows: rowsOf(base.fit, { kind: 'joint' }).design.rows, where: 0, split: 0 },
    panel: input.panel ?? null,
    weights: input.weights ?? null,
    singletons: singletonsOf(input.singletons, input.ssc),
    vcovs: [input.vcov ?? 'iid', ...(input.otherVcovs ?? [])],
    sample: base.sample,
  });
  const { collinear } = direct.fit;
  const flat = mediators.find((mediator) => collinear.includes(mediator));
  if (flat !== undefined) throw refused(flat, said('expected.mediator_varies', { treatment }));
  const { design } = rowsOf(direct.fit, { kind: 'joint' });
  if (collinear.includes(treatment)) throw refused(treatment, said('expected.treatment_varies'), 'mediated');
  const controls = design.terms.filter((term) => term !== treatment && !mediators.includes(term));
  const fitted = (id: string, depvar: string, y: Float64Array): Fitted => ({
    id,
    sample: base.sample,
    fit: fitLeastSquares(equationOf(design, [treatment, ...controls], depvar, y)),
  });
  return {
    ...{ treatment, mediators, design },
    controls: controls.filter((term) => !collinear.includes(term)),
    total: fitted('total', design.depvar, design.y),
    first: mediators.map((mediator, j) => fitted(`a${j + 1}`, mediator, columnOfTerm(design, mediator))),
    direct: { ...direct, id: 'direct' },
    lost: base.fit.nobs - direct.fit.nobs,
  };
}

/** The design with another outcome and only some of its terms, in their order there. */
export function equationOf(design: Design, terms: readonly string[], depvar: string, y: Float64Array): Design {
  const kept = design.terms.filter((term) => terms.includes(term));
  const x: Matrix = matrixOfColumns(
    design.y.length,
    kept.map((term) => columnOfTerm(design, term)),
  );
  return { ...design, depvar, y, terms: kept, x };
}

export function columnOfTerm({ terms, x }: Design, term: string): Float64Array {
  return columnView(x, terms.indexOf(term));
}

/** Position of a term among the estimates of a fit. */
export function indexOfTerm({ names }: Pick<Fit, 'names'>, term: string): number {
  return names.indexOf(term);
}

function refused(value: string, expected: ReturnType<typeof said>, option = 'mediators'): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}
