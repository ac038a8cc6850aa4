import type { PanelKeys } from '../../model/contract.ts';
import { timeUnits } from '../../model/design/calendar.ts';
import { splitNames } from '../../table/expression/name-list.ts';
import { badOption } from './usage.ts';

/** `unit,time` (also `unit time`, `unit+time`, `~unit + time`, `c("unit", "time")`), and what one period is where it is declared: `5`, `month`, `2 weeks`. Null where it is not given. */
export function readPanelKeys(text: string | null): PanelKeys | null {
  if (text === null) return null;
  const expected = `UNIT,TIME, or UNIT,TIME,STEP with a number or ${timeUnits.slice(1).join(', ')} as STEP`;
  const [unit, time, step, ...more] = splitNames(text);
  if (unit === undefined || time === undefined || more.length > 0 || /,\s*(,|$)/.test(text)) {
    throw badOption('--panel', text, expected);
  }
  if (step === undefined) return { unit, time };
  const parts = /^(\d+(?:\.\d+)?)?\s*([a-z]+?)?s?$/i.exec(step);
  const every = Number(parts?.[1] ?? 1);
  const word = (parts?.[2] ?? '').toLowerCase();
  const of = timeUnits.find((known) => known !== 'number' && known === word) ?? null;
  if (parts === null || !(every > 0) || (word !== '' && of === null)) {
    throw badOption('--panel', text, expected);
  }
  return { unit, time, step: { every, of } };
}
