import { type Expected, said } from '../../../../error/said.ts';
import { jsonValue } from '../../../../table/json-text.ts';
import type { AnswerRules } from './contract.ts';

/** What came back: an answer with its body, or nothing that can be used, by the fault of the way or of the answer. */
export type Received =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | null; readonly body: string }
  | { readonly kind: 'broken'; readonly reason: Expected; readonly blame: Blame };

/** Whether another answer may come another time, or this one is what it is. */
export type Blame = 'way' | 'answer';

export type StopReason = 'denied' | 'quota' | 'bad-request' | 'redirected';

/** What is to be done with it. */
export type Verdict =
  | {
      readonly kind: 'page';
      readonly rows: readonly unknown[];
      readonly total: number | null;
      /** Too many results for one query. */
      readonly isRefused: boolean;
    }
  /** @property waitSeconds as the server asks; null when it does not say */
  | {
      readonly kind: 'retry';
      readonly reason: Expected;
      readonly waitSeconds: number | null;
      readonly blame: Blame;
    }
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly status: string; readonly message: string };

/**
 * Judges an answer: a page, a failure that may pass, or one that will not pass by asking again.
 * @param now milliseconds since 1970, for a Retry-After that is a date
 */
export function judgeAnswer(received: Received, rules: AnswerRules, now: number): Verdict {
  if (received.kind === 'broken') {
    return { kind: 'retry', reason: received.reason, waitSeconds: null, blame: received.blame };
  }
  const { status, body } = received;
  const waitSeconds = retryAfterSeconds(received.retryAfter, now);
  const isDeep = isDeeperThan(body, mostLevels);
  const json = isDeep ? undefined : jsonValue(body);
  const message = messageOf(json, body, rules);
  const stop = (reason: StopReason, code = `HTTP ${status}`): Verdict => ({
    kind: 'stop',
    reason,
    status: code,
    message,
  });
  // An API may say in its body, under any status of HTTP, that the quota is used up: asking again would only cost more.
  const told = rules.code === null || json === undefined ? null : textAt(json, rules.code);
  const code = told === null ? null : plainText(told).slice(0, 40);
  if (code !== null && rules.quota.includes(code)) return stop('quota', code);
  if (status === 401 || status === 403 || status === 407) return stop('denied');
  if (status === 402) return stop('quota');
  if (status >= 300 && status < 400) return stop('redirected');
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'retry', reason: `HTTP ${status}`, waitSeconds, blame: 'way' };
  }
  if (status < 200 || status >= 300) return stop('bad-request');
  if (isDeep) return unusable(said('answer.deep', { levels: mostLevels }));
  if (json === undefined) return unusable(said('answer.not_json'));
  return judgeBody(json, code, message, rules);
}

/** Levels of lists and mappings inside each other; what walks through an answer could not go deeper for ever. */
const mostLevels = 64;

function unusable(reason: Expected): Verdict {
  return { kind: 'retry', reason, waitSeconds: null, blame: 'answer' };
}

function judgeBody(json: unknown, code: string | null, message: string, rules: AnswerRules): Verdict {
  if (rules.code !== null && !rules.ok.includes(code ?? '')) {
    const told = code ?? '';
    if (rules.empty.includes(told)) return { kind: 'page', rows: [], total: 0, isRefused: false };
    if (rules.tooMany.includes(told)) return { kind: 'page', rows: [], total: totalOf(json, rules), isRefused: true };
    if (code === null) return unusable(said('answer.no_code', { path: rules.code }));
    if (rules.retry.includes(code)) return { kind: 'retry', reason: code, waitSeconds: null, blame: 'way' };
    return { kind: 'stop', reason: 'bad-request', status: code, message };
  }
  const total = totalOf(json, rules);
  const rows = valueAt(json, rules.rows);
  if (rules.total !== null && total === null) {
    return unusable(said('answer.no_number', { path: rules.total }));
  }
  if (Array.isArray(rows)) {
    const stranger = rows.findIndex((row) => row === null || typeof row !== 'object' || Array.isArray(row));
    if (stranger >= 0) return unusable(said('answer.row', { row: stranger + 1, path: rules.rows }));
    return { kind: 'page', rows, total, isRefused: false };
  }
  if ((rows === null || rows === undefined) && total === 0) return { kind: 'page', rows: [], total, isRefused: false };
  return unusable(said('answer.no_list', { path: rules.rows }));
}

function totalOf(json: unknown, rules: AnswerRules): number | null {
  if (rules.total === null) return null;
  const found = valueAt(json, rules.total);
  const total = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof total === 'number' && Number.isSafeInteger(total) && total >= 0 ? total : null;
}

/** At most 200 characters of what the server says, without those that steer a terminal. */
function messageOf(json: unknown, body: string, rules: AnswerRules): string {
  const told = rules.message === null || json === undefined ? null : textAt(json, rules.message);
  return plainText(told ?? body).slice(0, 200);
}

function plainText(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** Seconds that a Retry-After asks for: a number, or a date; null when it says neither. */
export function retryAfterSeconds(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}

/** Doubles from attempt to attempt up to the longest, times 0.5 to 1. @param uniform on (0, 1) */
export function backoffSeconds(attempt: number, [first, longest]: readonly [number, number], uniform: number): number {
  return Math.min(longest, first * 2 ** (attempt - 1)) * (0.5 + uniform / 2);
}

/** Whether brackets of a JSON text stand more than so many levels inside each other; texts in it are passed over. */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let isInside = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInside) {
      if (code === 0x5c) at++;
      else if (code === 0x22) isInside = false;
    } else if (code === 0x22) isInside = true;
    else if (code === 0x5b || code === 0x7b) {
      depth++;
      if (depth > levels) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** The value at a path of keys joined with dots; the empty path is the value itself. */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((inside, key) => {
    if (inside === null || typeof inside !== 'object') return undefined;
    return Object.getOwnPropertyDescriptor(inside, key)?.value;
  }, value);
}

function textAt(value: unknown, path: string): string | null {
  const found = valueAt(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
}
