import { isUtf8 } from 'node:buffer';
import type { TextPart } from '../../domain/china/registry/find-records.ts';
import { textRoom } from '../../domain/china/registry/text-kernel.ts';
import {
  isLineFeed,
  lineEnd,
  type RegistryFile,
  readFully,
  sentinelLength,
  type TextEncoding,
  unreadable,
} from './registry-file.ts';
import { transcoderOf } from './registry-text.ts';

/** A part of a file to be read: the records that start in the bytes `[from, to)`. */
export interface PartTask {
  /** Number of the attempt; its rows are known by it. */
  readonly run: number;
  readonly file: number;
  readonly from: number;
  readonly to: number;
  /** Whether `from` is known to start a record. Else the first line that starts at or behind it is taken for one. */
  readonly isKnown: boolean;
}

/** A part in memory, as UTF-8. */
export interface LoadedPart extends TextPart {
  readonly isEnd: boolean;
  /** Place in the file of the first record; -1 when no line starts in the part. */
  readonly start: number;
  /** Place in the file of what stands at `at` of the bytes, which must be the start of a record. */
  readonly placeOf: (at: number) => number;
}

/** For text that is decoded; reused from part to part by its thread. */
export interface PartBuffer {
  bytes: Uint8Array;
}

/**
 * Reads a part and `extra` bytes behind it, in which its last record should end.
 * @throws file-unreadable when the bytes are no text of the file's encoding
 */
export function loadPart(
  handle: number,
  file: RegistryFile,
  task: PartTask,
  extra: number,
  buffer: PartBuffer,
): LoadedPart {
  const unit = file.encoding.startsWith('utf-16') ? 2 : 1;
  const base = task.isKnown ? task.from : task.from - unit;
  const length = Math.min(file.size, task.to + extra) - base;
  const raw = file.encoding === 'utf-8' ? textRoom(length + sentinelLength) : roomOf(buffer, length);
  const limit = readFully(handle, raw, length, base);
  const isEnd = base + limit >= file.size;
  const text = raw.subarray(0, limit);
  const from = task.isKnown ? 0 : lineEnd(text, 0, file.encoding);
  const isEmpty = base + from >= Math.min(task.to, file.size);
  if (file.encoding === 'utf-8') {
    raw.fill(10, limit, limit + sentinelLength);
    const whole = isEnd ? limit : text.lastIndexOf(10) + 1;
    if (!isUtf8(text.subarray(from, Math.max(from, whole)))) throw unreadable(file.name, null, 'mixed-encoding');
    const part = { bytes: raw, from, stop: task.to - base, limit, isEnd };
    return { ...part, start: isEmpty ? -1 : base + from, placeOf: (at) => base + at };
  }
  if (isEmpty) return { bytes: raw, from: 0, stop: 0, limit: 0, isEnd, start: -1, placeOf: () => task.to };
  // Lines that start in the part, then whole lines behind it.
  const cut = lineEnd(text, Math.max(from, task.to - base - unit), file.encoding);
  const last = isEnd ? limit : Math.max(cut, lastLine(text, file));
  const { bytes, stop, end } = transcoded(text, [from, cut, last], file.encoding, file.name);
  bytes.fill(10, end, end + sentinelLength);
  return {
    bytes: bytes.subarray(0, end + sentinelLength),
    from: 0,
    stop,
    limit: end,
    isEnd,
    start: base + from,
    placeOf: (at) => {
      let place = cut;
      for (let p = stop; p < at; p++) if (bytes[p] === 10) place = lineEnd(text, place, file.encoding);
      return base + place;
    },
  };
}

function roomOf(buffer: PartBuffer, length: number): Uint8Array {
  if (buffer.bytes.length < length) buffer.bytes = new Uint8Array(length);
  return buffer.bytes;
}

/** The text between three places as UTF-8, with room for the sentinel behind it; the one in the middle is `stop` there. */
function transcoded(
  text: Uint8Array,
  [from, cut, last]: readonly [number, number, number],
  encoding: Exclude<TextEncoding, 'utf-8'>,
  name: string,
): { bytes: Uint8Array; stop: number; end: number } {
  const transcode = transcoderOf(encoding);
  const room = textRoom(Math.ceil(1.5 * (last - from)) + sentinelLength);
  const stop = transcode(text, from, cut, room, 0);
  const end = stop < 0 ? -1 : transcode(text, cut, last, room, stop);
  if (end >= 0) return { bytes: room, stop, end };
  const own = decoded(text.subarray(from, cut), encoding, name);
  const behind = decoded(text.subarray(cut, last), encoding, name);
  const bytes = textRoom(own.length + behind.length + sentinelLength);
  bytes.set(own);
  bytes.set(behind, own.length);
  return { bytes, stop: own.length, end: own.length + behind.length };
}

function decoded(raw: Uint8Array, encoding: TextEncoding, name: string): Uint8Array {
  try {
    return new TextEncoder().encode(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(raw));
  } catch {
    throw unreadable(name, null, 'mixed-encoding');
  }
}

/** Place behind the last line feed. */
function lastLine(text: Uint8Array, file: RegistryFile): number {
  if (!file.encoding.startsWith('utf-16')) return text.lastIndexOf(10) + 1;
  let end = text.length - (text.length % 2);
  while (end > 0 && !isLineFeed(text, end - 2, file.encoding)) end -= 2;
  return end;
}
