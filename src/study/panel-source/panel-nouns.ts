import { ownEntry } from '../../error/at.ts';
import { panelShape } from '../../model/panel-shape.ts';
import type { PanelFileShape, PanelNouns } from '../../output/document/results/panel-account.ts';
import { countedNoun, headNoun, headOf, withoutMeasureWord } from '../../output/format/noun.ts';
import { periodInWords } from '../../output/format/period.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { Headline } from '../../output/report/outline.ts';
import type { Text } from '../../output/table/contract.ts';
import type { Bilingual } from '../language/bilingual.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { StudyPanel } from './contract.ts';

const calendar = ['year', 'half', 'quarter', 'month', 'week', 'day'] as const;
type CalendarUnit = (typeof calendar)[number];

/** How the report calls units and periods: by the study's own nouns, else by the labels of the columns and the calendar. */
export function panelNouns(
  { panel, labels, nouns }: Pick<ResolvedPanelFileStudy, 'panel' | 'labels' | 'nouns'>,
  shape: Pick<PanelFileShape, 'period' | 'times'>,
): PanelNouns {
  const labelOf = (name: string): Bilingual => nounLabel(ownEntry(labels, name), name);
  const unit = calendarUnit(shape, panel.time);
  const ofCalendar = nouns.time === null ? unit : null;
  return {
    units: (count) => counted(count, nouns.unit, labelOf(panel.unit)),
    unitHead: heading(nouns.unit, labelOf(panel.unit)),
    periods: (count) =>
      ofCalendar === null
        ? counted(count, nouns.time, labelOf(panel.time))
        : periodsOf(count, ofCalendar, shape.period?.step ?? 1),
    timeHead: ofCalendar === null ? heading(nouns.time, labelOf(panel.time)) : { key: `head.${ofCalendar}` },
  };
}

/** Most words of a label that a count can stand before; a longer one describes, and the name of the column counts. */
const longestNoun = 3;

function nounLabel(label: Bilingual | undefined, name: string): Bilingual {
  if (label === undefined || label.en.trim().split(/\s+/).length > longestNoun) return { en: name, zh: name };
  return label;
}

/** `40 quarters`; where one period is several, `12 periods of 5 years`. */
function periodsOf(count: number, unit: CalendarUnit, step: number): Text {
  if (step === 1) return { key: `count.${unit}`, values: { count } };
  return { key: 'count.steps', values: { count, length: { key: `count.${unit}`, values: { count: step } } } };
}

function counted(count: number, own: Bilingual | null, label: Bilingual): Text {
  return { key: 'count.named', values: { count, noun: own ?? countedNoun(label, count) } };
}

function heading(own: Bilingual | null, label: Bilingual): Text {
  if (own !== null) return { en: headOf(own.en), zh: withoutMeasureWord(own.zh) };
  return headNoun(label);
}

/** The part of the calendar that one period is; plain numbers that look like years are years. */
function calendarUnit({ period, times }: Pick<PanelFileShape, 'period' | 'times'>, time: string): CalendarUnit | null {
  if (period === null) return null;
  const known = calendar.find((unit) => unit === period.unit);
  if (known !== undefined) return known;
  const areYears = times.every((one) => /^(?:1[5-9]|20|21)\d\d$/.test(one.time));
  return areYears && /year|yr|jahr|ann|年/iu.test(time) ? 'year' : null;
}

/** First and last time in words; empty without any. */
export function spanOfTimes(times: PanelFileShape['times']): Text {
  const [first, last] = [times[0]?.time ?? '', times.at(-1)?.time ?? ''];
  const inWords = (language: Language): string =>
    [...new Set([first, last])].map((time) => periodInWords(time, language)).join('\u2013');
  return { en: inWords('en'), zh: inWords('zh') };
}

/** The numbers of the first screen: units, times, observations. */
export function filePanelSize(panel: Extract<StudyPanel, { kind: 'panel-file' }>): Headline['size'] {
  const { study, table, elsewhere } = panel;
  const { rows, units, times, period } = elsewhere?.shape ?? panelShape(table, study.panel, 'panel');
  const nouns = panelNouns(study, { times, period });
  const number = (count: number): Text => ({ key: 'report.count', values: { count } });
  return [
    { label: nouns.unitHead, value: number(units) },
    { label: nouns.timeHead, value: spanOfTimes(times) },
    { label: { key: 'report.observations' }, value: number(rows) },
  ];
}
