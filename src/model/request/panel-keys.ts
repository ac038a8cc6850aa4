import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { splitNames } from '../../table/expression/name-list.ts';
import type { PeriodStep } from '../../table/time/period-step.ts';
import { readPeriodStep, stepUnits } from '../../table/time/period-step.ts';
import type { PanelKeys } from '../contract.ts';
import type { PanelWords } from './panel-schema.ts';

const expected = said('expected.panel_keys', { units: stepUnits });

/**
 * `unit,time` (also `unit time`, `unit+time`, `~unit + time`, `c("unit", "time")`), and what one period is where it is
 * declared: `5`, `month`, `2 weeks`. Null where it is not given.
 * @param field what a fault calls it. @throws bad-option
 */
export function readPanelKeys(text: string | null, field = 'panel'): PanelKeys | null {
  if (text === null) return null;
  const [unit, time, step, ...more] = splitNames(text);
  if (unit === undefined || time === undefined || more.length > 0 || /,\s*(,|$)/.test(text))
    throw badPanel(text, field);
  return step === undefined ? { unit, time } : { unit, time, step: readStep(step, text, field) };
}

/** A text as `readPanelKeys` takes it, or a mapping; null where it is not given. @throws bad-option */
export function panelKeysOf(panel: PanelWords | undefined): PanelKeys | null {
  if (panel === undefined || typeof panel === 'string') return readPanelKeys(panel ?? null);
  const { unit, time, step } = panel;
  return step === undefined ? { unit, time } : { unit, time, step: readStep(String(step)) };
}

/** What one period is: `5`, `month`, `2 weeks`. @throws bad-option */
export function readStep(step: string, written = step, field = 'panel'): PeriodStep {
  const read = readPeriodStep(step);
  if (read === null) throw badPanel(written, field);
  return read;
}

/** A step as `readStep` takes it. */
export function printStep({ every, of }: PeriodStep): string {
  return of === null ? String(every) : `${every} ${of}`;
}

function badPanel(value: string, option: string): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}
