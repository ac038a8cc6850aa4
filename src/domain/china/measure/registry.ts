import type { DeclaredUnit } from '../../../data/source/unit.ts';
import type { MeasureDefinition } from '../../contract.ts';
import { yearbookIndicators } from '../source/yearbook.ts';
import { cityMeasures } from './city-measures.ts';
import { derivedIndicators } from './derived-indicators.ts';

/** Every measure that a study may name. */
export const measures: readonly MeasureDefinition[] = cityMeasures;

/** Every series that the formula of a measure may use. */
export const indicatorIds: readonly string[] = [
  ...yearbookIndicators.map((indicator) => indicator.id),
  ...derivedIndicators.map((indicator) => indicator.id),
];

const unitById = new Map(
  [...yearbookIndicators, ...derivedIndicators].map(({ id, unit }): [string, DeclaredUnit] => [id, unit]),
);

/** Unit of a series; null for a name that is none. */
export function unitOfIndicator(id: string): DeclaredUnit | null {
  return unitById.get(id) ?? null;
}
