import type { AboutColumns } from '../../data/source/about-columns.ts';
import { ownEntry } from '../../error/at.ts';
import { quoteName } from '../../table/expression/tokenize.ts';

/** What a file says of its columns: their labels, and the texts of coded values. */
export type HeldLabels = Pick<AboutColumns, 'labels' | 'valueTexts'>;

/** What variables and the levels of coded ones are called by their file: `region` Region, `region::1` Region: East. */
export function fileLabels({ labels, valueTexts }: HeldLabels): Readonly<Record<string, string>> {
  const ofValues = Object.entries(valueTexts).flatMap(([name, texts]) =>
    [...texts].map(
      ([value, text]) => [`${quoteName(name)}::${value}`, `${ownEntry(labels, name) ?? name}: ${text}`] as const,
    ),
  );
  return Object.fromEntries([...Object.entries(labels), ...ofValues]);
}
