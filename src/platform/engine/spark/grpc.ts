import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import { systemCode } from '../../../error/study-error.ts';
import { type SparkAddress, shownAddress } from './address.ts';

/** What a call ended with when it was not done: the code of gRPC, the server's words, and what it says beside them. */
export class GrpcFailure extends Error {
  readonly code: number;
  readonly details: Uint8Array | null;
  constructor(code: number, words: string, details: Uint8Array | null = null, options?: { cause?: unknown }) {
    super(words, options);
    this.code = code;
    this.details = details;
  }
}

export const unavailable = 14;
export const unauthenticated = 16;
export const denied = 7;
export const cancelled = 1;
/** Of our own: the connection was refused here, for the certificate of the server. */
export const untrusted = -1;
const unknown = 2;
const internal = 13;
const unimplemented = 12;

/** Calls to one server: by HTTP/2, opened when needed and again after it was lost. */
export interface Channel {
  /** The messages that answer one. @throws GrpcFailure */
  answers(method: string, request: Uint8Array): AsyncGenerator<Uint8Array, void>;
  /** The one message that answers one. @throws GrpcFailure */
  answer(method: string, request: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

const service = '/spark.connect.SparkConnectService';
/** Bytes that may be under way before they are read. */
const window = 16 * 2 ** 20;

/** @param userAgent who calls. @param roots a file of certificates to trust in place of the usual ones; null: those */
export function openChannel(address: SparkAddress, userAgent: string, roots: string | null): Channel {
  let session: ClientHttp2Session | null = null;
  const opened = (): ClientHttp2Session => {
    if (session !== null && !session.closed && !session.destroyed) return session;
    const own = openSession(address, roots);
    session = own;
    return own;
  };
  const token = address.token();
  const headers = {
    ':method': 'POST',
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': userAgent,
    ...Object.fromEntries(address.headers),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const answers = async function* (method: string, request: Uint8Array): AsyncGenerator<Uint8Array, void> {
    const stream = opened().request({ ...headers, ':path': `${service}/${method}` });
    try {
      yield* received(stream, framed(request));
    } finally {
      stream.close();
    }
  };
  return {
    answers,
    answer: async (method, request) => {
      let found: Uint8Array | null = null;
      for await (const one of answers(method, request)) found = one;
      if (found === null) throw new GrpcFailure(internal, `no answer to ${method}`);
      return found;
    },
    close: () => session?.close(),
  };
}

function openSession(address: SparkAddress, roots: string | null): ClientHttp2Session {
  const { isSecure, keepAlive } = address;
  const session = connect(`${isSecure ? 'https' : 'http'}://${shownAddress(address)}`, {
    settings: { initialWindowSize: window, enablePush: false },
    ...(isSecure && roots !== null ? { ca: readFileSync(roots) } : {}),
  });
  // Each of its streams says what became of it.
  session.on('error', () => undefined);
  session.on('connect', () => session.setLocalWindowSize(window));
  if (keepAlive !== null) watch(session, keepAlive);
  return session;
}

/** Ends a connection that gives no sign of life: one that is cut without a word would be waited for without end. */
function watch(
  session: ClientHttp2Session,
  { every, within }: { readonly every: number; readonly within: number },
): void {
  const timer = setInterval(() => {
    if (session.destroyed) return;
    const late = setTimeout(() => session.destroy(new Error('no sign of life')), within);
    session.ping(() => clearTimeout(late));
    session.once('close', () => clearTimeout(late));
  }, every);
  timer.unref();
  session.once('close', () => clearInterval(timer));
}

const prefix = 5;

function framed(bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(prefix);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Sends a request and gives the messages as they come; what the server ends with is an error unless it is 0. */
async function* received(stream: ClientHttp2Stream, request: Uint8Array): AsyncGenerator<Uint8Array, void> {
  let head: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders | null = null;
  stream.on('response', (found) => {
    head = found;
  });
  stream.on('trailers', (found) => {
    trailers = found;
  });
  stream.end(request);
  let chunks: Uint8Array[] = [];
  let [held, wanted] = [0, prefix];
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      held += chunk.length;
      // Put together only when a message is whole: large ones come in many pieces.
      while (held >= wanted) {
        const all = Buffer.concat(chunks);
        const length = prefix + all.readUInt32BE(1);
        if (all[0] !== 0) throw new GrpcFailure(unimplemented, 'an answer is compressed');
        if (held >= length) {
          yield all.subarray(prefix, length);
          chunks = [all.subarray(length)];
          held -= length;
          wanted = prefix;
        } else {
          chunks = [all];
          wanted = length;
        }
      }
    }
  } catch (cause) {
    if (cause instanceof GrpcFailure) throw cause;
    const certificate = certificateFault(cause);
    if (certificate !== null) throw new GrpcFailure(untrusted, certificate.message, null, { cause: certificate });
    throw new GrpcFailure(unavailable, cause instanceof Error ? cause.message : String(cause), null, { cause });
  }
  const failure = endedWith(head, trailers ?? head);
  if (failure !== null) throw failure;
}

/** Why a connection was given up for its certificate: of nobody known, of another host, of another time; null: not for that. */
function certificateFault(cause: unknown): Error | null {
  if (!(cause instanceof Error)) return null;
  return /CERT|VERIFY_LEAF|HOSTNAME_MISMATCH/.test(systemCode(cause) ?? '') ? cause : certificateFault(cause.cause);
}

const codeOfHttp: ReadonlyMap<number, number> = new Map([
  [401, unauthenticated],
  [403, denied],
  [404, unimplemented],
  [429, unavailable],
  [502, unavailable],
  [503, unavailable],
  [504, unavailable],
]);

function endedWith(head: IncomingHttpHeaders, trailers: IncomingHttpHeaders): GrpcFailure | null {
  const status = trailers['grpc-status'];
  if (status === undefined) {
    const http = Number(head[':status'] ?? 200);
    if (http === 200) return new GrpcFailure(unavailable, 'the answer was cut off');
    return new GrpcFailure(codeOfHttp.get(http) ?? unknown, `HTTP ${http}`);
  }
  const code = Number(status);
  if (code === 0) return null;
  const details = trailers['grpc-status-details-bin'];
  return new GrpcFailure(
    code,
    decoded(String(trailers['grpc-message'] ?? '')),
    typeof details === 'string' ? Buffer.from(details, 'base64') : null,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
