import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';

/** A server of Spark Connect, and how it is spoken to. */
export interface SparkAddress {
  readonly host: string;
  readonly port: number;
  /** Encrypted, by the certificates that the machine trusts. */
  readonly isSecure: boolean;
  /** What it is let in by: a function, so that nothing that prints an address prints it. */
  readonly token: () => string | null;
  readonly userId: string;
  readonly userAgent: string | null;
  /** Null: a session of its own. */
  readonly sessionId: string | null;
  /** Further parameters, which go along as headers. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds between two signs of life, and how long an answer to one may take; null: none are sent. */
  readonly keepAlive: { readonly every: number; readonly within: number } | null;
}

const usualPort = 15002;
const usualKeepAlive = { every: 60_000, within: 20_000 };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Parameters that the client takes itself. */
const own: ReadonlySet<string> = new Set([
  'token',
  'use_ssl',
  'user_id',
  'user_agent',
  'session_id',
  'grpc_keepalive_enabled',
  'grpc_keepalive_time_ms',
  'grpc_keepalive_timeout_ms',
  'grpc_keepalive_without_calls',
]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `sc://host:port/;token=…;use_ssl=true` by the rules of Spark's own clients: port 15002 when left out, parameters after `/;`, each
 * percent-encoded; a token asks for an encrypted connection but on `localhost`; SPARK_CONNECT_AUTHENTICATE_TOKEN holds one too.
 * @param option where it was written. @throws bad-option, without what stands behind `;`
 */
export function readAddress(written: string, environment: Environment, option = '--spark'): SparkAddress {
  const match = /^sc:\/\/(\[[0-9a-f:.%]+\]|[^/;?#@:[\]\s]+)(?::(\d{1,5}))?(?:\/?|\/;([^?#]*))$/i.exec(written.trim());
  const port = match?.[2] === undefined ? usualPort : Number(match[2]);
  const parameters = parametersOf(match?.[3] ?? '');
  if (match === null || port < 1 || port > 65535 || parameters === null) throw wrong(written, option);
  const host = match[1] ?? '';
  const token = parameters.get('token') ?? (environment.SPARK_CONNECT_AUTHENTICATE_TOKEN || null);
  const isAsked = parameters.get('use_ssl')?.toLowerCase() === 'true';
  const sessionId = parameters.get('session_id') ?? null;
  const headers = [...parameters]
    .filter(([name]) => !own.has(name))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  // A header's name and value hold no sign that would end it.
  const isPlain = headers.every(([name, value]) => /^[a-z0-9_.-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value));
  const isTokenPlain = token === null || /^[\x21-\x7e]+$/.test(token);
  if (!isPlain || !isTokenPlain || (sessionId !== null && !uuid.test(sessionId))) throw wrong(written, option);
  return {
    ...{ host, port, sessionId, headers },
    isSecure: isAsked || (token !== null && host !== 'localhost'),
    token: () => token,
    userId: parameters.get('user_id') ?? environment.SPARK_USER ?? environment.USER ?? 'kaya',
    userAgent: parameters.get('user_agent') ?? environment.SPARK_CONNECT_USER_AGENT ?? null,
    keepAlive: keepAliveOf(parameters),
  };
}

/** Where a server is, without what lets one in. */
export function shownAddress({ host, port }: Pick<SparkAddress, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

/** `a=1;b=2`; null where a part is none. */
function parametersOf(text: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (const part of text.split(';')) {
    if (part === '') continue;
    const [name = '', value, ...rest] = part.split('=');
    if (name === '' || value === undefined || rest.length > 0) return null;
    try {
      found.set(name, decodeURIComponent(value));
    } catch {
      return null;
    }
  }
  return found;
}

function keepAliveOf(parameters: ReadonlyMap<string, string>): SparkAddress['keepAlive'] {
  if ((parameters.get('grpc_keepalive_enabled') ?? 'true').toLowerCase() !== 'true') return null;
  const milliseconds = (name: string, usual: number): number => {
    const value = Number(parameters.get(name) ?? usual);
    return Number.isFinite(value) && value > 0 ? value : usual;
  };
  return {
    every: milliseconds('grpc_keepalive_time_ms', usualKeepAlive.every),
    within: milliseconds('grpc_keepalive_timeout_ms', usualKeepAlive.within),
  };
}

function wrong(written: string, option: string): StudyError<'bad-option'> {
  const expected = said('expected.spark_address');
  return new StudyError('bad-option', { option, value: withoutSecrets(written), expected, suggestion: null });
}

/** What was written for an address, without what may let one in. */
export function withoutSecrets(written: string): string {
  return written.replace(/[;?#].*$/s, ';…').replace(/\/\/[^/]*@/, '//…@');
}
