import { isStudyError } from '../../../error/study-error.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { CovarianceRequest, Design, SmallSampleRule } from '../../contract.ts';
import { interceptName } from '../../estimate/constant.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { FitInput, Fitted } from '../../estimate-formula.ts';
import { fitModel } from '../../estimate-formula.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { ModelFormula } from '../../formula/ast.ts';
import { printEffect, printFactor, printModelFormula, printProduct } from '../../formula/print.ts';
import type { ChangePart, ColumnChange, NoChangeParts } from '../../result/changes.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { stackedModel } from '../compared-groups.ts';
import type { JointEstimates } from '../joint-covariance.ts';
import { jointEstimates } from '../joint-covariance.ts';
import { familyName } from '../omitted/crossed.ts';
import type { StackedModel } from '../stack-fits.ts';
import { varianceOf } from '../wald.ts';

/** A model, what it was fitted from, and what its term is called. */
export interface ChangedModel {
  readonly fitted: Fitted;
  readonly input: Omit<FitInput, 'formula'> & { readonly formula: ModelFormula };
  readonly term: string;
}

interface Options {
  readonly vcov: string | CovarianceRequest;
  readonly rule: SmallSampleRule;
}

/**
 * The change of a coefficient between two models of one outcome, sample and specification told apart. With C the rows of both samples:
 *
 *     b2(S2) - b1(S1) = [b1(C) - b1(S1)] + [b1 with the effects of 2 (C) - b1(C)] + [regressors, on C] + [b2(S2) - b2(C)]
 *
 * and the regressors by Gelbach (2016, JOLE 34, equation 5) against the model with all of both: added regressor j moves the coefficient by
 * -gamma_j beta_j, one left out by gamma_j beta_j, gamma_j its slope on the term in a regression on the model that lacks it. Errors
 * by the delta method from the joint covariance of all of these regressions (`jointEstimates`).
 */
export function columnChange(from: ChangedModel, to: ChangedModel, options: Options): ColumnChange {
  const [first, second] = [stackedModel(from.fitted), stackedModel(to.fitted)];
  const kept = new Set(second.sourceRows);
  const common = first.sourceRows.filter((row) => kept.has(row));
  const known = {
    ...{ term: from.term, from: from.fitted.id, to: to.fitted.id },
    nobs: { from: first.sourceRows.length, to: second.sourceRows.length, common: common.length },
  };
  const none = (reason: NoChangeParts): ColumnChange => ({ ...known, vcov: null, reason, total: null, parts: [] });
  const reason = unlike(from, to) ?? (common.length === 0 ? 'rows' : null);
  if (reason !== null) return none(reason);
  const steps = stepsBetween(from, to, common);
  try {
    const joint = jointEstimates(steps.models, options.vcov, options.rule);
    return { ...known, vcov: joint.label, reason: null, ...partsOf(steps, joint, from.term) };
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return none('no-joint-form');
    throw error;
  }
}

function unlike(from: ChangedModel, to: ChangedModel): NoChangeParts | null {
  const [a, b] = [from.input.formula, to.input.formula];
  if (a.instrumented !== null || b.instrumented !== null) return 'instruments';
  if (printFactor(a.outcome) !== printFactor(b.outcome)) return 'outcome';
  if ((from.input.weights ?? null) !== (to.input.weights ?? null)) return 'weights';
  const isThere = [from, to].every(({ fitted, term }) => fitted.fit.names.includes(term));
  return isThere && from.term === to.term ? null : 'term';
}

/** The regressions between two models, by their ids in the stack. */
interface Steps {
  readonly models: readonly [StackedModel, ...StackedModel[]];
  readonly ids: { readonly [K in 'from' | 'fromCommon' | 'effects' | 'all' | 'toCommon' | 'to']: string };
  /** Regressors that the model with all has and each of the two lacks, with the regression of each. */
  readonly added: readonly Moved[];
  readonly dropped: readonly Moved[];
}

/** A model of the stack. */
interface InStack {
  readonly id: string;
  readonly fit: Fit;
}

interface Moved {
  readonly name: string;
  readonly id: string;
}

