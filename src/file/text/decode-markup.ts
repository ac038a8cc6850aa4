import { type DecodedText, decodeText } from './decode-text.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/**
 * Text of a file in HTML or XML. A byte order mark decides, then what the file says of itself (`charset`, `encoding`) where
 * the bytes bear it out, then what the bytes are.
 * @throws file-unreadable
 */
export function decodeMarkup(
  bytes: Uint8Array,
  path: string,
): Pick<DecodedText, 'text'> & { readonly encoding: string } {
  const said = saidEncoding(bytes);
  if (said !== null) {
    const text = decodedAs(said, bytes);
    if (text !== null) return { text, encoding: said };
  }
  return decodeText(bytes, path);
}

/** Null when there is a byte order mark, nothing is said, or it is what everybody says whatever the bytes are. */
function saidEncoding(bytes: Uint8Array): string | null {
  if ((bytes[0] === 0xef && bytes[1] === 0xbb) || bytes[0] === 0xff || bytes[0] === 0xfe) return null;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const [, label] =
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head) ?? /\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head) ?? [];
  if (label === undefined) return null;
  const name = label.toLowerCase();
  if (/^(gb|x-gbk|hz-gb)/.test(name)) return 'gb18030';
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    if (encoding === 'windows-1252') return decodeWindows1252(bytes);
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
