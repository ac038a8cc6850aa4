import { StudyError } from '../../error/study-error.ts';
import { splitNames } from '../../table/expression/name-list.ts';
import type { PanelKeys, PeriodStep } from '../contract.ts';
import { timeUnits } from '../design/calendar.ts';

const expected = `UNIT,TIME, or UNIT,TIME,STEP with a number or ${timeUnits.slice(1).join(', ')} as STEP`;

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

/** What one period is: `5`, `month`, `2 weeks`. @throws bad-option */
export function readStep(step: string, written = step, field = 'panel'): PeriodStep {
  const parts = /^(\d+(?:\.\d+)?)?\s*([a-z]+?)?s?$/i.exec(step);
  const every = Number(parts?.[1] ?? 1);
  const word = (parts?.[2] ?? '').toLowerCase();
  const of = timeUnits.find((known) => known !== 'number' && known === word) ?? null;
  if (parts === null || !(every > 0) || (word !== '' && of === null)) throw badPanel(written, field);
  return { every, of };
}

/** A step as `readStep` takes it. */
export function printStep({ every, of }: PeriodStep): string {
  return of === null ? String(every) : `${every} ${of}`;
}

function badPanel(value: string, option: string): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}
