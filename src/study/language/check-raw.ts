import type { IndicatorDefinition } from '../../data/source/contract.ts';
import { meaningOfUnit, unitsTaken } from '../../data/source/unit-text.ts';
import { said } from '../../error/said.ts';
import { faultAt, type PlacelessFault, unknownName } from './faults.ts';
import type { RawStudySpec } from './spec.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Headers that a study declares: of indicators that there are, in units that these take. */
export function headerFaults({ data }: RawStudySpec, vocabulary: Vocabulary): PlacelessFault[] {
  const indicators: readonly IndicatorDefinition[] = Object.values(vocabulary.tables).flat();
  return Object.entries(data.headers).flatMap(([header, entry]): PlacelessFault[] => {
    const { indicator: id, unit } = typeof entry === 'string' ? { indicator: entry, unit: undefined } : entry;
    const path = ['data', 'headers', header, ...(typeof entry === 'string' ? [] : ['indicator'])];
    if (id === 'none') return [];
    const known = indicators.find((one) => one.id === id);
    // What a reference table tells of is known when it is read with the raw tables.
    if (known === undefined && vocabulary.kindOf(id) !== null) return [];
    if (known === undefined)
      return [unknownName(path, said('noun.indicator'), id, [...indicators.map((one) => one.id), 'none'])];
    if (unit === undefined || meaningOfUnit(known, unit).kind === 'factor') return [];
    const problem = said('fault.no_unit_of', { unit, id, taken: unitsTaken(known) });
    return [faultAt(['data', 'headers', header, 'unit'], problem)];
  });
}
