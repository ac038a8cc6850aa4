import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../data/source/utf8.ts';
import { packCodeInto } from './credit-code.ts';
import { readDate } from './registry-date.ts';
import { textKernel, textRoom } from './text-kernel.ts';

describe('short ways through the usual cells', () => {
  it('dates of ten characters with hyphens are read as those with strokes, which go the long way', () => {
    const sign = fc.constantFrom(...'0123456789012345678901234567890123456789 -/.a年');
    const day = fc.oneof(
      fc.tuple(fc.nat(9999), fc.nat(14), fc.nat(33)).map((parts) => {
        const [year, month, date] = parts.map(String);
        return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
      }),
      fc.array(sign, { minLength: 8, maxLength: 8 }).map((s) => {
        const text = s.join('');
        return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
      }),
    );
    fc.assert(
      fc.property(day, (text) => {
        const bytes = utf8(`7${text}7`);
        const strokes = utf8(`7${text.slice(0, 4)}/${text.slice(5, 7)}/${text.slice(8)}7`);
        expect([text, readDate(bytes, 1, bytes.length - 1)]).toEqual([text, readDate(strokes, 1, strokes.length - 1)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('a code of 1 to 18 characters is packed as its number to base 37, anything else is none', () => {
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const code = fc.oneof(
      fc.array(fc.constantFrom(...letters), { maxLength: 20 }),
      fc.array(fc.constantFrom(...`${letters}zyx- 智`), { maxLength: 19 }),
      fc.constantFrom([...'ZZZZZZZZZZZZZZZZZZ'], [...'000000000000000000']),
    );
    fc.assert(
      fc.property(code, (signs) => {
        const bytes = utf8(`9${signs.join('')}9`);
        const values = signs.map((sign) => letters.indexOf(sign.toUpperCase()) + 1);
        const words = new Uint32Array(3);
        const isCode = packCodeInto(words, bytes, 1, bytes.length - 1);
        expect(isCode).toBe(signs.length > 0 && signs.length <= 18 && values.every((value) => value > 0));
        if (!isCode) return;
        const padded = Array.from({ length: 18 }, (_, i) => values[i] ?? 0);
        const expected = [0, 6, 12].map((at) => padded.slice(at, at + 6).reduce((sum, value) => sum * 37 + value, 0));
        expect([...words]).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('a text is known again only while it stands in front of the kernel', () => {
    const kernel = textKernel();
    const first = kernel.hold(utf8('"a"'));
    expect(kernel.marks(0, 3)).toBe(2);
    textRoom(first.length).set(utf8('a"a'));
    // The room is the same; what stands there now counts.
    expect([kernel.hold(first) === first, kernel.marks(0, 3)]).toEqual([true, 1]);
    const own = utf8('""\n');
    const copy = kernel.hold(own);
    expect([copy === own, kernel.marks(0, 3)]).toEqual([false, 3]);
    expect(kernel.hold(utf8('abc')) === own).toBe(false);
    expect(kernel.marks(0, 3)).toBe(0);
    kernel.hold(own);
    expect(kernel.marks(0, 3)).toBe(3);
  });
});
