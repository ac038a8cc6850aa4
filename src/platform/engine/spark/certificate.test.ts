import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { describeError } from '../../../output/format/error-text/describe.ts';
import { readAddress } from './address.ts';
import { openSession } from './session.ts';
import { batch, complete, type FakeServer, fakeServer } from './testing/fake-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-certificate-'));
const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name)) as [string, string];
const named = '/CN=localhost';
const made = spawnSync('openssl', [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', named],
  ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
]);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: FakeServer | null = null;
afterEach(async () => {
  await server?.kill();
  server = null;
});

const task = Uint8Array.from([1]);

/** What a session of an encrypted server gives, or how it fails. */
async function asked(host: string, roots: string | null): Promise<unknown> {
  const answers = [batch('a', Uint8Array.from([7])), complete('b')];
  const own = await fakeServer(() => ({ messages: answers }), {
    cert: readFileSync(cert, 'utf8'),
    key: readFileSync(key, 'utf8'),
  });
  server = own;
  const address = readAddress(`sc://${host}:${own.port}/;use_ssl=true`, {});
  const session = openSession(address, { client: 'kaya/1', roots });
  try {
    return (await session.execute(task)).map(({ bytes }) => [...bytes]);
  } catch (error) {
    if (!isStudyError(error, 'spark-failed')) throw error;
    return { ...error.detail, text: describeError(error, 'en'), calls: own.calls.length };
  } finally {
    await session.close();
  }
}

describe.skipIf(made.status !== 0)('the certificate of a server (skipped without openssl)', () => {
  it('that is trusted lets the call through', async () => {
    expect(await asked('localhost', cert)).toEqual([[7]]);
  });

  it.each([
    ['of nobody known', 'localhost', null, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['of another host', '127.0.0.1', 'own', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('%s is told as such, at once, and nothing is sent', async (_, host, roots, code) => {
    const found = await asked(host, roots === null ? null : cert);
    expect(found).toMatchObject({ reason: 'untrusted', errorClass: code, state: null, calls: 0 });
    expect(found).toMatchObject({ text: expect.stringContaining('GRPC_DEFAULT_SSL_ROOTS_FILE_PATH') });
    expect(found).toMatchObject({ text: expect.stringContaining(code) });
  });
});
