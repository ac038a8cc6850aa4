/** Code unit → its two bytes in GB18030; 0 for one that has none. */
let table: Uint16Array | null = null;

/** The platform decodes GB18030 and encodes UTF-8 alone: the table is what its decoder makes of every pair of bytes. */
function pairTable(): Uint16Array {
  if (table !== null) return table;
  table = new Uint16Array(0x1_0000);
  const decoder = new TextDecoder('gb18030');
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      pair[0] = lead;
      pair[1] = trail;
      const text = decoder.decode(pair);
      const unit = text.charCodeAt(0);
      // Of two pairs for one letter the first is the usual one.
      if (text.length === 1 && unit !== 0xfffd && table[unit] === 0) table[unit] = lead * 256 + trail;
    }
  }
  return table;
}

/**
 * The text in GB18030, letters of one and two bytes.
 * @throws RangeError for a letter that takes four
 */
export function encodeGb18030(text: string): Uint8Array {
  const pairs = pairTable();
  const bytes = new Uint8Array(2 * text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const pair = pairs[unit] ?? 0;
    if (pair === 0) throw new RangeError(`no two bytes in GB18030 for ${text[i]}`);
    bytes[length++] = pair >>> 8;
    bytes[length++] = pair & 255;
  }
  return bytes.subarray(0, length);
}
