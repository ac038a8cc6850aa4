import { crc32, inflateRawSync } from 'node:zlib';
import { fileError } from '../file-error.ts';

/** What an archive may unpack to. Checked against what it declares before anything is unpacked, and held while unpacking. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of one entry and of all together. */
  readonly entryBytes: number;
  readonly totalBytes: number;
}

export const workbookLimits: ZipLimits = { entries: 4096, entryBytes: 256 * 2 ** 20, totalBytes: 512 * 2 ** 20 };

/** An archive whose directory has been read and found within the limits. */
export interface Zip {
  readonly names: readonly string[];
  /** Bytes of an entry; null when there is none of that name (letter case is ignored). */
  readonly read: (name: string) => Uint8Array | null;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const endMark = 0x06054b50;
const directoryMark = 0x02014b50;
const localMark = 0x04034b50;

/**
 * Opens a zip archive from its central directory. Bytes of an entry are unpacked on demand, to no more than it declares.
 * @source APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16, 4.5.3
 * @throws file-unreadable
 */
export function openZip(bytes: Buffer, path: string, limits: ZipLimits): Zip {
  const entries = readDirectory(bytes, path, limits);
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return {
    names: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = byName.get(name.toLowerCase());
      return entry === undefined ? null : unpack(bytes, entry, path);
    },
  };
}

function readDirectory(bytes: Buffer, path: string, limits: ZipLimits): Entry[] {
  const damaged = (): never => {
    throw fileError(path, 'zip-damaged');
  };
  let end = bytes.length - 22;
  const first = Math.max(0, end - 65_535);
  while (end >= first && bytes.readUInt32LE(end) !== endMark) end--;
  if (end < first) return damaged();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > limits.entries) throw fileError(path, 'zip-bomb');
  const entries: Entry[] = [];
  let total = 0;
  let packedTotal = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directoryMark) return damaged();
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > end) return damaged();
    const sizes = largeSizes(bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength), {
      size: bytes.readUInt32LE(at + 24),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    const entry: Entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      ...sizes,
    };
    if (entry.flags & 1) throw fileError(path, 'zip-encrypted');
    total += entry.size;
    packedTotal += entry.packed;
    if (entry.size > limits.entryBytes || total > limits.totalBytes) throw fileError(path, 'zip-bomb');
    // Entries that share their bytes unpack to more than an honest archive of that length can.
    if (packedTotal > bytes.length) throw fileError(path, 'zip-bomb');
    entries.push(entry);
    at = next;
  }
  return entries;
}

interface Sizes {
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

/** Sizes from the zip64 field, which holds in this order those that are 0xffffffff in the entry itself. */
function largeSizes(extra: Buffer, sizes: Sizes): Sizes {
  const full = 0xffffffff;
  if (sizes.size !== full && sizes.packed !== full && sizes.offset !== full) return sizes;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const large = (small: number): number => {
      if (small !== full || next + 8 > extra.length) return small;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    return { size: large(sizes.size), packed: large(sizes.packed), offset: large(sizes.offset) };
  }
  return sizes;
}

function unpack(bytes: Buffer, entry: Entry, path: string): Uint8Array {
  const { offset, packed, size } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localMark) throw fileError(path, 'zip-damaged');
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw fileError(path, 'zip-damaged');
  const content = bytes.subarray(start, start + packed);
  let out: Uint8Array;
  if (entry.method === 0) out = content;
  else if (entry.method === 8) {
    try {
      out = inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
    } catch (cause) {
      const isLonger = cause instanceof RangeError;
      throw fileError(path, isLonger ? 'zip-bomb' : 'zip-damaged', null, cause);
    }
  } else throw fileError(path, 'zip-damaged');
  if (out.length !== size || crc32(out) !== entry.crc) throw fileError(path, 'zip-damaged');
  return out;
}
