import { expect, test } from 'vitest';
import { said } from '../../../../error/said.ts';
import { backoffSeconds, judgeAnswer, type Received, retryAfterSeconds, valueAt } from './answer.ts';
import type { AnswerRules } from './contract.ts';

const rules: AnswerRules = {
  rows: 'Result.Items',
  total: 'Paging.Total',
  code: 'Status',
  message: 'Message',
  ok: ['200'],
  empty: ['201'],
  tooMany: ['120'],
  retry: ['199'],
  quota: ['112'],
};
const now = Date.UTC(2026, 2, 1);
const judge = (status: number, body: unknown, retryAfter: string | null = null) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return judgeAnswer({ kind: 'answer', status, retryAfter, body: text } satisfies Received, rules, now);
};
const good = { Status: '200', Paging: { Total: 2 }, Result: { Items: [{ a: 1 }, { a: 2 }] } };

test('pages', () => {
  expect(judge(200, good)).toEqual({ kind: 'page', rows: [{ a: 1 }, { a: 2 }], total: 2, isRefused: false });
  expect(judge(200, { ...good, Status: 200, Paging: { Total: '2' } })).toMatchObject({ kind: 'page', total: 2 });
  expect(judge(200, { Status: '201' })).toEqual({ kind: 'page', rows: [], total: 0, isRefused: false });
  expect(judge(200, { Status: '120' })).toEqual({ kind: 'page', rows: [], total: null, isRefused: true });
  expect(judge(200, { Status: '200', Paging: { Total: 0 }, Result: null })).toMatchObject({ kind: 'page', rows: [] });
});

test.each([
  [429, 'x', '7', 'HTTP 429', 7, 'way'],
  [503, 'x', 'Sun, 01 Mar 2026 00:01:00 GMT', 'HTTP 503', 60, 'way'],
  [500, 'x', null, 'HTTP 500', null, 'way'],
  [408, 'x', 'soon', 'HTTP 408', null, 'way'],
  [200, '{"Status":', null, said('answer.not_json'), null, 'answer'],
  [200, { Status: '199' }, null, '199', null, 'way'],
  [200, { Result: { Items: [] } }, null, said('answer.no_code', { path: 'Status' }), null, 'answer'],
  [200, { ...good, Result: 'later' }, null, said('answer.no_list', { path: 'Result.Items' }), null, 'answer'],
  [
    200,
    { ...good, Result: { Items: [{}, 5] } },
    null,
    said('answer.row', { row: 2, path: 'Result.Items' }),
    null,
    'answer',
  ],
  [200, `${'['.repeat(65)}${']'.repeat(65)}`, null, said('answer.deep', { levels: 64 }), null, 'answer'],
  [200, { ...good, Paging: {} }, null, said('answer.no_number', { path: 'Paging.Total' }), null, 'answer'],
  [200, { ...good, Paging: { Total: -1 } }, null, said('answer.no_number', { path: 'Paging.Total' }), null, 'answer'],
])('%s %j may pass: asked again', (status, body, after, reason, waitSeconds, blame) => {
  expect(judge(status, body, after)).toEqual({ kind: 'retry', reason, waitSeconds, blame });
});

test.each([
  [401, { Message: 'bad token' }, 'denied', 'HTTP 401', 'bad token'],
  [403, '<html>\n no </html>', 'denied', 'HTTP 403', '<html> no </html>'],
  [402, '', 'quota', 'HTTP 402', ''],
  [302, '', 'redirected', 'HTTP 302', ''],
  [403, '\u001b[2Jgone\u202e', 'denied', 'HTTP 403', '[2Jgone'],
  [404, 'x'.repeat(500), 'bad-request', 'HTTP 404', 'x'.repeat(200)],
  [200, { Status: '112', Message: '余额不足' }, 'quota', '112', '余额不足'],
  // Some providers send the quota as a 429: asking on would be of no use.
  [429, { Status: '112', Message: '余额不足' }, 'quota', '112', '余额不足'],
  [200, { Status: '999', Message: '参数错误' }, 'bad-request', '999', '参数错误'],
])('%s %j will not pass: stops', (status, body, reason, said, message) => {
  expect(judge(status, body)).toEqual({ kind: 'stop', reason, status: said, message });
});

test('waits', () => {
  expect(retryAfterSeconds('1.5', now)).toBe(1.5);
  expect(retryAfterSeconds('Sat, 28 Feb 2026 00:00:00 GMT', now)).toBe(0);
  expect([1, 2, 3, 4, 9].map((attempt) => backoffSeconds(attempt, [2, 20], 1))).toEqual([2, 4, 8, 16, 20]);
  expect(backoffSeconds(2, [2, 20], 0)).toBe(2);
});

test('paths do not reach what a value inherits', () => {
  expect(valueAt({ a: [{ b: 1 }] }, 'a.0.b')).toBe(1);
  expect(valueAt({ a: 1 }, 'a.constructor')).toBeUndefined();
  expect(valueAt({ a: 1 }, 'toString')).toBeUndefined();
  expect(valueAt([1], '')).toEqual([1]);
});
