import { roundSignificant } from '../../math/round-significant.ts';
import type { Label, Text } from '../table/contract.ts';
import type { MapFigure } from './contract.ts';

/** A place with what is shown of it. */
export interface PlaceValue {
  readonly name: Label;
  readonly longitude: number;
  readonly latitude: number;
  /** Null: there is none. */
  readonly value: number | null;
}

export interface MapSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly variable: Text;
  readonly period: string;
  readonly places: readonly PlaceValue[];
  /** Values up to each of these numbers are a class; null: five classes of as many places each. */
  readonly bounds: readonly number[] | null;
  /** What the classes between the bounds are called; left out: by their range. */
  readonly labels?: readonly Text[];
  /** Units that the panel has and coordinates that it lacks. */
  readonly unplaced: number;
  readonly isSynthetic: boolean;
}

const quantileClasses = 5;

/** Places as dots by classes of their value; places without a value are crosses. */
export function mapFigure({ places, bounds, labels, variable, period, unplaced, ...head }: MapSpec): MapFigure {
  const values = places.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const cuts = bounds ?? quantilesOf(values);
  const classOf = (value: number): number => cuts.filter((cut) => value > cut).length;
  const classes = Array.from({ length: cuts.length + 1 }, (_, place): MapFigure['classes'][number] => {
    const own = values.filter((value) => classOf(value) === place);
    const [low, high] = [own[0], own.at(-1)];
    const range: Text =
      low === undefined || high === undefined
        ? ''
        : { key: 'map.range', values: { low: roundSignificant(low, 3), high: roundSignificant(high, 3) } };
    return { label: labels?.[place] ?? range, count: own.length };
  });
  const absent = places.filter(({ value }) => value === null).length;
  return {
    kind: 'map',
    ...head,
    classes,
    points: places.map(({ name, longitude, latitude, value }) => ({
      ...{ name, longitude, latitude },
      place: value === null ? null : classOf(value),
    })),
    legend: { key: 'map.legend', values: { variable, period } },
    absent,
    notes: [
      { key: 'map.note' },
      ...(bounds === null ? [{ key: 'map.quantiles', values: { classes: classes.length } } as const] : []),
      ...(unplaced === 0 ? [] : [{ key: 'map.unplaced', values: { count: unplaced } } as const]),
    ],
  };
}

/** Bounds of classes with as many values each; equal bounds are one. */
function quantilesOf(sorted: readonly number[]): readonly number[] {
  const bounds = Array.from({ length: quantileClasses - 1 }, (_, i) => {
    const place = Math.ceil(((i + 1) * sorted.length) / quantileClasses) - 1;
    return sorted[Math.max(0, place)] ?? 0;
  });
  const most = sorted.at(-1) ?? 0;
  return [...new Set(bounds)].filter((bound) => bound < most);
}
