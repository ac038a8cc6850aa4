import type { PanelVariable, ReferenceFile, TableFile } from '../../../data/panel/contract.ts';
import type { BilingualText } from '../../../data/source/contract.ts';

/** The raw layer, sorted by kind. */
export interface RawFiles {
  readonly registry: readonly TableFile[];
  readonly energy: readonly TableFile[];
  readonly yearbook: readonly TableFile[];
  readonly patents: readonly TableFile[];
  readonly reference: {
    readonly cities: ReferenceFile;
    /** Groups of the study's own by code; null: none. */
    readonly groups: ReferenceFile | null;
    /** Null: neither the study nor its pack has one. Likewise below. */
    readonly fuels: ReferenceFile | null;
    readonly gridFactors: ReferenceFile | null;
    readonly keywords: ReferenceFile | null;
    readonly keywordExclusions: ReferenceFile | null;
    /** The study's own first, then the pack's. */
    readonly cityAliases: readonly ReferenceFile[];
    readonly divisionChanges: ReferenceFile | null;
    readonly exchangeRates: ReferenceFile | null;
  };
}

/** Kinds of raw tables, each the folder of that name. */
export type RawKind = Exclude<keyof RawFiles, 'reference'>;

/** A rule that takes cities out of the panel; exactly one of `cities` and `provinces` is not empty. */
export interface ExclusionRule {
  /** Chinese names or six-digit codes. */
  readonly cities: readonly string[];
  readonly provinces: readonly string[];
  readonly reason: BilingualText;
  readonly assumption: boolean;
}

/** Which factors turn energy into carbon dioxide. */
export interface EmissionRules {
  /** Carbon content and oxidation: the Chinese inventory guideline, or the defaults of IPCC 2006. */
  readonly coefficients: 'china_inventory' | 'ipcc_2006';
  /** Electricity at the factor of the city's regional grid, or of the nation. */
  readonly grid: 'regional' | 'national';
}

/** A group column of the panel, with the column of the table of places that holds it. */
export interface PanelGroup {
  readonly id: string;
  readonly column: string;
  readonly isFlag: boolean;
  readonly isNumber?: boolean;
}

/** What a panel is made of, without saying how. */
export interface PanelSpec {
  readonly years: readonly [first: number, last: number];
  /** Flag column of the table of places; null: every place. */
  readonly universe: string | null;
  readonly exclude: readonly ExclusionRule[];
  readonly groups: readonly PanelGroup[];
  /** Raw series that tables may hold. */
  readonly series: readonly string[];
  readonly variables: readonly PanelVariable[];
  readonly emissions: EmissionRules;
}
