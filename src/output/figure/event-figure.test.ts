import { expect, test } from 'vitest';
import type { EventStudy } from '../../model/result/event-study.ts';
import { renderFigure } from '../document/figure/svg-figure.ts';
import { formatText } from '../format/format-text.ts';
import { eventFigure } from './event-figure.ts';

function study(form: EventStudy['form'], over: Partial<EventStudy> = {}): EventStudy {
  const line = (relative: number, estimate: number | null) => ({
    ...{ relative, is_reference: relative === -1, rows: 9, cohorts: 1, estimate },
    ...(relative === -1 || estimate === null
      ? { se: null, stat: null, p: null, ci95: null }
      : { se: 0.1, stat: 1, p: 0.3, ci95: [estimate - 0.2, estimate + 0.2] as const }),
  });
  return {
    ...{ form, cohort: 'first', period: 'year', references: [-1], leads: 3, lags: null },
    periods: [line(-3, 0.1), line(-2, null), line(-1, 0), line(0, 1), line(1, 2)],
    pre_trend: { periods: [-3], stat: 1.23456, df: [1, 59], p: 0.271828 },
    ...{ att: null, by_cohort: [], controls: { kinds: ['never'], rows: 90, cohorts: [] }, left_out: [] },
    ...over,
  };
}

const figureOf = (events: readonly EventStudy[]) =>
  eventFigure({
    ...{ id: 'event', number: '1', title: 'Event', outcome: { en: 'Output', zh: '产出' }, isSynthetic: false },
    studies: events.map((event, i) => ({ label: `m${i + 1}`, event })),
  });

test('estimates with intervals, the reference at zero, a line before the treatment', () => {
  const figure = figureOf([study('event'), study('sunab')]);
  expect(figure.categories.map(({ label }) => label)).toEqual(['≤−3', '−2', '−1', '0', '1']);
  expect(figure.divider).toBe(2.5);
  expect(figure.marks.filter(({ series }) => series === '0').map(({ category, low }) => [category, low])).toEqual([
    ['-3', -0.1],
    ['0', 0.8],
    ['1', 1.8],
  ]);
  expect(figure.zeros).toEqual([
    { category: '-1', series: '0' },
    { category: '-1', series: '1' },
  ]);
  expect(figure.series.map(({ label }) => formatText(label, 'zh'))).toEqual(['先行项与滞后项', 'Sun和Abraham']);
  const svg = renderFigure(figure, 'en');
  expect(svg.match(/stroke-dasharray="4 4"/g)).toHaveLength(1);
  expect(svg).not.toContain('>0.100<');
});

test('the test of the periods before stands below, in both languages, or why there is none', () => {
  const notes = (language: 'en' | 'zh', event: EventStudy): readonly string[] =>
    figureOf([event]).notes.map((note) => formatText(note, language));
  expect(notes('en', study('event'))).toEqual([
    'Points are estimates, bars 95% confidence intervals; reference -1 (zero by construction); the line stands between the last period before the treatment and the first one of it.',
    'Periods up to -3 are one.',
    'Periods before the treatment zero together (Leads and lags): F(1, 59) = 1.23, p = 0.272.',
  ]);
  expect(notes('zh', study('sunab', { leads: null })).at(-1)).toBe(
    '处理之前各期联合为零（Sun和Abraham）：F(1, 59) = 1.23，p = 0.272。',
  );
  const normal = { periods: [-3], stat: 2, df: [1, null] as const, p: 0.1 };
  expect(notes('en', study('event', { pre_trend: normal })).at(-1)).toContain('chi2(1) = 2, p = 0.1');
  expect(notes('en', study('event', { pre_trend: null })).at(-1)).toContain('no test');
});

test('ends that only one of the studies has are told with its name', () => {
  const figure = figureOf([study('event', { lags: 1 }), study('sunab', { leads: null })]);
  expect(figure.categories.map(({ label }) => label)).toEqual(['−3', '−2', '−1', '0', '1']);
  expect(figure.notes.map((note) => formatText(note, 'en'))[1]).toBe(
    'Leads and lags: Periods up to -3 and from 1 on are one each.',
  );
});

test('models of one form are told apart by their names', () => {
  const figure = figureOf([study('event'), study('event')]);
  expect(figure.series.map(({ label }) => label)).toEqual(['m1', 'm2']);
});
