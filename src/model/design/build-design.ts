import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import { matrixOfColumns } from '../../math/matrix.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, evaluateExpression, numericColumn } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import type { Factor } from '../../table/factor.ts';
import { crossFactors, factorOf, markMissing } from '../../table/factor.ts';
import type { Design, FixedEffect, PanelKeys } from '../contract.ts';
import type { EffectTerm, ModelFormula, Product } from '../formula/ast.ts';
import { printEffect, printFactor } from '../formula/print.ts';
import { singletonRows } from './singletons.ts';
import type { NamedColumn, TermPart } from './terms.ts';
import { markUnusable, pick, productColumns, termEvaluator } from './terms.ts';

export interface DesignInput {
  readonly formula: ModelFormula;
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  /** Column or expression of analytic weights. */
  readonly weights: string | null;
  /** Drop rows that are alone in a level of a fixed effect, again and again until none is (reghdfe), or keep them (fixest, xtreg). */
  readonly singletons: 'keep' | 'drop';
  /** Rows that a filter took out before: only reported. */
  readonly droppedByWhere: number;
  /** Columns that must be complete beside the model's own: those of the clusters. */
  readonly alsoComplete: readonly string[];
  /** Value of the split variable, named in errors. */
  readonly sample: string | null;
}

/** The rows of a model and what lies on them apart from its columns: what models on one sample share. */
export type SampleDesign = Omit<Design, 'formula' | 'depvar' | 'y' | 'terms' | 'x'>;

/** Where a model stands, for error messages. */
export function placeOf({ formula, sample }: Pick<DesignInput, 'formula' | 'sample'>): string {
  return sample === null ? formula.text : `${formula.text} (sample ${sample})`;
}

/**
 * Fixes the sample (complete cases, finite numbers) and lays out outcome, regressors and fixed effects on it.
 * @throws unknown-column, not-numeric, panel-needed, formula-syntax (unknown level), empty-sample.
 */
export function buildDesign(input: DesignInput): Design {
  const { formula, table, panel } = input;
  const where = placeOf(input);
  const evaluator = termEvaluator(table, panel, where);
  const outcome = evaluator.part(formula.outcome);
  const productParts = formula.products.map((product) => product.map(evaluator.part));
  const iv = formula.instrumented;
  const endogenousParts = (iv?.endogenous ?? []).map((product) => product.map(evaluator.part));
  const instrumentParts = (iv?.instruments ?? []).map((product) => product.map(evaluator.part));
  const parts = [outcome, ...productParts.flat(), ...endogenousParts.flat(), ...instrumentParts.flat()];
  const sample = fixSample(input, parts);
  const { rows } = sample;
  const hasBase = formula.hasConstant || sample.effects.length > 0;
  const context = { table, rows, hasBase, where };
  const exogenous = distinctColumns(formula.products, productParts, context);
  const endogenous = distinctColumns(iv?.endogenous ?? [], endogenousParts, context);
  const instruments = distinctColumns(iv?.instruments ?? [], instrumentParts, context);
  const columns = [...endogenous, ...exogenous];
  return {
    ...sample,
    formula,
    depvar: printFactor(formula.outcome),
    y: outcomeValues(outcome, rows),
    terms: columns.map((column) => column.name),
    x: matrixOfColumns(
      rows.length,
      columns.map((column) => column.values),
    ),
    ...(iv === null
      ? {}
      : {
          instruments: {
            endogenousCount: endogenous.length,
            names: instruments.map((column) => column.name),
            z: matrixOfColumns(
              rows.length,
              instruments.map((column) => column.values),
            ),
          },
        }),
  };
}

/** The outcome on the rows of the sample. */
export function outcomeValues(outcome: TermPart, rows: Int32Array): Float64Array {
  return pick((outcome as Extract<TermPart, { kind: 'columns' }>).columns[0].values, rows);
}

/**
 * The rows that a model can use, its fixed effects and its weights on them.
 * @param parts outcome and regressors on all rows of the table.
 * @throws unknown-column, not-numeric, bad-option (negative weights), empty-sample.
 */
