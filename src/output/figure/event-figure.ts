import { roundSignificant } from '../../math/round-significant.ts';
import type { EventStudy } from '../../model/result/event-study.ts';
import type { Label, Text } from '../table/contract.ts';
import { endsNote, listed } from '../table/event-tables.ts';
import type { IntervalFigure } from './contract.ts';

export interface EventFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly outcome: Label;
  /** Studies of one outcome beside each other. */
  readonly studies: readonly { readonly label: Label; readonly event: EventStudy }[];
  readonly isSynthetic: boolean;
}

/** Estimates of the periods since a treatment with their intervals, the reference at zero, a line before the treatment, the test below. */
export function eventFigure({ id, number, title, outcome, studies, isSynthetic }: EventFigureSpec): IntervalFigure {
  const periods = [...new Set(studies.flatMap(({ event }) => event.periods.map(({ relative }) => relative)))];
  periods.sort((a, b) => a - b);
  const forms = new Set(studies.map(({ event }) => event.form));
  const hasOneEach = forms.size === studies.length;
  const events = studies.map(({ event }) => event);
  const [leads, lags] = [endOf(events, 'leads'), endOf(events, 'lags')];
  const references = [...new Set(events.flatMap((event) => event.references))].sort((a, b) => a - b);
  return {
    kind: 'intervals',
    ...{ id, number, title, isSynthetic },
    categoryAxis: { key: 'figure.event_axis' },
    valueAxis: { key: 'figure.event_value', values: { outcome } },
    categories: periods.map((relative) => ({
      id: String(relative),
      label: `${relative === -(leads ?? Number.NaN) ? '≤' : relative === lags ? '≥' : ''}${signed(relative)}`,
    })),
    series: studies.map(({ label, event }, i) => ({
      id: String(i),
      label: hasOneEach ? { key: event.form === 'event' ? 'figure.event_plain' : 'figure.event_sunab' } : label,
    })),
    marks: events.flatMap((event, i) =>
      event.periods.flatMap(({ relative, estimate, ci95 }) =>
        estimate === null || ci95 === null
          ? []
          : [{ category: String(relative), series: String(i), value: estimate, low: ci95[0], high: ci95[1] }],
      ),
    ),
    zeros: events.flatMap((event, i) =>
      event.references.map((relative) => ({ category: String(relative), series: String(i) })),
    ),
    divider: periods.filter((relative) => relative < 0).length - 0.5,
    hidesValues: true,
    reference: 0,
    notes: [
      { key: 'figure.event_note', values: { periods: listed(references.map(String)) } },
      ...endsNotes(studies, hasOneEach),
      ...studies.map(({ event }, i) => testNote(event, hasOneEach ? null : (studies[i]?.label ?? null))),
    ],
  };
}

/** With the sign that the other axis has. */
function signed(relative: number): string {
  return String(relative).replace('-', '−');
}

/** Which points hold the periods beyond them; of each study by itself where studies differ in that. */
function endsNotes(studies: EventFigureSpec['studies'], hasOneEach: boolean): readonly Text[] {
  const [first, ...others] = studies;
  if (first === undefined) return [];
  const isCommon = others.every(({ event }) => event.leads === first.event.leads && event.lags === first.event.lags);
  if (isCommon) return endsNote(first.event);
  return studies.flatMap(({ label, event }) =>
    endsNote(event).map((ends) => ({
      key: 'figure.event_ends',
      values: { model: nameOf(event, hasOneEach ? null : label), ends },
    })),
  );
}

function nameOf({ form }: EventStudy, label: Label | null): Text {
  return label ?? { key: form === 'event' ? 'figure.event_plain' : 'figure.event_sunab' };
}

/** The end that all studies have in common. */
function endOf(events: readonly EventStudy[], end: 'leads' | 'lags'): number | null {
  const ends = new Set(events.map((event) => event[end]));
  const [first = null] = ends;
  return ends.size === 1 ? first : null;
}

function testNote(event: EventStudy, label: Label | null): Text {
  const test = event.pre_trend;
  const model = nameOf(event, label);
  if (test?.p == null || test.stat === null) return { key: 'figure.event_no_pretrend', values: { model } };
  const [df1, df2] = test.df;
  const shown = { model, df1, f: roundSignificant(test.stat, 3), p: roundSignificant(test.p, 3) };
  return df2 === null
    ? { key: 'figure.event_pretrend_normal', values: shown }
    : { key: 'figure.event_pretrend', values: { ...shown, df2: roundSignificant(df2, 3) } };
}
