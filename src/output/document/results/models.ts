import { type Diagnostic, onceEach } from '../../../error/diagnostic.ts';
import type { EqualityTest } from '../../../model/result/after-fit.ts';
import type { ColumnChange } from '../../../model/result/changes.ts';
import type { GroupDifferences } from '../../../model/result/differences.ts';
import type { FamilyTest } from '../../../model/result/family.ts';
import type { PlanReport } from '../../../model/result/plan-report.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { VariantComparison } from '../../../model/result/variants.ts';
import { decimalsFor } from '../../format/format-number.ts';
import type { NumberStyle } from '../../format/number-style.ts';
import type { TableLayout } from '../../layout/contract.ts';
import { isPlain, plainLayout } from '../../layout/read.ts';
import type { ModelAfterFit } from '../../table/after-fit-parts.ts';
import { afterFitTables } from '../../table/after-fit-tables.ts';
import { changesTables } from '../../table/changes-table.ts';
import type { TableModel, Text } from '../../table/contract.ts';
import { covarianceWords } from '../../table/covariance-name.ts';
import { differencesTables } from '../../table/differences-tables.ts';
import { ivTables } from '../../table/iv-block.ts';
import { modelBlock } from '../../table/model-block.ts';
import { modelRecords } from '../../table/model-records.ts';
import { joinedBy } from '../../table/parts.ts';
import { regressionTable } from '../../table/regression/regression-table.ts';
import { calledBy, type VariableNames } from '../../table/variable-names.ts';
import { variantNames, variantsTable } from '../../table/variants-table.ts';
import { notesOf, wideBlock } from '../blocks.ts';
import type { Block, Document, TableBlock } from '../contract.ts';
import { namedTables, nameOfWords } from '../named-tables.ts';
import { sharedNotes } from '../shared-notes.ts';
import { engineLines } from './engine-lines.ts';
import { otherCovarianceBlocks } from './other-covariances.ts';
import { planBlocks } from './plan.ts';

/** What every document of results says besides the results. */
export interface ResultsOf {
  /** Version of the program; the `kaya` key of the data. */
  readonly version: string;
  /** What had to be done to read the data; with the warnings of the data. */
  readonly reading?: readonly Diagnostic[];
}

/** Models beside each other in one table on a screen; more stand table below table. */
const modelsAcross = 8;

/** What goes with models: how they were fitted as one job, and their coefficients compared, where that was asked for. */
export interface WithModels {
  readonly plan?: PlanReport | null;
  readonly equality?: readonly EqualityTest[];
  readonly differences?: readonly GroupDifferences[];
  readonly families?: readonly FamilyTest[];
  readonly variants?: readonly VariantComparison[];
  readonly changes?: readonly ColumnChange[];
}

/** How the table of models is laid out, and what it may show beside them. */
export interface WithLayout {
  readonly layout?: TableLayout;
  /** Of each model the same fit under its other covariances. */
  readonly others?: readonly (readonly ModelAfterFit[])[];
  /** What the file calls variables, where a table is set for readers and the layout says nothing else; a screen has their names. */
  readonly names?: VariableNames;
  /** For adjusted p-values in the table; the first is of the printed covariance. */
  readonly families?: readonly FamilyTest[];
  /** Columns are headed by these. */
  readonly variants?: readonly VariantComparison[];
}

/** What `kaya reg` says: the models, a table for each thing that was asked for after the fit, and how they were fitted. */
export function modelsDocument(
  models: readonly ModelAfterFit[],
  {
    version,
    reading = [],
    plan = null,
    equality = [],
    differences = [],
    families = [],
    variants = [],
    changes = [],
    ...how
  }: ResultsOf & WithModels & WithLayout,
): Document {
  return {
    title: modelsTitle(models),
    blocks: namedTables(
      [
        ...modelBlocks(models, { ...how, variants, families }),
        ...variants.map((one) => wideBlock(variantsTable(one))),
        ...changesTables(changes).map(wideBlock),
        ...afterFitTables(models, equality, families).map(wideBlock),
        ...differencesTables(differences).map(wideBlock),
        ...otherBlocks(models, how),
        ...notesOf(onceEach([...equality, ...differences].flatMap((one) => one.warnings))),
        ...engineLines(models),
        ...(plan === null ? [] : planBlocks(plan)),
      ],
      modelsName(models),
      'models',
    ),
    data: {
      kaya: version,
      models: withOthers(warnedOfReading(models, reading), how.others),
      ...(equality.length === 0 ? {} : { equality }),
      ...(differences.length === 0 ? {} : { differences }),
      ...(families.length === 0 ? {} : { families }),
      ...(variants.length === 0 ? {} : { variants }),
      ...(changes.length === 0 ? {} : { changes }),
      ...(plan === null ? {} : { plan }),
    },
  };
}

/** What LaTeX and Typst call the table of models: by its formulas, and what else tells it from another one. */
function modelsName(models: readonly ModelResult[]): string {
  const words = models.flatMap(({ formula, sample, vcov }) => [formula, sample ?? '', covarianceWords(vcov)]);
  return nameOfWords([...new Set(words)].filter((word) => word !== '' && word !== 'iid'));
}

/** Each model with the same fit under its other covariances, where several were asked for: the key of `results.json`. */
function withOthers(models: readonly ModelResult[], others: WithLayout['others'] = []): readonly object[] {
  return models.map((model, i) => {
    const own = others[i] ?? [];
    return own.length === 0 ? model : { ...model, other_vcov: own };
  });
}

/** What models give under their other covariances, below everything under the first. */
export function otherBlocks(
  models: readonly ModelAfterFit[],
  { layout = plainLayout, others = [], names = {} }: WithLayout,
): readonly Block[] {
  const decimals = isPlain(layout) ? comparedDecimals([...models, ...others.flat()]) : undefined;
  return otherCovarianceBlocks({ models, others, names: layout.hasLabels ? names : {}, layout, decimals });
}

