/** UTF-8 bytes of a text (any code point). */
export function utf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const letter of text) {
    const point = letter.codePointAt(0)!;
    if (point < 0x80) out.push(point);
    else if (point < 0x800) out.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) out.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else out.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return Uint8Array.from(out);
}

/** Text of `bytes[start … end - 1]`, valid UTF-8. For short texts: the core has no decoder of the platform. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let p = start; p < end; ) {
    const lead = bytes[p];
    let point = lead;
    let length = 1;
    if (lead >= 0xf0) {
      point = ((lead & 7) << 18) | ((bytes[p + 1] & 63) << 12) | ((bytes[p + 2] & 63) << 6) | (bytes[p + 3] & 63);
      length = 4;
    } else if (lead >= 0xe0) {
      point = ((lead & 15) << 12) | ((bytes[p + 1] & 63) << 6) | (bytes[p + 2] & 63);
      length = 3;
    } else if (lead >= 0xc0) {
      point = ((lead & 31) << 6) | (bytes[p + 1] & 63);
      length = 2;
    }
    text += String.fromCodePoint(point);
    p += length;
  }
  return text;
}
