import { said } from '../../../error/said.ts';
import { isStudyError, StudyError } from '../../../error/study-error.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import type { LabelledFactor } from '../../../table/factor.ts';
import { factorOf } from '../../../table/factor.ts';
import { timeAxisOf } from '../../../table/time/time-axis.ts';
import type { Design, PanelKeys, Singletons } from '../../contract.ts';
import { buildDesign } from '../../design/build-design.ts';
import type { RowChoice } from '../../design/row-choice.ts';
import type { NamedColumn } from '../../design/terms.ts';
import type { ModelFormula, Product } from '../../formula/ast.ts';
import { expandFormula } from '../../formula/expand.ts';
import { parseFormula } from '../../formula/parse.ts';
import { printProduct } from '../../formula/print.ts';
import { understandNames } from '../../formula/understand-names.ts';
import { repeatedRegressor, singleProduct } from '../terms.ts';

/** The rows of a threshold model: complete in outcome, controls, regime regressors, threshold variable and panel keys. */
export interface ThresholdSample {
  /** The null model: controls, then the regime regressors with one slope. */
  readonly design: Design;
  readonly controls: readonly NamedColumn[];
  readonly regime: readonly string[];
  readonly regimeValues: readonly Float64Array[];
  readonly by: string;
  readonly q: Float64Array;
  readonly units: LabelledFactor;
  readonly periods: LabelledFactor;
  /** Rows in the order of unit and time. */
  readonly byTime: Int32Array;
  /** The formula as it was written, in canonical form. */
  readonly formulaText: string;
}

export interface ThresholdSampleInput {
  readonly formula: string;
  readonly regime: readonly string[];
  readonly by: string;
  readonly panel: PanelKeys;
  readonly alsoComplete: readonly string[];
  readonly choice: RowChoice;
  readonly singletons: Singletons;
}

/** @throws bad-option, formula-syntax and the codes of `buildDesign`. */
export function thresholdSample(table: ColumnTable, input: ThresholdSampleInput): ThresholdSample {
  const known = { columns: table.names, panel: input.panel };
  const formula = understandNames(singleFormula(input.formula), known);
  const understood = (product: Product): Product =>
    understandNames({ ...formula, products: [product] }, known).products[0];
  const regimeProducts = input.regime.map((text) => understood(singleProduct(text, 'regime')));
  const byProduct = understood(singleProduct(input.by, 'by'));
  const regime = regimeProducts.map(printProduct);
  const by = printProduct(byProduct);
  const repeated = repeatedRegressor(formula, regimeProducts);
  if (repeated !== null) {
    const detail = { option: 'regime', value: regime[repeated], suggestion: null };
    throw new StudyError('bad-option', { ...detail, expected: said('expected.not_regressor') });
  }
  const all = namingOption({ by, regime }, () =>
    buildDesign({
      formula: { ...formula, products: [...formula.products, ...regimeProducts, byProduct] },
      table,
      panel: input.panel,
      weights: null,
      singletons: input.singletons,
      choice: input.choice,
      alsoComplete: input.alsoComplete,
      needsKeys: true,
      sample: null,
    }),
  );
  const column = (name: string): Float64Array => columnView(all.x, columnAt(all, name, name === by ? 'by' : 'regime'));
  const isControl = controlNames(all, { formula, regime, by });
  const controls = all.terms
    .filter((name) => isControl.has(name))
    .map((name) => ({ name, values: Float64Array.from(column(name)) }));
  const regimeValues = regime.map((name) => Float64Array.from(column(name)));
  const n = all.y.length;
  const design: Design = {
    ...all,
    formula,
    terms: [...controls.map((one) => one.name), ...regime],
    x: matrixOfColumns(n, [...controls.map((one) => one.values), ...regimeValues]),
  };
  const units = factorOf(columnOf(table, input.panel.unit, all.where), all.rows);
  const periods = factorOf(columnOf(table, input.panel.time, all.where), all.rows);
  const times = timeAxisOf(table, input.panel.time, input.panel.step ?? null, all.where).values;
  const byTime = Int32Array.from(all.rows, (_, i) => i).sort(
    (a, b) => units.codes[a] - units.codes[b] || times[all.rows[a]] - times[all.rows[b]] || a - b,
  );
  const q = Float64Array.from(column(by));
  return {
    design,
    controls,
    regime,
    regimeValues,
    by,
    q,
    units,
    periods,
    byTime,
    formulaText: formula.text,
  };
}

