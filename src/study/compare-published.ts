import type { ModelResult } from '../model/result/result.ts';
import type { ComparisonRow, ComparisonVerdict } from '../output/table/comparison-table.ts';
import type { DescriptiveRow, DescriptiveStatistic } from '../output/table/summary-table.ts';
import type { PublishedNumber } from './language/published.ts';

/** What a study obtained in one of its tables. */
export type ObtainedTable =
  | { readonly kind: 'summary'; readonly id: string; readonly rows: readonly DescriptiveRow[] }
  | {
      readonly kind: 'regression';
      readonly id: string;
      readonly statistic: 't' | 'se';
      readonly r2: keyof ModelResult['r2'];
      readonly columns: readonly ModelResult[];
    };

/** Beyond half a unit of the last printed digit, a number is still near when it is within this part of the printed one. */
const nearShare = 0.05;

/** Every printed number of the study's tables beside the number obtained there. Numbers of other tables are left out. */
export function comparePublished(
  published: readonly PublishedNumber[],
  tables: readonly ObtainedTable[],
): ComparisonRow[] {
  return published.flatMap((printed) => {
    const table = tables.find(({ id }) => id === printed.table);
    if (table === undefined || printed.cell === 'test') return [];
    const obtained = table.kind === 'summary' ? summaryNumber(table.rows, printed) : regressionNumber(table, printed);
    const tolerance = 0.5 * 10 ** -printed.decimals + nearShare * Math.abs(printed.value);
    return [
      {
        table: printed.table.replace(/^table/, ''),
        column: printed.column,
        term: printed.term === '' ? printed.cell : printed.term,
        published: printed.printed,
        obtained,
        tolerance,
        verdict: verdictOf(printed, obtained, tolerance),
      },
    ];
  });
}

function verdictOf(printed: PublishedNumber, obtained: number | null, tolerance: number): ComparisonVerdict {
  if (obtained === null) return 'missing';
  const distance = Math.abs(obtained - printed.value);
  if (distance <= 0.5 * 10 ** -printed.decimals) return 'equal';
  return distance <= tolerance ? 'near' : 'far';
}

function summaryNumber(rows: readonly DescriptiveRow[], printed: PublishedNumber): number | null {
  const row = rows.find(({ variable }) => variable === printed.term);
  return row?.[printed.cell as DescriptiveStatistic] ?? null;
}

function regressionNumber(
  table: Extract<ObtainedTable, { kind: 'regression' }>,
  printed: PublishedNumber,
): number | null {
  const model = table.columns[Number(printed.column.replace(/[()]/g, '')) - 1];
  if (model === undefined) return null;
  if (printed.cell === 'nobs') return model.nobs;
  if (printed.cell === 'r2') return model.r2[table.r2];
  const coefficient = model.coef.find(({ term }) => term === printed.term);
  if (coefficient === undefined) return null;
  if (printed.cell === 'estimate') return coefficient.estimate;
  return table.statistic === 't' ? coefficient.stat : coefficient.se;
}
