import { roundSignificant } from '../../../math/round-significant.ts';
import type { FigureModel, FrameworkClaim, FrameworkFigure } from '../../figure/contract.ts';
import { formatExact } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';

/** Numbers beyond this many are told by their range. */
const mostTold = 60;

/** The numbers of a figure in words, for readers that do not see it: every estimate with its interval, of a curve where it runs. */
export function figureDescription(figure: FigureModel, language: Language): string {
  const say = (text: Text): string => formatText(text, language);
  const told = numbersOf(figure, say);
  const mark = language === 'zh' ? '；' : '; ';
  const shown = told.slice(0, mostTold).join(mark);
  return told.length > mostTold ? `${shown}${mark}…` : shown;
}

function numbersOf(figure: FigureModel, say: (text: Text) => string): readonly string[] {
  const told = (name: string, value: string): string => say({ key: 'figure.told', values: { name, value } });
  switch (figure.kind) {
    case 'intervals':
      return intervals(figure, figure.categories, (mark) => mark.category, say);
    case 'forest':
      return intervals(figure, figure.rows, (mark) => mark.row, say);
    case 'curves': {
      const { series, points, reference, places, categoryAxis, valueAxis } = figure;
      return [
        ...series.flatMap(({ id, label }) => {
          const own = points.filter((point) => point.series === id);
          if (own.length === 0) return [];
          const along = `${say(categoryAxis)} ${rangeOf(own.map(({ x }) => x))}`;
          const across = `${say(valueAxis)} ${rangeOf(own.map(({ y }) => y))}`;
          return [told(say(label), say({ key: 'figure.told_and', values: { first: along, second: across } }))];
        }),
        // A line at zero says itself what it is.
        ...(reference === null || say(reference.label) === shortOf(reference.value)
          ? []
          : [told(say(reference.label), shortOf(reference.value))]),
        ...places.map((place) => `${say(categoryAxis)} = ${shortOf(place)}`),
      ];
    }
    case 'distribution': {
      const { curve, dots, place } = figure;
      return [
        ...[curve, dots].flatMap(({ label, points }) =>
          points.length === 0 ? [] : [told(say(label), rangeOf(points.map(({ x }) => x)))],
        ),
        ...(place === null ? [] : [told(say(place.label), shortOf(place.value))]),
      ];
    }
    case 'specifications': {
      const values = figure.columns.map(({ value }) => value);
      return values.length === 0 ? [] : [told(say(figure.valueAxis), rangeOf(values))];
    }
    case 'framework':
      return figure.pairs.flatMap((pair) => pairWords(pair, say));
    case 'map':
      return [
        say(figure.legend),
        ...figure.classes.map(({ label, count }) => say({ key: 'map.class', values: { label, count } })),
        ...(figure.absent === 0 ? [] : [say({ key: 'map.absent', values: { count: figure.absent } })]),
      ];
    case 'paths':
      return figure.regimes.map((regime, r) => {
        const shares = figure.periods.map((_, period) => {
          const there = figure.rows.flatMap(({ cells }) => cells[period] ?? []);
          return there.filter((cell) => cell === r).length / Math.max(1, there.length);
        });
        const [first = 0, last = 0] = [shares[0], shares.at(-1)];
        const [start = '', end = ''] = [figure.periods[0], figure.periods.at(-1)];
        const [before, after] = [`${start} ${shortOf(first)}`, `${end} ${shortOf(last)}`];
        return told(say(regime), say({ key: 'figure.told_and', values: { first: before, second: after } }));
      });
    case 'coverage':
      return figure.rows.map(({ label, observed }) => told(say(label), rangeOf(observed)));
  }
}

/** Every claim of a pair with its arrow, its verdict and how far it holds. */
function pairWords(
  { from, to, claims, mediators, conditions }: FrameworkFigure['pairs'][number],
  say: (text: Text) => string,
): readonly string[] {
  const way = (start: Text, end: Text): string => `${say(start)} → ${say(end)}`;
  const told = (arrow: string, own: readonly FrameworkClaim[]): readonly string[] =>
    own.length === 0
      ? [arrow]
      : own.map(({ id, verdict, evidence }) => {
          const name = say({ key: 'figure.told_and', values: { first: id, second: arrow } });
          const found = say({ key: `framework.${verdict}` });
          const value =
            evidence === null ? found : say({ key: 'figure.told_by', values: { text: found, by: evidence } });
          return say({ key: 'figure.told', values: { name, value } });
        });
  return [
    ...told(way(from, to), claims),
    ...mediators.flatMap(({ label, first, second }) => [
      ...told(way(from, label), first),
      ...told(way(label, to), second),
    ]),
    ...conditions.flatMap(({ role, label, place, claims: own }) => {
      const at = place === null ? '' : ` = ${shortOf(place)}`;
      return told(
        `${way(from, to)} | ${say({ key: 'figure.told_role', values: { role: { key: `framework.${role}` }, name: label } })}${at}`,
        own,
      );
    }),
  ];
}

interface Estimate {
  readonly series: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function intervals<Mark extends Estimate>(
  { marks, series }: { readonly marks: readonly Mark[]; readonly series: readonly { id: string; label: Text }[] },
  places: readonly { readonly id: string; readonly label: Text }[],
  placeOf: (mark: Mark) => string,
  say: (text: Text) => string,
): readonly string[] {
  const nameOf = (named: typeof places, id: string): string => {
    const found = named.find((one) => one.id === id);
    return found === undefined ? id : say(found.label);
  };
  return marks.map((mark) => {
    const [first, second] = [nameOf(places, placeOf(mark)), nameOf(series, mark.series)];
    const name = series.length > 1 ? say({ key: 'figure.told_and', values: { first, second } }) : first;
    const value = `${shortOf(mark.value)} [${shortOf(mark.low)}, ${shortOf(mark.high)}]`;
    return say({ key: 'figure.told', values: { name, value } });
  });
}

function rangeOf(values: readonly number[]): string {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return `${shortOf(low)}–${shortOf(high)}`;
}

function shortOf(value: number): string {
  return formatExact(roundSignificant(value, 4)).replaceAll('-', publishedStyle.minus);
}
