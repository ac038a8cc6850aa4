import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import { firmKey } from '../../domain/china/registry/collect/firm-row.ts';
import { pagesOf } from '../../domain/china/registry/collect/journal.ts';
import { progressOf, tallyWindows, type WindowTally, walkWindows } from '../../domain/china/registry/collect/walk.ts';
import { type CollectWindow, windowName } from '../../domain/china/registry/collect/window.ts';
import type { Expected } from '../../error/said.ts';
import { removePartials } from '../store/atomic-file.ts';
import { type AskContext, askPage, stopped } from './ask-page.ts';
import { type Environment, readCredentials } from './credentials.ts';
import { openJournal } from './journal-file.ts';
import { keepPage } from './kept-pages.ts';
import type { Clock } from './pace.ts';
import { type RegistryCounts, writeRegistry } from './write-registry.ts';

/** Hears of a collection while it runs. */
export interface CollectWatcher {
  /** A page is about to be asked for. `root` counts the windows of keyword x city x year from 1. */
  onPage(at: { window: CollectWindow; page: number; pass: number; root: number; requests: number }): void;
  onWait(reason: Expected, seconds: number): void;
  /** A window is left as it is, because no answer to one of its pages can be used. */
  onAside(aside: WindowAside): void;
  /** A window lacks rows for good. */
  onLacking(lacking: { kind: 'truncated' | 'unsettled'; window: CollectWindow; total: number; read: number }): void;
  onWrite(): void;
}

export interface CollectOptions {
  readonly collection: Collection;
  /** Name of the config, for messages. */
  readonly file: string;
  /** The journal and the answers are below `collect/`, the table below `registry/`. */
  readonly folder: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly watcher: CollectWatcher;
  /** Null: the network. */
  readonly send?: AskContext['send'];
}

/** A window whose page no answer can be used for; the next run asks for it again. */
export interface WindowAside {
  readonly window: CollectWindow;
  /** From 0. */
  readonly page: number;
  readonly reason: Expected;
}

/** So many windows in a row without one usable answer are no accident. */
const mostAsideInARow = 5;

/** What a collection came to, over all its runs. */
export interface CollectResult extends RegistryCounts {
  readonly tally: WindowTally;
  readonly pages: number;
  readonly requests: number;
  /** Requests that gave no page. */
  readonly retries: number;
  /** Windows of this run that were set aside. */
  readonly aside: readonly WindowAside[];
  readonly table: string;
}

/** Folder of journal and answers. */
export function stateFolder(folder: string): string {
  return join(folder, 'collect');
}

export function tablePath(folder: string): string {
  return join(folder, 'registry', 'collected.csv');
}

/**
 * Reads every window of a collection that is not read yet, then writes the table. Whatever ends it, each page in the journal is
 * on the disk and none of them is asked for again.
 * @throws missing-variable, collection-stopped, interrupted, and the codes of `openJournal` and `writeRegistry`
 */
export async function collectRegistry(options: CollectOptions): Promise<CollectResult> {
  const { collection, folder, watcher } = options;
  const state = stateFolder(folder);
  const journal = openJournal(state, collection, options.version);
  try {
    if (existsSync(join(state, 'raw'))) removePartials(join(state, 'raw'));
    const { replay } = journal;
    const aside = await readWindows(options, journal);
    watcher.onWrite();
    const pages = pagesOf(replay, walkWindows(collection.windows, replay.progress));
    const counts = await writeRegistry(pages, collection, { folder: state, path: tablePath(folder) });
    return {
      ...counts,
      tally: tallyWindows(collection.windows, replay.progress, collection.page.size),
      pages: pages.length,
      requests: replay.asks.length,
      retries: replay.asks.length - replay.pages.length,
      aside,
      table: tablePath(folder),
    };
  } finally {
    journal.close();
  }
}

async function readWindows(
  options: CollectOptions,
  journal: ReturnType<typeof openJournal>,
): Promise<readonly WindowAside[]> {
  const { collection, watcher, environment, file, clock, signal, version, send = null } = options;
  const { replay } = journal;
  const state = stateFolder(options.folder);
  let context: AskContext | null = null;
  const aside: WindowAside[] = [];
  let inARow = 0;
  let root = 0;
  for (const window of walkWindows(collection.windows, replay.progress)) {
    if (isWholeYear(window)) root++;
    let progress = progressOf(window, replay.progress);
    const wasOpen = progress.kind === 'reading';
    while (progress.kind === 'reading') {
      signal.throwIfAborted();
      // Only now, so that a finished collection can be written again without the key.
      context ??= {
        ...{ collection, journal, clock, signal, version, send, tokens: [], onWait: watcher.onWait },
        credentials: readCredentials(collection, file, environment),
      };
      const { page, pass } = progress;
      watcher.onPage({ window, page, pass, root, requests: replay.asks.length });
      const answer = await askPage(window, page, context);
      if (answer.kind === 'unusable') {
        const { reason, attempts } = answer;
        inARow++;
        if (inARow >= mostAsideInARow) throw stopped(context, { reason: 'attempts', status: reason, attempts });
        const left = { window, page, reason };
        aside.push(left);
        watcher.onAside(left);
        break;
      }
      inARow = 0;
      const number = replay.pages.length + 1;
      const sha256 = await keepPage(state, number, answer.body);
      journal.append({
        window: windowName(window),
        pass,
        page,
        total: answer.page.total,
        keys: answer.page.rows.map((row) => firmKey(row, collection.map.fields)),
        ...(answer.page.isRefused ? { refused: true as const } : {}),
        file: number,
        sha256,
      });
      progress = progressOf(window, replay.progress);
    }
    if (wasOpen && (progress.kind === 'truncated' || progress.kind === 'unsettled')) {
      watcher.onLacking({ kind: progress.kind, window, total: progress.total, read: progress.read });
    }
  }
  return aside;
}

function isWholeYear({ from, to }: CollectWindow): boolean {
  return from.endsWith('-01-01') && to.endsWith('-12-31');
}
