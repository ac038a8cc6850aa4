import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FirmTask, writeFirms } from '../../data/synthetic/raw/firms.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes one registry file below `folder`. */
export function writeFirmFile(folder: string, task: FirmTask): WrittenFile {
  const path = join(folder, task.file);
  mkdirSync(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  const handle = openSync(path, 'w');
  let bytes = 0;
  try {
    writeFirms(task, (block) => {
      hash.update(block);
      writeSync(handle, block);
      bytes += block.length;
    });
  } finally {
    closeSync(handle);
  }
  return { path: task.file, bytes, sha256: hash.digest('hex') };
}