function stepsBetween(from: ChangedModel, to: ChangedModel, common: Int32Array): Steps {
  const [a, b] = [from.input.formula, to.input.formula];
  const models: StackedModel[] = [];
  const add = (id: string, fit: Fit): string => {
    models.push({ id, fit, sourceRows: rowsOf(fit, { kind: 'joint' }).design.rows });
    return id;
  };
  /** The same model is one of the stack once. */
  const fitted = new Map<string, InStack>();
  const fitOf = (input: ChangedModel['input'], formula: ModelFormula, own: Fitted | null, id: string): InStack => {
    const key = `${formula.text} ${own === null ? '' : own.id}`;
    const known = fitted.get(key);
    if (known !== undefined) return known;
    const fit =
      own?.fit ??
      fitModel({ ...input, id, formula, choice: { rows: common, where: 0, split: 0 }, singletons: 'keep' }).fit;
    const made = { id: add(id, fit), fit };
    fitted.set(key, made);
    return made;
  };
  const isWhole = ({ fitted: { fit } }: ChangedModel): boolean => fit.nobs === common.length;
  const first = fitOf(from.input, a, from.fitted, 'from');
  const fromCommon = isWhole(from) ? first : fitOf(from.input, a, null, 'from-common');
  const withEffects = withText({ ...a, effects: b.effects, hasConstant: b.hasConstant });
  const effects = sameEffects(a, b) ? fromCommon : fitOf(to.input, withEffects, null, 'effects');
  const last = fitOf(to.input, b, to.fitted, 'to');
  const toCommon = isWhole(to) ? last : fitOf(to.input, b, null, 'to-common');
  const own = new Set(a.products.map(printProduct));
  const others = b.products.filter((product) => !own.has(printProduct(product)));
  const union: ModelFormula = withText({ ...withEffects, products: [...a.products, ...others] });
  const all =
    others.length === 0
      ? effects
      : union.products.length === b.products.length
        ? toCommon
        : fitOf(to.input, union, null, 'all');
  const { design } = rowsOf(all.fit, { kind: 'joint' });
  const movedFrom = (model: Fit, mark: string): readonly Moved[] =>
    all.fit.names
      .filter((name) => name !== interceptName && !model.names.includes(name))
      .map((name, j) => ({ name, id: add(`${mark}${j}`, onModel(design, name, model)) }));
  const added = movedFrom(effects.fit, 'added');
  const dropped = movedFrom(toCommon.fit, 'dropped');
  const ids = { from: first.id, fromCommon: fromCommon.id, effects: effects.id, all: all.id };
  return {
    models: models as [StackedModel, ...StackedModel[]], // the first model at least
    ids: { ...ids, toCommon: toCommon.id, to: last.id },
    ...{ added, dropped },
  };
}

function withText(formula: ModelFormula): ModelFormula {
  return { ...formula, text: printModelFormula(formula) };
}

function sameEffects(a: ModelFormula, b: ModelFormula): boolean {
  const texts = (one: ModelFormula): string => [...one.effects.map(printEffect)].sort().join(' + ');
  return texts(a) === texts(b) && a.hasConstant === b.hasConstant;
}

/** A regressor on those of a model and the fixed effects, on the rows of the design. */
function onModel(design: Design, name: string, model: Fit): Fit {
  const columnOf = (wanted: string): Float64Array => columnView(design.x, design.terms.indexOf(wanted));
  const terms = model.names.filter((one) => one !== interceptName);
  const x = matrixOfColumns(design.y.length, terms.map(columnOf));
  return fitLeastSquares({ ...design, depvar: name, y: columnOf(name), x, terms });
}

/** A sum of differences of coefficients and of products of two of them. */
interface Form {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  readonly products: readonly { readonly sign: 1 | -1; readonly gamma: number; readonly beta: number }[];
}

function partsOf(
  { ids, added, dropped }: Steps,
  { estimates, indexOf }: JointEstimates,
  term: string,
): Pick<ColumnChange, 'total' | 'parts'> {
  const at = (id: string): number => indexOf(id, term);
  const lineOf = (name: string, { plus, minus, products }: Form): Coefficient => {
    const { coefficients } = estimates;
    const gradient = new Float64Array(coefficients.length);
    let value = 0;
    for (const place of plus) {
      value += coefficients[place];
      gradient[place] += 1;
    }
    for (const place of minus) {
      value -= coefficients[place];
      gradient[place] -= 1;
    }
    for (const { sign, gamma, beta } of products) {
      value += sign * coefficients[gamma] * coefficients[beta];
      gradient[gamma] += sign * coefficients[beta];
      gradient[beta] += sign * coefficients[gamma];
    }
    return { term: name, ...coefficientLine(value, varianceOf(estimates, gradient), estimates.dof), estimate: value };
  };
  const difference = (what: ChangePart['what'], one: string, other: string): readonly ChangePart[] =>
    one === other ? [] : [{ what, ...lineOf(what, { plus: [at(other)], minus: [at(one)], products: [] }) }];
  const moved = (what: 'added' | 'dropped', list: readonly Moved[]): readonly ChangePart[] =>
    [...new Set(list.map(({ name }) => familyName(name)))].map((family) => {
      const own = list.filter(({ name }) => familyName(name) === family);
      const products = own.map(({ name, id }) => ({
        sign: what === 'added' ? (-1 as const) : (1 as const),
        ...{ gamma: at(id), beta: indexOf(ids.all, name) },
      }));
      return { what, ...lineOf(family, { plus: [], minus: [], products }) };
    });
  return {
    total: lineOf(term, { plus: [at(ids.to)], minus: [at(ids.from)], products: [] }),
    parts: [
      ...difference('rows_left', ids.from, ids.fromCommon),
      ...difference('effects', ids.fromCommon, ids.effects),
      ...moved('dropped', dropped),
      ...moved('added', added),
      ...difference('rows_joined', ids.toCommon, ids.to),
    ],
  };
}
