import { describe, expect, it } from 'vitest';

import { at, entryOf, lastOf } from './at.ts';
import { StudyError } from './study-error.ts';

const internal = (reason: string) => new StudyError('internal', { reason });

describe('at', () => {
  it('gives the item, also one that is null, zero or empty', () => {
    expect([null, 0, ''].map((_, i) => at([null, 0, ''], i))).toEqual([null, 0, '']);
    expect(at(Float64Array.of(1, Number.NaN), 1)).toBeNaN();
    expect(lastOf(Int32Array.of(3, 5))).toBe(5);
  });

  it('is a fault beyond the list, on either side', () => {
    expect(() => at([1, 2], 2)).toThrow(internal('item 2 of a list of 2'));
    expect(() => at([1, 2], -1)).toThrow(internal('item -1 of a list of 2'));
    expect(() => at([1, 2], 0.5)).toThrow(internal('item 0.5 of a list of 2'));
    expect(() => lastOf([])).toThrow(internal('item -1 of a list of 0'));
  });
});

describe('entryOf', () => {
  it('gives the entry, and is a fault where the record has none of its own', () => {
    expect(entryOf({ a: 0 }, 'a')).toBe(0);
    expect(() => entryOf({ a: 0 }, 'b')).toThrow(internal('no entry b'));
    expect(() => entryOf({ a: 0 }, 'toString')).toThrow(internal('no entry toString'));
  });
});
