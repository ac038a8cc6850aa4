import {
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { field, fieldsOf, message, wholeField } from '../wire.ts';

/** One call that came to the server. */
export interface FakeCall {
  readonly method: string;
  readonly request: Uint8Array;
  readonly headers: IncomingHttpHeaders;
}

/** How a call is answered: messages, then an end: a status of gRPC, a stream that stops without one, or nothing more at all. */
export interface FakeAnswer {
  readonly messages?: readonly Uint8Array[];
  readonly status?: number;
  readonly words?: string;
  readonly details?: Uint8Array;
  readonly end?: 'status' | 'cut' | 'open';
}

export interface FakeServer {
  readonly port: number;
  readonly calls: readonly FakeCall[];
  /** Ends streams that were left open. */
  finish(answer: FakeAnswer): void;
  /** Goes away in the middle of what it does. */
  kill(): Promise<void>;
}

/**
 * A server that speaks as Spark Connect does and answers as it is told, in this process.
 * @param secure its certificate, and the key of that; left out: it is not encrypted
 */
export async function fakeServer(
  answer: (call: FakeCall, count: number) => FakeAnswer,
  secure?: { readonly cert: string; readonly key: string },
): Promise<FakeServer> {
  const calls: FakeCall[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const open = new Set<ServerHttp2Stream>();
  const server = secure === undefined ? createServer() : createSecureServer({ ...secure });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    const chunks: Uint8Array[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    stream.on('end', () => {
      const method = String(headers[':path']).split('/').at(-1) ?? '';
      const call = { method, request: Buffer.concat(chunks).subarray(5), headers };
      calls.push(call);
      const own = answer(call, calls.filter((one) => one.method === method).length);
      if (own.end === 'open') open.add(stream);
      send(stream, own);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    port,
    calls,
    finish: (own) => {
      for (const stream of open) if (!stream.destroyed) endWith(stream, own);
      open.clear();
    },
    kill: async () => {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(stream: ServerHttp2Stream, answer: FakeAnswer): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  for (const one of answer.messages ?? []) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(one.length, 1);
    stream.write(Buffer.concat([head, one]));
  }
  if (answer.end === 'cut') stream.close();
  else if (answer.end !== 'open') endWith(stream, answer);
}

function endWith(stream: ServerHttp2Stream, { status = 0, words = '', details }: FakeAnswer): void {
  stream.once('wantTrailers', () => {
    stream.sendTrailers({
      'grpc-status': String(status),
      'grpc-message': encodeURIComponent(words),
      ...(details === undefined ? {} : { 'grpc-status-details-bin': Buffer.from(details).toString('base64') }),
    });
  });
  stream.end();
}

/** An answer of an execution: a batch of Arrow by its id. */
export const batch = (id: string, bytes: Uint8Array, rows = 1): Uint8Array =>
  message(field(2, message(wholeField(1, rows), field(2, bytes))), field(13, id));

/** The last answer of an execution. */
export const complete = (id: string): Uint8Array => message(field(13, id), field(14, message()));

/** A text of a request, by the number of its field. */
export const textOf = ({ request }: FakeCall, number: number): string | null => fieldsOf(request).text(number);
