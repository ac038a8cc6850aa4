import { shareUnit } from '../../data/language/patterns.ts';
import type { FillRule } from '../../data/panel/fill.ts';
import type { Bounds } from '../../data/source/contract.ts';
import type { DivisionPolicy, EmissionRules } from '../../domain/study-words.ts';
import { entryOf } from '../../error/at.ts';
import type { PanelKeys } from '../../model/contract.ts';
import type { HouseName } from '../../output/format/house/catalog.ts';
import { listOf } from '../../table/words/texts.ts';
import { type ResolvedFigure, type ResolvedTable, type TableSpec, tableKindOf } from '../exhibit/catalog.ts';
import { type Bilingual, bilingual } from './bilingual.ts';
import { resolvePaths } from './hypothesis-paths.ts';
import { type OrderClaim, type TableOrderClaim, tableOrderInNumbers, withOrderClaims } from './order-claims.ts';
import { type ResolvedModel, resolveModel } from './resolve-models.ts';
import { type ResolvedData, resolveData, resolveFill } from './resolve-raw.ts';
import { type ResolvedHypothesis, type ResolvedRule, rulesOf, type StricterRule } from './resolved-hypothesis.ts';
import type { ResolvedSample } from './resolved-sample.ts';
import type { MeasureSpec, RawStudySpec, StudyCoreSpec } from './spec.ts';
import type { HypothesisSpec, RuleSpec } from './spec-hypotheses.ts';
import { panelColumns } from './study-names.ts';
import type { Vocabulary } from './vocabulary.ts';

export type { ResolvedModel } from './resolve-models.ts';

/** What every study has once its defaults are visible, wherever its panel comes from: what the steps after the panel work from. */
export interface StudyCore {
  readonly kaya: 1;
  readonly id: string;
  readonly title: Bilingual;
  readonly subtitle: Bilingual | null;
  readonly authors: Bilingual | null;
  readonly follows: Bilingual | null;
  /** Path of the printed numbers, relative to the study file. */
  readonly published: string | null;
  readonly panel: PanelKeys;
  /** How tables and figures print a variable; one entry for each measure, group, unit and time at least. */
  readonly labels: Readonly<Record<string, Bilingual>>;
  readonly variables: Readonly<Record<string, readonly string[]>>;
  readonly models: Readonly<Record<string, ResolvedModel>>;
  /** Parts of the panel of models that are not estimated on all of them; left out: every model is. */
  readonly parts?: Readonly<Record<string, readonly ResolvedSample[]>>;
  readonly tables: readonly ResolvedTable[];
  readonly figures: readonly ResolvedFigure[];
  readonly hypotheses: readonly ResolvedHypothesis[];
  readonly report: {
    readonly language: 'en' | 'zh';
    readonly decimals: number;
    readonly stars: boolean;
    /** Name of the house style of every table; null for none. */
    readonly style: HouseName | null;
    readonly headline: { readonly table: string; readonly column: number | 'last'; readonly term: string } | null;
  };
}

/** A study from raw tables with every default visible: what `kaya study check --resolved` prints. */
export interface ResolvedRawStudy extends StudyCore {
  /** The pack that it names; null: none. */
  readonly pack: string | null;
  readonly data: ResolvedData;
  readonly panel: {
    readonly unit: 'city';
    readonly time: 'year';
    readonly years: readonly [first: number, last: number];
    /** Null: every place. */
    readonly universe: string | null;
    readonly divisions: DivisionPolicy;
    readonly exclude: readonly ResolvedExclusion[];
    readonly groups: readonly string[];
    readonly emissions: EmissionRules;
  };
  readonly measures: readonly ResolvedMeasure[];
}

/** Exactly one of `cities` and `provinces` is not empty. */
export interface ResolvedExclusion {
  readonly cities: readonly string[];
  readonly provinces: readonly string[];
  readonly reason: Bilingual;
  readonly assumption: boolean;
}

