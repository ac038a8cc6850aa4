import type { MeasureSpec, RawStudySpec } from './spec.ts';

export function measureId(measure: MeasureSpec): string {
  return typeof measure === 'string' ? measure : measure.id;
}

/** Columns of the panel that formulas may use. */
export function panelColumns({ panel, measures }: RawStudySpec): string[] {
  return [...measures.map(measureId), panel.unit, panel.time, 'province', ...panel.groups];
}
