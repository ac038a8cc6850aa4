/** UTF-8 bytes of a text (any code point). */
export function utf8(text: string): Uint8Array {
  const out = new Uint8Array(3 * text.length);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0; // `i` is inside the text
    if (point < 0x80) out[n++] = point;
    else if (point < 0x800) {
      out[n++] = 0xc0 | (point >> 6);
      out[n++] = 0x80 | (point & 63);
    } else if (point < 0x10000) {
      out[n++] = 0xe0 | (point >> 12);
      out[n++] = 0x80 | ((point >> 6) & 63);
      out[n++] = 0x80 | (point & 63);
    } else {
      i++;
      out[n++] = 0xf0 | (point >> 18);
      out[n++] = 0x80 | ((point >> 12) & 63);
      out[n++] = 0x80 | ((point >> 6) & 63);
      out[n++] = 0x80 | (point & 63);
    }
  }
  return out.slice(0, n);
}

/** Code units that become text at once. */
const unitsAtOnce = 4096;
const units = new Uint16Array(unitsAtOnce + 1);

/** Text of `bytes[start … end - 1]`, valid UTF-8: the core has no decoder of the platform. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let n = 0;
  for (let p = start; p < end; ) {
    const lead = bytes[p] ?? 0;
    if (lead < 0x80) {
      units[n++] = lead;
      p++;
    } else if (lead < 0xe0) {
      units[n++] = ((lead & 31) << 6) | ((bytes[p + 1] ?? 0) & 63);
      p += 2;
    } else if (lead < 0xf0) {
      units[n++] = ((lead & 15) << 12) | (((bytes[p + 1] ?? 0) & 63) << 6) | ((bytes[p + 2] ?? 0) & 63);
      p += 3;
    } else {
      const point =
        ((lead & 7) << 18) |
        (((bytes[p + 1] ?? 0) & 63) << 12) |
        (((bytes[p + 2] ?? 0) & 63) << 6) |
        ((bytes[p + 3] ?? 0) & 63);
      units[n++] = 0xd7c0 + (point >> 10);
      units[n++] = 0xdc00 | (point & 0x3ff);
      p += 4;
    }
    if (n >= unitsAtOnce) {
      text += textOf(units.subarray(0, n));
      n = 0;
    }
  }
  return text + textOf(units.subarray(0, n));
}

function textOf(units: Uint16Array): string {
  // `apply` takes whatever has a length; its type in lib.es5 names arrays alone.
  return String.fromCharCode.apply(null, units as unknown as number[]);
}
