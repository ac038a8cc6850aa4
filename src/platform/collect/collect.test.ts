import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { encode } from 'iconv-lite';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openWide } from '../../../test/wide-engine.ts';
import { usualRules } from '../../domain/china/registry/judge-text.ts';
import { keywordList } from '../../domain/china/registry/keyword.ts';
import { usualCounting } from '../../domain/china/registry/scan-contract.ts';
import { StudyError } from '../../error/study-error.ts';
import { parseCollectConfig } from '../../study/language/collect-config.ts';
import { firmScanner } from '../worker/registry-scan.ts';
import { type CollectOptions, type CollectResult, type CollectWatcher, collectRegistry } from './collect.ts';
import { readJournal } from './journal-file.ts';
import type { Clock } from './pace.ts';
import {
  drawFirms,
  matching,
  type RegistryServer,
  type ServedFirm,
  type ServerFault,
  type ServerOptions,
  servedKeywords,
  serverConfig,
  serverEnvironment,
  serverKey,
  serverSecret,
  startRegistryServer,
} from './testing/registry-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya-collect-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = '';
let count = 0;
let server: RegistryServer | null = null;
beforeEach(() => {
  count++;
  folder = join(scratch, String(count));
});
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Time that passes only while someone sleeps. */
function fakeClock(start = Date.UTC(2026, 2, 1, 4)): Clock & { slept: number[] } {
  const slept: number[] = [];
  let now = start;
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      if (signal.aborted) return;
      slept.push(ms);
      now += ms;
    },
  };
}

const silent: CollectWatcher = {
  onPage: () => undefined,
  onWait: () => undefined,
  onLacking: () => undefined,
  onAside: () => undefined,
  onWrite: () => undefined,
};

interface Setting {
  readonly serve: Partial<ServerOptions> & { firms: ServedFirm[] };
  readonly config?: { limit?: number; size?: number; pace?: string; years?: string };
  readonly edit?: (config: string) => string;
  readonly options?: Partial<CollectOptions>;
}

/** One run against a server that stays up for further ones. */
async function run({ serve, config = {}, edit, options = {} }: Setting): Promise<CollectResult> {
  const { limit = 60, size = 20, pace = 'attempts: 4', years = '[2020, 2021]' } = config;
  server ??= await startRegistryServer({ limit, ...serve });
  const text = serverConfig(server.url, { limit, size, pace, years });
  return collectRegistry({
    collection: parseCollectConfig(edit === undefined ? text : edit(text), 'c.yaml'),
    file: 'c.yaml',
    folder,
    environment: serverEnvironment,
    clock: fakeClock(),
    signal: new AbortController().signal,
    version: '9.9.9',
    watcher: silent,
    ...options,
  });
}

/** The firms of a table, with what the study reads, as text. */
async function tableRows(path: string): Promise<string[]> {
  const engine = await openWide();
  const read = await engine.table(
    `SELECT concat_ws('|', 企业名称, 统一社会信用代码, 成立日期, 所属省份, 所属城市, 经营范围, 登记状态) AS line
     FROM read_csv('${path}', all_varchar = true, header = true, quote = '"', escape = '"', delim = ',')`,
  );
  engine.close();
  const { line } = read.columns;
  return line.kind === 'text' ? [...line.codes].map((code) => line.levels[code]) : [];
}

const lineOf = (firm: ServedFirm): string =>
  [firm.Name, firm.CreditCode, firm.StartDate, firm.Province, firm.City, firm.Scope, firm.Status].join('|');

function truth(firms: readonly ServedFirm[]): string[] {
  return [...firms].sort((a, b) => (a.CreditCode < b.CreditCode ? -1 : 1)).map(lineOf);
}

async function failure(action: Promise<unknown>): Promise<StudyError> {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof StudyError) return error;
  throw error ?? new Error('it did not fail');
}

/** Everything that a collection wrote, answers unpacked. */
function written(): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return `${entry.name}\n${(entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')}`;
  });
}

const years = [2020, 2021] as const;

