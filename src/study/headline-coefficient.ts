import { columnPlace } from '../output/format/bilingual-phrases.ts';
import type { Headline } from '../output/report/outline.ts';
import type { StudyTable } from './exhibit/contract.ts';
import { labelOf } from './exhibit/labels.ts';
import type { StudyCore } from './language/resolve.ts';

/** The coefficient of the first screen under every covariance; null where the study names none, or its table was not made. */
export function headlineCoefficient(study: StudyCore, tables: readonly StudyTable[]): Headline['coefficient'] {
  const wanted = study.report.headline;
  const table = wanted === null ? undefined : tables.find(({ id }) => id === wanted.table);
  if (wanted === null || table === undefined) return null;
  const index = wanted.column === 'last' ? table.columns.length - 1 : wanted.column - 1;
  const results = table.columns[index]?.results ?? [];
  const intervals = results.flatMap((model) => {
    const coefficient = model.coef.find(({ term }) => term === wanted.term);
    if (coefficient === undefined || coefficient.ci95 === null) return [];
    return [{ vcov: model.vcov, ci95: coefficient.ci95 }];
  });
  const [printed] = results;
  const estimate = printed?.coef.find(({ term }) => term === wanted.term)?.estimate;
  if (printed === undefined || estimate === undefined) return null;
  const { number } = table;
  return {
    term: labelOf(study, wanted.term),
    outcome: labelOf(study, printed.depvar),
    place: columnPlace(number, index + 1),
    estimate,
    intervals,
  };
}
