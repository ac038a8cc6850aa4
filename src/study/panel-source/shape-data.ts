import type { PanelShape } from '../../model/panel-shape.ts';
import type { PanelFileShape } from '../../output/document/results/panel-account.ts';

/** The shape of a panel as documents and JSON have it. */
export function shapeData(shape: PanelShape): PanelFileShape {
  return {
    rows: shape.rows,
    units: shape.units,
    periods: shape.times.length,
    first: shape.times[0]?.time ?? '',
    last: shape.times.at(-1)?.time ?? '',
    balanced: shape.isBalanced,
    period: shape.period,
    gap_units: shape.gaps?.units ?? null,
    gap_periods: shape.gaps?.periods ?? null,
    late_units: shape.lateUnits,
    ended_units: shape.endedUnits,
    times: shape.times,
  };
}
