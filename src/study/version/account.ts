import { panelShape } from '../../model/panel-shape.ts';
import type { Headline } from '../../output/report/outline.ts';
import type { ComparisonRow } from '../../output/table/comparison-table.ts';
import type { TruthRow } from '../../output/table/truth-table.ts';
import type { ColumnTable } from '../../table/column.ts';
import { type EstimatedTruth, isOf, truthRow } from '../compare-truth.ts';
import type { EstimatedModels } from '../estimated.ts';
import { comparePublished } from '../exhibit/compare-published.ts';
import type { StudyTable } from '../exhibit/contract.ts';
import type { PublishedNumber } from '../language/published.ts';
import type { StudyCore } from '../language/resolve.ts';
import { spanOfTimes } from '../panel-source/panel-nouns.ts';

/** What the authors' report counts from rows and estimates beside its tables and figures. */
export interface AuthorsAccount {
  /** Units, times, observations, in this order. */
  readonly size: Headline['size'];
  /** Numbers of a paper with the authors' distance from each. */
  readonly printed: readonly { readonly number: PublishedNumber; readonly row: ComparisonRow }[];
  /** Known slopes with the authors' estimate of each. */
  readonly truths: readonly EstimatedTruth[];
}

/** Every printed number beside the one obtained; one whose table was not made is left out. */
export function printedAccount(
  published: readonly PublishedNumber[],
  tables: readonly StudyTable[],
): AuthorsAccount['printed'] {
  return published.flatMap((number) => comparePublished([number], tables).map((row) => ({ number, row })));
}

/** The numbers of the first screen on the rows that a version leaves. @param authors its labels */
export function sizeOfVersion(authors: Headline['size'], { panel }: StudyCore, left: ColumnTable): Headline['size'] {
  const { units, times } = panelShape(left, panel, 'panel');
  const number = (count: number) => ({ key: 'report.count', values: { count } }) as const;
  const values = [number(units), spanOfTimes(times), number(left.nrow)];
  return authors.map(({ label, value }, i) => ({ label, value: values[i] ?? value }));
}

/**
 * Distances from printed numbers in a version.
 * @param tables that it made anew
 * @param touched ids of the tables that it changes: of one that could not be made nothing is obtained, the others are the authors'
 */
export function printedInVersion(
  printed: AuthorsAccount['printed'],
  tables: readonly StudyTable[],
  touched: ReadonlySet<string>,
): readonly ComparisonRow[] {
  return printed.map(({ number, row }) => {
    if (!touched.has(number.table)) return row;
    const [own] = comparePublished([number], tables);
    return own ?? { ...row, obtained: null, verdict: 'missing' };
  });
}

/** Known slopes beside the estimates of a version; a model with other regressors estimates something else. */
export function truthInVersion(
  truths: AuthorsAccount['truths'],
  models: EstimatedModels,
  touched: ReadonlySet<string>,
): readonly TruthRow[] {
  return truths.map(({ known, model, column, row }) => {
    if (!touched.has(model)) return row;
    const own = models[model]?.[column]?.results[0];
    if (own === undefined || !isOf(known, own)) return { ...row, estimate: null, se: null, covers: null };
    return truthRow(own, known.id, row.term, row.truth);
  });
}
