/** From this length on bytes are looked at eight at a time. */
const wideLength = 64;

/** Whether every byte is a letter of ASCII. */
export function isAscii(bytes: Uint8Array): boolean {
  if (bytes.length < wideLength) return isAsciiWithin(bytes, 0, bytes.length);
  const before = (4 - (bytes.byteOffset % 4)) % 4;
  const wide = new Uint32Array(bytes.buffer, bytes.byteOffset + before, 2 * Math.floor((bytes.length - before) / 8));
  for (let i = 0; i < wide.length; i += 2) if ((((wide[i] ?? 0) | (wide[i + 1] ?? 0)) & 0x80808080) !== 0) return false;
  return isAsciiWithin(bytes, 0, before) && isAsciiWithin(bytes, before + 4 * wide.length, bytes.length);
}

function isAsciiWithin(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[i] ?? 0) > 127) return false;
  return true;
}
