import type { ModelDesign } from '../contract.ts';

/** The fixed effect that Stata's xtreg calls the panel: that of the panel keys if it is one, else the first. */
export function unitEffectOf(design: Pick<ModelDesign, 'effects' | 'panel'>): number {
  const { effects, panel } = design;
  const unit = effects.findIndex((effect) => effect.variables.length === 1 && effect.variables[0] === panel?.unit);
  return Math.max(0, unit);
}