test('what is collected is what the server has: windows split, firms of two windows once, sorted', async () => {
  const firms = drawFirms(600, 3, years);
  const result = await run({ serve: { firms } });
  expect(await tableRows(result.table)).toEqual(truth(firms));
  expect(result.firms).toBe(600);
  expect(result.tally).toMatchObject({ roots: 8, rootsDone: 8, open: 0, truncated: [], unsettled: [], uncovered: [] });
  expect(result.tally.split).toBeGreaterThan(8);
  expect(result).toMatchObject({ retries: 0, requests: result.pages, duplicates: result.rows - 600, differing: 0 });
  expect(server?.served.every(({ agent }) => agent === 'kaya/9.9.9 (registry collect)')).toBe(true);
  expect(existsSync(join(folder, 'collect', 'lock'))).toBe(false);
});

const faults: readonly ServerFault[] = [
  '429',
  '429-retry-after',
  '500',
  'cut-body',
  'not-json',
  'no-list',
  'slow',
  'hang',
  'reset',
  'other-page',
  'other-total',
  'echo-key',
];

test.each([11, 12, 13])('a server that misbehaves in every way loses and doubles nothing (seed %i)', async (seed) => {
  const firms = drawFirms(800, seed, years);
  const met = new Map<ServerFault, number>();
  let turn = 0;
  const fault = (n: number): ServerFault | null => {
    if ((n * 7 + seed) % 5 !== 0) return null;
    const one = faults[turn++ % faults.length];
    met.set(one, (met.get(one) ?? 0) + 1);
    return one;
  };
  const result = await run({
    serve: { firms, fault },
    config: { pace: 'attempts: 6, timeout_seconds: 0.15' },
    edit: (text) => text.replace('size: 20', 'size: 20, passes: 8'),
  });
  expect([...met.keys()].sort()).toEqual([...faults].sort());
  expect(await tableRows(result.table)).toEqual(truth(firms));
  expect(result.tally).toMatchObject({ open: 0, truncated: [], unsettled: [] });
  expect(result.retries).toBeGreaterThan(5);
  for (const text of written()) {
    for (const secret of [serverKey, serverSecret, encodeURIComponent(serverSecret), JSON.stringify(serverSecret)]) {
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    expect(text).not.toMatch(/"token":"[0-9A-F]{32}"/i);
  }
  expect(written().some((text) => text.includes('[redacted]'))).toBe(true);
});

test('a firm that is entered while its window is read is collected too', async () => {
  const firms = drawFirms(30, 4, [2020, 2020]);
  const late = {
    ...firms[0],
    CreditCode: '91330A',
    Scope: servedKeywords.join('；'),
    City: '杭州市',
    StartDate: '2020-05-05',
  };
  let isEntered = false;
  const onRequest = (): void => {
    const { query } = server?.served.at(-1) ?? {};
    if (!isEntered && query?.city === '杭州市' && query.pageIndex === '2') {
      isEntered = true;
      firms.unshift(late);
    }
  };
  const result = await run({ serve: { firms, onRequest }, config: { size: 4, years: '[2020, 2020]' } });
  expect(isEntered).toBe(true);
  expect(await tableRows(result.table)).toEqual(truth(firms));
});

test('what cannot be split is read as far as the API goes, and told', async () => {
  const [model] = drawFirms(1, 1, years);
  const same = {
    ...model,
    City: '杭州市',
    District: '西湖区',
    Status: '存续',
    StartDate: '2020-03-15',
    Scope: '人工智能',
  };
  const firms = Array.from({ length: 37 }, (_, i) => ({ ...same, CreditCode: `9133${100 + i}` }));
  const told: unknown[] = [];
  const result = await run({
    serve: { firms, isCapped: false },
    config: { limit: 20, size: 10 },
    options: { watcher: { ...silent, onLacking: (one) => told.push([one.kind, one.total, one.read]) } },
  });
  expect(result.firms).toBe(20);
  expect(told).toEqual([['truncated', 37, 20]]);
  expect(result.tally.truncated).toMatchObject([
    { total: 37, read: 20, window: { from: '2020-03-15', district: '西湖区', status: '存续' } },
  ]);
});

test('rows of a district that the config lacks are missed and counted', async () => {
  const [model] = drawFirms(1, 1, years);
  const same = { ...model, City: '杭州市', Status: '存续', StartDate: '2020-03-15', Scope: '人工智能' };
  const firms = Array.from({ length: 25 }, (_, i) => ({
    ...same,
    CreditCode: `9133${100 + i}`,
    District: i < 10 ? '西湖区' : i < 20 ? '上城区' : '余杭区',
  }));
  const result = await run({ serve: { firms }, config: { limit: 25, size: 5 } });
  expect(result.firms).toBe(20);
  expect(result.tally.uncovered).toMatchObject([
    { total: 25, read: 20, window: { from: '2020-03-15', district: null } },
  ]);
});

test('rate, budget of the day, and the next day', async () => {
  const firms = drawFirms(600, 6, years);
  const clock = fakeClock(Date.UTC(2026, 2, 1, 15, 59));
  const paced = { serve: { firms }, config: { pace: 'per_second: 2, per_day: 30' }, options: { clock } };
  // 23:59 in China: within a minute the day is another one, and the budget new.
  const error = await failure(run(paced));
  expect(error).toMatchObject({
    code: 'collection-stopped',
    detail: { reason: 'day-budget', attempts: 30, pages: 30 },
  });
  expect(error.detail).toMatchObject({ resumesAt: '2026-03-02 00:00 (UTC+8)' });
  expect(clock.slept).toEqual(Array(30).fill(500));
  expect(await failure(run(paced))).toMatchObject({ detail: { pages: 30 } });
  const next = { ...paced, options: { clock: fakeClock(Date.UTC(2026, 2, 1, 16, 0)) } };
  expect(await failure(run(next))).toMatchObject({ detail: { pages: 60 } });
  expect(server?.served.length).toBe(60);
});

test('Retry-After is honoured, a wait that is too long stops', async () => {
  const firms = drawFirms(10, 7, years);
  const clock = fakeClock();
  const refuse = (n: number) => (n === 0 ? { status: 503, headers: { 'retry-after': '77' }, body: '' } : null);
  await run({ serve: { firms, refuse }, options: { clock } });
  expect(clock.slept[0]).toBe(77_000);
  await server?.close();
  server = null;
  folder = `${folder}-long`;
  const long = () => ({ status: 429, headers: { 'retry-after': '7200' }, body: 'slow down' });
  const error = await failure(run({ serve: { firms, refuse: long } }));
  expect(error).toMatchObject({ code: 'collection-stopped', detail: { reason: 'long-wait', status: 'HTTP 429' } });
  expect(error.detail).toMatchObject({ resumesAt: '2026-03-01 14:00 (UTC+8)' });
  expect(server).toMatchObject({ served: { length: 1 } });
});

test('waits grow, differ by seed and repeat with it', async () => {
  const firms = drawFirms(10, 7, years);
  const waits = async (seed: number): Promise<number[]> => {
    folder = join(scratch, `waits-${seed}-${Math.random()}`);
    const clock = fakeClock();
    const config = { pace: `attempts: 5, backoff_seconds: [4, 20], seed: ${seed}` };
    const down = { firms, refuse: () => ({ status: 500, body: '' }) };
    const error = await failure(run({ serve: down, config, options: { clock } }));
    expect(error).toMatchObject({ detail: { reason: 'attempts', attempts: 5, status: 'HTTP 500', pages: 0 } });
    return clock.slept.filter((ms) => ms > 1000);
  };
  const first = await waits(1);
  expect(first.map((ms, i) => ms / 1000 / Math.min(20, 4 * 2 ** i)).every((x) => x > 0.5 && x < 1)).toBe(true);
  expect(first.length).toBe(4);
  expect(await waits(1)).toEqual(first);
  expect(await waits(2)).not.toEqual(first);
});

test.each([
  ['denied', { status: 401, body: `{"Message":"no such key ${serverKey}"}` }, 'no such key [redacted]'],
  ['denied', { status: 403, body: 'forbidden' }, 'forbidden'],
  ['quota', { status: 200, body: '{"Status":"112","Message":"余额不足"}' }, '余额不足'],
  ['bad-request', { status: 400, body: '{"Message":"bad date"}' }, 'bad date'],
  ['redirected', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, ''],
])('%s: one request, then a clear stop', async (reason, refusal, message) => {
  const error = await failure(run({ serve: { firms: [], refuse: () => refusal } }));
  expect(error).toMatchObject({ code: 'collection-stopped', detail: { reason, message, url: server?.url } });
  expect(server?.served.length).toBe(1);
  expect(JSON.stringify(error)).not.toContain(serverKey);
});

test('an interruption lets the page in hand finish; the next run goes on', async () => {
  const firms = drawFirms(200, 8, years);
  const stop = new AbortController();
  const onRequest = (n: number): void => {
    if (n === 9) stop.abort(new StudyError('interrupted', { signal: 'SIGINT' }));
  };
  const error = await failure(run({ serve: { firms, onRequest }, options: { signal: stop.signal } }));
  expect(error.code).toBe('interrupted');
  const result = await run({ serve: { firms } });
  expect(await tableRows(result.table)).toEqual(truth(firms));
  // The tenth answer was kept: nothing was asked for twice.
  expect(new Set(server?.served.map(({ query }) => JSON.stringify(query))).size).toBe(server?.served.length);
  expect(result.requests).toBe(server?.served.length);
});

test('a torn last line is cut off; its page alone is asked for again', async () => {
  const firms = drawFirms(60, 9, years);
  const whole = await run({ serve: { firms } });
  const path = join(folder, 'collect', 'journal.jsonl');
  const bytes = readFileSync(path);
  truncateSync(path, bytes.length - 20);
  const asked = server?.served.length ?? 0;
  const again = await run({ serve: { firms } });
  expect(server?.served.length).toBe(asked + 1);
  expect(again).toMatchObject({ pages: whole.pages, firms: 60, requests: whole.requests + 1 });
  expect(await tableRows(again.table)).toEqual(truth(firms));
});

test('a finished collection is written again without a request and without the key', async () => {
  const firms = drawFirms(60, 9, years);
  const first = await run({ serve: { firms } });
  const bytes = readFileSync(first.table);
  const asked = server?.served.length;
  const again = await run({ serve: { firms }, options: { environment: {} } });
  expect(readFileSync(again.table).equals(bytes)).toBe(true);
  expect(server?.served.length).toBe(asked);
  // A keyword less: its firms go, nothing is asked for.
  const fewer = await run({
    serve: { firms },
    options: { environment: {} },
    edit: (text) => text.replace('[人工智能, 物联网]', '[人工智能]'),
  });
  const range = { startDate: '2000', endDate: '2999' };
  expect(await tableRows(fewer.table)).toEqual(truth(matching(firms, { keyword: '人工智能', ...range })));
  expect(server?.served.length).toBe(asked);
});

test('refused: a key that is not there, pages of other requests, a broken journal, an answer that was changed', async () => {
  const firms = drawFirms(30, 9, years);
  expect(await failure(run({ serve: { firms }, options: { environment: {} } }))).toMatchObject({
    code: 'missing-variable',
    detail: { key: 'api.key_env', variable: 'LOOPBACK_KEY', reason: 'unset' },
  });
  const short = { ...serverEnvironment, LOOPBACK_SECRET: 'abc' };
  expect(await failure(run({ serve: { firms }, options: { environment: short } }))).toMatchObject({
    detail: { key: 'api.secret_env', reason: 'short' },
  });
  await run({ serve: { firms } });
  const journal = join(folder, 'collect', 'journal.jsonl');
  const other = { serve: { firms }, edit: (text: string) => text.replace('size: 20', 'size: 10') };
  expect(await failure(run(other))).toMatchObject({ code: 'foreign-collection', detail: { path: journal } });
  const kept = join(folder, 'collect', 'raw', '0000', '0000001.json.gz');
  const bytes = readFileSync(kept);
  writeFileSync(kept, readFileSync(join(folder, 'collect', 'raw', '0000', '0000002.json.gz')));
  expect(await failure(run({ serve: { firms } }))).toMatchObject({ code: 'file-unreadable', detail: { path: kept } });
  writeFileSync(kept, bytes);
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"ask"', '"ax"'));
  expect(await failure(run({ serve: { firms } }))).toMatchObject({ code: 'file-unreadable', detail: { line: 2 } });
});

test('a firm that two windows tell differently stands as it came first, and is counted', async () => {
  const [model] = drawFirms(1, 1, years);
  const first = { ...model, City: '杭州市', Scope: '人工智能', StartDate: '2020-03-01' };
  const firms = [first, { ...first, City: '宁波市', Name: '后来的名称' }, { ...first, CreditCode: '', Name: '无码甲' }];
  const result = await run({ serve: { firms: [...firms, { ...firms[2], City: '宁波市' }] } });
  expect(result).toMatchObject({ rows: 4, firms: 2, duplicates: 2, differing: 2 });
  expect(await tableRows(result.table)).toEqual([lineOf(first), lineOf(firms[2]).replace('||', '|')]);
});

test('the scan of the study reads the table as it is', async () => {
  const firms = drawFirms(200, 14, years);
  const { table } = await run({ serve: { firms } });
  const place = (code: number, name: string) => ({
    ...{ code, name, province: '浙江省', provinceCode: 330000, since: null, dissolved: null },
  });
  const rules = {
    keywords: keywordList([{ zh: '人工智能' }], [], 'keywords.csv'),
    ...{ match: usualRules, counting: usualCounting, asOf: 20211231, lastYear: null, sample: 0, seed: 1 },
  };
  const { cells } = await firmScanner({ threads: 1 }).scan([{ path: table, name: 'registry/collected.csv' }], rules, {
    ...{ gazetteer: [place(330100, '杭州市'), place(330200, '宁波市')], aliases: [], changes: [] },
  });
  const expected = [330100, 330200].flatMap((code, i) =>
    [2020, 2021].map((year) => {
      const range = { city: ['杭州市', '宁波市'][i], startDate: `${year}-01-01`, endDate: `${year}-12-31` };
      return `${code} ${year} ${matching(firms, { ...range, keyword: '人工智能' }).length}`;
    }),
  );
  expect(cells.map(({ city, year, firms: count }) => `${city} ${year} ${count}`).sort()).toEqual(expected);
});

test('answers in GBK that say so; a folder that cannot be written', async () => {
  const [firm] = drawFirms(1, 1, years);
  const body = encode(JSON.stringify({ Status: '200', Paging: { TotalRecords: 1 }, Result: [firm] }), 'gbk');
  const refuse = () => ({ status: 200, headers: { 'content-type': 'application/json; charset=GBK' }, body });
  const { table } = await run({ serve: { firms: [], refuse } });
  expect(await tableRows(table)).toEqual([lineOf(firm)]);
  folder = join(table, 'below');
  const error = await failure(run({ serve: { firms: [] } }));
  expect(error).toMatchObject({ code: 'output-not-writable', detail: { path: join(folder, 'collect') } });
});

test('two collections never write to one folder', async () => {
  await run({ serve: { firms: drawFirms(5, 1, years) } });
  writeFileSync(join(folder, 'collect', 'lock'), String(process.ppid));
  const error = await failure(run({ serve: { firms: [] } }));
  expect(error).toMatchObject({ code: 'output-not-writable', detail: { path: join(folder, 'collect') } });
  // The number of a process that is gone.
  writeFileSync(join(folder, 'collect', 'lock'), '4194305');
  await run({ serve: { firms: [] } });
});

test('a journal is read without being touched', async () => {
  const text = serverConfig('http://127.0.0.1:9/', { limit: 60, size: 20, pace: 'seed: 1', years: '[2020, 2021]' });
  expect(readJournal(join(folder, 'collect'), parseCollectConfig(text, 'c.yaml')).pages).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
