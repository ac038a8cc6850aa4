import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import { matrixAround, matrixOfColumns } from '../../math/matrix.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnOf, numericColumn } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { crossFactors, factorOf, markMissing, markNotFinite } from '../../table/factor.ts';
import type { Design, FixedEffect, PanelKeys, RowLoss, Singletons } from '../contract.ts';
import type { EffectTerm, FormulaFactor, ModelFormula, Product } from '../formula/ast.ts';
import { printEffect, printFactor } from '../formula/print.ts';
import { containedEffects } from './contained-effects.ts';
import { markUncompared } from './event/sample.ts';
import { panelIndexOf } from './panel-index.ts';
import { roundedIdentifiers } from './rounded-identifiers.ts';
import type { RowChoice } from './row-choice.ts';
import { chosenCount } from './row-choice.ts';
import type { SampleAccount } from './sample-account.ts';
import { sampleAccounts } from './sample-account.ts';
import { singletonLevels, singletonRows } from './singletons.ts';
import type { NamedColumn, TermEvaluator, TermPart } from './terms.ts';
import { markUnusable, pick, productColumns, termEvaluator } from './terms.ts';
import { markNotPositive, weightValues } from './weights.ts';

export interface DesignInput {
  readonly formula: ModelFormula;
  /** All rows, also those that a filter takes out: lags find the period before among them. */
  readonly table: ColumnTable;
  readonly choice: RowChoice;
  readonly panel: PanelKeys | null;
  /** Column or expression of analytic weights. */
  readonly weights: string | null;
  /** Drop rows that are alone in a level of a fixed effect, again and again until none is (fixest, reghdfe), or keep them (xtreg). */
  readonly singletons: Singletons;
  /** Columns that must be complete beside the model's own: those of the clusters. */
  readonly alsoComplete: readonly string[];
  /** Whether rows without a unit or a time leave too; left out: they stay where nothing asks for them. */
  readonly needsKeys?: boolean;
  /** Value of the split variable, named in errors. */
  readonly sample: string | null;
  /** Shared with other models of the table; left out: the model's own. */
  readonly evaluator?: TermEvaluator;
}

/** The rows of a model and what lies on them apart from its columns: what models on one sample share. */
export type SampleDesign = Omit<Design, 'formula' | 'depvar' | 'y' | 'terms' | 'x'>;

/** A sample, and what each model on it lost: the same rows for reasons of its own. */
export interface FixedSample {
  readonly sample: SampleDesign;
  readonly accountOf: (formula: ModelFormula) => Pick<Design, 'dropped' | 'lost' | 'diagnostics'>;
}

/** Where a model stands, for error messages. */
export function placeOf({ formula, sample }: Pick<DesignInput, 'formula' | 'sample'>): string {
  return sample === null ? formula.text : `${formula.text} (sample ${sample})`;
}

/**
 * Fixes the sample (complete cases, finite numbers) and lays out outcome, regressors and fixed effects on it.
 * @throws unknown-column, not-numeric, panel-needed, formula-syntax (unknown level), empty-sample, no-within-variation.
 */
