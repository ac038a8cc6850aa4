import type { Diagnostic } from '../../error/diagnostic.ts';
import { isNestedIn } from '../../table/factor.ts';
import type { EffectShape, FixedEffect } from '../contract.ts';

/**
 * Effects that others contain: where every level of one lies in a single level of another, the dummies of the coarser one are sums of
 * those of the finer one, and adding it changes no coefficient. Effects with slopes of their own are left out.
 */
export function containedEffects(effects: readonly FixedEffect[]): readonly Diagnostic[] {
  return contained(effects, (fine, coarse) => isNestedIn(effects[fine], effects[coarse]));
}

/** `containedEffects` of effects whose codes are elsewhere. @param isNested whether every level of `fine` lies in one of `coarse` */
export function contained(
  effects: readonly EffectShape[],
  isNested: (fine: number, coarse: number) => boolean,
): readonly Diagnostic[] {
  return effects.flatMap((coarse, c): Diagnostic[] => {
    if (coarse.slopes.length > 0) return [];
    const fine = effects.find(
      (one, f) =>
        f !== c &&
        one.slopes.length === 0 &&
        // Of two that part the rows alike the later one adds nothing.
        (one.count > coarse.count || (one.count === coarse.count && f < c)) &&
        isNested(f, c),
    );
    if (fine === undefined) return [];
    return [{ code: 'effect-contained', severity: 'note', detail: { coarse: coarse.name, fine: fine.name } }];
  });
}
