import type { MachineFault } from '../error/machine-fault.ts';
import { StudyError, systemCode } from '../error/study-error.ts';

const faultOfCode: ReadonlyMap<string, MachineFault> = new Map([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'file-limit'],
  ['EROFS', 'read-only'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['EMFILE', 'too-many-files'],
  ['ENFILE', 'too-many-files'],
  ['EAGAIN', 'too-many-threads'],
  ['ERR_WORKER_INIT_FAILED', 'too-many-threads'],
  ['ENOMEM', 'memory'],
  ['ERR_WORKER_OUT_OF_MEMORY', 'memory'],
  ['ERR_STRING_TOO_LONG', 'memory'],
  ['ERR_BUFFER_TOO_LARGE', 'memory'],
  ['ERR_FS_FILE_TOO_LARGE', 'memory'],
  ['ERR_MEMORY_ALLOCATION_FAILED', 'memory'],
  ['ENOENT', 'gone'],
  ['ESTALE', 'gone'],
  ['ENOTDIR', 'not-a-folder'],
  ['EISDIR', 'is-folder'],
  ['ENAMETOOLONG', 'long-name'],
  ['ELOOP', 'link-loop'],
  ['EBUSY', 'in-use'],
  ['ETXTBSY', 'in-use'],
  ['EIO', 'device'],
  ['ENXIO', 'device'],
  ['ENODEV', 'device'],
  ['ESPIPE', 'device'],
  ['EINVAL', 'device'],
  ['EPIPE', 'device'],
]);

/** How the engine and V8 say the same. */
const faultOfWords: readonly (readonly [RegExp, MachineFault])[] = [
  [/no space left on device|max_temp_directory_size/i, 'disk-full'],
  [/file too large/i, 'file-limit'],
  [/read-only file system/i, 'read-only'],
  [/permission denied|operation not permitted/i, 'no-permission'],
  [/too many open files/i, 'too-many-files'],
  [/resource temporarily unavailable|thread constructor failed/i, 'too-many-threads'],
  [
    /out of memory|cannot allocate memory|bad_alloc|array buffer allocation failed|invalid (?:typed )?array length/i,
    'memory',
  ],
  [/invalid string length|could not allocate|failed to allocate/i, 'memory'],
  [/maximum call stack size exceeded/i, 'nesting'],
];

/**
 * A failure of the machine behind an error: the disk is full, memory is short, a file may not be read. Null where the error is
 * something else. The causes of an error are looked at as well.
 */
export function machineFailure(error: unknown): StudyError<'machine-refused'> | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const code = systemCode(cause);
    const kind = (code === null ? undefined : faultOfCode.get(code)) ?? kindOfWords(cause);
    if (kind !== null) return new StudyError('machine-refused', { kind, path: pathOf(cause) }, { cause: error });
  }
  return null;
}

/** Only of what no code of ours threw: an engine's failure, or an error that says no more than its kind. */
function kindOfWords(cause: Error): MachineFault | null {
  const isOurs = cause instanceof StudyError && cause.code !== 'engine-failure';
  if (isOurs || cause instanceof TypeError || cause instanceof SyntaxError) return null;
  return faultOfWords.find(([words]) => words.test(cause.message))?.[1] ?? null;
}

function pathOf(cause: Error): string | null {
  return 'path' in cause && typeof cause.path === 'string' ? cause.path : null;
}
