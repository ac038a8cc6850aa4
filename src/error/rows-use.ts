/** What the rows of a sample are needed for. */
export type RowsUse =
  | { readonly kind: 'covariance'; readonly vcov: string }
  | {
      readonly kind:
        | 'constant'
        | 'prediction'
        | 'effects'
        | 'random-effects'
        | 'instruments'
        | 'joint'
        | 'permutation'
        | 'event';
    };
