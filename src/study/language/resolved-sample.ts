import type { RowCondition } from '../../table/condition/row-condition.ts';
import type { Bilingual } from './bilingual.ts';

/** A part of the panel that a model is estimated on. */
export interface ResolvedSample {
  /** Condition on a row; null: the whole panel. */
  readonly where: RowCondition | null;
  readonly label: Bilingual | null;
  readonly assumption: boolean;
}
