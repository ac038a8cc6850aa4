import { at } from '../../error/at.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { TextDescription } from '../result/description.ts';

/** Describes the text columns among `names`, in their order; columns of numbers are passed over. */
export function describeTexts(table: ColumnTable, names: readonly string[]): TextDescription[] {
  return names.flatMap((variable) => {
    const column = table.columns[variable];
    if (column?.kind !== 'text') return [];
    const { codes, levels } = column;
    const counts = new Int32Array(levels.length);
    let obs = 0;
    for (const code of codes) {
      if (code < 0) continue;
      obs++;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    let most: { readonly text: string; readonly rows: number } | null = null;
    let distinct = 0;
    for (const [code, rows] of counts.entries()) {
      if (rows === 0) continue;
      distinct++;
      const text = at(levels, code);
      if (most === null || rows > most.rows || (rows === most.rows && text < most.text)) most = { text, rows };
    }
    return {
      variable,
      obs,
      missing: codes.length - obs,
      distinct,
      most_common: most?.text ?? null,
      most_common_obs: most?.rows ?? null,
    };
  });
}
