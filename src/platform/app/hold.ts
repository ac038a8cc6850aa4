import { relative, resolve } from 'node:path';
import { formatText } from '../../output/format/format-text.ts';
import type { TextKey } from '../../output/format/text-key.ts';
import type { PhraseValue } from '../../output/table/contract.ts';
import type { ClaimOptions } from '../store/claim.ts';
import type { Owner } from '../store/owner.ts';
import { isBelow, realTarget } from '../store/real-path.ts';
import { withSlashes } from '../store/slashes.ts';
import type { CommandContext } from './context.ts';

/** How a run gets the folders that it writes, and what of a user's it may replace there. */
export interface Hold {
  /** Seconds to wait for another run at them. */
  readonly wait: number;
  /** Files that the user named with `--replace`. */
  readonly replace: readonly string[];
}

/** Nobody is waited for, nothing of a user's is replaced. */
export const usualHold: Hold = { wait: 0, replace: [] };

/** A command line as others are told it. */
const longestCommand = 120;

/** The options of a claim whose events are told as warnings. @param option as the folder was named */
export function claimOptions(context: CommandContext, { wait }: Hold, option: string): ClaimOptions {
  const { language, progress, signal } = context;
  const warn = (key: TextKey, values: Readonly<Record<string, PhraseValue>>): void =>
    progress.warn(formatText({ key, values }, language));
  const who = (folder: string, { command, pid, host, since }: Owner) => ({
    folder,
    command,
    pid: String(pid),
    host,
    since,
  });
  return {
    command: (context.command ?? 'kaya').slice(0, longestCommand),
    wait,
    signal,
    option,
    events: {
      onTakenOver: (folder, owner) => warn('run.took_over', who(folder, owner)),
      onWait: (folder, owner) => warn('run.waits', who(folder, owner)),
      onRecovered: (folder, { placed, dropped }) =>
        warn(placed > 0 ? 'run.finished' : 'run.cleaned', { folder, count: placed > 0 ? placed : dropped }),
    },
  };
}

/** The files named with `--replace` that lie in a folder, as names below it. They may be written from the folder, or from here. */
export function replacedIn(folder: string, { replace }: Hold): string[] {
  const place = realTarget(folder);
  return replace.flatMap((name) => {
    const written = withSlashes(name).replace(/^\.\//, '');
    const real = realTarget(resolve(name));
    return isBelow(real, place) ? [written, withSlashes(relative(place, real))] : [written];
  });
}

/** Names of files in a sentence. */
export function fileNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown}, … (${names.length})` : shown;
}
