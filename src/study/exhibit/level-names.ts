import { ownEntry } from '../../error/at.ts';
import type { LevelName } from '../../output/table/after-fit-parts.ts';
import type { Label } from '../../output/table/contract.ts';
import { type ColumnTable, cellText } from '../../table/column.ts';

/** Columns of names beside a column of codes: `city_en`, `city_zh`; one of both languages, `city_name`. */
function nameColumns(panel: ColumnTable, codes: string) {
  const column = (end: string) => ownEntry(panel.columns, `${codes}_${end}`) ?? null;
  const both = column('name');
  return { en: column('en') ?? both, zh: column('zh') ?? both };
}

/**
 * What the levels of a column, such as units or their provinces, are called by the columns of names that the panel has beside it. A
 * text without a name of a language is its own; a code has the name of the other, or is none.
 */
export function levelNamesOf(panel: ColumnTable, column: string): (level: string) => Label {
  const codes = ownEntry(panel.columns, column);
  const { en, zh } = nameColumns(panel, column);
  if (codes === undefined || (en === null && zh === null)) return (level) => level;
  const names = new Map<string, Label>();
  for (let row = 0; row < panel.nrow; row++) {
    const level = cellText(codes, row);
    if (level === null || names.has(level)) continue;
    const own = (column: typeof en): string | null => (column === null ? null : cellText(column, row));
    const itself = codes.kind === 'text' ? level : null;
    const [first, second] = [own(en) ?? itself ?? own(zh) ?? level, own(zh) ?? itself ?? own(en) ?? level];
    names.set(level, first === second ? first : { en: first, zh: second });
  }
  return (level) => names.get(level) ?? level;
}

/** The same of any column, each looked through when it is first asked about. */
export function levelNames(panel: ColumnTable): LevelName {
  const known = new Map<string, (level: string) => Label>();
  return (column, level) => {
    const names = known.get(column) ?? levelNamesOf(panel, column);
    known.set(column, names);
    return names(level);
  };
}
