/** Turns the bytes of a string into text. */
export type DtaDecoder = (bytes: Uint8Array) => string;

/**
 * The decoder for the strings of a file. From format 118 on they are UTF-8. Before, the file does not say: what is whole
 * UTF-8 throughout is UTF-8, else what is whole GB18030 is that, else Windows-1252.
 * @param strings every string of the file
 */
export function dtaDecoder(version: number, strings: Iterable<Uint8Array>): DtaDecoder {
  if (version >= 118) return decoderOf('utf-8');
  const candidates = ['utf-8', 'gb18030'].map((name) => new TextDecoder(name, { fatal: true }));
  const isWhole = candidates.map(() => true);
  for (const bytes of strings) {
    if (isAscii(bytes)) continue;
    candidates.forEach((candidate, i) => {
      if (isWhole[i]) isWhole[i] = decodes(candidate, bytes);
    });
    if (!isWhole[0] && !isWhole[1]) break;
  }
  return decoderOf(isWhole[0] ? 'utf-8' : isWhole[1] ? 'gb18030' : 'windows-1252');
}

function decoderOf(encoding: string): DtaDecoder {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

function decodes(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 127) return false;
  return true;
}

/** Bytes up to the first NUL. */
export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
