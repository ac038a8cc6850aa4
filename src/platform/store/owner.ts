import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../../error/study-error.ts';

/** A process that holds a folder or a file that is being written, as its lock says it. */
export interface Owner {
  readonly pid: number;
  /** When the process began, in ticks since the boot; null where the system does not say. A number given anew to another process has another. */
  readonly started: string | null;
  readonly host: string;
  /** The space of process numbers: containers of one machine each count their own. */
  readonly space: string;
  /** The boot of the machine; null where the system does not say. */
  readonly boot: string | null;
  /** ISO time at which it was taken. */
  readonly since: string;
  readonly command: string;
  /** No two holdings have the same one. */
  readonly id: string;
}

/** `elsewhere`: on another machine or in another container, so that nobody here can say. */
export type OwnerState = 'running' | 'gone' | 'elsewhere';

const here = {
  pid: process.pid,
  started: processOf(process.pid)?.started ?? null,
  host: hostname(),
  space: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
  boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
};

/** This process, as the holder of something new. */
export function ownerHere(command: string): Owner {
  return { ...here, since: new Date().toISOString(), command, id: randomBytes(8).toString('hex') };
}

type Place = Pick<Owner, 'pid' | 'started' | 'host' | 'space' | 'boot'>;

/** Whether the process that holds something is there still. A process number that another process has by now is none. */
export function stateOf({ pid, started, host, space, boot }: Place): OwnerState {
  if (host !== here.host || (space !== here.space && boot === here.boot)) return 'elsewhere';
  if (boot !== here.boot) return 'gone';
  return isRunning(pid, started) ? 'running' : 'gone';
}

function isRunning(pid: number, started: string | null): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  const found = processOf(pid);
  if (found !== null) return !found.isDead && (started === null || started === found.started);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** What /proc says of a process; null without a /proc, or without the process. A process that nobody has waited for is dead. */
function processOf(pid: number): { readonly started: string; readonly isDead: boolean } | null {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === null) return null;
  // The name of the program stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', started = ''] = [fields[0], fields[19]];
  return { started, isDead: state === 'Z' || state === 'X' };
}

/** The reader of a system that may not have what is read. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);
const hereTag = `${short(`${here.host} ${here.space}`)}-${short(here.boot ?? '')}`;

/** Names of what this process has under way hold this: who comes later sees whether it is still wanted. */
export const ownTag: string = `${here.pid}-${here.started ?? 0}-${hereTag}`;

/** A form for file names that hold a tag. */
export const tagForm = '\\d+-\\d+-[0-9a-f]{6}-[0-9a-f]{6}';

/** Whether a name was given by a process of this machine that is gone. */
export function isAbandoned(tag: string): boolean {
  const [pid = '', started = '', place, boot] = tag.split('-');
  const [ownPlace, ownBoot] = hereTag.split('-');
  if (place !== ownPlace) return false;
  return boot !== ownBoot || !isRunning(Number(pid), started === '0' ? null : started);
}
