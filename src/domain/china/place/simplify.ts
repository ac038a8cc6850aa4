import { ConverterBuilder } from 'opencc-js/core';
import * as preset from 'opencc-js/preset/t2cn';

/** Traditional to simplified characters by OpenCC's phrases and characters (`t2s`). Making it takes some 20 ms. */
export function makeSimplifier(): (text: string) => string {
  return ConverterBuilder(preset)({ from: 't', to: 'cn' });
}

/** Full-width letters and compatibility characters to plain ones (NFKC), without blanks: how names are compared. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b-\u200d\u2060\ufeff]+/gu, '');
}