export interface ResolvedMeasure {
  readonly id: string;
  readonly label: Bilingual;
  readonly unit: Bilingual;
  /** Over indicators; the one that the measure's option asks for. */
  readonly formula: string;
  readonly missing: FillRule;
  /** Where the pack says that it is defined; null: the study file defines it. */
  readonly source: Bilingual | null;
  /** What the pack's source leaves open, and what was taken. */
  readonly note: Bilingual | null;
  /** What it can be; null: anything. */
  readonly bounds: Bounds | null;
  /** The option that the formula comes from, when the measure has one. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether the study file itself defines it. */
  readonly isNew: boolean;
}

/** Writes out what a valid study file leaves open. */
export function resolveRawStudy(study: RawStudySpec, vocabulary: Vocabulary): ResolvedRawStudy {
  return {
    ...resolveCore(study, usualLabels(study)),
    pack: study.pack ?? null,
    data: resolveData(study.data),
    panel: {
      ...study.panel,
      universe: study.panel.universe ?? null,
      exclude: study.panel.exclude.map(({ cities, provinces, reason, assumption }) => ({
        cities: cities ?? [],
        provinces: provinces ?? [],
        reason: bilingual(reason),
        assumption,
      })),
    },
    measures: study.measures.map((measure) => resolveMeasure(measure, vocabulary)),
  };
}

/** The part of a study that does not know where its panel comes from. `usual`: labels where the study gives none. */
export function resolveCore(
  study: StudyCoreSpec,
  usual: Readonly<Record<string, Bilingual>>,
): Omit<StudyCore, 'panel'> {
  const written = Object.entries(study.labels).map(([name, label]) => [name, bilingual(label)] as const);
  return {
    kaya: study.kaya,
    id: study.id,
    title: bilingual(study.title),
    subtitle: optional(study.subtitle),
    authors: optional(study.authors),
    follows: optional(study.follows),
    published: study.published ?? null,
    // Without a prototype: `constructor` has a label only where the study gives one.
    labels: Object.assign(Object.create(null), usual, Object.fromEntries(written)),
    variables: study.variables,
    models: Object.fromEntries(
      Object.entries(study.models).map(([id, model]) => {
        const claims = rulesIn(study).filter(
          (one): one is typeof one & OrderClaim => 'order' in one && 'model' in one && one.model === id,
        );
        return [id, resolveModel(withOrderClaims(model, claims), study.conventions, study.variables)];
      }),
    ),
    tables: study.tables.map((table, i) => resolveTable(withClaimedOrders(table, study), i, study)),
    figures: study.figures.map((figure) => ({ ...figure, title: bilingual(figure.title) })),
    hypotheses: study.hypotheses.map((hypothesis) => resolveHypothesis(hypothesis, study)),
    report: { ...study.report, style: study.report.style ?? null, headline: study.report.headline ?? null },
  };
}

/** The rules of every claim, the stricter ones among them. */
function rulesIn({ hypotheses }: StudyCoreSpec): readonly RuleSpec[] {
  return hypotheses.flatMap((one) => rulesOf<RuleSpec>(one));
}

function resolveHypothesis(hypothesis: HypothesisSpec, study: StudyCoreSpec): ResolvedHypothesis {
  const { id, text, path: _path, stricter, ...rule } = hypothesis;
  return {
    ...{ id, text: bilingual(text) },
    ...resolveRule(rule, study),
    path: resolvePaths(hypothesis, study),
    stricter: stricter === undefined ? null : resolveStricter(stricter, study),
  };
}

function resolveStricter(written: NonNullable<HypothesisSpec['stricter']>, study: StudyCoreSpec): StricterRule {
  const { reason, covariance = null, ...rule } = written;
  return { ...resolveRule(rule, study), reason: bilingual(reason), covariance };
}

