/** What is asked of an engine in vain, and how it was written. */
export interface EngineUse {
  readonly kind: /** A function that looks at whole columns. */
    | 'function'
    /** A term of the formula. */
    | 'term'
    /** A fixed effect with slopes. */
    | 'effect'
    | 'covariance'
    /** The constant of xtreg beside a larger effect. */
    | 'constant'
    /** An option of the command. */
    | 'option'
    /** A file that it does not read. */
    | 'file'
    /** What a server of Spark does not read. */
    | 'lake'
    /** Part of a study that is made of rows, which stay elsewhere. */
    | 'rows'
    /** A derived variable that looks back in time. */
    | 'derived'
    /** A table of a study that looks at the rows of its models. */
    | 'table'
    /** Two effects whose levels meet too often. */
    | 'pairs'
    /** Effects beside the two largest that have too many levels. */
    | 'levels'
    /** Of a wild bootstrap: effects that cross clusters and have too many levels, or beside which no cluster is left out; effects of which none is the finest; numbers of too many clusters; errors of another kind. */
    | 'crossing'
    | 'leaving-out'
    | 'within'
    | 'clusters'
    | 'wild';
  readonly name: string;
  /** What there is too much of, and how much is taken; of some kinds. */
  readonly levels?: number;
  readonly limit?: number;
}
