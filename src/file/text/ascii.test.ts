import { isAscii as isAsciiOfNode } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAscii } from './ascii.ts';

it('property: says what Node says, wherever the bytes begin and end', () => {
  const byte = fc.oneof(
    { weight: 60, arbitrary: fc.integer({ min: 0, max: 127 }) },
    fc.integer({ min: 128, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 160 }), fc.nat(9), (list, from) => {
      const bytes = Uint8Array.from(list).subarray(from);
      expect(isAscii(bytes)).toBe(isAsciiOfNode(bytes));
    }),
  );
});

it('sees one byte beyond ASCII at each place', () => {
  for (let at = 0; at < 133; at++)
    expect(isAscii(new Uint8Array(133).fill(128, at, at + 1).subarray(at % 8)), `${at}`).toBe(false);
});