export function buildDesign(input: DesignInput): Design {
  const { formula, table, panel } = input;
  const where = placeOf(input);
  const evaluator = input.evaluator ?? termEvaluator(table, panel);
  const partOf = (factor: FormulaFactor): TermPart => evaluator.part(factor, where);
  const outcome = partOf(formula.outcome);
  const productParts = formula.products.map((product) => product.map(partOf));
  const iv = formula.instrumented;
  const endogenousParts = (iv?.endogenous ?? []).map((product) => product.map(partOf));
  const instrumentParts = (iv?.instruments ?? []).map((product) => product.map(partOf));
  const parts = [outcome, ...productParts.flat(), ...endogenousParts.flat(), ...instrumentParts.flat()];
  const { sample } = fixSample(input, parts);
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
    x: matrixAround(
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
  // An outcome is a variable or a lag, each of which has columns: the reader of formulas takes nothing else there.
  return pick((outcome as Extract<TermPart, { kind: 'columns' }>).columns[0].values, rows);
}

/**
 * The rows that a model can use, its fixed effects and its weights on them.
 * @param parts outcome and regressors on all rows of the table.
 * @throws unknown-column, not-numeric, bad-weight, duplicate-key (of a panel), empty-sample,
 *   no-within-variation (singletons all).
 */
export function fixSample(input: DesignInput, parts: readonly TermPart[]): FixedSample {
  const { formula, table, panel } = input;
  const where = placeOf(input);
  if (panel !== null) panelIndexOf(table, panel, where);
  const { choice } = input;
  const weights = input.weights === null ? null : weightValues(table, input.weights, choice, where);
  const keys = input.needsKeys === true && panel !== null ? [panel.unit, panel.time] : [];
  const chosen = chosenCount(choice, table.nrow);
  const isUsable = new Uint8Array(chosen).fill(1);
  for (const part of parts) markUnusable(part, isUsable, choice.rows);
  const groups = [...formula.effects.flatMap((effect) => effect.names), ...keys, ...input.alsoComplete];
  for (const name of new Set(groups)) {
    markMissing(columnOf(table, name, where), isUsable, choice.rows);
  }
  for (const name of formula.effects.flatMap((effect) => effect.slopes)) {
    markNotFinite(numericColumn(table, name, where), isUsable, choice.rows);
  }
  if (weights !== null) markNotPositive(weights, isUsable, choice.rows);
  for (const part of parts) if (part.kind === 'event') markUncompared(part.clock, isUsable, choice.rows, where);

  const complete = rowsWhere(isUsable, choice.rows);
  const accounts = sampleAccounts({
    ...{ table, panel, choice, where, alsoComplete: input.alsoComplete, needsKeys: keys.length > 0 },
    weights: weights === null || input.weights === null ? null : { text: input.weights, values: weights },
    lost: unmarkedRows(isUsable, choice.rows),
  });
  if (complete.length === 0) throw emptySample(accounts(formula), table.nrow, where);
  const factors = formula.effects.map((effect) => effectFactor(table, effect, complete, where));
  const alone = singletonRows(factors);
  let aloneCount = 0;
  for (let i = 0; i < alone.length; i++) if (alone[i] !== 0) aloneCount += 1;
  const drops = input.singletons === 'drop' && aloneCount > 0;
  const rows = drops ? complete.filter((_, i) => alone[i] === 0) : complete;
  if (rows.length === 0) throw allAlone(input, factors, complete.length);

  const effects = formula.effects.map((effect, e) =>
    fixedEffect(drops ? effectFactor(table, effect, rows, where) : factors[e], table, effect, { rows, where }),
  );
  const named = effects.map(({ name, variables }) => ({ name, variables }));
  const levels = aloneCount === 0 ? [] : singletonLevels(alone, { table, rows: complete, where, effects: named });
  const alones = aloneCount === 0 ? [] : [singletonDiagnostic(aloneCount, drops, levels)];
  const rounded = roundedIdentifiers(table, panel === null ? groups : [...groups, panel.unit], where);
  const contained = containedEffects(effects);
  const accountOf: FixedSample['accountOf'] = (one) => {
    const { dropped, lost, diagnostics } = accounts(one);
    const whole = { ...dropped, singleton: drops ? aloneCount : 0 };
    return { dropped: whole, lost, diagnostics: [...diagnostics, ...alones, ...rounded, ...contained] };
  };
  const sample = {
    where,
    hasConstant: formula.hasConstant && effects.length === 0,
    effects,
    weights: weights === null ? null : pick(weights, rows),
    rows,
    table,
    panel,
    ...accountOf(formula),
  };
  return { sample, accountOf };
}

function emptySample({ dropped, lost }: SampleAccount, rows: number, where: string): StudyError<'empty-sample'> {
  const most = lost.reduce<RowLoss | null>((found, loss) => (loss.rows > (found?.rows ?? 0) ? loss : found), null);
  return new StudyError('empty-sample', { where, rows, dropped: { ...dropped }, most });
}

/** Rows without a mark. */
function unmarkedRows(isUsable: Uint8Array, from: Int32Array | null): Int32Array {
  return rowsWhere(
    isUsable.map((mark) => 1 - mark),
    from,
  );
}

/** Every row is alone: one row a level, as where a measured quantity stands among the fixed effects. */
function allAlone({ formula, sample }: DesignInput, factors: readonly Factor[], rows: number): StudyError {
  const finest = factors.reduce((most, factor, f) => (factor.count > factors[most].count ? f : most), 0);
  const { count: levels } = factors[finest];
  return new StudyError('no-within-variation', {
    where: placeOf({ formula, sample }),
    name: printFactor(formula.outcome),
    finest: levels > rows / 2 ? { name: printEffect(formula.effects[finest]), levels, rows } : null,
  });
}

/** Rows whose mark is left. */
function rowsWhere(isUsable: Uint8Array, from: Int32Array | null): Int32Array {
  const rows = new Int32Array(isUsable.length);
  let count = 0;
  for (let i = 0; i < isUsable.length; i++) if (isUsable[i] === 1) rows[count++] = from === null ? i : from[i];
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

/** The note on rows alone in a level. */
export function singletonDiagnostic(count: number, drops: boolean, levels: readonly string[]): Diagnostic {
  return { code: drops ? 'singletons-dropped' : 'singletons-kept', severity: 'note', detail: { count, levels } };
}
