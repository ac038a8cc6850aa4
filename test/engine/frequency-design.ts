import { randomStream } from '../../src/math/random/philox.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { type ColumnTable, columnTable, numberColumn, takeRows } from '../../src/table/column.ts';
import { instrumentedDesign, randomDesign } from './random-design.ts';

/** One design twice: rows that stand for several, and these written out. */
export interface FrequencyDesign {
  readonly counted: { readonly table: ColumnTable; readonly words: RequestWords };
  readonly written: { readonly table: ColumnTable; readonly words: RequestWords };
}

/** A random design without a place in time, its rows standing for 0 to 5 rows each; null where it has lags, which written out rows have not. */
export function frequencyDesign(seed: number, hasInstruments: boolean): FrequencyDesign | null {
  const { table, words } = hasInstruments ? instrumentedDesign(seed) : randomDesign(seed, [0, 0, 1e3]);
  if (/\b[ldf]\(/.test(words.formula)) return null;
  const { panel: _, ...own } = words;
  const stream = randomStream(seed, 9);
  const copies = Array.from({ length: table.nrow }, () => Math.floor(stream.uniform() * 6));
  const columns = Object.fromEntries(table.names.flatMap((name) => [[name, table.columns[name]] as const]));
  const counted = columnTable({ ...(columns as ColumnTable['columns']), copies: numberColumn(copies) });
  const rows = copies.flatMap((count, row) => Array.from({ length: count }, () => row));
  return {
    counted: { table: counted, words: { ...own, frequency: 'copies' } },
    written: { table: takeRows(counted, Int32Array.from(rows)), words: own },
  };
}
