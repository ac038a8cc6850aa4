import { at } from '../../../../error/at.ts';
import { keysOf } from '../../../../error/known-keys.ts';
import type { RandomStream } from '../../../../math/random/philox.ts';
import { pickOne } from '../../../../math/random/pick.ts';
import type { TableFaultKind } from './contract.ts';
import { isPlainNumber, movePoint } from './decimal-text.ts';
import { type DraftColumn, plantCell, type TableDraft } from './draft.ts';

/** A way to dirty a cell; null when this cell cannot have it. */
type CellFault = (text: string, column: DraftColumn, random: RandomStream) => string | null;

const marks = ['①', '②', '*', '³', '#'];
const missingMarks = ['—', '…', '-', '－', '...', '#', '——'];

/** Each keeps the value: what is read of the dirty cell is what stood in the clean one. */
const cellFaults = {
  'full-width': (text) => (isPlainNumber(text) ? wide(text) : null),
  thousands: (text) => {
    if (!isPlainNumber(text)) return null;
    const [whole = '', ...rest] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return grouped === whole ? null : [grouped, ...rest].join('.');
  },
  'footnote-mark': (text, _, random) => (isPlainNumber(text) ? text + pickOne(marks, random) : null),
  'missing-mark': (text, _, random) => (text === '' ? pickOne(missingMarks, random) : null),
  'percent-sign': (text, { header }) => (isPlainNumber(text) && header.includes('%') ? `${text}%` : null),
  'unit-in-cell': (text, { header }) =>
    isPlainNumber(text) && header.includes('万元') ? `${movePoint(text, -4)}亿元` : null,
} satisfies Readonly<Partial<Record<TableFaultKind, CellFault>>>;

/** How many cells of a file have each fault, at most. */
const perFile = 4;

/** Plants faults of value cells, no cell twice. @param kinds the ones that are switched on */
export function plantCells(draft: TableDraft, kinds: ReadonlySet<TableFaultKind>, random: RandomStream): void {
  const values = draft.columns.filter(({ role }) => role === 'value');
  const cells = draft.rows.length * values.length;
  const taken = new Set<number>();
  for (const kind of keysOf(cellFaults)) {
    const dirty: CellFault = cellFaults[kind];
    // Drawn whether or not the kind is on, so that a kind's cells do not depend on the others.
    const start = random.integer(cells);
    if (!kinds.has(kind)) continue;
    let planted = 0;
    for (let i = 0; i < cells && planted < perFile; i++) {
      const place = (start + i * stride) % cells;
      if (taken.has(place)) continue;
      const row = at(draft.rows, Math.floor(place / values.length));
      const column = at(values, place % values.length);
      const after = dirty(row.cells.get(column) ?? '', column, random);
      if (after === null) continue;
      taken.add(place);
      plantCell(draft, kind, { row, column, after });
      planted++;
    }
  }
}

/** A prime larger than any table has columns: walks over all cells unless their number is a multiple of it. */
const stride = 7_919;

function wide(text: string): string {
  return [...text].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('');
}
