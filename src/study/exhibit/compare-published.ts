import type { ComparisonRow, ComparisonVerdict } from '../../output/table/comparison-table.ts';
import type { PublishedNumber } from '../language/published.ts';
import { tableKindOf } from './catalog.ts';
import type { StudyTable } from './contract.ts';

/** Beyond half a unit of the last printed digit, a number is still near when it is within this part of the printed one. */
const nearShare = 0.05;

/** Every printed number of the study's tables beside the number obtained there. Numbers of other tables are left out. */
export function comparePublished(
  published: readonly PublishedNumber[],
  tables: readonly StudyTable[],
): ComparisonRow[] {
  return published.flatMap((printed) => {
    const table = tables.find(({ id }) => id === printed.table);
    if (table === undefined) return [];
    const obtained = tableKindOf(table).compare(table.obtained, printed);
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
