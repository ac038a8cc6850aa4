import { fileError } from '../file-error.ts';
import { crc32 } from './crc32.ts';

/** Unpacks DEFLATE without a head. @param most bytes that may come of it @throws RangeError beyond, anything for damaged bytes */
export type Inflate = (packed: Uint8Array, most: number) => Uint8Array;

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

const names = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Opens a zip archive from its central directory. Bytes of an entry are unpacked on demand, to no more than it declares.
 * @source APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.16, 4.5.3
 * @throws file-unreadable
 */
export function openZip(bytes: Uint8Array, path: string, limits: ZipLimits, inflate: Inflate): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view, path, limits);
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return {
    names: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = byName.get(name.toLowerCase());
      return entry === undefined ? null : contentOf({ bytes, view }, entry, path, inflate);
    },
  };
}

function readDirectory(bytes: Uint8Array, view: DataView, path: string, limits: ZipLimits): Entry[] {
  const damaged = (): never => {
    throw fileError(path, 'zip-damaged');
  };
  let end = bytes.length - 22;
  const first = Math.max(0, end - 65_535);
  while (end >= first && view.getUint32(end, true) !== endMark) end--;
  if (end < first) return damaged();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > limits.entries) throw fileError(path, 'zip-bomb');
  const entries: Entry[] = [];
  let total = 0;
  let packedTotal = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryMark) return damaged();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > end) return damaged();
    const sizes = largeSizes(new DataView(bytes.buffer, bytes.byteOffset + at + 46 + nameLength, extraLength), {
      size: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    const entry: Entry = {
      name: names.decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
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
function largeSizes(extra: DataView, sizes: Sizes): Sizes {
  const full = 0xffffffff;
  if (sizes.size !== full && sizes.packed !== full && sizes.offset !== full) return sizes;
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const large = (small: number): number => {
      if (small !== full || next + 8 > extra.byteLength) return small;
      next += 8;
      return Number(extra.getBigUint64(next - 8, true));
    };
    return { size: large(sizes.size), packed: large(sizes.packed), offset: large(sizes.offset) };
  }
  return sizes;
}

function contentOf(
  { bytes, view }: { readonly bytes: Uint8Array; readonly view: DataView },
  entry: Entry,
  path: string,
  inflate: Inflate,
): Uint8Array {
  const { offset, packed, size } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localMark) throw fileError(path, 'zip-damaged');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw fileError(path, 'zip-damaged');
  const content = bytes.subarray(start, start + packed);
  let out: Uint8Array;
  if (entry.method === 0) out = content;
  else if (entry.method === 8) {
    try {
      out = inflate(content, size);
    } catch (cause) {
      const isLonger = cause instanceof RangeError;
      throw fileError(path, isLonger ? 'zip-bomb' : 'zip-damaged', null, cause);
    }
  } else throw fileError(path, 'zip-damaged');
  if (out.length !== size || crc32(out) !== entry.crc) throw fileError(path, 'zip-damaged');
  return out;
}
