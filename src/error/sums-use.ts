/** What is asked of sums by group in vain, and how it was written. */
export type SumsUse =
  /** Something that goes through rows; rows that were to be chosen, or weighted, otherwise. */
  | { readonly kind: 'option' | 'instruments' | 'slopes'; readonly name: string }
  /** Groups other than those that the sums were made by. */
  | { readonly kind: 'covariance'; readonly name: string; readonly by: string }
  /** Groups below the least number of rows are one group of the sums. */
  | { readonly kind: 'pooled'; readonly by: string; readonly groups: number; readonly least: number }
  /** Outcome, constant or effects other than those of the sums. */
  | { readonly kind: 'model'; readonly name: string; readonly made: string }
  /** Groups below the least number of rows have too few rows together. */
  | {
      readonly kind: 'few-rows';
      readonly by: string;
      readonly groups: number;
      readonly rows: number;
      readonly least: number;
    };
