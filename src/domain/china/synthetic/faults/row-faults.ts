import { at } from '../../../../error/at.ts';
import type { RandomStream } from '../../../../math/random/philox.ts';
import type { TableFaultKind } from './contract.ts';
import {
  cityRows,
  columnOf,
  type DraftColumn,
  type DraftRow,
  headerRows,
  plant,
  plantCell,
  type TableDraft,
} from './draft.ts';
import { sampleOf } from './value-faults.ts';

/** What faults of names need to know of a city. */
export interface FaultCity {
  readonly code: number;
  readonly nameZh: string;
  readonly provinceZh: string;
  /** Name in traditional characters; null when it is the same. */
  readonly traditional: string | null;
  /** Names that the city has or had besides, with the first and last year of each. */
  readonly aliases: readonly { readonly name: string; readonly from: number | null; readonly to: number | null }[];
}

type RowFault = (draft: TableDraft, random: RandomStream, cities: ReadonlyMap<number, FaultCity>) => void;

/** Faults of names, planted where no code stands beside the name. */
export const nameFaults: Readonly<Partial<Record<TableFaultKind, RowFault>>> = {
  'city-name': (draft, random, cities) => {
    const name = columnOf(draft, 'name');
    if (name === undefined || columnOf(draft, 'code') !== undefined) return;
    for (const row of sampleOf(cityRows(draft), 12, random)) {
      const city = cities.get(row.city ?? 0);
      if (city === undefined) continue;
      const year = row.year ?? 0;
      const held = city.aliases.filter(({ from, to }) => (from ?? year) <= year && year <= (to ?? year));
      const short = city.nameZh.replace(/市$/, '');
      const names = [...held.map((one) => one.name), ...(short.length >= 2 ? [short] : [])];
      if (names.length === 0) continue;
      plantCell(draft, 'city-name', { row, column: name, after: at(names, random.integer(names.length)) });
    }
  },
  traditional: (draft, random, cities) => {
    const name = columnOf(draft, 'name');
    if (name === undefined || columnOf(draft, 'code') !== undefined) return;
    for (const row of sampleOf(cityRows(draft), 40, random)) {
      const city = cities.get(row.city ?? 0);
      if (city === undefined || city.traditional === null || row.cells.get(name) !== city.nameZh) continue;
      plantCell(draft, 'traditional', { row, column: name, after: city.traditional });
    }
  },
  'spaced-name': (draft, random) => {
    const name = columnOf(draft, 'name');
    if (name === undefined || columnOf(draft, 'code') !== undefined) return;
    const blank = ['　', ' '][random.integer(2)];
    for (const row of sampleOf(cityRows(draft), 12, random)) {
      const text = row.cells.get(name) ?? '';
      // 北　京　市, as tables set short names to the width of long ones.
      plantCell(draft, 'spaced-name', { row, column: name, after: [...text].join(blank) });
    }
  },
};

/** Rows that are no city's, rows that come twice, cells that hold for those above. */
export const rowFaults: Readonly<Partial<Record<TableFaultKind, RowFault>>> = {
  'duplicate-row': (draft, random) => {
    for (const row of sampleOf(cityRows(draft), 3, random)) {
      const copy: DraftRow = { ...row, cells: new Map(row.cells) };
      draft.rows.splice(draft.rows.indexOf(row) + 1, 0, copy);
      // What is dirty in the row is dirty in its copy; an index is made out of growth once only.
      for (const fault of draft.faults.filter((one) => one.row === row && one.kind !== 'growth-for-index'))
        draft.faults.push({ ...fault, row: copy });
      plant(draft, 'duplicate-row', { row: copy });
    }
  },
  'province-rows': (draft, random, cities) => {
    const name = columnOf(draft, 'name');
    if (name === undefined) return;
    const code = columnOf(draft, 'code');
    const province = columnOf(draft, 'province');
    const seen = new Set<string>();
    for (let i = 0; i < draft.rows.length; i++) {
      const below = at(draft.rows, i);
      const city = cities.get(below.city ?? 0);
      // A municipality is its own province.
      if (city === undefined || seen.has(city.provinceZh) || city.provinceZh === city.nameZh) continue;
      seen.add(city.provinceZh);
      if (random.integer(2) === 0) continue;
      const row = extraRow(draft, (column) => {
        if (column.role === 'value' || column.role === 'districts') return String(1 + random.integer(9_999));
        return column.role === 'year' || column.role === 'indicator' || column.role === 'unit'
          ? (below.cells.get(column) ?? '')
          : '';
      });
      row.cells.set(name, city.provinceZh);
      if (code !== undefined) row.cells.set(code, `${String(city.code).slice(0, 2)}0000`);
      if (province !== undefined && random.integer(2) === 0) row.cells.set(province, city.provinceZh);
      draft.rows.splice(i, 0, row);
      i++;
      plant(draft, 'province-rows', { row, after: city.provinceZh });
    }
  },
  'merged-province': (draft) => {
    const province = columnOf(draft, 'province');
    if (province !== undefined) mergeDown(draft, 'merged-province', [province]);
  },
  'merged-city': (draft) => {
    // A blank city is that of the row above only where the row names its year.
    if (columnOf(draft, 'year') === undefined) return;
    const keys = draft.columns.filter(({ role }) => role === 'code' || role === 'name');
    mergeDown(draft, 'merged-city', keys);
  },
  'repeated-header': (draft) => {
    if (draft.rows.length < 40) return;
    const rows = headerRows(draft).map((texts): DraftRow => {
      const cells = new Map(draft.columns.map((column, j) => [column, texts[j] ?? '']));
      return { kind: 'header', city: null, year: null, indicator: null, cells };
    });
    draft.rows.splice(Math.floor(draft.rows.length / 2), 0, ...rows);
    for (const row of rows) plant(draft, 'repeated-header', { row });
  },
  'blank-rows': (draft, random) => {
    const row = extraRow(draft, () => '');
    draft.rows.splice(1 + random.integer(draft.rows.length - 1), 0, row);
    plant(draft, 'blank-rows', {});
  },
  'footnote-row': (draft) => {
    const row = extraRow(draft, () => '');
    row.cells.set(at(draft.columns, 0), '注：本表数据来源于各市统计公报，部分年份为修订数。');
    draft.rows.push(row);
    plant(draft, 'footnote-row', { row });
  },
};

/** Blanks the cells of columns that say the same as the row above, like a merged area. */
function mergeDown(draft: TableDraft, kind: TableFaultKind, columns: readonly DraftColumn[]): void {
  let above: readonly string[] = [];
  for (const row of draft.rows) {
    const own = columns.map((column) => row.cells.get(column) ?? '');
    const isSame = row.kind === 'city' && own.every((text, j) => text !== '' && text === above[j]);
    if (isSame) for (const column of columns) plantCell(draft, kind, { row, column, after: '' });
    above = own;
  }
}

function extraRow(draft: TableDraft, cell: (column: DraftColumn) => string): DraftRow {
  const cells = new Map(draft.columns.map((column) => [column, cell(column)]));
  return { kind: 'extra', city: null, year: null, indicator: null, cells };
}
