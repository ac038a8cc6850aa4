import { StudyError } from '../../error/study-error.ts';
import type { Design } from '../contract.ts';
import { eventCells } from '../design/event/cells.ts';
import { eventClockOf } from '../design/event/clock.ts';
import { eventFault } from '../design/event/faults.ts';
import type { EventFactor } from '../formula/ast.ts';

/** Why no regressor of a model is left: leads and lags of units that are all treated are told as such, with what to do. */
export function nothingLeft(design: Design): StudyError<'collinear' | 'event-design'> {
  const { where, terms, effects, formula, table, panel, rows } = design;
  const factor = formula.products.flat().find((one): one is EventFactor => one.kind === 'event');
  if (factor?.form === 'event' && effects.length > 0) {
    const { isControl, cells } = eventCells(eventClockOf(table, panel, factor, where), rows, where);
    const found = cells.map(({ name }) => name);
    if (!isControl.includes(1)) return eventFault(where, 'all-treated', factor.cohort ?? factor.period, found);
  }
  return new StudyError('collinear', { where, terms, isAbsorbed: effects.length > 0 });
}
