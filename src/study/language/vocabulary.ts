import type { Unit } from '../../data/source/unit.ts';
import { indicatorIds, measures, unitOfIndicator } from '../../domain/china/measure/registry.ts';
import { groupColumns } from '../../domain/china/source/group-columns.ts';
import type { MeasureDefinition } from '../../domain/contract.ts';

/** The names that a study file may use, known before any data is read. */
export interface Vocabulary {
  readonly measures: readonly MeasureDefinition[];
  /** Series that the formula of a new measure may use. */
  readonly indicators: readonly string[];
  /** Unit of each of them; null for a name that is none. */
  readonly unitOf: (indicator: string) => Unit | null;
  /** Group columns that a panel may carry. */
  readonly groups: readonly string[];
}

/** What this version knows. */
export const shippedVocabulary: Vocabulary = {
  measures,
  indicators: indicatorIds,
  unitOf: unitOfIndicator,
  groups: Object.keys(groupColumns),
};
