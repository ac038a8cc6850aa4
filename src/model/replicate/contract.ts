/**
 * Replicates: statistics computed again and again on drawn data, by a bootstrap, a wild bootstrap or a placebo. Each replicate
 * has a random stream of its own, numbered by test and replicate, so that ranges of them may run anywhere, in any order, and
 * give the same bytes.
 */
export interface ReplicateKind<P> {
  /** Unique among all kinds: a thread finds the kind of a job by it. */
  readonly id: string;
  /** Statistics of replicates first … end - 1, `width` numbers of each, one replicate after the other. */
  readonly statistics: (setup: P, first: number, end: number) => Float64Array;
}

/** What a replicate needs, as plain data: it can be posted to another thread. */
export interface ReplicateJob<P = unknown> {
  /** `id` of its kind. */
  readonly kind: string;
  readonly setup: P;
}

/** Replicates that a computation asks for: 0 … count - 1 of a job. */
export interface ReplicateRequest {
  readonly job: ReplicateJob;
  readonly count: number;
  /** Numbers that a replicate gives. */
  readonly width: number;
  /** Number of the test, for those who follow the progress. */
  readonly test: number;
}

/** A computation that stops at every request for the statistics of its replicates, `width` x `count`. */
export type Replicating<T> = Generator<ReplicateRequest, T, Float64Array>;

/** Told between blocks of replicates. */
export type OnReplicates = (done: number, total: number, test: number) => void;

/** Runs the replicates of a request wherever it likes. */
export type ReplicateRunner = (
  request: ReplicateRequest,
  onDone: (done: number) => void,
) => Float64Array | Promise<Float64Array>;
