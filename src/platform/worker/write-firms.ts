import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FirmFaultKey, FirmFileEncoding } from '../../domain/china/synthetic/faults/firm-key.ts';
import { type FirmTask, firmFiles, writeFirms } from '../../domain/china/synthetic/raw/firms.ts';
import { at } from '../../error/at.ts';
import { encodeGb18030 } from '../../file/text/encode-gb18030.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What one task became. */
export interface WrittenFirms {
  readonly files: readonly WrittenFile[];
  /** Null when no fault was asked for. */
  readonly key: FirmFaultKey | null;
}

/** Writes the registry files of a task below `folder`. */
export function writeFirmFile(folder: string, task: FirmTask): WrittenFirms {
  const { files, encoding } = firmFiles(task);
  const outs = files.map((path) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return { path, handle: openSync(join(folder, path), 'w'), hash: createHash('sha256'), bytes: 0 };
  });
  try {
    const { key } = writeFirms(task, (block, file) => {
      const out = at(outs, file);
      const bytes = encode(block, encoding);
      out.hash.update(bytes);
      writeSync(out.handle, bytes);
      out.bytes += bytes.length;
    });
    const written = outs.map(({ path, bytes, hash }) => ({ path, bytes, sha256: hash.digest('hex') }));
    return { files: written, key };
  } finally {
    for (const { handle } of outs) closeSync(handle);
  }
}

const encoder = new TextEncoder();
/** Room for a block in UTF-8; grows with the longest one. */
let room = new Uint8Array(1 << 20);

/** Bytes of a block, which the next call writes over. */
function encode(block: string, encoding: FirmFileEncoding): Uint8Array {
  if (encoding === 'gb18030') return encodeGb18030(block);
  if (encoding === 'utf-16le') return Buffer.from(block, 'utf16le');
  if (room.length < 3 * block.length) room = new Uint8Array(3 * block.length);
  return room.subarray(0, encoder.encodeInto(block, room).written);
}
