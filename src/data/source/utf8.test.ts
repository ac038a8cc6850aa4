import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8, utf8Text } from './utf8.ts';

it('writes and reads what the platform writes and reads', () => {
  const letters = fc.constantFrom('a', 'é', '智', '（', '𠮷', '😀', '\n', '\0', '\ufeff', '\uffff');
  const whole = fc.array(fc.oneof(letters, fc.string({ unit: 'grapheme' })), { maxLength: 60 });
  fc.assert(
    fc.property(whole, (parts) => {
      const text = parts.join('');
      const bytes = new TextEncoder().encode(text);
      expect(utf8(text)).toEqual(Uint8Array.from(bytes));
      expect(utf8Text(bytes)).toBe(text);
    }),
  );
});

it('reads texts longer than it turns at once, pairs across the seam among them', () => {
  for (const pad of [4094, 4095, 4096, 4097, 8191]) {
    const text = `${'人'.repeat(pad)}😀𠮷${'x'.repeat(5000)}`;
    expect(utf8Text(utf8(text))).toBe(text);
    expect(utf8Text(utf8(text), 3, 3 * pad)).toBe('人'.repeat(pad - 1));
  }
});
