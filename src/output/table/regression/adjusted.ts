import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { FamilyTest } from '../../../model/result/family.ts';
import type { CellStatistic } from '../../layout/shown-rows.ts';
import type { Text } from '../contract.ts';
import { familyNotes } from '../family-table.ts';

/** p of a coefficient adjusted for its family, by the first method of it; null outside of all families. */
export function adjustedP(families: readonly FamilyTest[], model: string, term: string): number | null {
  for (const { methods, members } of families) {
    const found = members.find((one) => one.model === model && one.term === term);
    const [method] = methods;
    if (found !== undefined && method !== undefined) return found.adjusted[method] ?? null;
  }
  return null;
}

/** Where adjusted p-values are shown: what they are adjusted for, a family after the other. */
export function adjustedNotes(families: readonly FamilyTest[], shown: readonly CellStatistic[]): readonly Text[] {
  if (!shown.includes('adjusted')) return [];
  return families.flatMap((test) => familyNotes(firstMethod(test)));
}

function firstMethod({ methods, drawn, ...test }: FamilyTest): FamilyTest {
  const own = methods.slice(0, 1);
  return {
    ...test,
    methods: own,
    drawn: drawn.flatMap((one) => (one.methods.some((name) => own.includes(name)) ? [{ ...one, methods: own }] : [])),
  };
}

/** @throws bad-option for adjusted p-values of models that ask for no family */
export function requireFamily(families: readonly FamilyTest[], option: string, shown: readonly CellStatistic[]): void {
  if (!shown.includes('adjusted') || families.length > 0) return;
  throw new StudyError('bad-option', {
    option,
    value: 'adjusted',
    expected: said('expected.family_of_models'),
    suggestion: null,
  });
}
