import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { repository } from '../../../test/architecture/planted.ts';
import { isStudyError } from '../../error/study-error.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { parseCollectConfig } from '../../study/language/collect-config.ts';
import { type CollectResult, collectRegistry } from './collect.ts';

/* Sixty kinds of servers that answer one window badly: nothing of the key is written, and every other window is in the table. */

interface Given {
  readonly secret: string;
  readonly key: string;
  readonly token: string;
  readonly good: object;
  readonly random: () => number;
}
interface Hostile {
  readonly kinds: readonly {
    readonly name: string;
    readonly ends: 'page' | 'aside' | 'either' | 'stop';
    readonly makes: (given: Given) => object;
  }[];
  readonly send: (response: ServerResponse, hostile: object) => void;
  readonly formsOf: (secret: string) => readonly string[];
}
// The trial of `npm run torture` draws from the same kinds.
const { kinds, send, formsOf } = (await import(join(repository, 'torture/hostile-answers.mjs'))) as Hostile;

const key = 'Kx-9f3/a+b=c 7d&e';
const secret = 's3cr3t<Wörd>"0815"';
const scratch = mkdtempSync(join(tmpdir(), 'kaya-hostile-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const keywords = ['甲', '乙', '丙'];
const badKeyword = '乙';
const firmOf = (keyword: string) => ({
  ...{ Name: `${keyword}公司`, CreditCode: `9133${keyword}`, StartDate: '2020-05-05', Scope: keyword },
});

/** A server that answers the window of one keyword with a kind. */
async function serve(makes: (given: Given) => object, port = 0): Promise<string> {
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const keyword = searchParams.get('keyword') ?? '';
    const good = { Status: '200', Paging: { TotalRecords: 1 }, Result: [firmOf(keyword)] };
    const token = String(request.headers.token);
    send(
      response,
      keyword === badKeyword
        ? makes({ secret, key, token, good, random: () => 0.5 })
        : { body: JSON.stringify(good), headers: { 'content-type': 'application/json' } },
    );
  });
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/search`;
}

const configOf = (url: string): string => `api:
  url: ${url}
  key_env: K
  secret_env: S
  query: { key: '{key}', keyword: '{keyword}', startDate: '{from}', endDate: '{to}', page: '{page}' }
  headers: { Token: '{sha256:{key}{timespan}{secret}}' }
response: { rows: Result, total: Paging.TotalRecords, code: Status, message: Message, ok: [200], empty: [201] }
windows: { keywords: [${keywords.join(', ')}], years: [2020, 2020], limit: 100 }
page: { size: 20 }
fields: { name: Name, uscc: CreditCode, founded: StartDate, scope: Scope }
pace: { attempts: 2, timeout_seconds: 20 }
`;

interface Outcome {
  readonly result: CollectResult | null;
  readonly error: string;
  /** All that was written or told. */
  readonly said: string;
}

async function collect(url: string, folder: string): Promise<Outcome> {
  const told: string[] = [];
  const tell = (...words: unknown[]): void => void told.push(JSON.stringify(words));
  let result: CollectResult | null = null;
  let error = '';
  try {
    result = await collectRegistry({
      collection: parseCollectConfig(configOf(url), 'c.yaml'),
      ...{ file: 'c.yaml', folder, environment: { K: key, S: secret }, version: '9.9.9' },
      clock: { now: () => Date.UTC(2026, 2, 1), sleep: async () => undefined },
      signal: new AbortController().signal,
      watcher: { onPage: tell, onWait: tell, onLacking: tell, onAside: tell, onWrite: tell },
    });
  } catch (thrown) {
    if (!isStudyError(thrown)) throw thrown;
    error = thrown.code;
    told.push(describeError(thrown, 'en'), describeError(thrown, 'zh'), JSON.stringify(thrown), thrown.stack ?? '');
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return `${entry.name}\n${(entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')}`;
  });
  return { result, error, said: [...texts, ...told, JSON.stringify(result)].join('\n') };
}

describe('a hostile server', () => {
  test('there are sixty kinds and more', () => {
    expect(kinds.length).toBeGreaterThanOrEqual(60);
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s', async (name, { makes, ends }) => {
    const { result, error, said } = await collect(await serve(makes), join(scratch, name.replace(/\W/g, '_')));
    for (const one of [key, secret]) {
      for (const form of formsOf(one)) expect(said.toLowerCase()).not.toContain(form.toLowerCase());
    }
    expect((Object.prototype as { polluted?: boolean }).polluted).toBeUndefined();
    if (ends === 'stop') {
      expect(error).toBe('collection-stopped');
      return;
    }
    expect(error).toBe('');
    const table = readFileSync(result?.table ?? '', 'utf8');
    for (const keyword of keywords) if (keyword !== badKeyword) expect(table).toContain(`${keyword}公司`);
    const isKept = table.includes(`${badKeyword}公司`);
    if (ends === 'page') expect(isKept).toBe(true);
    if (ends === 'aside') expect(isKept).toBe(false);
    expect(result?.aside.map(({ window }) => window.keyword)).toEqual(isKept ? [] : [badKeyword]);
  });

  test('an answer that is set aside is asked for again by the next run, and then it is there', async () => {
    const folder = join(scratch, 'again');
    const url = await serve(() => ({ body: 'no' }));
    const first = await collect(url, folder);
    expect(first.result).toMatchObject({ firms: 2, aside: [{ page: 0, reason: { key: 'answer.not_json' } }] });
    await new Promise<void>((resolve) => {
      server?.close(() => resolve());
      server?.closeAllConnections();
    });
    await serve(({ good }) => ({ body: JSON.stringify(good) }), Number(new URL(url).port));
    expect((await collect(url, folder)).result).toMatchObject({ firms: 3, aside: [] });
  });
});
