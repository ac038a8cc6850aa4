import { describe, expect, it } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { readAddress } from './address.ts';

const id = '8f3a4c52-7d1e-4a52-9d49-2f6c1f0b7a11';

describe('addresses are read as by the clients of Spark', () => {
  it('host, port and parameters', () => {
    expect(readAddress('sc://localhost', { USER: 'ann' })).toMatchObject({
      ...{
        host: 'localhost',
        port: 15002,
        isSecure: false,
        userId: 'ann',
        userAgent: null,
        sessionId: null,
        headers: [],
      },
      keepAlive: { every: 60_000, within: 20_000 },
    });
    const full = readAddress(
      `sc://lake.example.org:443/;use_ssl=TRUE;token=a%3Db;user_id=bo;user_agent=me;session_id=${id};X-Team=4;grpc_keepalive_time_ms=30000;`,
      {},
    );
    expect(full).toMatchObject({ host: 'lake.example.org', port: 443, isSecure: true, userId: 'bo', userAgent: 'me' });
    expect(full).toMatchObject({ sessionId: id, headers: [['x-team', '4']], keepAlive: { every: 30_000 } });
    expect(full.token()).toBe('a=b');
    expect(readAddress('sc://[::1]:15002/', {})).toMatchObject({ host: '[::1]', port: 15002 });
    expect(readAddress('sc://h/;grpc_keepalive_enabled=false', {}).keepAlive).toBeNull();
  });

  it('a token asks for an encrypted connection but on localhost, and may stand in the environment', () => {
    const environment = { SPARK_CONNECT_AUTHENTICATE_TOKEN: 'abc' };
    expect(readAddress('sc://localhost', environment)).toMatchObject({ isSecure: false });
    expect(readAddress('sc://h', environment)).toMatchObject({ isSecure: true });
    expect(readAddress('sc://h', environment).token()).toBe('abc');
    expect(readAddress('sc://h/;token=own', environment).token()).toBe('own');
    expect(readAddress('sc://h', {})).toMatchObject({ isSecure: false });
  });

  it.each([
    'localhost:15002',
    'http://h:1',
    'sc://',
    'sc://h:0',
    'sc://h:99999',
    'sc://h:x',
    'sc://u:p4ss@h',
    'sc://h/path;token=secret',
    'sc://h/;token',
    'sc://h/;token=secret=x',
    'sc://h/;token=%ZZsecret',
    'sc://h/;token=secret%0d%0aevil: 1',
    'sc://h/;session_id=secret',
    'sc://h/;x y=secret',
    'sc://h/?token=secret',
  ])('%s is refused without what it hides', (written) => {
    let error: unknown = null;
    try {
      readAddress(written, {});
    } catch (found) {
      error = found;
    }
    expect(isStudyError(error, 'bad-option')).toBe(true);
    expect(JSON.stringify(error)).not.toMatch(/secret|p4ss/);
  });
});
