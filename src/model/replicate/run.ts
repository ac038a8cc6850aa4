import type {
  OnReplicates,
  ReplicateJob,
  ReplicateKind,
  ReplicateRequest,
  ReplicateRunner,
  Replicating,
} from './contract.ts';

/** A request for `count` replicates of a kind, the set-up held to what the kind computes with. */
export function requestOf<P>(
  kind: ReplicateKind<P>,
  setup: P,
  { count, test, width = 1 }: { readonly count: number; readonly test: number; readonly width?: number },
): ReplicateRequest {
  return { job: { kind: kind.id, setup }, count, width, test };
}

/** Kinds in one list: `requestOf` holds what a replicate needs to its kind. */
export type ReplicateKinds = readonly ReplicateKind<never>[];

/** Statistics of replicates first … end - 1 of a job of one of the kinds. */
export function runJob(kinds: ReplicateKinds, job: ReplicateJob, first: number, end: number): Float64Array {
  const kind = kinds.find(({ id }) => id === job.kind);
  if (kind === undefined) throw new Error(`no kind of replicate is called ${job.kind}`);
  return kind.statistics(job.setup as never, first, end); // of its kind: the job was made by `requestOf`
}

const blockOfReplicates = 100;

/** The result of a computation, its replicates run here in blocks. */
export function runHere<T>(steps: Replicating<T>, kinds: ReplicateKinds, onReplicates?: OnReplicates): T {
  let step = steps.next();
  while (step.done !== true) {
    const { job, count, width, test } = step.value;
    const out = new Float64Array(count * width);
    for (let first = 0; first < count; first += blockOfReplicates) {
      const end = Math.min(count, first + blockOfReplicates);
      out.set(runJob(kinds, job, first, end), first * width);
      onReplicates?.(end, count, test);
    }
    step = steps.next(out);
  }
  return step.value;
}

/** The result of a computation, its replicates run by `run`: the same to the byte as `runHere`. */
export async function runBy<T>(steps: Replicating<T>, run: ReplicateRunner, onReplicates?: OnReplicates): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    const request = step.value;
    const { count, test } = request;
    step = steps.next(await run(request, (done) => onReplicates?.(done, count, test)));
  }
  return step.value;
}
