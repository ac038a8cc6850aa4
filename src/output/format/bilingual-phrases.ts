/** Phrases that are data of a report in both languages at once. */

interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** Where a number stands: `Table 3, column (6)`. @param column from 1 */
export function columnPlace(table: string, column: number): Bilingual {
  return { en: `Table ${table}, column (${column})`, zh: `表 ${table} 第 (${column}) 列` };
}

/** Names one after the other. */
export function bilingualList(names: readonly Bilingual[]): Bilingual {
  return { en: names.map(({ en }) => en).join(', '), zh: names.map(({ zh }) => zh).join('、') };
}
