import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitStatusOf } from '../error/codes.ts';
import { machineFaults } from '../error/machine-fault.ts';
import { StudyError } from '../error/study-error.ts';
import { describeError } from '../output/format/error-text/describe.ts';
import { machineFailure } from './machine-failure.ts';

const kindOf = (error: unknown): string | null => machineFailure(error)?.detail.kind ?? null;
const coded = (code: string, path?: string): Error => Object.assign(new Error(`${code}: x`), { code, path });

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return null;
}

describe('machineFailure', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EFBIG', 'file-limit'],
    ['EROFS', 'read-only'],
    ['EACCES', 'no-permission'],
    ['EMFILE', 'too-many-files'],
    ['ENOMEM', 'memory'],
    ['ENAMETOOLONG', 'long-name'],
  ])('%s is %s', (code, kind) => {
    expect(machineFailure(coded(code, '/a/b'))?.detail).toEqual({ kind, path: '/a/b' });
    expect(machineFailure(coded(code))?.detail).toEqual({ kind, path: null });
  });

  it('knows what the system itself throws', () => {
    expect(kindOf(thrownBy(() => readFileSync('/')))).toBe('is-folder');
    expect(kindOf(thrownBy(() => readFileSync('/no/such/file')))).toBe('gone');
    expect(kindOf(thrownBy(() => new Float64Array(2 ** 40)))).toBe('memory');
    expect(kindOf(thrownBy(() => 'x'.repeat(2 ** 30)))).toBe('memory');
    const deeper = (): number => deeper() + 1;
    expect(kindOf(thrownBy(deeper))).toBe('nesting');
  });

  it('knows a full disk', ({ skip }) => {
    const file = thrownBy(() => openSync('/dev/full', 'r')) === null ? openSync('/dev/full', 'w') : null;
    if (file === null) return skip('there is no /dev/full here');
    expect(kindOf(thrownBy(() => writeSync(file, 'x')))).toBe('disk-full');
    closeSync(file);
  });

  it('reads what the engine says, and the cause behind an error', () => {
    const engine = (reason: string) => new StudyError('engine-failure', { sql: 'SELECT 1', reason });
    expect(kindOf(engine('Out of Memory Error: failed to allocate data of size 8.0 MiB'))).toBe('memory');
    expect(kindOf(engine('IO Error: Could not write file "x": No space left on device'))).toBe('disk-full');
    expect(kindOf(engine('IO Error: Cannot open file "x": Too many open files'))).toBe('too-many-files');
    expect(kindOf(new Error('the worker ended', { cause: coded('EMFILE') }))).toBe('too-many-files');
  });

  it('leaves faults of ours what they are', () => {
    expect(kindOf(new TypeError("Cannot read properties of undefined (reading 'values')"))).toBeNull();
    expect(kindOf(new StudyError('internal', { reason: 'item 3 of a list of 3' }))).toBeNull();
    expect(
      kindOf(new StudyError('engine-failure', { sql: 'SELECT x', reason: 'Binder Error: no column x' })),
    ).toBeNull();
    expect(kindOf('a text')).toBeNull();
  });

  it('has a sentence with a next step for each kind, and status 1', () => {
    for (const kind of machineFaults) {
      for (const language of ['en', 'zh'] as const) {
        const text = describeError(new StudyError('machine-refused', { kind, path: '/a/b.csv' }), language);
        expect(text).toContain('/a/b.csv');
        expect(text).not.toMatch(/fault of Kaya|故障/);
        expect(text.split(language === 'en' ? /\.(?: |$)/ : '。').length).toBeGreaterThan(2);
      }
    }
    expect(exitStatusOf('machine-refused')).toBe(1);
  });
});
