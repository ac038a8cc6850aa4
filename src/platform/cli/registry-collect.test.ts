import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  drawFirms,
  type RegistryServer,
  serverConfig,
  serverEnvironment,
  serverKey,
  startRegistryServer,
} from '../collect/testing/registry-server.ts';
import { runInside } from './testing/run-inside.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaya collect 采集 '));
const firms = drawFirms(150, 21, [2020, 2021]);
const config = join(scratch, 'c.yaml');
let refusal: { status: number; body: string } | null = null;
let server: RegistryServer;

beforeAll(async () => {
  server = await startRegistryServer({ firms, limit: 15, refuse: () => refusal });
  writeFileSync(config, configText('per_second: 100'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  refusal = null;
  server.served.length = 0;
});
afterAll(async () => {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
});

function configText(pace: string): string {
  return serverConfig(server.url, { limit: 15, size: 10, pace, years: '[2020, 2021]' });
}

async function collect(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const { status, out: stdout, err: stderr } = await runInside(['registry', 'collect', ...argv]);
  return { status, stdout, stderr };
}

function giveKeys(): void {
  for (const [name, value] of Object.entries(serverEnvironment)) vi.stubEnv(name, value);
}

test('--dry-run prints the windows and the requests to come; it asks nothing, writes nothing, needs no key', async () => {
  const out = join(scratch, 'dry');
  const { status, stdout, stderr } = await collect('--config', config, '--out', out, '--dry-run');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
    "windows           8 of keyword, city and year; 0 are read already, 8 are to be read
    requests to come  at least 8: a page for every window, more for each that is longer or is split
    time to come      0.0 minutes or more, at 100 requests a second
      人工智能 杭州市 2020
      人工智能 杭州市 2021
      人工智能 宁波市 2020
      人工智能 宁波市 2021
      物联网 杭州市 2020
      物联网 杭州市 2021
      物联网 宁波市 2020
      物联网 宁波市 2021
    "
  `);
  expect([server.served.length, existsSync(out)]).toEqual([0, false]);
  const json = JSON.parse((await collect('--config', config, '--out', out, '--dry-run', '--json')).stdout);
  expect(json).toMatchObject({
    windows: { planned: 8, done: 0, open: 8 },
    requests: { sent: 0, least: 8, likely: null },
  });
  expect(json.open[0]).toMatchObject({ keyword: '人工智能', city: '杭州市', from: '2020-01-01', to: '2020-12-31' });
});

test('a budget of the day stops with status 1; a dry run knows what is left; the next run ends with one JSON document', async () => {
  giveKeys();
  const out = join(scratch, 'all');
  const small = join(scratch, 'small.yaml');
  writeFileSync(small, configText('per_second: 100, per_day: 20'));
  const first = await collect('--config', small, '--out', out);
  expect({ status: first.status, stdout: first.stdout }).toEqual({ status: 1, stdout: '' });
  expect(first.stderr).toMatch(
    /budget of today is used up \(pace.per_day: 20 requests\).* 20 pages are kept; the same/,
  );
  const left = JSON.parse((await collect('--config', small, '--out', out, '--dry-run', '--json')).stdout);
  expect(left.requests.sent).toBe(20);
  expect(left.windows.done).toBeGreaterThan(0);
  expect(left.requests.likely).toBeGreaterThanOrEqual(left.requests.least);
  const all = await collect('--config', config, '--out', out, '--json');
  expect(all.status).toBe(0);
  const summary = JSON.parse(all.stdout);
  expect(summary).toMatchObject({ firms: 150, windows: { planned: 8, truncated: 0, unsettled: 0, uncovered: 0 } });
  expect(summary.rows).toBe(summary.firms + summary.duplicates);
  expect(summary.requests).toBe(server.served.length);
  expect(JSON.parse(readFileSync(join(out, 'collect', 'summary.json'), 'utf8'))).toEqual(summary);
  expect(all.stderr).toMatch(/^Collection \(.* s\)\nTable of firms: 150 firms, \d+ requests \(.* s\)\n$/);
  const chinese = await collect('--config', config, '--out', out, '--lang', 'zh');
  expect(chinese.stdout).toMatch(/^窗口 .*\n不完整的窗口 .*截断0个/);
});

test('a refusal by the server: its words, the next step, no key', async () => {
  giveKeys();
  refusal = { status: 401, body: `{"Message":"key ${serverKey} is unknown"}` };
  const out = join(scratch, 'refused');
  const { status, stdout, stderr } = await collect('--config', config, '--out', out);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('refused access (HTTP 401: "key [redacted] is unknown")');
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const written = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
  expect(`${stderr}${written}`).not.toContain(serverKey);
});

test('wrong usage: no config, a config that is not there, a fault in it, no key', async () => {
  expect(await collect()).toMatchObject({ status: 2, stderr: expect.stringContaining('--config') });
  const missing = await collect('--config', join(scratch, 'd.yaml'));
  expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining(`Did you mean ${config}`) });
  const bad = join(scratch, 'bad.yaml');
  writeFileSync(bad, configText('per_secnd: 1'));
  const fault = await collect('--config', bad);
  expect(fault.status).toBe(2);
  expect(fault.stderr).toMatch(/bad\.yaml:\d+:9 pace\.per_secnd: unknown key 'per_secnd'.* Did you mean per_second\?/);
  const keyless = await collect('--config', config, '--out', join(scratch, 'keyless'));
  expect(keyless).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('LOOPBACK_KEY (api.key_env), which is not'),
  });
});
