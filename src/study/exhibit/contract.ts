import type { z } from 'zod';
import type { CountedWord } from '../../domain/contract.ts';
import type { Expected } from '../../error/said.ts';
import type { PanelKeys } from '../../model/contract.ts';
import type { Description } from '../../model/result/description.ts';
import type { Block, TableBlock } from '../../output/document/contract.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import type { HouseStyle } from '../../output/format/house/contract.ts';
import type { LayoutWords } from '../../output/layout/schema.ts';
import type { HypothesisRow, ReportPart } from '../../output/report/outline.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { Kind } from '../../table/condition/ast.ts';
import type { EstimatedColumn, EstimatedModels } from '../estimated.ts';
import type { Bilingual } from '../language/bilingual.ts';
import type { KeyPath, KnownNames, PlacelessFault } from '../language/faults.ts';
import type { PublishedNumber } from '../language/published.ts';
import type { ResolvedHypothesis } from '../language/resolved-hypothesis.ts';
import type { ResolvedSample } from '../language/resolved-sample.ts';
import type { ModelSpec } from '../language/spec-models.ts';
import type { belowEstimate, fitMeasure } from '../language/words.ts';

/** What exhibits show of what models ask for, by its word, or have in their formula (`event`). */
export type AskedWord =
  | 'curve'
  | 'permute'
  | 'placebo'
  | 'dfbeta'
  | 'added_variable'
  | 'margins'
  | 'mediators'
  | 'event'
  | 'samples'
  | 'variants';

/** What a study file may point at, for the checks of tables and figures. */
export interface ExhibitNames {
  readonly models: readonly string[];
  readonly thresholdModels: readonly string[];
  /** Models that ask for something after the fit, by its word. */
  readonly modelsAsking: (word: AskedWord) => readonly string[];
  /** Columns that statistics may describe, and what they are called. */
  readonly described: KnownNames;
  readonly what: Expected;
  /** Of the panel. */
  readonly columns: KnownNames;
  /** That conditions on rows may name as well; left out: none but `columns`. */
  readonly rowColumns?: KnownNames;
  /** What columns hold, as far as that is known before there is a panel. */
  readonly kindOf?: ((name: string) => Kind) | undefined;
  /** Tables whose columns are models. */
  readonly coefficientTables: readonly string[];
  /** Terms of models; null where a formula is wrong, which is told elsewhere. */
  readonly termsOf: (models: readonly string[]) => readonly string[] | null;
  /** The parts of the panel that a list of models is of, where it is one model with `samples`. */
  readonly partsOf: (models: readonly string[]) => ModelSpec['samples'];
  /** Ids of the hypotheses. */
  readonly hypotheses: readonly string[];
  /** Whether rows of raw tables may be counted by words; left out: they are not. */
  readonly isCounting?: boolean;
  /** Terms of a table of coefficients; null where it is none. */
  readonly termsOfTable: (table: string) => readonly string[] | null;
}

/** What holds for every table that says nothing else. */
export interface ExhibitConventions {
  readonly statistic: z.output<typeof belowEstimate>;
  readonly r2: z.output<typeof fitMeasure>;
  /** How tables of models are laid out that say nothing else. */
  readonly layout: LayoutWords;
  /** Small-sample convention of covariances. */
  readonly ssc: string;
}

/** What a table is written out with. */
export interface TableSurroundings extends ExhibitConventions {
  /** Models whose coefficients are the columns of a table of the study; none of other tables. */
  readonly modelsOfTable: (id: string) => readonly string[];
}

/** What every table has once its defaults are visible. */
export interface TableHead {
  readonly id: string;
  /** As printed: `3` of Table 3. */
  readonly number: string;
  readonly title: Bilingual;
  readonly notes: readonly Bilingual[];
}

/** What exhibits are made from. */
export interface ExhibitContext {
  readonly study: {
    readonly panel: PanelKeys;
    readonly labels: Readonly<Record<string, Bilingual>>;
    readonly models?: Readonly<Record<string, { readonly samples: readonly ResolvedSample[] }>>;
    /** Of models that are not estimated on all of their parts; left out: every model is. */
    readonly parts?: Readonly<Record<string, readonly ResolvedSample[]>>;
  };
  readonly panel: ColumnTable;
  readonly models: EstimatedModels;
  readonly isSynthetic: boolean;
  /** Of every table that names none of its own; left out: none. */
  readonly house?: HouseStyle | null;
  /** Statistics of tables that an engine made, by the id of the table; left out: they are made of the rows. */
  readonly described?: ReadonlyMap<string, readonly Description[]>;
  /** What rows of raw tables were found by; left out: none were. */
  readonly counted?: readonly CountedWord[] | null;
}

