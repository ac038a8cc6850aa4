import type { AuditResult } from '../../audit/contract.ts';
import type { CovarianceLabel } from '../../model/result/result.ts';
import type { Block, TableBlock } from '../document/contract.ts';
import type { PanelNouns } from '../document/results/panel-account.ts';
import type { FigureModel } from '../figure/contract.ts';
import type { Language } from '../format/text-key.ts';
import type { ComparisonRow } from '../table/comparison-table.ts';
import type { Label, Text } from '../table/contract.ts';
import type { TruthRow } from '../table/truth-table.ts';
import type { TableAnswers } from './answers.ts';
import type { DataAccount } from './data-account.ts';
import type { DescribedMethod } from './methods/catalog.ts';
import type { PanelFileData } from './panel-file-data.ts';

/** All that a report shows, as plain data. `self-contained-html.ts` prints it. */
export interface ReportModel {
  /** Shown first, and without script. The other language is in the file too. */
  readonly language: Language;
  readonly study: StudyHead;
  /** Whether the raw layer was simulated; the first screen says so. */
  readonly isSynthetic: boolean;
  /** Whether the simulated panel has its errors; left out: it was moved until it prints the publication. */
  readonly hasSamplingError?: boolean;
  /** Files of the synthetic layer that were changed by hand since it was made; left out: none. */
  readonly changedByHand?: readonly string[];
  /** Printed labels of variables that standard errors mention, such as the cluster variable. */
  readonly names?: Readonly<Record<string, Text>>;
  readonly headline: Headline;
  readonly hypotheses: readonly HypothesisRow[];
  /** From the files to the rows of each model. */
  readonly origin: ReportOrigin;
  /** Tables and figures in the order of the study. */
  readonly exhibits: readonly ReportExhibit[];
  /** What stands behind the numbers of tables, by their ids; left out: nothing is told. */
  readonly answers?: Readonly<Record<string, TableAnswers>>;
  /** What its tables were computed by; left out: nothing is told. */
  readonly methods?: readonly DescribedMethod[];
  readonly comparison: readonly ComparisonRow[];
  /** What the printed numbers of the paper say of each other. */
  readonly audit?: AuditResult;
  readonly truth: readonly TruthRow[];
  readonly provenance: Provenance;
  readonly citation: { readonly text: Text; readonly bibtex: string | null };
  /** The document of results.json; embedded as it is. */
  readonly results: object;
}

/** The parts of a report that hold tables and figures, in its order. */
export const reportParts = ['results', 'robustness', 'data'] as const;
export type ReportPart = (typeof reportParts)[number];

/** A table and the figures of what it shows, side by side; a figure alone where no table shows its model. */
export interface ReportExhibit {
  readonly part: ReportPart;
  /** The table first, what is folded below it after. */
  readonly table: readonly [TableBlock, ...Block[]] | null;
  readonly figures: readonly FigureModel[];
  /** Why something that would stand here was not made; left out: nothing is missing. */
  readonly notes?: readonly Text[];
  /** What the table was computed by, where the report has a section on it. */
  readonly methods?: readonly DescribedMethod[];
}

/** How the panel came about, and what its columns are. */
export type ReportOrigin =
  | {
      readonly kind: 'raw-tables';
      readonly ledger: SampleLedger;
      readonly data: DataAccount;
      readonly measures: readonly MeasureRow[];
    }
  | { readonly kind: 'panel-file'; readonly data: PanelFileData; readonly nouns: PanelNouns };

export interface StudyHead {
  readonly id: string;
  readonly title: Label;
  /** One sentence below the title. */
  readonly subtitle: Label | null;
  /** Who wrote this study, as one line. */
  readonly authors: Label | null;
  /** The publication whose design the study follows. */
  readonly follows: Label | null;
}

/** The numbers of the first screen. */
export interface Headline {
  /** What the panel has: units, times, observations. */
  readonly size: readonly { readonly label: Text; readonly value: Text }[];
  readonly coefficient: {
    readonly term: Label;
    readonly outcome: Label;
    /** Where it stands, such as Table 3, column (6). */
    readonly place: Text;
    readonly estimate: number;
    /** One entry a covariance, the printed one first. */
    readonly intervals: readonly {
      readonly vcov: CovarianceLabel;
      readonly ci95: readonly [number, number];
    }[];
  } | null;
}

/** What a claim says of its coefficients. */
export type RuleName =
  | 'positive'
  | 'negative'
  | 'none'
  | 'rising'
  | 'order'
  | 'order_estimates'
  | 'indirect_positive'
  | 'indirect_negative';

export interface VerdictUnder {
  readonly vcov: CovarianceLabel;
  /** Columns in which the claim holds, of an order draws. */
  readonly holding: number;
  readonly columns: number;
  readonly verdict: 'supported' | 'partly' | 'not-supported';
}

export interface HypothesisRow {
  readonly id: string;
  readonly text: Label;
  readonly rule: RuleName;
  /** Null where the rule is an interval. */
  readonly level: number | null;
  /** One verdict a covariance, the printed one first. */
  readonly verdicts: readonly VerdictUnder[];
  /** A further rule for the claim, and what came of it; left out: there is none. */
  readonly stricter?: {
    readonly rule: RuleName;
    readonly level: number | null;
    /** Why the claim is held to it too. */
    readonly reason: Label;
    /** Null where what decides was not made. */
    readonly verdict: VerdictUnder | null;
  };
  /** In a version of a reader: the row is the authors', for its own is not there yet, or cannot be had. Left out: it is its own. */
  readonly standing?: Standing;
}

/** What stands in a version of a reader though it is none of it. */
export type Standing = 'waiting' | 'authors';

/** From the universe to the panel, rule by rule. */
export interface SampleLedger {
  readonly universe: { readonly label: Text; readonly cities: number };
  readonly steps: readonly {
    readonly rule: Label;
    readonly reason: Label;
    readonly citiesOut: number;
    readonly citiesLeft: number;
    /** The paper does not say so; the study assumes it. */
    readonly isAssumption: boolean;
  }[];
  readonly cities: number;
  readonly years: number;
  readonly observations: number;
}

export interface MeasureRow {
  readonly id: string;
  /** As tables print it, such as CP. */
  readonly symbol: Label;
  readonly name: Label;
  readonly role: Text;
  readonly unit: Label;
  /** In plain notation. */
  readonly formula: string;
  /** Series in the formula that are computed from raw tables themselves. */
  readonly inputs: readonly { readonly id: string; readonly unit: Label; readonly method: Label }[];
  /** Cells of the panel: read, filled, left missing. */
  readonly cells: { readonly observed: number; readonly interpolated: number; readonly missing: number };
  readonly source: Label;
  readonly missingRule: Text;
  /** A choice where the paper is silent, in a sentence. */
  readonly assumption: Label | null;
}

export interface Provenance {
  /** Names and values in order: version, engine, seed, data hash, command. */
  readonly entries: readonly { readonly label: Text; readonly value: Text }[];
  /** Input files with their hashes. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string; readonly bytes: number | null }[];
}
