/** Reads a file from front to back in its byte order. Every read throws RangeError past the end. */
export interface ByteCursor {
  readonly at: () => number;
  readonly skip: (count: number) => void;
  readonly take: (count: number) => Uint8Array;
  /** An unsigned whole number of 1, 2, 4 or 8 bytes. */
  readonly count: (width: number) => number;
  /** Text of letters that are one byte each; throws SyntaxError when it is not what stands there. */
  readonly expect: (text: string) => void;
  /** Whether that text comes next; the cursor stays. */
  readonly sees: (text: string) => boolean;
}

export function byteCursor(bytes: Uint8Array, isLittle: boolean, start: number): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  const take = (count: number): Uint8Array => {
    if (!(count >= 0 && at + count <= bytes.length)) throw new RangeError('past the end of the file');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const sees = (text: string): boolean => {
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  };
  return {
    at: () => at,
    skip: (count) => {
      take(count);
    },
    take,
    count: (width) => {
      take(width);
      const from = at - width;
      if (width === 1) return view.getUint8(from);
      if (width === 2) return view.getUint16(from, isLittle);
      if (width === 4) return view.getUint32(from, isLittle);
      return Number(view.getBigUint64(from, isLittle));
    },
    sees,
    expect: (text) => {
      if (!sees(text)) throw new SyntaxError(`no ${text}`);
      at += text.length;
    },
  };
}
