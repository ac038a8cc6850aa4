import type { TableBlock } from '../../output/document/contract.ts';
import { type TakenTables, takenFormats } from '../../output/report/take-away.ts';
import { jsonValue } from '../../table/json-text.ts';
import { startBeside } from '../browser/beside.ts';
import { type Conversation, conversation } from '../browser/conversation.ts';
import { unpackedText } from '../browser/packed.ts';
import { saveFile } from '../browser/save-file.ts';
import { takenFigure } from './figure-file.ts';
import type { Ask, Told } from './messages.ts';
import { language, words } from './page-words.ts';
import type { TableTaken, TableWanted } from './print-table.ts';
import type { Behind } from './report-parts.ts';
import { shownTable } from './shown-table.ts';
import { renewMenus, setMenus, tableAbove } from './take-menus.ts';

/** What the page holds for its tables, packed. */
interface Packed {
  readonly worker: string;
  readonly tables: string;
}

/** Gives tables and figures of the page to the reader, those of the version that is shown. @returns what follows versions */
export function takeAway(page: Document, packed: Packed): Behind {
  const changed = new Map<string, TableBlock>();
  const prepared = once(() => prepare(packed));
  page.documentElement.dataset.live = '';
  for (const main of page.querySelectorAll('main')) setMenus(main);
  language.subscribe(() => renewMenus(page));

  page.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('.take button') : null;
    const line = button?.closest('.take') ?? null;
    if (button === null || line === null) return;
    const status = line.querySelector('[role=status]');
    const say = (text: string): void => {
      if (status !== null) status.textContent = text;
    };
    say('…');
    void taken(button.value, line).then(say, () => say(words('version.not_allowed')));
  });

  /** @returns what is said of it */
  async function taken(wanted: string, line: Element): Promise<string> {
    const exhibit = line.closest('.exhibit');
    if (exhibit !== null && (wanted === 'svg' || wanted === 'png')) {
      const { content, type } = await takenFigure(exhibit, wanted);
      saveFile(`${exhibit.id}.${wanted}`, content, type);
      return '';
    }
    const format = wanted === 'copy' ? wanted : takenFormats.find((one) => one === wanted);
    if (format === undefined) return '';
    const { tables, beside } = await prepared();
    const table = line.matches('.shown') ? tableAbove(line) : null;
    const own = table === null ? packedOf(exhibit, tables) : shownOf(table);
    if (own === null) return '';
    const { block, changes } = own;
    const answer = await beside.ask({
      kind: 'take',
      wanted: { block, format, language: language.value, style: tables.style, changes },
    });
    if (answer.kind === 'copy') {
      await copied(page, answer);
      return words('version.table_copied');
    }
    saveFile(`${block.table.id}.${format}`, answer.content, 'application/octet-stream');
    return '';
  }

  /** The table of an exhibit, which the page holds as data. */
  function packedOf(exhibit: Element | null, tables: TakenTables): Taken | null {
    if (exhibit === null) return null;
    const changes = exhibit.querySelector<HTMLElement>('.printed')?.closest<HTMLElement>('[data-version]') ?? null;
    const own = changes === null ? undefined : changed.get(exhibit.id);
    const block = own ?? tables.blocks[exhibit.id];
    if (block === undefined) return null;
    return { block, changes: own === undefined ? null : (changes?.dataset.version ?? '') };
  }

  return {
    ready: (_, __, element) => setMenus(element),
    set: (id, { block = null }) => {
      if (block === null) changed.delete(id);
      else changed.set(id, block);
    },
    forget: (id) => {
      changed.delete(id);
    },
  };
}

/** A table that is to be taken. @param changes of the version that its numbers are of; null: the authors' own */
interface Taken {
  readonly block: TableBlock;
  readonly changes: string | null;
}

/** Any other table, as it is shown: its file has the name of the place where it stands and of the table there. */
function shownOf(table: HTMLTableElement): Taken {
  const place = table.closest('[id]:not(table)');
  const own = (one: HTMLTableElement): boolean => one.lang === table.lang && one.closest('[id]:not(table)') === place;
  const all = [...(place?.querySelectorAll('table') ?? [])].filter(own);
  const id = all.length > 1 ? `${place?.id}-${all.indexOf(table) + 1}` : (place?.id ?? 'answer');
  const heads = table.closest('details, dialog, section')?.querySelectorAll('summary, h2') ?? [];
  const head = [...heads].find((one) => !one.parentElement?.matches('.take')) ?? null;
  const changes = table.closest<HTMLElement>('[data-version]')?.dataset.version ?? null;
  return { block: shownTable({ table, id, head, language: language.value }), changes };
}

type Question = { readonly kind: 'take'; readonly wanted: TableWanted };
type Printing = Conversation<Question, TableTaken>;

/** A program of its own prints, so that it never waits for one that estimates; it is begun when something is first taken. */
async function prepare({
  worker,
  tables,
}: Packed): Promise<{ readonly tables: TakenTables; readonly beside: Printing }> {
  const [code, text] = await Promise.all([unpackedText(worker), unpackedText(tables)]);
  const beside = conversation<Question, TableTaken>((answered, refused, failed) =>
    startBeside<Extract<Ask, { kind: 'take' }>, Told>(
      code,
      (told) => {
        if (told.kind === 'taken') answered(told.id, told.table);
        if (told.kind === 'untaken') refused(told.id, new Error(told.reason));
      },
      failed,
    ),
  );
  // Written by the report beside this script.
  return { tables: jsonValue(text) as TakenTables, beside };
}

/** Puts a table on the clipboard, as markup for who takes that and as text for who does not. */
async function copied(page: Document, { html, text }: Extract<TableTaken, { kind: 'copy' }>): Promise<void> {
  const kinds = { 'text/html': html, 'text/plain': text };
  if (typeof ClipboardItem === 'function' && page.defaultView?.isSecureContext === true) {
    const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })] as const);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return;
    } catch {
      // Some browsers let a page from the disk copy by the older way alone.
    }
  }
  const listener = (event: ClipboardEvent): void => {
    for (const [type, content] of Object.entries(kinds)) event.clipboardData?.setData(type, content);
    event.preventDefault();
  };
  page.addEventListener('copy', listener, { once: true });
  const isDone = page.execCommand('copy');
  page.removeEventListener('copy', listener);
  if (!isDone) throw new Error('copy');
}

/** What is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
