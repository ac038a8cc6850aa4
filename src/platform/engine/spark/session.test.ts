import { afterEach, describe, expect, it } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { describeError } from '../../../output/format/error-text/describe.ts';
import { readAddress } from './address.ts';
import { sqlRelation, taskOfRows } from './messages.ts';
import { openSession, type SparkSession } from './session.ts';
import {
  batch,
  complete,
  type FakeAnswer,
  type FakeCall,
  type FakeServer,
  fakeServer,
  textOf,
} from './testing/fake-server.ts';
import { field, message } from './wire.ts';

const secret = 'tok-en.very-secret';
const task = taskOfRows(sqlRelation('SELECT 1'));
let server: FakeServer | null = null;
let session: SparkSession | null = null;

async function started(
  answer: (call: FakeCall, count: number) => FakeAnswer,
  retries: readonly number[] = [1, 1, 1],
  more = '',
): Promise<{ readonly server: FakeServer; readonly session: SparkSession }> {
  server = await fakeServer(answer);
  // By its name, so that a token does not ask for an encrypted connection.
  const address = readAddress(`sc://localhost:${server.port}/;token=${secret};user_id=me;x-lake=blue${more}`, {});
  session = openSession({ ...address, host: '127.0.0.1' }, { client: 'kaya/1', retries });
  return { server, session };
}

afterEach(async () => {
  await session?.close();
  await server?.kill();
  [server, session] = [null, null];
});

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const given = async (own: SparkSession): Promise<readonly number[][]> =>
  (await own.execute(task)).map((one) => [...one.bytes]);

async function failure(action: Promise<unknown>) {
  try {
    await action;
  } catch (error) {
    if (isStudyError(error, 'spark-failed')) return { ...error.detail, text: describeError(error, 'en'), error };
    throw error;
  }
  throw new Error('it did not fail');
}

