import type { AbsorbOptions } from '../../../math/absorb/absorber.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { PanelKeys, Singletons } from '../../contract.ts';
import { rememberingEvaluator } from '../../design/terms.ts';
import type { FamiliesInput } from '../../fit-family.ts';
import { fitFamilies } from '../../fit-family.ts';
import type { FamilyTable } from '../../plan/family-table.ts';
import type { SpecificationColumns, SpecificationSpace } from '../../result/specification-curve.ts';
import { hasControl } from '../../result/specification-curve.ts';

/** What a curve is estimated from; plain data. */
export interface CurveProblem {
  readonly table: ColumnTable;
  readonly space: SpecificationSpace;
  /** Rows of each sample, marks of the table's rows; null: all. */
  readonly marks: readonly (Uint8Array | null)[];
  readonly panel: PanelKeys | null;
  readonly weights: string | null;
  readonly ssc: string;
  readonly singletons?: Singletons;
  readonly absorb?: AbsorbOptions;
}

/**
 * Every specification of a space. Outcomes and measures with the same rows share absorbed columns and cross-products (`fitFamilies`), so that each
 * entry is what the model of that very formula has alone.
 * @throws what concerns a whole block: unknown-column, not-numeric, panel-needed
 */
export function estimateCurve({ table, space, marks, ...options }: CurveProblem): {
  readonly specifications: SpecificationColumns;
  readonly failures: Readonly<Record<string, number>>;
} {
  const { outcomes, terms: focals, vcovs } = space;
  const evaluator = rememberingEvaluator(table, options.panel);
  const shared = {
    ...options,
    table,
    outcomes,
    focals,
    controls: [...space.controls, ...space.kept],
    subsets: subsetsOf(space),
    vcovs,
  };
  const families = space.effects.map((effects) =>
    marks.map((kept) => fitFamilies({ ...shared, kept, evaluator, effects: effects === '' ? null : effects })),
  );
  const blocks = space.outcomes.flatMap((_outcome, o) =>
    space.terms.flatMap((_term, t) =>
      families.flatMap((ofEffects, e) =>
        ofEffects.map((tables, s): FamilyBlock => ({ places: [o, t, e, s], family: tables[o][t] })),
      ),
    ),
  );
  return {
    specifications: columnsOf(blocks, vcovs.length, 2 ** space.controls.length),
    failures: sumOfCounts(blocks.map(({ family }) => family.failures)),
  };
}

interface FamilyBlock {
  readonly places: readonly [outcome: number, term: number, effects: number, sample: number];
  readonly family: FamilyTable;
}

/** Every subset of the controls with all that stays, in the order of the masks. */
export function subsetsOf({ controls, kept }: SpecificationSpace): FamiliesInput['subsets'] {
  if (kept.length === 0) return 'all';
  return Array.from({ length: 2 ** controls.length }, (_, mask) => [
    ...controls.filter((_name, j) => hasControl(mask, j)),
    ...kept,
  ]);
}

function columnsOf(blocks: readonly FamilyBlock[], covariances: number, size: number): SpecificationColumns {
  const each = <T>(of: (block: FamilyBlock, i: number) => T): T[] => {
    const out = new Array<T>(blocks.length * size);
    blocks.forEach((block, b) => {
      for (let i = 0; i < size; i++) out[b * size + i] = of(block, i);
    });
    return out;
  };
  const numbers = (pick: (family: FamilyTable) => Float64Array, offset = 0): (number | null)[] =>
    each(({ family }, i) => {
      const value = pick(family)[offset + i] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
  const errors = Array.from({ length: covariances }, (_, v) => v * size);
  return {
    outcome: each(({ places: [outcome] }) => outcome),
    term: each(({ places: [, term] }) => term),
    effects: each(({ places: [, , effects] }) => effects),
    sample: each(({ places: [, , , sample] }) => sample),
    controls: each((_, mask) => mask),
    estimate: numbers(({ estimate }) => estimate),
    se: errors.map((offset) => numbers(({ se }) => se, offset)),
    p: errors.map((offset) => numbers(({ p }) => p, offset)),
    nobs: each(({ family }, i) => family.nobs[i] ?? 0),
    r2_within: numbers(({ r2Within }) => r2Within),
  };
}

function sumOfCounts(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const one of counts) for (const [code, count] of Object.entries(one)) out[code] = (out[code] ?? 0) + count;
  return out;
}
