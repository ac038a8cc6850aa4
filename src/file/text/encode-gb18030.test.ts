import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { encodeGb18030 } from './encode-gb18030.ts';

it('writes the bytes that iconv-lite writes', () => {
  const texts = [
    '',
    'a,b\n"c"\r\n',
    '杭州市（合成）；、，。 ',
    '１２３ＡＢＣ\u3000－',
    '人工智慧 物聯網 機器學習 語音辨識',
  ];
  for (const text of texts) expect(Buffer.from(encodeGb18030(text))).toEqual(iconv.encode(text, 'gb18030'));
});

it('is undone by the decoder for every ideograph of the basic block', () => {
  const decoder = new TextDecoder('gb18030');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { maxLength: 50 }), (points) => {
      const text = String.fromCharCode(...points);
      expect(decoder.decode(encodeGb18030(text))).toBe(text);
    }),
  );
});

it('refuses what two bytes cannot say', () => {
  expect(() => encodeGb18030('å')).toThrow(RangeError);
});