/** The design, a text among the variables of the threshold said by its option. @throws not-numeric */
function namingOption(
  { by, regime }: { readonly by: string; readonly regime: readonly string[] },
  build: () => Design,
): Design {
  try {
    return build();
  } catch (error) {
    if (!isStudyError(error, 'not-numeric')) throw error;
    const { name } = error.detail;
    const option = name === by ? 'by' : regime.includes(name) ? 'regime' : null;
    if (option === null) throw error;
    throw new StudyError('not-numeric', { ...error.detail, where: `${option} ${name}` }, { cause: error });
  }
}

/** Position of a column that one product made. @throws bad-option where the product makes none or several. */
function columnAt(design: Design, name: string, field: string): number {
  const at = design.terms.indexOf(name);
  if (at >= 0) return at;
  throw new StudyError('bad-option', {
    option: field,
    value: name,
    expected: said('expected.one_column_terms'),
    suggestion: null,
  });
}

/** Names of the design's columns that belong to the formula: all but those that regime and threshold variable brought. */
function controlNames(
  design: Design,
  { formula, regime, by }: { formula: ModelFormula; regime: readonly string[]; by: string },
): ReadonlySet<string> {
  const isByListed = formula.products.some((product) => printProduct(product) === by);
  return new Set(design.terms.filter((name) => !regime.includes(name) && (name !== by || isByListed)));
}

function singleFormula(text: string): ModelFormula {
  const models = expandFormula(parseFormula(text), {}, text);
  if (models.length === 1) return models[0];
  throw new StudyError('bad-option', {
    option: 'formula',
    value: text,
    expected: said('expected.one_model', { count: models.length }),
    suggestion: models[0].text,
  });
}

/** The columns of every regime: x 1(regime), its dummies where the intercept changes; for a kink the pieces of (q - γ). */
export function regimeColumns(
  { regime, regimeValues, q }: ThresholdSample,
  split: {
    readonly gammas: readonly number[];
    readonly codes: Int32Array;
    readonly labels: readonly string[];
    readonly shape: 'jump' | 'kink';
    readonly intercepts: boolean;
  },
): readonly NamedColumn[] {
  const { codes, labels, gammas } = split;
  if (split.shape === 'kink') return kinkColumns(regime[0], q, gammas, labels);
  const slopes = regime.flatMap((name, v) =>
    labels.map((label, r) => ({
      name: `${name}:[${label}]`,
      values: regimeValues[v].map((value, i) => (codes[i] === r ? value : 0)),
    })),
  );
  if (!split.intercepts) return slopes;
  const dummies = labels.slice(1).map((label, r) => ({
    name: `[${label}]`,
    values: Float64Array.from(codes, (code) => (code === r + 1 ? 1 : 0)),
  }));
  return [...slopes, ...dummies];
}

/** A line broken at each threshold, by its slope in each regime: how far q goes inside the regime. */
function kinkColumns(
  name: string,
  q: Float64Array,
  gammas: readonly number[],
  labels: readonly string[],
): readonly NamedColumn[] {
  return labels.map((label, r) => {
    const low = r === 0 ? null : gammas[r - 1];
    const high = r === labels.length - 1 ? null : gammas[r];
    const base = low ?? gammas[0];
    const values = q.map((value) => {
      const above = low === null ? value : Math.max(value, low);
      return (high === null ? above : Math.min(above, high)) - base;
    });
    return { name: `${name}:[${label}]`, values };
  });
}
