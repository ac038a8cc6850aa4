import type { Diagnostic } from '../../error/diagnostic.ts';
import type { FixedEffect } from '../contract.ts';

/**
 * Effects that others contain: where every level of one lies in a single level of another, the dummies of the coarser one are sums of
 * those of the finer one, and adding it changes no coefficient. Effects with slopes of their own are left out.
 */
export function containedEffects(effects: readonly FixedEffect[]): readonly Diagnostic[] {
  return effects.flatMap((coarse, c): Diagnostic[] => {
    if (coarse.slopes.length > 0) return [];
    const fine = effects.find(
      (one, f) =>
        f !== c &&
        one.slopes.length === 0 &&
        // Of two that part the rows alike the later one adds nothing.
        (one.count > coarse.count || (one.count === coarse.count && f < c)) &&
        liesWithin(one, coarse),
    );
    if (fine === undefined) return [];
    return [{ code: 'effect-contained', severity: 'note', detail: { coarse: coarse.name, fine: fine.name } }];
  });
}

/** Every level of `fine` is in one level of `coarse`: seen at the first row that says otherwise. */
function liesWithin(fine: FixedEffect, coarse: FixedEffect): boolean {
  const found = new Int32Array(fine.count).fill(-1);
  for (let i = 0; i < fine.codes.length; i++) {
    const known = found[fine.codes[i]];
    if (known === -1) found[fine.codes[i]] = coarse.codes[i];
    else if (known !== coarse.codes[i]) return false;
  }
  return true;
}