/** The formulas. */
function modelsTitle(models: readonly ModelResult[]): Text {
  return joinedBy([...new Set(models.map(({ formula }) => formula))], 'list.semicolon');
}

/**
 * Models as blocks. On a screen one model is a block of its own and several stand side by side; a page has them side by side, and one
 * model in full below; records are one a coefficient. Laid out by its author, one table is that of every medium. What instruments are
 * tested by follows.
 * @throws bad-option for a word of the layout that the models have nothing for
 */
export function modelBlocks(models: readonly ModelResult[], how: WithLayout = {}): readonly Block[] {
  const [first, second] = models;
  const single = second === undefined ? first : undefined;
  const notes = single === undefined ? sharedNotes(models, 0) : notesOf(single.warnings, '');
  const full = single === undefined ? [] : [fullModel(single)];
  const { layout = plainLayout } = how;
  const table: TableBlock = {
    kind: 'table',
    table: comparedModels(models, 0, how),
    // Laid out by its author, a table has the digits of its rows.
    ...(isPlain(layout) ? { decimals: comparedDecimals(models) } : {}),
    asked: layout,
    house: layout.house,
  };
  if (!isPlain(layout)) {
    const shown = [{ ...table, isLaidOut: true }, ...notes];
    return [{ kind: 'forms', screen: shown, page: shown, records: shown }, ...ivTables(models).map(wideBlock)];
  }
  return [
    {
      kind: 'forms',
      screen: single === undefined ? sideBySide(models, how) : [group([...full, ...notes])],
      page: [
        table,
        ...full.map((block) => ({ kind: 'fold', heading: { key: 'document.in_full' }, blocks: [block] }) as const),
        ...notes,
      ],
      records: [
        { kind: 'table', table: modelRecords(models.flatMap((model, i) => [model, ...(how.others?.[i] ?? [])])) },
        ...notes,
      ],
    },
    ...ivTables(models).map(wideBlock),
  ];
}

/** Results whose warnings begin with what had to be done to read the data. */
export function warnedOfReading<T extends { readonly warnings: readonly Diagnostic[] }>(
  results: readonly T[],
  reading: readonly Diagnostic[],
): readonly T[] {
  return results.map((result) => ({ ...result, warnings: [...reading, ...result.warnings] }));
}

function group(blocks: readonly Block[]): Block {
  return { kind: 'group', blocks };
}

/** One model as a statistics program prints it: facts, then coefficients. */
function fullModel(model: ModelResult): Block {
  const { title, formula, lines, facts, inference, coefficients } = modelBlock(model);
  const values = model.coef.flatMap((c) => [c.estimate, c.se]);
  const decimals = decimalsFor(values, { significant: 4, least: 4, most: 12 });
  const shown = { estimate: decimals, statistic: 2, number: decimals, p: 4 };
  return group([
    { kind: 'facts', title, lines: [formula, '', ...lines], facts, below: inference },
    { kind: 'table', table: coefficients, decimals: shown },
  ]);
}

function sideBySide(models: readonly ModelResult[], { variants = [] }: WithLayout): readonly Block[] {
  const decimals = comparedDecimals(models);
  return Array.from({ length: Math.ceil(models.length / modelsAcross) }, (_, g) => {
    const first = g * modelsAcross;
    const own = models.slice(first, first + modelsAcross);
    const table: TableBlock = { kind: 'table', table: comparedModels(own, first, { variants }), decimals };
    return group([table, ...sharedNotes(own, first)]);
  });
}

/** Models side by side with standard errors below the estimates. `first` is the number of models printed before. */
function comparedModels(
  models: readonly ModelResult[],
  first: number,
  { layout = plainLayout, others = [], variants = [], families = [], names: labels = {} }: WithLayout = {},
): TableModel {
  const names = layout.hasLabels ? labels : {};
  const called = (variable: string): Text => calledBy(variable, names) ?? variable;
  const effects = [...new Set(models.flatMap((model) => Object.keys(model.fixef)))];
  const [outcome, ...rest] = new Set(models.map((model) => model.depvar));
  const samples = variants.length > 0 ? variantNames(models, variants) : sampleNames(models);
  const hasWithin = models.some((model) => model.r2.within !== null);
  return regressionTable({
    id: 'models',
    number: '',
    title: '',
    columns: models.map((model, i) => ({ label: `(${first + i + 1})`, model, others: others[i] ?? [] })),
    terms: [],
    r2: hasWithin ? ['overall', 'within'] : ['overall', 'adj'],
    statistic: 'se',
    fixedEffects: effects.map((effect) => ({
      effect,
      label: { key: 'row.effect', values: { effect: called(effect) } },
    })),
    ...(outcome === undefined || rest.length > 0 ? {} : { outcome: called(outcome) }),
    families: families.slice(0, 1),
    ...(samples === null ? {} : { samples }),
    ...(variants.length > 0 ? { samplesLabel: { key: 'row.variant' } } : {}),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    notes: [],
    isSynthetic: false,
    layout,
  });
}

function sampleNames(models: readonly ModelResult[]): readonly Text[] | null {
  if (models.every(({ sample }) => sample === null)) return null;
  return models.map(({ sample }) => sample ?? { key: 'sample.all' });
}

function comparedDecimals(models: readonly ModelResult[]): Partial<NumberStyle['decimals']> {
  const values = models.flatMap((model) => model.coef.flatMap((c) => [c.estimate, c.se]));
  const decimals = decimalsFor(values, { significant: 2, least: 3, most: 8 });
  return { estimate: decimals, statistic: decimals };
}
