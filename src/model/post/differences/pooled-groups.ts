import { columnOf } from '../../../table/expression/evaluate.ts';
import { joinNames } from '../../../table/expression/joined-names.ts';
import type { Factor } from '../../../table/factor.ts';
import { factorOf } from '../../../table/factor.ts';
import type { Design } from '../../contract.ts';
import { buildDesign } from '../../design/build-design.ts';
import { unitEffectOf } from '../../design/unit-effect.ts';
import type { FitInput } from '../../estimate-formula.ts';
import { planInput } from '../../estimate-formula.ts';

/** The rows of all groups as one sample, and whose they are. */
export interface PooledGroups {
  readonly design: Design;
  readonly units: Factor;
  /** Column whose values the units are; null: every row is one. */
  readonly unit: string | null;
  /** n marks a group, 1 at its rows. */
  readonly members: readonly Uint8Array[];
  /** Rows, and units, in more than one group. */
  readonly shared: { readonly rows: number; readonly units: number };
  /** units.count marks a group, 1 at its units. */
  readonly unitsOf: readonly Uint8Array[];
}

/**
 * Lays out the groups' models as one sample. Rows that are alone in a level of a fixed effect stay: they change no slope, and in other
 * groups they may not be alone.
 * @param inputs one a group, alike but for the rows. @throws the codes of `buildDesign`
 */
export function poolGroups(inputs: readonly FitInput[]): PooledGroups {
  const [first] = inputs;
  const marks = inputs.map(({ choice, table }) => {
    const own = new Uint8Array(table.nrow);
    if (choice === undefined || choice.rows === null) return own.fill(1);
    for (const row of choice.rows) own[row] = 1;
    return own;
  });
  const rows: number[] = [];
  for (let row = 0; row < first.table.nrow; row++) if (marks.some((own) => own[row] === 1)) rows.push(row);
  const design = buildDesign({
    ...planInput({ ...first, choice: { rows: Int32Array.from(rows), where: 0, split: 0 }, singletons: 'keep' }),
    sample: null,
  });
  const members = marks.map((own) => Uint8Array.from(design.rows, (row) => own[row]));
  const { units, unit } = unitsIn(design);
  const unitsOf = members.map((own) => {
    const has = new Uint8Array(units.count);
    own.forEach((mark, i) => {
      if (mark === 1) has[units.codes[i]] = 1;
    });
    return has;
  });
  return { design, units, unit, members, unitsOf, shared: { rows: repeated(members), units: repeated(unitsOf) } };
}

/** Places that more than one of the groups marks. */
export function repeated(marks: readonly Uint8Array[]): number {
  const [first] = marks;
  let count = 0;
  for (let i = 0; i < first.length; i++) if (marks.reduce((sum, own) => sum + own[i], 0) > 1) count += 1;
  return count;
}

/** The units of the panel, else the levels of the first fixed effect, else the rows; a row without a unit is one. */
export function unitsIn(design: Design): { readonly units: Factor; readonly unit: string | null } {
  const { panel, effects, table, where, rows } = design;
  if (panel !== null) {
    const { codes, count } = factorOf(columnOf(table, panel.unit, where), rows);
    let next = count;
    return { units: { codes: codes.map((code) => (code < 0 ? next++ : code)), count: next }, unit: panel.unit };
  }
  if (effects.length > 0) {
    const effect = effects[unitEffectOf(design)];
    return { units: effect, unit: joinNames(effect.variables) };
  }
  return { units: { codes: Int32Array.from(rows, (_, i) => i), count: rows.length }, unit: null };
}
