import type { PanelFileGroups, PanelFileShape } from '../document/results/panel-account.ts';
import type { Label } from '../table/contract.ts';
import type { ModelRows, RawTablesAccount } from './data-account.ts';

/** The way of the data from the files of a ready panel to the rows of each model: `data` of results.json and the report's sections. */
export interface PanelFileData {
  readonly kind: 'panel-file';
  readonly unit: string;
  readonly time: string;
  readonly files: readonly {
    readonly path: string;
    readonly rows: number;
    readonly columns: number;
    /** Columns of the other stacked files that it lacks. */
    readonly absent: readonly string[];
  }[];
  readonly joins: readonly PanelFileJoin[];
  /** Of a panel that is made of raw tables; left out: of ready files. */
  readonly raw?: RawTablesAccount;
  readonly flow: PanelFileFlow;
  readonly shape: PanelFileShape;
  readonly groups: readonly PanelFileGroups[];
  readonly variables: readonly PanelFileVariable[];
  /** Columns of each regression table that share their counts, in the order of the tables. */
  readonly models: readonly ModelRows[];
}

/** What became of the rows of a join. */
export interface PanelFileJoin {
  readonly file: string;
  readonly by: readonly string[];
  readonly match: string;
  /** Rows of the panel before and after. */
  readonly before: number;
  readonly after: number;
  /** Rows of the panel before that found a row of the file. */
  readonly matched: number;
  readonly unmatched: number;
  readonly dropped: number;
  /** Rows that came to be because a row of the panel found several. */
  readonly doubled: number;
  /** Rows of the file that no row of the panel found. */
  readonly unused: number;
}

/** From the rows of the files to those of the panel, rule by rule. */
export interface PanelFileFlow {
  readonly rows: number;
  readonly units: number;
  /** Rows without a unit or a time. */
  readonly keyless: number;
  readonly rules: readonly {
    readonly kind: 'keep' | 'exclude';
    readonly where: string;
    readonly reason: Label;
    readonly assumption: boolean;
    readonly rows_out: number;
    readonly rows_left: number;
    readonly units_out: number;
    readonly units_left: number;
  }[];
}

/** A variable that the study uses, over the rows of the panel. */
export interface PanelFileVariable {
  readonly variable: string;
  readonly role: 'outcome' | 'main' | 'control' | 'other';
  /** The expression of a derived variable; null for a column of the files. */
  readonly formula: string | null;
  readonly obs: number;
  readonly missing: number;
  /** Rows of the files on which the expression has no finite value; null for a column of the files. */
  readonly undefined: number | null;
  /** Null for texts. */
  readonly within_sd: number | null;
  readonly between_sd: number | null;
  /** How many values a text has; null for numbers. */
  readonly values: number | null;
}
