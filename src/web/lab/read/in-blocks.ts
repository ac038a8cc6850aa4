import type { TextBytes } from '../../../file/delimited/text-bytes.ts';

const lineFeed = 10;
const usualBlock = 1 << 22;

/** A text that is here handed on in blocks of whole lines, so that it can be told how far it has been looked at. */
export function inBlocks(bytes: Uint8Array, onShare: (share: number) => void, blockLength = usualBlock): TextBytes {
  if (bytes.length <= blockLength) return { kind: 'whole', bytes };
  return {
    kind: 'blocks',
    each: (take) => {
      let from = 0;
      for (let length = blockLength; from < bytes.length; ) {
        const line = bytes.lastIndexOf(lineFeed, from + length - 1) + 1;
        const isLast = from + length >= bytes.length;
        const end = isLast ? bytes.length : Math.max(line, from);
        const used = end === from ? from : take(bytes, from, end, isLast);
        if (used === null) return;
        // A row, or what stands between quotes, that is longer than the block.
        length = used === from ? length * 2 : blockLength;
        if (isLast) return;
        if (used > from) onShare(used / bytes.length);
        from = used;
      }
    },
  };
}
