import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe } from 'vitest';
import { readAddress } from '../../src/platform/engine/spark/address.ts';
import { openSpark, type SparkEngine } from '../../src/platform/engine/spark/open.ts';

/** Servers of Spark Connect that `.ci/run` starts, or whoever runs the tests, by the variable that holds their address. */
const servers = [
  { name: 'Sail', variable: 'KAYA_TEST_SAIL' },
  { name: 'Spark', variable: 'KAYA_TEST_SPARK' },
  { name: 'Spark 3.5', variable: 'KAYA_TEST_SPARK_35' },
] as const;

export type ServerName = (typeof servers)[number]['name'];

/** A suite for every server; one that is not there is skipped, saying why. */
export async function onServers(
  title: string,
  suite: (server: { readonly name: ServerName; readonly remote: string; readonly engine: () => SparkEngine }) => void,
): Promise<void> {
  for (const { name, variable } of servers) {
    const remote = process.env[variable] ?? '';
    const lack =
      remote === '' ? `${variable} names no server` : (await answers(remote)) ? null : `nobody answers at ${remote}`;
    if (lack !== null) {
      describe.skip(`${name}: ${title} (skipped: ${lack})`, () => suite({ name, remote, engine: noEngine }));
      continue;
    }
    describe(`${name}: ${title}`, () => {
      let engine: SparkEngine | null = null;
      beforeAll(async () => {
        engine = await openSpark(readAddress(remote, process.env), { client: 'kaya/tests' });
      }, 120_000);
      afterAll(async () => engine?.close(), 60_000);
      suite({ name, remote, engine: () => engine ?? noEngine() });
    });
  }
}

function noEngine(): never {
  throw new Error('no server');
}

/** Whether something listens at the address. */
async function answers(remote: string): Promise<boolean> {
  const { host, port } = readAddress(remote, {});
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port });
    const end = (found: boolean) => () => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(2000, end(false));
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
