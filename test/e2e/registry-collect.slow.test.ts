import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import {
  drawFirms,
  type ServerFault,
  serverConfig,
  serverEnvironment,
  startRegistryServer,
} from '../../src/platform/collect/testing/registry-server.ts';
import { mainFile, scratchFolder } from './kaya.ts';

const scratch = scratchFolder();
afterAll(scratch.remove);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a collection and lets `stop` end it. */
function collect(folder: string, out: string, stop: (kill: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [mainFile, 'registry', 'collect', '--config', 'c.yaml', '--out', out, '--json'],
    {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...serverEnvironment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  stop((signal) => child.kill(signal));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

test('killed at random points and taken up again: the same table, no page asked for twice but those in flight', async () => {
  const { folder } = scratch;
  const firms = drawFirms(1200, 31, [2019, 2021]);
  const draw = randomStream(99, 5);
  let killAt = Number.POSITIVE_INFINITY;
  let kill: () => void = () => undefined;
  const onRequest = (n: number): void => {
    // Some time after a request has come: before, while or after its page is written.
    if (n >= killAt) setTimeout(kill, draw.uniform() * 12);
  };
  const server = await startRegistryServer({ firms, limit: 40, onRequest });
  const config = serverConfig(server.url, { limit: 40, size: 20, pace: 'per_second: 100', years: '[2019, 2021]' });
  writeFileSync(join(folder, 'c.yaml'), config);

  const whole = await collect(folder, 'whole', () => undefined);
  expect(whole.status, whole.stderr).toBe(0);
  const needed = server.served.length;
  server.served.length = 0;

  let kills = 0;
  let last: Ended = whole;
  for (let run = 0; run < 25; run++) {
    killAt = server.served.length + 1 + draw.integer(Math.ceil(needed / 8));
    let isKilled = false;
    last = await collect(folder, 'killed', (end) => {
      kill = () => {
        isKilled = true;
        end('SIGKILL');
      };
    });
    if (!isKilled || last.status === 0) break;
    kills++;
  }
  await server.close();
  expect(last.status, last.stderr).toBe(0);
  expect(kills).toBeGreaterThan(5);
  const table = (out: string): Buffer => readFileSync(join(folder, out, 'registry', 'collected.csv'));
  expect(table('killed').equals(table('whole'))).toBe(true);
  const asked = server.served.map(({ query }) => JSON.stringify(query));
  expect(new Set(asked).size).toBe(needed);
  expect(asked.length - needed).toBeLessThanOrEqual(kills);
  const summary = JSON.parse(last.stdout) as Record<string, number>;
  expect(summary).toMatchObject({ firms: 1200, pages: needed });
  // A request is written down before it is sent, so that a day's budget is never overrun: a kill between the two counts it.
  expect(summary.requests).toBeGreaterThanOrEqual(asked.length);
  expect(summary.requests).toBeLessThanOrEqual(asked.length + kills);
});

test('Ctrl-C finishes the page in hand, says interrupted, and the next run goes on', async () => {
  const { folder } = scratch;
  const firms = drawFirms(200, 32, [2020, 2021]);
  let kill: () => void = () => undefined;
  const fault = (n: number): ServerFault | null => {
    if (n === 12) kill();
    return n === 12 ? 'slow' : null;
  };
  const server = await startRegistryServer({ firms, limit: 40, fault });
  const config = serverConfig(server.url, { limit: 40, size: 20, pace: 'per_second: 100', years: '[2020, 2021]' });
  writeFileSync(join(folder, 'c.yaml'), config);
  const stopped = await collect(folder, 'stopped', (end) => {
    kill = () => end('SIGINT');
  });
  expect(stopped).toMatchObject({ status: 130, stdout: '', stderr: expect.stringContaining('Stopped by SIGINT') });
  expect(server.served.length).toBe(13);
  expect(existsSync(join(folder, 'stopped', 'collect', 'lock'))).toBe(false);
  const rest = await collect(folder, 'stopped', () => undefined);
  await server.close();
  expect(rest.status, rest.stderr).toBe(0);
  expect(JSON.parse(rest.stdout)).toMatchObject({ firms: 200, requests: server.served.length, retries: 0 });
  expect(new Set(server.served.map(({ query }) => JSON.stringify(query))).size).toBe(server.served.length);
});
