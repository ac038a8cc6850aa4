import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { readAddress } from '../../src/platform/engine/spark/address.ts';
import { openSpark, type SparkEngine } from '../../src/platform/engine/spark/open.ts';
import { columnNamed, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { ended, startKaya } from '../e2e/kaya.ts';
import { onServers } from './spark-servers.ts';

const odd = [0, -0.5, 1.5e300, 5e-324, 2 ** 53, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0.1];
const texts = ["o'hare", 'back\\slash', '北京', '😀', '', null, 'a"b`c', '%_', 'line\nbreak'];

await onServers('what goes there and comes back', ({ name, engine }) => {
  test('numbers and texts are the same, missing cells too', async () => {
    await engine().load('odd', columnTable({ x: numberColumn(odd), t: textColumn(texts) }));
    const back = await engine().table('SELECT x, t FROM odd');
    const x = columnNamed(back, 'x');
    const t = columnNamed(back, 't');
    expect(x.kind === 'number' ? [...x.values] : []).toEqual(odd);
    expect(t.kind === 'text' ? Array.from(t.codes, (code) => t.levels[code] ?? null) : []).toEqual(texts);
  });

  test('a table of many pieces comes back whole, by names that a server tells apart', async () => {
    const n = 400_000;
    const table = columnTable({
      code: numberColumn(Float64Array.from({ length: n }, (_, i) => i)),
      Code: numberColumn(Float64Array.from({ length: n }, (_, i) => 1 / (i + 1))),
    });
    await engine().load('pieces', table);
    const found = await engine().table(
      'SELECT count(*) AS n, sum(code) AS total, max(abs(Code_2 - 1e0 / (code + 1e0))) AS off FROM pieces',
    );
    const of = (column: string) => columnNamed(found, column);
    expect(
      ['n', 'total', 'off'].map(
        (column) => of(column).kind === 'number' && [...(of(column) as { values: Float64Array }).values],
      ),
    ).toEqual([[n], [(n * (n - 1)) / 2], [0]]);
  }, 120_000);

  test('an error is one sentence; Spark names its class', async () => {
    const error = await engine()
      .table('SELECT nothing_of_that_name FROM odd')
      .then(
        () => null,
        (found: unknown) => found,
      );
    expect(isStudyError(error, 'spark-failed')).toBe(true);
    if (!isStudyError(error, 'spark-failed')) return;
    expect(error.detail.message).not.toMatch(/\n|Plan/);
    if (name !== 'Sail')
      expect([error.detail.errorClass, error.detail.state]).toEqual([
        expect.stringMatching(/^UNRESOLVED_COLUMN/),
        '42703',
      ]);
  });
});

// By then a command has its first query running there, also on a busy machine.
const startMs = 10_000;
const endings = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

await onServers('a run that is killed', ({ name, remote }) => {
  test.skipIf(name === 'Sail')('leaves its query there where it has no time to say a word', async () => {
    await during(remote, async (own, child) => {
      child.kill('SIGKILL');
      await ended(child);
      expect(await own.interrupt()).toBeGreaterThan(0);
    });
  });

  test.each(endings)('leaves no query there after %s', async (signal, expected) => {
    await during(remote, async (own, child) => {
      child.kill(signal);
      expect((await ended(child)).status).toBe(expected);
      expect(await own.interrupt()).toBe(0);
    });
  });
});

/** With a command whose query takes far longer than the test does, and a session of the same name beside it. */
async function during(remote: string, action: (own: SparkEngine, child: ChildProcess) => Promise<void>): Promise<void> {
  const address = `${remote.replace(/\/?$/, '/')};session_id=${randomUUID()}`;
  const own = await openSpark(readAddress(address, process.env), { client: 'kaya/tests' });
  const columns = 'CAST(id AS DOUBLE) AS x, sin(CAST(id AS DOUBLE)) AS y, CAST(id % 7 AS DOUBLE) AS g';
  await own.run(`CREATE OR REPLACE TEMPORARY VIEW endless AS SELECT ${columns} FROM range(200000000000)`);
  const child = startKaya(process.cwd(), 'reg', 'endless', 'y ~ x | g', '--engine', 'spark', '--spark', address);
  try {
    await new Promise((resolve) => setTimeout(resolve, startMs));
    expect(child.exitCode).toBeNull();
    await action(own, child);
  } finally {
    child.kill('SIGKILL');
    await own.interrupt();
    await own.close();
  }
}
