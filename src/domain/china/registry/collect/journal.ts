import { z } from 'zod';
import { jsonValue } from '../../../../table/json-text.ts';
import type { Collection, WindowRules } from './contract.ts';
import { foldPage, type PageFacts, unread, type WindowProgress } from './fold-page.ts';
import { type CollectWindow, splitWindow, type WindowName, windowKey } from './window.ts';

/** A line of the journal. */
export type JournalLine = JournalHead | JournalAsk | JournalPage;

export interface JournalHead {
  readonly journal: 1;
  readonly kaya: string;
  /** Hash of what makes the answers: the same request gives the same pages. The name is that of journals on disk. */
  readonly plan: string;
}

/** A request that was about to be sent: milliseconds since 1970. */
export interface JournalAsk {
  readonly ask: number;
}

/** A page whose answer is kept. */
export interface JournalPage extends Omit<PageFacts, 'isRefused'> {
  readonly window: WindowName;
  readonly refused?: true;
  /** Number of its file. */
  readonly file: number;
  /** SHA-256 of the answer as it is kept. */
  readonly sha256: string;
}

/** Where the answer of a page is kept. */
export type KeptPage = Pick<JournalPage, 'window' | 'file' | 'sha256'>;

/** What a journal says, over all runs. */
export interface Replay {
  readonly progress: Map<string, WindowProgress>;
  readonly pages: KeptPage[];
  /** When each request was sent, in milliseconds since 1970. */
  readonly asks: number[];
}

export function emptyReplay(): Replay {
  return { progress: new Map(), pages: [], asks: [] };
}

/**
 * Takes one line into a replay (which it changes: journals are long). The state after a restart is that of a run that was
 * never stopped, because a run takes its own lines in the same way.
 */
export function takeLine(replay: Replay, line: JournalLine, collection: Collection): void {
  if ('ask' in line) replay.asks.push(line.ask);
  if (!('window' in line)) return;
  const { file, sha256 } = line;
  replay.pages.push({ window: line.window, file, sha256 });
  const key = JSON.stringify(line.window);
  const before = replay.progress.get(key) ?? unread;
  const window = windowOf(line.window, collection.windows);
  if (window === null) return;
  replay.progress.set(
    key,
    foldPage(before, { ...line, isRefused: line.refused === true }, readingRules(window, collection)),
  );
}

export function readingRules(window: CollectWindow, { windows, page }: Collection) {
  return {
    size: page.size,
    passes: page.passes,
    limit: windows.limit,
    canSplit: splitWindow(window, windows) !== null,
  };
}

/** The window that a name means under a collection; null when its city is not among the collection's any more. */
function windowOf(written: WindowName, { cities }: WindowRules) {
  const [keyword = null, province = null, name = null, code = null] = written;
  const [from = null, to = null, district = null, status = null] = written.slice(4);
  const city =
    name === null ? null : cities.find((one) => one?.name === name && one.province === province && one.code === code);
  if (city === undefined || keyword === null || from === null || to === null) return null;
  return { keyword, city, from, to, district, status } satisfies CollectWindow;
}

/** Pages whose windows are in the walk of a collection, in the order of the journal. */
export function pagesOf(replay: Replay, windows: Iterable<CollectWindow>): readonly KeptPage[] {
  const wanted = new Set<string>();
  for (const window of windows) wanted.add(windowKey(window));
  return replay.pages.filter((page) => wanted.has(JSON.stringify(page.window)));
}

/** Lines of a journal's text, and the number of the first that is none (null: all are). */
export function parseJournal(text: string): {
  readonly lines: readonly JournalLine[];
  readonly badLine: number | null;
} {
  const lines: JournalLine[] = [];
  for (const [i, one] of text.split('\n').entries()) {
    if (one === '') continue;
    const line = parseLine(one);
    if (line === null) return { lines, badLine: i + 1 };
    lines.push(line);
  }
  return { lines, badLine: null };
}

const count = z.int().nonnegative();

const lineSchema: z.ZodType<JournalLine> = z.union([
  z.object({ journal: z.literal(1), kaya: z.string(), plan: z.string() }),
  z.object({ ask: z.number() }),
  z.object({
    window: z.array(z.string().nullable()),
    pass: count,
    page: count,
    total: count.nullable(),
    keys: z.array(z.string()),
    refused: z.literal(true).exactOptional(),
    file: count,
    sha256: z.string(),
  }),
]);

function parseLine(text: string): JournalLine | null {
  const line = lineSchema.safeParse(jsonValue(text));
  return line.success ? line.data : null;
}
