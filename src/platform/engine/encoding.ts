import { isUtf8 } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StudyError } from '../../error/study-error.ts';

let scratch: string | null = null;

/** A folder for copies in another form, removed when the process ends. */
export function scratchFolder(): string {
  if (scratch === null) {
    const folder = mkdtempSync(join(tmpdir(), 'kaya-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    scratch = folder;
  }
  return scratch;
}

/**
 * The path of a UTF-8 text file: the file itself, or a copy when it is GB18030 (GBK, GB2312 are parts of it).
 * @throws file-unreadable when it is neither
 */
export async function utf8Copy(path: string): Promise<string> {
  const bytes = readFileSync(path);
  if (isUtf8(bytes)) return path;
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    const copy = join(scratchFolder(), basename(path));
    writeFileSync(copy, text);
    return copy;
  } catch (cause) {
    throw new StudyError(
      'file-unreadable',
      { path, line: null, column: null, reason: 'neither UTF-8 nor GB18030 text' },
      { cause },
    );
  }
}
