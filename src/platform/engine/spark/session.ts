import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type SparkAddress, shownAddress } from './address.ts';
import { isUnknownThere, sparkFailure } from './failure.ts';
import { type Channel, cancelled, GrpcFailure, openChannel, unavailable } from './grpc.ts';
import {
  type ArrowBatch,
  type Asking,
  configRequest,
  type ExecuteAnswer,
  executeAnswer,
  executeRequest,
  interruptedIds,
  interruptRequest,
  reattachRequest,
  releaseRequest,
  releaseSessionRequest,
  versionOf,
  versionRequest,
} from './messages.ts';

/** A session of a server of Spark Connect. */
export interface SparkSession {
  /** Where the server is, as errors call it. */
  readonly server: string;
  /**
   * Runs a task to its end and gives its rows. @param isLast it gives something back, and is run after an interrupt as well
   * @throws spark-failed
   */
  execute(task: Uint8Array, isLast?: boolean): Promise<readonly ArrowBatch[]>;
  configure(pairs: readonly (readonly [string, string])[]): Promise<void>;
  /** Null where the server does not say. */
  version(): Promise<string | null>;
  /** Ends all that runs in the session. @returns how many operations those were */
  interrupt(): Promise<number>;
  /** Gives the session back, once what was asked for is done. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Milliseconds to wait before each new try to take up an execution that was cut off. */
  readonly retries?: readonly number[];
  /** A file of certificates that are trusted in place of the machine's. */
  readonly roots?: string | null;
  /** Who calls: a name with a version. */
  readonly client: string;
}

const usualRetries = [50, 200, 800, 3200, 6400, 12_800];
/** What the end of a session may take, in milliseconds. */
const patienceMs = 3000;
/** How often a session is told to end what runs in it, until all of it has ended. */
const mostInterrupts = 20;
const betweenInterruptsMs = 50;

export function openSession(address: SparkAddress, options: SessionOptions): SparkSession {
  const server = shownAddress(address);
  const clientType = [address.userAgent, options.client, `os/${process.platform}`]
    .filter((one) => one !== null)
    .join(' ');
  const asking: Asking = { sessionId: address.sessionId ?? randomUUID(), userId: address.userId, clientType };
  const channel = openChannel(address, clientType, options.roots ?? null);
  const retries = options.retries ?? usualRetries;
  let wasThere = false;
  let interrupted: Promise<number> | null = null;
  /** Executions that an interrupt is to end, and an interrupt that is under way. */
  let running = 0;
  let pending: Promise<number> | null = null;
  /** Calls that give back what was asked for: awaited at the end, since a connection that is closed before loses them. */
  const releases: Promise<unknown>[] = [];
  const give = (method: string, request: Uint8Array): void =>
    void releases.push(channel.answer(method, request).catch(() => undefined));
  const interruptOnce = (): Promise<number> =>
    channel.answer('Interrupt', interruptRequest(asking)).then(
      (answer) => interruptedIds(answer).length,
      () => 0,
    );
  const asked = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      const found = await action();
      wasThere = true;
      return found;
    } catch (error) {
      throw sparkFailure(error, server, wasThere);
    }
  };
  return {
    server,
    execute: (task, isLast = false) =>
      asked(async () => {
        const isOver = (): boolean => interrupted !== null && !isLast;
        // An interrupt ends all that the server has by then.
        if (isLast) await interrupted;
        if (isOver()) throw new GrpcFailure(cancelled, 'the session was interrupted');
        const batches: ArrowBatch[] = [];
        const told = (): void => {
          wasThere = true;
        };
        const release = (id: string, until: string | null): void =>
          give('ReleaseExecute', releaseRequest(asking, id, until));
        running += isLast ? 0 : 1;
        try {
          for await (const { arrow } of answersOf(channel, asking, { task, retries, told, release, isOver }))
            if (arrow !== null) batches.push(arrow);
        } finally {
          running -= isLast ? 0 : 1;
        }
        return batches;
      }),
    configure: (pairs) => asked(async () => void (await channel.answer('Config', configRequest(asking, pairs)))),
    version: () => asked(async () => versionOf(await channel.answer('AnalyzePlan', versionRequest(asking)))),
    interrupt: () => {
      // One at a time: a second would end what gives things back after the first.
      if (pending !== null) return pending;
      interrupted = (async () => {
        let count = await interruptOnce();
        // An execution that was sent a moment before may come to the server a moment after.
        for (let round = 0; running > 0 && round < mostInterrupts; round++) {
          await pause(betweenInterruptsMs);
          if (running > 0) count += await interruptOnce();
        }
        return count;
      })();
      pending = interrupted.finally(() => {
        pending = null;
      });
      return pending;
    },
    close: async () => {
      // A session of the caller's own name may be in use by others, and stays.
      if (address.sessionId === null) give('ReleaseSession', releaseSessionRequest(asking));
      if (wasThere)
        await Promise.race([Promise.all([interrupted, ...releases]), pause(patienceMs, null, { ref: false })]);
      channel.close();
    },
  };
}

interface Execution {
  readonly task: Uint8Array;
  readonly retries: readonly number[];
  /** Told of every answer. */
  readonly told: () => void;
  /** Gives back the answers of an execution up to one of them; up to null all of it. */
  readonly release: (id: string, until: string | null) => void;
  /** Whether it was interrupted, so that nothing is to be tried again. */
  readonly isOver: () => boolean;
}

/**
 * The answers to a task. A stream that ends without the last one, or is cut off, is taken up again after the answer that came last;
 * one that never reached the server is sent again. @throws GrpcFailure
 */
async function* answersOf(
  channel: Channel,
  asking: Asking,
  { task, retries, told, release, isOver }: Execution,
): AsyncGenerator<ExecuteAnswer, void> {
  const id = randomUUID();
  let last: string | null = null;
  let failures = 0;
  let isSent = true;
  try {
    for (;;) {
      const stream = isSent
        ? channel.answers('ExecutePlan', executeRequest(asking, id, task))
        : channel.answers('ReattachExecute', reattachRequest(asking, id, last));
      isSent = false;
      let failure: GrpcFailure | null = null;
      try {
        for await (const bytes of stream) {
          const answer = executeAnswer(bytes);
          told();
          failures = 0;
          last = answer.responseId ?? last;
          yield answer;
          if (answer.isComplete) return;
          if (answer.arrow !== null) release(id, last);
        }
      } catch (error) {
        if (!(error instanceof GrpcFailure)) throw error;
        failure = error;
      }
      if (failure !== null) {
        const wasLost = isUnknownThere(failure);
        if (isOver() || (wasLost ? last !== null : failure.code !== unavailable)) throw failure;
        isSent = wasLost;
      }
      const wait = retries[failures++];
      if (wait === undefined) throw failure ?? new GrpcFailure(unavailable, 'an execution never ends');
      if (failure !== null) await pause(wait);
    }
  } finally {
    release(id, null);
  }
}
