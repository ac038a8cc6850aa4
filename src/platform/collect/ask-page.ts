import {
  backoffSeconds,
  judgeAnswer,
  type Received,
  type Verdict,
} from '../../domain/china/registry/collect/answer.ts';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import type { CollectWindow } from '../../domain/china/registry/collect/window.ts';
import type { ErrorDetail } from '../../error/codes.ts';
import { StudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import { type Credentials, secretsOf } from './credentials.ts';
import type { OpenJournal } from './journal-file.ts';
import { asksToday, type Clock, nextDayText, timeText, waitForTurn } from './pace.ts';
import { type Redact, redactor } from './redact.ts';
import { type PreparedRequest, prepareRequest, sendRequest } from './request.ts';

/** What asking needs. */
export interface AskContext {
  readonly collection: Collection;
  readonly credentials: Credentials;
  readonly journal: OpenJournal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly version: string;
  /** Told of every wait after a failure. */
  readonly onWait: (reason: string, seconds: number) => void;
  /** Null: the network. */
  readonly send: ((request: PreparedRequest, timeoutMs: number) => Promise<Received>) | null;
}

/** A page with the answer that it came in, secrets taken out. */
export interface AskedPage {
  readonly body: string;
  readonly page: Extract<Verdict, { kind: 'page' }>;
}

type Stopped = ErrorDetail<'collection-stopped'>;

/**
 * Asks for one page until there is a usable answer: waits for its turn, after a failure as long as the server asks, else
 * twice as long each time. An interruption ends every wait; a request that is out comes to its end.
 * @throws collection-stopped, interrupted
 */
export async function askPage(window: CollectWindow, page: number, context: AskContext): Promise<AskedPage> {
  const { collection, credentials, journal, clock, signal, version } = context;
  const { pace } = collection;
  const send = context.send ?? sendRequest;
  for (let attempt = 1; ; attempt++) {
    await turn(context);
    const request = prepareRequest(collection, window, page, credentials, { now: clock.now(), version });
    const redact = redactor([...secretsOf(credentials), ...request.tokens]);
    journal.append({ ask: clock.now() });
    const received = withoutSecrets(await send(request, pace.timeoutSeconds * 1000), redact);
    const verdict = judgeAnswer(received, collection.answer, clock.now());
    if (verdict.kind === 'page' && received.kind === 'answer') return { body: received.body, page: verdict };
    if (verdict.kind === 'stop') throw stopped(context, { ...verdict, attempts: attempt });
    const reason = verdict.kind === 'retry' ? verdict.reason : '';
    const asked = verdict.kind === 'retry' ? verdict.waitSeconds : null;
    if (asked !== null && asked > pace.longestWaitSeconds) {
      const resumesAt = timeText(clock.now() + asked * 1000 + 59_999, pace);
      throw stopped(context, { reason: 'long-wait', status: reason, attempts: attempt, resumesAt });
    }
    if (attempt >= pace.attempts) throw stopped(context, { reason: 'attempts', status: reason, attempts: attempt });
    const { uniform } = randomStream(pace.seed, 0, journal.replay.asks.length);
    const seconds = Math.max(asked ?? 0, backoffSeconds(attempt, pace.backoffSeconds, uniform()));
    context.onWait(reason, seconds);
    await clock.sleep(seconds * 1000, signal);
  }
}

/** Waits until the next request may go out. @throws interrupted, collection-stopped when the budget of the day is used up */
async function turn(context: AskContext): Promise<void> {
  const { collection, journal, clock, signal } = context;
  const { asks } = journal.replay;
  signal.throwIfAborted();
  const ms = waitForTurn(asks, clock.now(), collection.pace);
  if (ms > 0) await clock.sleep(ms, signal);
  signal.throwIfAborted();
  const now = clock.now();
  const { perDay } = collection.pace;
  if (perDay !== null && asksToday(asks, now, collection.pace) >= perDay) {
    const resumesAt = nextDayText(now, collection.pace);
    throw stopped(context, { reason: 'day-budget', status: '', attempts: perDay, resumesAt });
  }
}

function stopped(
  { collection, journal, credentials }: AskContext,
  why: Pick<Stopped, 'reason' | 'status' | 'attempts'> & Partial<Stopped>,
): StudyError<'collection-stopped'> {
  const { reason, status, attempts, message = '', resumesAt = null } = why;
  const pages = journal.replay.pages.length;
  return new StudyError('collection-stopped', {
    reason,
    // The config must not hold the key; when it does, it is still not repeated.
    url: redactor(secretsOf(credentials))(collection.request.url),
    status,
    message,
    attempts,
    resumesAt,
    pages,
  });
}

function withoutSecrets(received: Received, redact: Redact): Received {
  return received.kind === 'broken'
    ? { kind: 'broken', reason: redact(received.reason) }
    : { ...received, body: redact(received.body) };
}
