import { createHash } from 'node:crypto';
import type { Received } from '../../domain/china/registry/collect/answer.ts';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import { nextDay } from '../../domain/china/registry/collect/days.ts';
import {
  type FunctionName,
  renderTemplate,
  type Template,
  type ValueName,
} from '../../domain/china/registry/collect/template.ts';
import type { CollectWindow } from '../../domain/china/registry/collect/window.ts';
import { type Expected, said } from '../../error/said.ts';
import { systemCode } from '../../error/study-error.ts';
import { type Credentials, secretsOf } from './credentials.ts';

/** A request as it goes out. */
export interface PreparedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Tokens made from the key for this request: as secret as the key while they hold. */
  readonly tokens: readonly string[];
}

/** An answer larger than this, once it is unpacked, is no page. */
const mostBytes = 32 * 2 ** 20;

/**
 * The request for one page of a window. A parameter that names a value which the window lacks (a district, a status) is
 * left out.
 * @param page from 0
 * @param now milliseconds since 1970
 */
export function prepareRequest(
  { request, page: pages }: Collection,
  window: CollectWindow,
  page: number,
  credentials: Credentials,
  { now, version }: { now: number; version: string },
): PreparedRequest {
  const day = (text: string): string => (request.dates === 'yyyyMMdd' ? text.replaceAll('-', '') : text);
  const values: Readonly<Record<ValueName, string | null>> = {
    ...credentials,
    timespan: String(Math.floor(now / 1000)),
    timespan_ms: String(Math.floor(now)),
    keyword: window.keyword,
    city: window.city?.name ?? null,
    province: window.city?.province ?? null,
    city_code: window.city?.code ?? null,
    district: window.district,
    status: window.status,
    from: day(window.from),
    to: day(window.to),
    after: day(nextDay(window.to)),
    year: window.from.slice(0, 4),
    page: String(page + pages.first),
    page_size: String(pages.size),
  };
  const tokens: string[] = [];
  const apply = (name: FunctionName, text: string): string => {
    const out = applyFunction(name, text);
    if ([...secretsOf(credentials), ...tokens].some((secret) => text.includes(secret))) tokens.push(out);
    return out;
  };
  const render = (templates: Readonly<Record<string, Template>>): [string, string][] =>
    Object.entries(templates).flatMap(([name, template]) => {
      const text = renderTemplate(template, values, apply);
      const pair: [string, string][] = text === null ? [] : [[name, text]];
      return pair;
    });
  const query = new URLSearchParams(render(request.query)).toString();
  const body = request.body === null ? null : render(request.body);
  const isForm = request.bodyType === 'form';
  return {
    url: query === '' ? request.url : `${request.url}?${query}`,
    method: request.method,
    headers: {
      Accept: 'application/json',
      'User-Agent': `kaya/${version} (registry collect)`,
      ...(body === null ? {} : { 'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
      ...Object.fromEntries(render(request.headers)),
    },
    body:
      body === null ? null : isForm ? new URLSearchParams(body).toString() : JSON.stringify(Object.fromEntries(body)),
    tokens,
  };
}

function applyFunction(name: FunctionName, text: string): string {
  switch (name) {
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'base64':
      return Buffer.from(text).toString('base64');
    case 'md5upper':
    case 'sha256upper':
      return digest(name.slice(0, -'upper'.length), text).toUpperCase();
    default:
      return digest(name, text);
  }
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

/** Sends a request and reads the whole answer; what goes wrong on the way is an answer of its own kind, never thrown. */
export async function sendRequest(request: PreparedRequest, timeoutMs: number): Promise<Received> {
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await readBody(answer);
    if (body === null) {
      return { kind: 'broken', reason: said('answer.large', { size: mostBytes / 2 ** 20 }), blame: 'answer' };
    }
    return { kind: 'answer', status: answer.status, retryAfter: answer.headers.get('retry-after'), body };
  } catch (error) {
    return { kind: 'broken', reason: reasonOf(error), blame: isUndecodable(error) ? 'answer' : 'way' };
  }
}

/**
 * The body as text, in the character set that the answer names, else UTF-8; null when it is too large.
 * @throws TypeError when it is not in that character set or ends too soon, RangeError when no one knows the set
 */
async function readBody(answer: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    const bytes = chunk as Uint8Array; // what the body of an answer gives
    length += bytes.length;
    if (length > mostBytes) return null;
    chunks.push(bytes);
  }
  const charset = /charset="?([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return new TextDecoder(charset, { fatal: true }).decode(Buffer.concat(chunks));
}

/** A body that is not in the character set that it says, or in one that no one knows; what breaks on the way has a cause. */
function isUndecodable(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof TypeError && error.cause === undefined);
}

/** Names of what failed, without the address: it may hold the key. */
function reasonOf(error: unknown): Expected {
  if (!(error instanceof Error)) return said('answer.none');
  if (error.name === 'TimeoutError') return said('answer.late');
  const cause = error.cause ?? error;
  return systemCode(cause) ?? (cause instanceof Error ? cause.message : error.name);
}
