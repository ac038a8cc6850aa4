import type { LedgerLine } from '../../data/clean/ledger.ts';
import type { UnitSlip } from '../../data/clean/unit-slips.ts';
import type { AboutColumns } from '../../data/source/about-columns.ts';
import type { EngineSource } from '../../engine/contract.ts';
import type { PanelShape } from '../../model/panel-shape.ts';
import type { Description, TextDescription } from '../../model/result/description.ts';
import type { PanelFileJoin } from '../../output/report/panel-file-data.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { RowCondition } from '../../table/condition/row-condition.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import type { BuiltPanel } from '../build-panel.ts';
import type { Bilingual } from '../language/bilingual.ts';
import type { ResolvedRawStudy } from '../language/resolve.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { TableSource } from '../read-raw.ts';
import type { RowFault } from '../without/row-fault.ts';
import type { StudyLeft } from '../without/study-without.ts';

/**
 * A study with the panel that it works on, and how that came about. Rows are sorted by unit and time; table `panel` of the
 * engine has the same rows in the same order.
 */
export type StudyPanel =
  | {
      readonly kind: 'raw-tables';
      /** What can be made of the study. */
      readonly study: ResolvedRawStudy;
      /** The study as it is written, and what of it is not made; left out: all of it is. */
      readonly left?: {
        readonly whole: ResolvedRawStudy;
        /** What the rows of the panel do not give; left out: they give all. */
        readonly faults?: readonly RowFault[];
      } & Pick<StudyLeft, 'unmade' | 'renumbered'>;
      readonly table: ColumnTable;
      readonly built: BuiltPanel;
    }
  | {
      readonly kind: 'panel-file';
      readonly study: ResolvedPanelFileStudy;
      readonly table: ColumnTable;
      readonly files: FilesAccount;
      /** The raw tables that the panel was made of; null: of ready files. */
      readonly raw: RawTablesRead | null;
      /** Texts of coded values, by column. */
      readonly valueTexts: AboutColumns['valueTexts'];
      /** Set: the rows stayed where they are, and `table` has their columns alone. */
      readonly elsewhere?: PanelElsewhere;
    };

/** What is known of a panel whose rows are elsewhere. */
export interface PanelElsewhere {
  readonly source: EngineSource;
  readonly shape: PanelShape;
  /** Of the variables that the study uses. */
  readonly variables: ElsewhereDescribed;
  /** Statistics of columns on the rows that meet a condition. */
  readonly describe: (
    variables: readonly string[],
    where: RowCondition | null,
    quantiles: PercentileRule,
  ) => Promise<ElsewhereDescribed>;
}

export interface ElsewhereDescribed {
  readonly numbers: readonly Description[];
  readonly texts: readonly TextDescription[];
}

/** What was read of raw tables, with the panel's unit of each value. */
export interface RawTablesRead {
  readonly ledger: readonly LedgerLine[];
  readonly slips: readonly UnitSlip[];
  readonly sources: readonly TableSource[];
  /** Codes of the units by the number that stands for them, from 1. */
  readonly codes: readonly string[];
  /** Series of which a value was read. */
  readonly series: readonly string[];
}

/** From the files of a ready panel to its rows. */
export interface FilesAccount {
  readonly files: readonly ReadFile[];
  readonly joins: readonly JoinCounts[];
  readonly derived: readonly DerivedCounts[];
  /** Rows of the stacked and joined files. */
  readonly rows: number;
  readonly units: number;
  /** Rows without a unit or a time, which are left out first. */
  readonly keyless: number;
  readonly rules: readonly RuleCounts[];
}

/** A file as it was read. */
export interface ReadFile {
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  /** Columns of the other stacked files that this one lacks: their cells are missing in its rows. */
  readonly absent: readonly string[];
}

/** What became of the rows of a join. */
export interface JoinCounts extends PanelFileJoin {
  readonly match: '1:1' | 'm:1' | '1:m';
  /** Rows of the file. */
  readonly rows: number;
  readonly columns: readonly string[];
}

export interface DerivedCounts {
  readonly name: string;
  readonly formula: string;
  readonly observed: number;
  /** Rows on which the expression has no finite value though its columns do, such as log(0). */
  readonly undefined: number;
  readonly missing: number;
}

/** A rule of the sample with what it took and left. */
export interface RuleCounts {
  readonly kind: 'keep' | 'exclude';
  readonly where: string;
  readonly reason: Bilingual;
  readonly assumption: boolean;
  readonly rowsOut: number;
  readonly rowsLeft: number;
  /** Units that lost their last row. */
  readonly unitsOut: number;
  readonly unitsLeft: number;
}
