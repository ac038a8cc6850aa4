import type { TimeUnit } from '../../table/time/calendar.ts';

/** What a file says of its columns beside their cells, by the name of the column. */
export interface AboutColumns {
  readonly labels: Readonly<Record<string, string>>;
  /** Texts of coded values. */
  readonly valueTexts: Readonly<Record<string, ReadonlyMap<number, string>>>;
  /** Columns whose numbers count periods of the calendar, from 1960 as Stata does. */
  readonly periods: Readonly<Record<string, TimeUnit>>;
  /** Declared as a panel, as xtset leaves it in a file. */
  readonly panel: { readonly unit: string; readonly time: string | null } | null;
}
