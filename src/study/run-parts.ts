import type { DataAccount } from '../output/report/data-account.ts';
import type { HypothesisRow } from '../output/report/outline.ts';
import type { PanelFileData } from '../output/report/panel-file-data.ts';
import type { ComparisonRow } from '../output/table/comparison-table.ts';
import type { TruthRow } from '../output/table/truth-table.ts';
import type { EstimatedModels } from './estimated.ts';
import type { StudyTable } from './exhibit/contract.ts';
import type { SumsAccount } from './sums-account.ts';
import type { Unmade } from './without/contract.ts';

/** Where the numbers of a run come from. */
export interface ReportSources {
  readonly version: string;
  readonly engine: string;
  /** The engine that sums of models were asked of; left out: they are made in memory. */
  readonly sums?: Pick<SumsAccount, 'engine' | 'version'>;
  /** Whether any file that was read is synthetic, however one knows. */
  readonly isSynthetic: boolean;
  readonly generator: {
    readonly version: number;
    readonly seed: number;
    readonly scale: number;
    /** Whether the panel has its errors; left out: it was moved until it prints the publication. */
    readonly sampling?: boolean;
  } | null;
  /** What is known of the synthetic files; null where none is. */
  readonly layer: SyntheticLayer | null;
  readonly studySha256: string;
  /** Null where the rows stayed elsewhere and no panel was written. */
  readonly panelSha256: string | null;
  readonly inputs: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number | null;
    readonly synthetic?: boolean;
  }[];
}

/** Synthetic files of a run: how they are known to be, and what became of them since they were made. */
export interface SyntheticLayer {
  /** A list of the layer's files, what is left of a layer, an earlier run, marks in the rows. */
  readonly knownBy: 'list' | 'remains' | 'run' | 'marks';
  /** Files of the layer that were changed by hand, or are gone. */
  readonly changed: readonly string[];
  /** Files in its folder that are not of it. */
  readonly added: readonly string[];
}

/** What a run obtained, before it is printed. */
export interface ResultParts {
  readonly tables: readonly StudyTable[];
  /** Models that no table of the study shows. */
  readonly untabled: EstimatedModels;
  readonly hypotheses: readonly HypothesisRow[];
  readonly comparison: readonly ComparisonRow[];
  readonly truth: readonly TruthRow[];
  /** Of raw tables, or of the files of a ready panel. */
  readonly data: DataAccount | PanelFileData;
  readonly isSynthetic: boolean;
  /** Which models an engine made the sums of; null: none was asked. */
  readonly sums: SumsAccount | null;
  /** What of the study is not made because its raw tables lack what it needs. */
  readonly unmade: readonly Unmade[];
}