/** A table as blocks: itself first, then what is folded below it. */
export type TableBlocks = readonly [TableBlock, ...Block[]];

/**
 * A kind of table: all that the study language, the run, the comparison and the report ask of it. One file (or folder) and one line of
 * the catalog add one; the schema, its docs page and the JSON schema for editors follow.
 */
export interface TableKind<Spec, Table extends TableHead, Obtained> {
  readonly kind: string;
  /** The part of the report that it stands in unless its author says otherwise. */
  readonly part: ReportPart;
  /** Its branch of `tables` in the study file. */
  readonly schema: z.ZodType<Spec>;
  /** As an author writes one; a test makes it. */
  readonly example: object;
  /** Writes out what the spec leaves open. */
  readonly resolve: (spec: Spec, head: TableHead, surroundings: TableSurroundings) => Table;
  /** Names in it that are not there. `path`: where it stands in the file. */
  readonly check: (spec: Spec, path: KeyPath, names: ExhibitNames) => readonly PlacelessFault[];
  /** Models whose coefficients are its columns: what figures, hypotheses and the headline point at. None for other kinds. */
  readonly coefficientModels: (spec: Spec | Table) => readonly string[];
  /** Models whose fits it looks at again; left out: none. */
  readonly fitsNeeded?: (table: Table) => readonly string[];
  /** It is made of what its models gave, or of statistics that an engine makes: no row is looked at; left out: rows are. */
  readonly isWithoutRows?: true;
  /** It shows the raw tables, whichever rows the panel has; left out: it does not. */
  readonly isOfRaw?: true;
  /** Of the model that it names it takes the parts of the panel alone; left out: what was estimated on them. */
  readonly isOfParts?: true;
  /** Columns of the panel that it describes itself. */
  readonly variables: (table: Table) => readonly string[];
  /** Its numbers, in full precision. */
  readonly make: (table: Table, context: ExhibitContext) => Obtained;
  /** Columns under every covariance; none for other kinds. */
  readonly columns: (obtained: Obtained) => readonly EstimatedColumn[];
  /** Every model behind it, for the account of their rows. */
  readonly models: (obtained: Obtained) => readonly EstimatedColumn[];
  /** The number obtained in place of a printed one; null where there is none. */
  readonly compare: (obtained: Obtained, printed: PublishedNumber) => number | null;
  /** How it is printed. */
  readonly document: (table: Table, obtained: Obtained, context: ExhibitContext) => TableBlocks;
  /** Its part of results.json, after id, title and kind. */
  readonly results: (obtained: Obtained) => object;
}

/** A table of a study as it was made. */
export interface StudyTable {
  readonly kind: string;
  readonly id: string;
  readonly number: string;
  /** Read by the kind that made it. */
  readonly obtained: unknown;
  readonly columns: readonly EstimatedColumn[];
  /** Every model behind it. */
  readonly models: readonly EstimatedColumn[];
  readonly blocks: TableBlocks;
}

export interface FigureContext extends ExhibitContext {
  readonly study: ExhibitContext['study'] & FigureStudy;
  readonly number: string;
  /** Those that the figures need, at least. */
  readonly tables: readonly StudyTable[];
  /** Of every hypothesis whose table was made. */
  readonly verdicts: readonly HypothesisRow[];
}

/** What a study says beside its figures, as far as they show it. */
export interface FigureStudy {
  readonly hypotheses: readonly ResolvedHypothesis[];
}

/** A kind of figure. */
export interface FigureKind<Spec extends { readonly id: string }> {
  readonly kind: string;
  /** Its branch of `figures` in the study file. */
  readonly schema: z.ZodType<Spec>;
  /** As an author writes one; a test makes it. */
  readonly example: object;
  readonly check: (spec: Spec, path: KeyPath, names: ExhibitNames) => readonly PlacelessFault[];
  /** It is made of what its models gave: no row is looked at; left out: rows are. */
  readonly isWithoutRows?: true;
  /** It shows the study as a whole, no table or model of it; left out: it does not. */
  readonly isOfAll?: true;
  /** It shows rows of the panel, whichever it is given; left out: it shows models, or rows by their place in the panel. */
  readonly isOfPanel?: true;
  /** Tables that it is drawn from, or that decide what it shows. */
  readonly tables: (figure: WithTitle<Spec>, study: FigureStudy) => readonly string[];
  readonly make: (figure: WithTitle<Spec>, context: FigureContext) => FigureModel;
}

/** The same with its title in both languages. */
export type WithTitle<Spec> = Omit<Spec, 'title'> & { readonly title: Bilingual };
