import { ownEntry } from '../../error/at.ts';
import type { Label } from '../../output/table/contract.ts';
import { type ColumnTable, cellText } from '../../table/column.ts';

/** Columns of names beside a column of codes: `city_en`, `city_zh`; one of both languages, `city_name`. */
function nameColumns(panel: ColumnTable, unit: string) {
  const column = (end: string) => ownEntry(panel.columns, `${unit}_${end}`) ?? null;
  const both = column('name');
  return { en: column('en') ?? both, zh: column('zh') ?? both };
}

/** What units are called by the columns of names that the panel has beside their codes; a unit without one by its code. */
export function unitNamesOf(panel: ColumnTable, unit: string): (code: string) => Label {
  const codes = ownEntry(panel.columns, unit);
  const { en, zh } = nameColumns(panel, unit);
  if (codes === undefined || (en === null && zh === null)) return (code) => code;
  const names = new Map<string, Label>();
  for (let row = 0; row < panel.nrow; row++) {
    const code = cellText(codes, row);
    if (code === null || names.has(code)) continue;
    const own = (column: typeof en): string | null => (column === null ? null : cellText(column, row));
    const [first, second] = [own(en) ?? own(zh) ?? code, own(zh) ?? own(en) ?? code];
    names.set(code, first === second ? first : { en: first, zh: second });
  }
  return (code) => names.get(code) ?? code;
}
