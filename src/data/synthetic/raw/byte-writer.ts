/** Gathers bytes in one block and hands full blocks on; rows are built without making strings. */
export interface ByteWriter {
  /** Appends the bytes. */
  bytes(part: Uint8Array): void;
  /** Appends a non-negative integer with at least `digits` digits. */
  digits(value: number, digits: number): void;
  /** Appends one byte. */
  byte(value: number): void;
  /** Hands the last block on; returns how many bytes went through. */
  end(): number;
}

const blockSize = 1 << 20;
/** No single append is longer than this. */
const headroom = 1 << 14;

/** @param flush takes a block; the block is reused afterwards, so it must be used up before returning */
export function byteWriter(flush: (block: Uint8Array) => void): ByteWriter {
  const block = new Uint8Array(blockSize + headroom);
  let used = 0;
  let total = 0;
  const hand = (): void => {
    flush(block.subarray(0, used));
    total += used;
    used = 0;
  };
  return {
    bytes: (part) => {
      for (let i = 0; i < part.length; i++) block[used + i] = part[i];
      used += part.length;
      if (used >= blockSize) hand();
    },
    digits: (value, digits) => {
      let rest = value;
      for (let i = digits - 1; i >= 0; i--) {
        block[used + i] = 48 + (rest % 10);
        rest = Math.floor(rest / 10);
      }
      used += digits;
    },
    byte: (value) => {
      block[used++] = value;
    },
    end: () => {
      hand();
      return total;
    },
  };
}
