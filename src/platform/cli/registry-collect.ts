import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import { type LackingWindow, progressOf, tallyWindows, walkWindows } from '../../domain/china/registry/collect/walk.ts';
import { type CollectWindow, rootCount } from '../../domain/china/registry/collect/window.ts';
import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { displayWidth, padTo } from '../../output/document/table/display-width.ts';
import { formatFixed } from '../../output/format/format-number.ts';
import { formatText } from '../../output/format/format-text.ts';
import { terminalStyle } from '../../output/format/number-style.ts';
import { saidText } from '../../output/format/said-text.ts';
import type { Language, TextKey } from '../../output/format/text-key.ts';
import type { PhraseValue } from '../../output/table/contract.ts';
import { parseCollectConfig } from '../../study/language/collect-config.ts';
import type { CommandContext } from '../app/context.ts';
import { type CollectResult, collectRegistry, stateFolder, tablePath, type WindowAside } from '../collect/collect.ts';
import type { Environment } from '../collect/credentials.ts';
import { journalPath, readJournal } from '../collect/journal-file.ts';
import { type Clock, systemClock } from '../collect/pace.ts';
import { writeAtomic } from '../store/atomic-file.ts';
import { checkFolderTarget } from '../store/target.ts';
import { readText } from '../store/text-file.ts';

export interface RegistryCollectOptions {
  readonly config: string;
  readonly out: string;
  readonly isDryRun: boolean;
  readonly isJson: boolean;
}

/** Windows that a dry run shows as text; JSON has all of them. */
const shownWindows = 12;
/** Waits of at least this many seconds are worth a line of their own. */
const longWaitSeconds = 10;

/**
 * `kaya registry collect`: reads an enterprise-registry API window by window into one table that a study reads.
 * @throws file-not-found, file-unreadable, study-invalid, and the codes of `collectRegistry`
 */