function resolveRule(rule: RuleSpec, study: StudyCoreSpec): ResolvedRule {
  if ('order' in rule) return 'table' in rule ? withNumbers(rule, study) : rule;
  return 'table' in rule ? { ...rule, columns: rule.columns ?? null } : rule;
}

/** A claim on a table of differences as the table has its order. */
function withNumbers<C extends TableOrderClaim>(claim: C, { tables, models }: StudyCoreSpec): C {
  const table = tables.find(({ id }) => id === claim.table);
  const compared = table?.kind === 'differences' ? table.models : [];
  return { ...claim, order: tableOrderInNumbers(claim.order, compared, models) };
}

/** A table of differences with the orders that hypotheses claim of it. */
function withClaimedOrders(table: TableSpec, study: StudyCoreSpec): TableSpec {
  if (table.kind !== 'differences') return table;
  const claimed = rulesIn(study).flatMap((one) =>
    'order' in one && 'table' in one && one.table === table.id ? [one.order] : [],
  );
  const orders = [...listOf(table.order), ...claimed];
  const order = [...new Set(orders.map((text) => tableOrderInNumbers(text, table.models, study.models)))];
  return order.length === 0 ? table : { ...table, order };
}

function resolveMeasure(measure: MeasureSpec, vocabulary: Vocabulary): ResolvedMeasure {
  const written: Exclude<MeasureSpec, string> = typeof measure === 'string' ? { id: measure } : measure;
  const { id, formula, unit, label, missing } = written;
  const definition = vocabulary.measures.find((one) => one.id === id);
  if (formula !== undefined || definition === undefined) {
    const own = { formula: formula ?? '', unit: bilingual(unit ?? ''), label: bilingual(label ?? id) };
    const bounds: Bounds | null = isShareUnit(unit ?? '') ? [0, 1] : null;
    return {
      id,
      ...own,
      missing: resolveFill(missing, 'linear'),
      bounds,
      source: null,
      note: null,
      options: {},
      isNew: true,
    };
  }
  const { option } = definition;
  const value = option === undefined ? undefined : (written[option.name] ?? Object.keys(option.formulas)[0]);
  return {
    id,
    label: definition.label,
    unit: definition.unit,
    formula: option === undefined ? definition.formula : entryOf(option.formulas, String(value)),
    missing: resolveFill(missing, definition.missing),
    source: definition.source,
    note: definition.note ?? null,
    bounds: definition.bounds ?? null,
    options: option === undefined ? {} : { [option.name]: String(value) },
    isNew: false,
  };
}

/** A new measure says by its unit that it is a share of 1. */
function isShareUnit(unit: string): boolean {
  return shareUnit.test(unit.trim());
}

/** Labels of the panel's columns before the study's own. */
function usualLabels(study: RawStudySpec): Record<string, Bilingual> {
  const usual = panelColumns(study).map((name) => [name, bilingual(name)]);
  const own = study.measures.flatMap((measure) =>
    typeof measure === 'string' || measure.label === undefined ? [] : [[measure.id, bilingual(measure.label)]],
  );
  return Object.fromEntries([...usual, ...own]);
}

function resolveTable(
  table: TableSpec,
  place: number,
  { conventions, tables, report: { style } }: Pick<RawStudySpec, 'conventions' | 'tables' | 'report'>,
): ResolvedTable {
  const head = {
    id: table.id,
    number: table.number ?? /\d+$/.exec(table.id)?.[0] ?? String(place + 1),
    title: bilingual(table.title),
    notes: table.notes.map(bilingual),
  };
  const layout = { ...conventions.layout, ...(style === undefined ? {} : { style }) };
  const modelsOfTable = (id: string): readonly string[] =>
    tables.flatMap((one) => (one.id === id ? tableKindOf(one).coefficientModels(one) : []));
  return tableKindOf(table).resolve(table, head, { ...conventions, layout, modelsOfTable });
}

function optional(label: string | Bilingual | undefined): Bilingual | null {
  return label === undefined ? null : bilingual(label);
}