export function fixSample(input: DesignInput, parts: readonly TermPart[]): SampleDesign {
  const { formula, table, panel } = input;
  const where = placeOf(input);
  const weights = input.weights === null ? null : weightValues(table, input.weights);

  const isUsable = new Uint8Array(table.nrow).fill(1);
  for (const part of parts) markUnusable(part, isUsable);
  for (const name of [...formula.effects.flatMap((effect) => effect.names), ...input.alsoComplete]) {
    markMissing(columnOf(table, name, where), isUsable);
  }
  for (const name of formula.effects.flatMap((effect) => effect.slopes)) {
    const values = numericColumn(table, name, where);
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) isUsable[i] = 0;
  }
  if (weights !== null) for (let i = 0; i < table.nrow; i++) if (!(weights[i] > 0)) isUsable[i] = 0;

  const complete = rowsWhere(isUsable);
  const missing = table.nrow - complete.length;
  const losses = { missing, singleton: 0, where: input.droppedByWhere };
  requireRows(complete, table.nrow, losses, where);
  const factors = formula.effects.map((effect) => effectFactor(table, effect, complete, where));
  const alone = singletonRows(factors);
  let aloneCount = 0;
  for (let i = 0; i < alone.length; i++) aloneCount += alone[i];
  const drops = input.singletons === 'drop' && aloneCount > 0;
  const rows = drops ? complete.filter((_, i) => alone[i] === 0) : complete;
  const dropped = { ...losses, singleton: drops ? aloneCount : 0 };
  requireRows(rows, table.nrow, dropped, where);

  const effects = formula.effects.map((effect, e) =>
    fixedEffect(drops ? effectFactor(table, effect, rows, where) : factors[e], table, effect, { rows, where }),
  );
  return {
    where,
    hasConstant: formula.hasConstant && effects.length === 0,
    effects,
    weights: weights === null ? null : pick(weights, rows),
    rows,
    table,
    panel,
    dropped,
    diagnostics: singletonDiagnostics(aloneCount, drops),
  };
}

function weightValues(table: ColumnTable, text: string): Float64Array {
  const values = evaluateExpression(parseExpression(text), table, `--weights ${text}`);
  const negative = values.find((value) => value < 0);
  if (negative === undefined) return values;
  throw new StudyError('bad-option', {
    option: '--weights',
    value: `${text} (${negative})`,
    expected: 'weights that are not negative',
    suggestion: null,
  });
}

function requireRows(
  rows: Int32Array,
  all: number,
  dropped: { readonly missing: number; readonly singleton: number; readonly where: number },
  where: string,
): void {
  if (rows.length === 0)
    throw new StudyError('empty-sample', { where, rows: all + dropped.where, dropped: { ...dropped } });
}

function rowsWhere(isUsable: Uint8Array): Int32Array {
  const rows = new Int32Array(isUsable.length);
  let count = 0;
  for (let i = 0; i < isUsable.length; i++) if (isUsable[i] === 1) rows[count++] = i;
  return count === rows.length ? rows : rows.slice(0, count);
}

function effectFactor(table: ColumnTable, effect: EffectTerm, rows: Int32Array, where: string): Factor {
  return crossFactors(effect.names.map((name) => factorOf(columnOf(table, name, where), rows)));
}

function fixedEffect(
  factor: Factor,
  table: ColumnTable,
  effect: EffectTerm,
  { rows, where }: { readonly rows: Int32Array; readonly where: string },
): FixedEffect {
  return {
    codes: factor.codes,
    count: factor.count,
    name: printEffect(effect),
    variables: effect.names,
    slopes: effect.slopes.map((name) => pick(numericColumn(table, name, where), rows)),
  };
}

/** Columns of all products; a name that came before is not repeated. */
function distinctColumns(
  products: readonly Product[],
  parts: readonly (readonly TermPart[])[],
  context: Parameters<typeof productColumns>[2],
): readonly NamedColumn[] {
  const seen = new Set<string>();
  const all = products.flatMap((product, p) => productColumns(parts[p], product, context));
  return all.filter(({ name }) => (seen.has(name) ? false : seen.add(name) !== undefined));
}

function singletonDiagnostics(count: number, drops: boolean): readonly Diagnostic[] {
  if (count === 0) return [];
  return [{ code: drops ? 'singletons-dropped' : 'singletons-kept', severity: 'note', detail: { count } }];
}
