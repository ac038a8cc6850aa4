import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcoderOf } from './registry-text.ts';

const encodings = ['gb18030', 'utf-16le', 'utf-16be'] as const;
type Encoding = (typeof encodings)[number];

/** By the platform's decoder, which throws where a byte is no text. */
function byDecoder(bytes: Uint8Array, encoding: Encoding): number[] | null {
  try {
    return [...Buffer.from(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes))];
  } catch {
    return null;
  }
}

/** The decoder is left to say that 0x80 in GB18030, no lead of anything, is a euro sign. */
function expectedOf(bytes: Uint8Array, encoding: Encoding): number[] | null {
  const expected = byDecoder(bytes, encoding);
  const isEuro = encoding === 'gb18030' && expected !== null && loneEuro.test(new TextDecoder('latin1').decode(bytes));
  return isEuro ? null : expected;
}

const loneEuro = /^(?:[\0-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][0-9][\x81-\xfe][0-9])*\x80/;

function byBytes(bytes: Uint8Array, encoding: Encoding, before = 3, at = 2): number[] | null {
  const from = Uint8Array.from([...new Uint8Array(before).fill(65), ...bytes, 66]);
  const into = new Uint8Array(at + Math.ceil(1.5 * bytes.length));
  const end = transcoderOf(encoding)(from, before, before + bytes.length, into, at);
  return end < 0 ? null : [...into.subarray(at, end)];
}

describe('a text in another encoding becomes the UTF-8 that decoding it gives', () => {
  it('for every pair of bytes of GB18030', () => {
    for (let lead = 0x7e; lead < 256; lead++) {
      const pairs = Array.from({ length: 0xd1 }, (_, i) => Uint8Array.of(lead, 0x2f + i));
      const expected = pairs.map((pair) => expectedOf(pair, 'gb18030'));
      expect(pairs.map((pair) => byBytes(pair, 'gb18030'))).toEqual(expected);
    }
  });

  it('for four bytes of GB18030, rare characters and none', () => {
    const four = fc.tuple(
      fc.integer({ min: 0x80, max: 0xff }),
      fc.integer({ min: 0x2f, max: 0x3a }),
      fc.integer({ min: 0x80, max: 0xff }),
      fc.integer({ min: 0x2f, max: 0x3a }),
    );
    fc.assert(
      fc.property(four, (bytes) => {
        const text = Uint8Array.from(bytes);
        expect(byBytes(text, 'gb18030')).toEqual(expectedOf(text, 'gb18030'));
      }),
      { numRuns: 1500 },
    );
  });

  it('for every unit of UTF-16, halves of a pair among them', () => {
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      for (let unit = 0; unit < 0x10000; unit += unit >= 0xd700 && unit < 0xe100 ? 1 : 7) {
        const text = encoding === 'utf-16le' ? [unit & 255, unit >> 8, 65, 0] : [unit >> 8, unit & 255, 0, 65];
        const bytes = Uint8Array.from(text);
        expect([unit, byBytes(bytes, encoding)]).toEqual([unit, byDecoder(bytes, encoding)]);
      }
    }
  });

  it.each(encodings)('for texts and for bytes of any kind (%s)', (encoding) => {
    const piece = fc.oneof(
      fc.constantFrom([0xd6, 0xc7], [0x0a, 0x00], [0x00, 0x0a], [0x2c, 0x00], [0x84, 0x31, 0xa4, 0x37], [0x3d, 0xd8]),
      fc.constantFrom([0x00, 0xdc], [0xdc, 0x00], [0xd8, 0x3d], [0x95, 0x32, 0x82, 0x36], [0x0d, 0x0a], [0xff, 0xfe]),
      fc.array(fc.nat(255), { maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => Uint8Array.from(pieces.flat()));
    fc.assert(
      fc.property(text, fc.nat(7), fc.nat(5), (bytes, before, at) => {
        expect(byBytes(bytes, encoding, before, at)).toEqual(expectedOf(bytes, encoding));
      }),
      { numRuns: 1500 },
    );
  });
});