export async function runRegistryCollect(
  options: RegistryCollectOptions,
  context: CommandContext,
  outside: { environment: Environment; clock: Clock } = { environment: process.env, clock: systemClock },
): Promise<void> {
  const collection = parseCollectConfig(readText(options.config, said('file.collection_config')).text, options.config);
  const folder = resolve(options.out);
  if (options.isDryRun) {
    printState(collection, folder, options.isJson, context);
    return;
  }
  checkCollected(options.out);
  const { progress, language, version, signal } = context;
  const say = (key: TextKey, values: Readonly<Record<string, PhraseValue>> = {}): string =>
    formatText({ key, values }, language);
  const roots = rootCount(collection.windows);
  progress.step('collect', say('collect.step'));
  const result = await collectRegistry({
    ...{ collection, folder, version, signal, ...outside, file: options.config },
    watcher: {
      onPage: ({ window, page, pass, root, requests }) => {
        const place = { root, roots, window: windowText(window, language), page: page + 1, requests };
        const text = say('collect.page', place);
        progress.detail(pass === 0 ? text : say('collect.again', { at: text, pass: pass + 1 }));
      },
      onWait: (reason, wait) => {
        const text = say('collect.wait', {
          reason: saidText(reason, language),
          seconds: formatFixed(wait, 1, terminalStyle),
        });
        if (wait >= longWaitSeconds) progress.warn(text);
        else progress.detail(text);
      },
      onLacking: ({ kind, window, total, read }) =>
        progress.warn(say(`collect.${kind}`, { window: windowText(window, language), total, read })),
      onAside: (aside) => progress.warn(say('collect.aside', asideValues(aside, language))),
      onWrite: () => progress.step('write', say('collect.write')),
    },
  });
  for (const lacking of result.tally.uncovered)
    progress.warn(say('collect.uncovered', lackingValues(lacking, language)));
  progress.done(say('collect.done', { firms: result.firms, requests: result.requests }));
  const summary = summaryDocument(result, context.version);
  await writeAtomic(resolve(stateFolder(folder), 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  context.print(options.isJson ? JSON.stringify(summary, null, 2) : summaryText(result, language));
}

/** A table of that name that no collection has left is somebody's own. @throws output-refused */
function checkCollected(out: string): void {
  const use = { option: '--out' };
  checkFolderTarget(out, use);
  const table = tablePath(out);
  if (existsSync(journalPath(stateFolder(out))) || !existsSync(table)) return;
  throw new StudyError('output-refused', { ...use, path: out, why: 'in-the-way', files: [relative(out, table)] });
}

function summaryDocument(result: CollectResult, version: string): object {
  const { tally, pages, rows, firms, duplicates, differing, requests, retries, aside, table } = result;
  const list = (lacking: readonly LackingWindow[]): object[] =>
    lacking.map(({ window, total, read }) => ({ ...windowDocument(window), total, read }));
  return {
    kaya: version,
    windows: {
      planned: tally.roots,
      split: tally.split,
      read: tally.leaves,
      settled: tally.settled,
      truncated: tally.truncated.length,
      unsettled: tally.unsettled.length,
      uncovered: tally.uncovered.length,
      aside: aside.length,
    },
    ...{ pages, rows, firms, duplicates, differing, requests, retries, table },
    truncated: list(tally.truncated),
    unsettled: list(tally.unsettled),
    uncovered: list(tally.uncovered),
    aside: aside.map(({ window, page, reason }) => ({
      ...windowDocument(window),
      page: page + 1,
      reason: saidText(reason, 'en'),
    })),
  };
}

function asideValues({ window, page, reason }: WindowAside, language: Language): Record<string, string | number> {
  return { window: windowText(window, language), page: page + 1, reason: saidText(reason, language) };
}

function summaryText(result: CollectResult, language: Language): string {
  const { tally, duplicates, differing, requests, retries } = result;
  const { roots, split, leaves } = tally;
  const lacking = {
    truncated: tally.truncated.length,
    unsettled: tally.unsettled.length,
    uncovered: tally.uncovered.length,
  };
  return lines(
    [
      ['collect.windows', ['collect.windows_of', { roots, split, leaves }]],
      ['collect.lacking', ['collect.lacking_of', lacking]],
      ['collect.set_aside', result.aside.length],
      ['collect.requests', ['collect.requests_of', { requests, retries }]],
      ['collect.pages', result.pages],
      ['collect.rows', result.rows],
      ['collect.duplicates', ['collect.duplicates_of', { duplicates, differing }]],
      ['collect.firms', result.firms],
      ['collect.table', result.table],
    ],
    language,
  );
}

/** What would be asked. Reads the journal and touches nothing. */
function printState(collection: Collection, folder: string, isJson: boolean, context: CommandContext): void {
  const { language, version } = context;
  const { progress, pages, asks } = readJournal(stateFolder(folder), collection);
  const { windows, page, pace } = collection;
  const tally = tallyWindows(windows, progress, page.size);
  const open = [...walkWindows(windows, progress)].filter((one) => progressOf(one, progress).kind === 'reading');
  const rootsLeft = tally.roots - tally.rootsDone;
  const least = tally.pagesLeft;
  const likely =
    tally.rootsDone === 0 ? null : Math.max(least, Math.round((pages.length / tally.rootsDone) * rootsLeft));
  const seconds = (likely ?? least) / pace.perSecond;
  const days = pace.perDay === null ? null : Math.ceil((likely ?? least) / pace.perDay);
  if (isJson) {
    const document = {
      kaya: version,
      windows: { planned: tally.roots, done: tally.rootsDone, open: open.length },
      requests: { sent: asks.length, least, likely },
      seconds,
      days,
      open: open.map(windowDocument),
    };
    context.print(JSON.stringify(document, null, 2));
    return;
  }
  const unit =
    seconds < 7200
      ? ({ key: 'collect.left_minutes', of: 60 } as const)
      : ({ key: 'collect.left_hours', of: 3600 } as const);
  const long = formatFixed(seconds / unit.of, 1, terminalStyle);
  const time: StateLine =
    days === null || days < 2
      ? [unit.key, { time: long, rate: pace.perSecond }]
      : ['collect.left_days', { days, budget: pace.perDay ?? 0 }];
  const shown = open.slice(0, shownWindows).map((one) => `  ${windowText(one, language)}`);
  const more = open.length - shown.length;
  const head = lines(
    [
      ['collect.windows', ['collect.left_windows', { roots: tally.roots, done: tally.rootsDone, open: open.length }]],
      [
        'collect.left_requests',
        least === 0
          ? 0
          : likely === null
            ? ['collect.left_least', { least }]
            : ['collect.left_likely', { likely, least }],
      ],
      ['collect.left_time', time],
    ],
    language,
  );
  const rest = more > 0 ? [`  ${formatText({ key: 'collect.left_more', values: { more } }, language)}`] : [];
  context.print([head, ...shown, ...rest].join('\n'));
}

type StateLine = readonly [TextKey, Readonly<Record<string, PhraseValue>>];

function lines(rows: readonly (readonly [TextKey, number | string | StateLine])[], language: Language): string {
  const labels = rows.map(([key]) => formatText({ key }, language));
  const width = Math.max(...labels.map(displayWidth)) + 2;
  return rows
    .map(([, value], i) => {
      const text =
        typeof value === 'string'
          ? value
          : typeof value === 'number'
            ? formatText({ key: 'collect.count', values: { count: value } }, language)
            : formatText({ key: value[0], values: value[1] }, language);
      return `${padTo(at(labels, i), width, 'start')}${text}`;
    })
    .join('\n');
}

function lackingValues({ window, total, read }: LackingWindow, language: Language): Record<string, PhraseValue> {
  return { window: windowText(window, language), total, read };
}

/** `人工智能 浙江省 杭州市 2015` or, split, `人工智能 杭州市 2015-01-01 – 2015-06-30`. */
function windowText({ keyword, city, from, to, district, status }: CollectWindow, language: Language): string {
  const place = city === null ? [formatText({ key: 'collect.everywhere' }, language)] : [city.province, city.name];
  const year = from.slice(0, 4);
  const isYear = from === `${year}-01-01` && to === `${year}-12-31`;
  const days = isYear ? year : from === to ? from : `${from} – ${to}`;
  return [keyword, ...place, district, days, status].filter((part) => part !== null).join(' ');
}

function windowDocument({ city, ...rest }: CollectWindow): object {
  return { ...rest, city: city?.name ?? null, province: city?.province ?? null };
}