describe('an execution', () => {
  it('gives its batches, and says who asks in every request', async () => {
    const own = await started(() => ({ messages: [batch('a', bytes(1, 2)), batch('b', bytes(3)), complete('c')] }));
    expect(await given(own.session)).toEqual([[1, 2], [3]]);
    await own.session.close();
    const [first] = own.server.calls;
    expect(first?.method).toBe('ExecutePlan');
    expect(first?.headers).toMatchObject({ authorization: `Bearer ${secret}`, 'x-lake': 'blue', te: 'trailers' });
    expect(first?.headers['user-agent']).toMatch(/^kaya\/1 os\//);
    expect(new Set(own.server.calls.map((call) => textOf(call, 1))).size).toBe(1);
    expect(own.server.calls.map(({ method }) => method)).toContain('ReleaseExecute');
    expect(own.server.calls.at(-1)?.method).toBe('ReleaseSession');
  });

  it('leaves a session that the caller named to others', async () => {
    const named = ';session_id=6f2b3f6c-0a0f-4d8e-9a55-1f2d3c4b5a69';
    const own = await started(() => ({ messages: [complete('a')] }), [1], named);
    await own.session.execute(task);
    await own.session.close();
    expect(own.server.calls.map(({ method }) => method)).toEqual(['ExecutePlan', 'ReleaseExecute']);
  });

  it('is taken up again after the last answer that came, wherever the stream was cut', async () => {
    const all = [batch('a', bytes(1)), batch('b', bytes(2)), batch('c', bytes(3)), complete('d')];
    const ids = ['a', 'b', 'c', 'd'];
    for (let cut = 1; cut < all.length; cut++) {
      const own = await started((call) => {
        if (call.method === 'ExecutePlan')
          return { messages: all.slice(0, cut), end: cut % 2 === 0 ? 'cut' : 'status' };
        if (call.method !== 'ReattachExecute') return {};
        const after = ids.indexOf(textOf(call, 5) ?? '');
        // One answer a time.
        return { messages: all.slice(after + 1, after + 2), end: 'cut' };
      });
      expect([cut, await given(own.session)]).toEqual([cut, [[1], [2], [3]]]);
      const [execute, reattach] = ['ExecutePlan', 'ReattachExecute'].map((name) =>
        own.server.calls.find(({ method }) => method === name),
      );
      expect(textOf(reattach as FakeCall, 3)).toBe(textOf(execute as FakeCall, 6)); // both came
      await own.session.close();
      await own.server.kill();
    }
  });

  it('is sent again where it never came there', async () => {
    const own = await started((call, count) => {
      if (call.method === 'ReattachExecute')
        return { status: 13, words: '[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle is invalid. SQLSTATE: HY000' };
      if (call.method !== 'ExecutePlan') return {};
      return count === 1 ? { end: 'cut' } : { messages: [batch('a', bytes(7)), complete('b')] };
    });
    expect(await given(own.session)).toEqual([[7]]);
  });

  it('does not end by half: a stream that never comes to its end is an error', async () => {
    const own = await started((call) =>
      call.method === 'ReattachExecute' ? {} : { messages: [batch('a', bytes(1))] },
    );
    expect(await failure(own.session.execute(task))).toMatchObject({ reason: 'gone' });
  });
});

describe('what a server says no with', () => {
  it('is one sentence with its class and SQLSTATE, whether they stand in the words or beside them', async () => {
    const info = message(
      field(3, message(field(1, 'errorClass'), field(2, 'X.Y'))),
      field(3, message(field(1, 'sqlState'), field(2, '42P01'))),
    );
    const details = message(field(3, message(field(1, 'type.googleapis.com/google.rpc.ErrorInfo'), field(2, info))));
    const words =
      '[TABLE_OR_VIEW_NOT_FOUND] The table `t` cannot be found. SQLSTATE: 42P01; line 1 pos 14;\n== Plan ==\n…';
    const own = await started((call, count) => {
      if (call.method !== 'ExecutePlan') return {};
      return count === 1 ? { status: 13, words } : { status: 13, words: 'No such table\nat x.y', details };
    });
    const first = await failure(own.session.execute(task));
    expect(first.text).toBe(
      `Spark at 127.0.0.1:${own.server.port} says: The table \`t\` cannot be found. (TABLE_OR_VIEW_NOT_FOUND, SQLSTATE 42P01)`,
    );
    const second = await failure(own.session.execute(task));
    expect([second.message, second.errorClass, second.state]).toEqual(['No such table', 'X.Y', '42P01']);
  });

  it('never holds the token, nor does anything that prints an error', async () => {
    const own = await started(() => ({ status: 16, words: 'who are you?' }));
    const { reason, text, error } = await failure(own.session.execute(task));
    expect(reason).toBe('refused');
    const { inspect } = await import('node:util');
    for (const told of [
      text,
      describeError(error, 'zh'),
      JSON.stringify(error),
      inspect(error, { depth: 9 }),
      String(error.stack),
    ])
      expect(told).not.toContain(secret);
    expect(inspect(readAddress(`sc://h/;token=${secret}`, {}), { depth: 9 })).not.toContain(secret);
  });

  it('tells nobody there from gone, and from another kind of server', async () => {
    const own = await started((call) =>
      call.method === 'ExecutePlan' ? { messages: [batch('a', bytes(1))], end: 'open' } : {},
    );
    const running = failure(own.session.execute(task));
    await until(() => own.server.calls.some(({ method }) => method === 'ReleaseExecute'));
    await own.server.kill();
    const gone = await running;
    expect([gone.reason, gone.text]).toEqual(['gone', expect.stringMatching(/is gone, or has forgotten the session/)]);
    const nobody = openSession(readAddress(`sc://127.0.0.1:${own.server.port}`, {}), { client: 'kaya/1', retries: [] });
    const absent = await failure(nobody.execute(task));
    expect([absent.reason, absent.text]).toEqual([
      'absent',
      expect.stringMatching(/No server of Spark Connect answers/),
    ]);
    await nobody.close();
  });

  it('a session that was forgotten is not taken for a fault of the query', async () => {
    const own = await started(() => ({
      status: 13,
      words: '[INVALID_HANDLE.SESSION_CLOSED] The session was closed. SQLSTATE: HY000',
    }));
    expect((await failure(own.session.execute(task))).reason).toBe('gone');
  });
});

it('an interrupt ends what runs, and nothing is tried again', async () => {
  let own: { readonly server: FakeServer; readonly session: SparkSession } | null = null;
  own = await started((call) => {
    if (call.method === 'ExecutePlan') return { end: 'open' };
    if (call.method === 'Interrupt') own?.server.finish({ status: 14, words: 'the operation was canceled' });
    return {};
  });
  const running = failure(own.session.execute(task));
  await until(() => own?.server.calls.some(({ method }) => method === 'ExecutePlan') === true);
  await own.session.interrupt();
  await running;
  const methods = own.server.calls.map(({ method }) => method);
  expect(methods).toContain('Interrupt');
  expect(methods).not.toContain('ReattachExecute');
});

it('an interrupt that comes to the server before what it is to end is sent again, and nothing is begun after it', async () => {
  let own: { readonly server: FakeServer; readonly session: SparkSession } | null = null;
  own = await started((call, count) => {
    if (call.method === 'ExecutePlan' && count === 1) return { end: 'open' };
    if (call.method === 'Interrupt' && count === 3) own?.server.finish({ status: 1, words: 'canceled' });
    return { messages: call.method === 'ExecutePlan' ? [complete('a')] : [] };
  });
  const running = failure(own.session.execute(task));
  await until(() => own?.server.calls.some(({ method }) => method === 'ExecutePlan') === true);
  await own.session.interrupt();
  await running;
  await expect(own.session.execute(task)).rejects.toMatchObject({ code: 'spark-failed' });
  expect(await own.session.execute(task, true)).toEqual([]);
  const count = (name: string) => own?.server.calls.filter(({ method }) => method === name).length;
  expect([count('Interrupt'), count('ExecutePlan')]).toEqual([3, 2]);
});

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !holds(); round++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}
