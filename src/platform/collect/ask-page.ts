import {
  backoffSeconds,
  judgeAnswer,
  type Received,
  type Verdict,
} from '../../domain/china/registry/collect/answer.ts';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import type { CollectWindow } from '../../domain/china/registry/collect/window.ts';
import type { ErrorDetail } from '../../error/codes.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import { type Credentials, secretsOf } from './credentials.ts';
import type { OpenJournal } from './journal-file.ts';
import { asksToday, type Clock, nextDayText, timeText, waitForTurn } from './pace.ts';
import { redacted, type SecretGuard, secretGuard } from './redact.ts';
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
  readonly onWait: (reason: Expected, seconds: number) => void;
  /** Made from the key by the requests of this run: as secret as it. */
  readonly tokens: string[];
  /** Null: the network. */
  readonly send: ((request: PreparedRequest, timeoutMs: number) => Promise<Received>) | null;
}

/** A page with the answer that it came in, secrets taken out; or why no answer to the request is one. */
export type AskedPage =
  | { readonly kind: 'page'; readonly body: string; readonly page: Extract<Verdict, { kind: 'page' }> }
  | { readonly kind: 'unusable'; readonly reason: Expected; readonly attempts: number };

/** Tokens of so many requests are remembered: an older one has lost its force. */
const mostTokens = 50;

type Stopped = ErrorDetail<'collection-stopped'>;

/**
 * Asks for one page until there is a usable answer: waits for its turn, after a failure as long as the server asks, else
 * twice as long each time. An interruption ends every wait; a request that is out comes to its end. An answer that is no page
 * however often it is asked for is told, not thrown: others may be.
 * @throws collection-stopped, interrupted
 */
export async function askPage(window: CollectWindow, page: number, context: AskContext): Promise<AskedPage> {
  const { collection, credentials, journal, clock, signal, version, tokens } = context;
  const { pace } = collection;
  const send = context.send ?? sendRequest;
  for (let attempt = 1; ; attempt++) {
    await turn(context);
    const request = prepareRequest(collection, window, page, credentials, { now: clock.now(), version });
    tokens.push(...request.tokens);
    tokens.splice(0, Math.max(0, tokens.length - mostTokens));
    const guard = secretGuard([...secretsOf(credentials), ...tokens]);
    journal.append({ ask: clock.now() });
    const received = withoutSecrets(await send(request, pace.timeoutSeconds * 1000), guard);
    const verdict = judgeAnswer(received, collection.answer, clock.now());
    if (verdict.kind === 'stop') throw stopped(context, { ...verdict, attempts: attempt });
    if (verdict.kind === 'page') {
      return { kind: 'page', body: received.kind === 'answer' ? received.body : '', page: verdict };
    }
    const { reason, waitSeconds: asked, blame } = verdict;
    if (asked !== null && asked > pace.longestWaitSeconds) {
      const resumesAt = timeText(clock.now() + asked * 1000 + 59_999, pace);
      throw stopped(context, { reason: 'long-wait', status: reason, attempts: attempt, resumesAt });
    }
    if (attempt >= pace.attempts) {
      if (blame === 'answer') return { kind: 'unusable', reason, attempts: attempt };
      throw stopped(context, { reason: 'attempts', status: reason, attempts: attempt });
    }
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

/** A collection that cannot go on now. */
export function stopped(
  { collection, journal, credentials }: AskContext,
  why: Pick<Stopped, 'reason' | 'status' | 'attempts'> & Partial<Stopped>,
): StudyError<'collection-stopped'> {
  const { reason, status, attempts, message = '', resumesAt = null } = why;
  const pages = journal.replay.pages.length;
  return new StudyError('collection-stopped', {
    reason,
    // The config must not hold the key; when it does, it is still not repeated.
    url: secretGuard(secretsOf(credentials)).redact(collection.request.url),
    status,
    message,
    attempts,
    resumesAt,
    pages,
  });
}

/** What came back without secrets; an answer that still holds one is none. */
function withoutSecrets(received: Received, guard: SecretGuard): Received {
  if (received.kind === 'broken') {
    const { reason } = received;
    return typeof reason === 'string' ? { ...received, reason: guard.redact(reason) } : received;
  }
  const body = guard.redactJson(received.body);
  if (!guard.holds(body)) return { ...received, body };
  const isGood = received.status >= 200 && received.status < 300;
  return isGood ? { kind: 'broken', reason: said('answer.secret'), blame: 'answer' } : { ...received, body: redacted };
}
