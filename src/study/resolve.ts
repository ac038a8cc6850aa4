import { measureId } from './check-study.ts';
import { expandMacros } from './macro.ts';
import type { MeasureSpec, StudySpec, TableSpec } from './spec.ts';
import type { MissingRule, Vocabulary } from './vocabulary.ts';

/** A text in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A study with every default visible: what the steps work from, what `kaya study check --resolved` prints. */
export interface ResolvedStudy {
  readonly kaya: 1;
  readonly id: string;
  readonly title: Bilingual;
  /** Path of the printed numbers, relative to the study file. */
  readonly published: string | null;
  readonly data: {
    /** Folder of the raw tables, relative to the study file. */
    readonly raw: string;
    /** How to make the raw layer when it is absent; null: it must be there. */
    readonly synthetic: { readonly seed: number; readonly scale: number } | null;
  };
  readonly panel: {
    readonly unit: 'city';
    readonly time: 'year';
    readonly years: readonly [first: number, last: number];
    readonly universe: string;
    readonly exclude: readonly ResolvedExclusion[];
    readonly groups: readonly string[];
  };
  readonly measures: readonly ResolvedMeasure[];
  readonly variables: Readonly<Record<string, readonly string[]>>;
  readonly models: Readonly<Record<string, ResolvedModel>>;
  readonly tables: readonly ResolvedTable[];
  readonly figures: readonly ResolvedFigure[];
  readonly hypotheses: readonly ResolvedHypothesis[];
}

/** Exactly one of `cities` and `provinces` is not empty. */
export interface ResolvedExclusion {
  readonly cities: readonly string[];
  readonly provinces: readonly string[];
  readonly reason: string;
  readonly assumption: boolean;
}

export type ResolvedMeasure =
  | {
      readonly kind: 'known';
      readonly id: string;
      readonly missing: MissingRule;
      readonly options: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'new';
      readonly id: string;
      readonly missing: MissingRule;
      readonly formula: string;
      readonly unit: string;
      readonly label: Bilingual;
    };

export interface ResolvedModel {
  /** Macros written out; multiple estimation (`csw0()`) still in it. */
  readonly formula: string;
  /** The first one is printed. */
  readonly vcov: readonly string[];
  readonly ssc: string;
  readonly where: string | null;
}

interface TableHead {
  readonly id: string;
  /** As printed: `3` of Table 3. */
  readonly number: string;
  readonly title: Bilingual;
  readonly labels: Readonly<Record<string, Bilingual>>;
}

export type ResolvedTable =
  | (TableHead & { readonly kind: 'summary'; readonly variables: readonly string[] })
  | (TableHead & { readonly kind: 'regression'; readonly models: readonly string[]; readonly r2: R2Name });

export type R2Name = Extract<TableSpec, { kind: 'regression' }>['r2'];

export interface ResolvedFigure {
  readonly kind: 'coefficients';
  readonly id: string;
  readonly title: Bilingual;
  readonly table: string;
  readonly term: string;
}

export interface ResolvedHypothesis {
  readonly id: string;
  readonly text: Bilingual;
  readonly table: string;
  readonly term: string;
  readonly sign: 'positive' | 'negative';
  readonly level: number;
}

/** Writes out what a valid study file leaves open. */
export function resolveStudy(study: StudySpec, vocabulary: Vocabulary): ResolvedStudy {
  return {
    kaya: study.kaya,
    id: study.id,
    title: bilingual(study.title),
    published: study.published ?? null,
    data: { raw: study.data.raw, synthetic: study.data.synthetic ?? null },
    panel: {
      ...study.panel,
      exclude: study.panel.exclude.map(({ cities, provinces, reason, assumption }) => ({
        cities: cities ?? [],
        provinces: provinces ?? [],
        reason,
        assumption,
      })),
    },
    measures: study.measures.map((measure) => resolveMeasure(measure, vocabulary)),
    variables: study.variables,
    models: Object.fromEntries(
      Object.entries(study.models).map(([id, model]) => [
        id,
        {
          formula: expandMacros(model.formula, study.variables),
          vcov: typeof model.vcov === 'string' ? [model.vcov] : model.vcov,
          ssc: model.ssc,
          where: model.where ?? null,
        },
      ]),
    ),
    tables: study.tables.map(resolveTable),
    figures: study.figures.map((figure) => ({ ...figure, title: bilingual(figure.title) })),
    hypotheses: study.hypotheses.map((hypothesis) => ({ ...hypothesis, text: bilingual(hypothesis.text) })),
  };
}

function resolveMeasure(measure: MeasureSpec, vocabulary: Vocabulary): ResolvedMeasure {
  const id = measureId(measure);
  const { id: _id, formula, unit, label, missing, ...options } = typeof measure === 'string' ? { id } : measure;
  if (formula !== undefined) {
    return { kind: 'new', id, missing: missing ?? 'linear', formula, unit: unit ?? '', label: bilingual(label ?? id) };
  }
  const signature = vocabulary.measures[id];
  const defaults = Object.entries(signature.options).map(([option, values]) => [option, values[0]]);
  return {
    kind: 'known',
    id,
    missing: missing ?? signature.missing,
    options: { ...Object.fromEntries(defaults), ...options },
  };
}

function resolveTable(table: TableSpec, place: number): ResolvedTable {
  const number = table.number ?? /\d+$/.exec(table.id)?.[0] ?? String(place + 1);
  const labels = Object.fromEntries(Object.entries(table.labels).map(([term, label]) => [term, bilingual(label)]));
  const head = { id: table.id, number, title: bilingual(table.title), labels };
  return table.kind === 'summary'
    ? { ...head, kind: table.kind, variables: table.variables }
    : { ...head, kind: table.kind, models: table.models, r2: table.r2 };
}

function bilingual(label: string | Bilingual): Bilingual {
  return typeof label === 'string' ? { en: label, zh: label } : label;
}
