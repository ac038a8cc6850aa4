import { roundSignificant } from '../../../math/round-significant.ts';
import type { FigureModel, FrameworkClaim, FrameworkFigure } from '../../figure/contract.ts';
import { formatExact } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
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
          const name = `${say(label)}: ${say(categoryAxis)} ${rangeOf(own.map(({ x }) => x))}`;
          return [`${name}, ${say(valueAxis)} ${rangeOf(own.map(({ y }) => y))}`];
        }),
        ...(reference === null ? [] : [`${say(reference.label)}: ${shortOf(reference.value)}`]),
        ...places.map((place) => `${say(categoryAxis)} = ${shortOf(place)}`),
      ];
    }
    case 'distribution': {
      const { curve, dots, place } = figure;
      return [
        ...[curve, dots].flatMap(({ label, points }) =>
          points.length === 0 ? [] : [`${say(label)}: ${rangeOf(points.map(({ x }) => x))}`],
        ),
        ...(place === null ? [] : [`${say(place.label)}: ${shortOf(place.value)}`]),
      ];
    }
    case 'specifications': {
      const values = figure.columns.map(({ value }) => value);
      return values.length === 0 ? [] : [`${say(figure.valueAxis)}: ${rangeOf(values)}`];
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
        return `${say(regime)}: ${start} ${shortOf(first)}, ${end} ${shortOf(last)}`;
      });
    case 'coverage':
      return figure.rows.map(({ label, observed }) => `${say(label)}: ${rangeOf(observed)}`);
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
          const holds = evidence === null ? '' : ` (${say(evidence)})`;
          return `${id}, ${arrow}: ${say({ key: `framework.${verdict}` })}${holds}`;
        });
  return [
    ...told(way(from, to), claims),
    ...mediators.flatMap(({ label, first, second }) => [
      ...told(way(from, label), first),
      ...told(way(label, to), second),
    ]),
    ...conditions.flatMap(({ role, label, place, claims: own }) => {
      const at = place === null ? '' : ` = ${shortOf(place)}`;
      return told(`${way(from, to)} | ${say({ key: `framework.${role}` })} ${say(label)}${at}`, own);
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
    const of = series.length > 1 ? `, ${nameOf(series, mark.series)}` : '';
    const interval = `[${shortOf(mark.low)}, ${shortOf(mark.high)}]`;
    return `${nameOf(places, placeOf(mark))}${of}: ${shortOf(mark.value)} ${interval}`;
  });
}

function rangeOf(values: readonly number[]): string {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return `${shortOf(low)}–${shortOf(high)}`;
}

function shortOf(value: number): string {
  return formatExact(roundSignificant(value, 4));
}
