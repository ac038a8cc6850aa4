import { lastOf } from '../../error/at.ts';
import { kernelDensity } from '../../math/kernel-density.ts';
import type { Label, Text } from '../table/contract.ts';
import type { CurveFigure, PathsFigure } from './contract.ts';
import { namedRegimes, type ThresholdFigureSpec } from './threshold-figures.ts';

export interface DensitySpec extends ThresholdFigureSpec {
  readonly variable: string;
  /** Its values in each regime, in the order of the regimes. */
  readonly values: readonly (readonly number[])[];
}

/** The density of a variable in every regime, with its median; a regime where it does not vary has none and is named. */
export function regimeDensityFigure({ variable, values, ...spec }: DensitySpec): CurveFigure {
  const { id, number, isSynthetic, result } = spec;
  const nameOf = spec.nameOf ?? ((name: string): Label => name);
  const regimes = namedRegimes(spec).map((regime, r) => ({ ...regime, values: values[r] ?? [] }));
  const varies = ({ values: own }: { readonly values: readonly number[] }): boolean =>
    own.some((value) => value !== own[0]);
  const drawn = regimes.filter(varies);
  const points = drawn.flatMap(({ id: series, values: own }) => {
    const { x, density } = kernelDensity(own);
    return Array.from(x, (at, k) => ({ series, x: at, y: density[k] ?? 0 }));
  });
  const still = regimes.filter((regime) => !varies(regime)).map(({ label }) => label);
  const name = nameOf(variable);
  return {
    kind: 'curves',
    ...{ id, number, isSynthetic, points },
    title: spec.title ?? { key: 'regimes.density_title', values: { variable: name, by: nameOf(result.settings.by) } },
    categoryAxis: name,
    valueAxis: { key: 'figure.density_axis' },
    series: drawn.map(({ id: series, label, values: own }) => ({
      id: series,
      label: { key: 'figure.sample_row', values: { sample: label, nobs: own.length } },
    })),
    bands: drawn.map(({ id: series }) => ({
      ...{ series, isLight: true },
      points: points.filter((point) => point.series === series).map(({ x, y }) => ({ x, low: 0, high: y })),
    })),
    reference: null,
    // Of the threshold variable itself the thresholds are places of the axis.
    places: variable === result.settings.by ? lastOf(result.tests).gamma : [],
    notes: [
      { key: 'regimes.density_note' },
      ...still.map((regime): Text => ({ key: 'regimes.density_none', values: { regime } })),
    ],
  };
}

export interface PathsSpec extends ThresholdFigureSpec {
  /** Ascending. */
  readonly periods: readonly string[];
  /** Units in the order of the panel, the place of the regime in each period; null: not there. */
  readonly units: readonly { readonly name: Label; readonly cells: readonly (number | null)[] }[];
}

/** How a unit goes through the regimes. */
type Course = 'stays' | 'up' | 'down' | 'back';

/** Every unit in every period by its regime: units that are lower for longer come first, and among them those that rise later. */
export function regimePathsFigure({ periods, units, ...spec }: PathsSpec): PathsFigure {
  const { id, number, isSynthetic, result } = spec;
  const nameOf = spec.nameOf ?? ((name: string): Label => name);
  const rows = units
    .map((unit, place) => ({ ...unit, place, height: heightOf(unit.cells), last: lastLow(unit.cells) }))
    .sort((a, b) => a.height - b.height || b.last - a.last || a.place - b.place)
    .map(({ name, cells }) => ({ name, cells }));
  const courses = rows.map(({ cells }) => courseOf(cells));
  const count = (course: Course): number => courses.filter((one) => one === course).length;
  return {
    kind: 'paths',
    ...{ id, number, isSynthetic, periods, rows },
    title: spec.title ?? { key: 'regimes.paths_title', values: { by: nameOf(result.settings.by) } },
    categoryAxis: { key: 'threshold.period_axis' },
    valueAxis: { key: 'regimes.units_axis', values: { units: rows.length } },
    regimes: namedRegimes(spec).map(({ label }) => label),
    notes: [
      {
        key: 'regimes.paths_note',
        values: { stays: count('stays'), up: count('up'), down: count('down'), back: count('back') },
      },
    ],
  };
}

const present = (cells: readonly (number | null)[]): readonly number[] => cells.filter((cell) => cell !== null);

function heightOf(cells: readonly (number | null)[]): number {
  const own = present(cells);
  return own.length === 0 ? -1 : own.reduce((sum, cell) => sum + cell, 0) / own.length;
}

function lastLow(cells: readonly (number | null)[]): number {
  return cells.lastIndexOf(Math.min(...present(cells)));
}

function courseOf(cells: readonly (number | null)[]): Course {
  const own = present(cells);
  const steps = own.slice(1).map((cell, i) => cell - (own[i] ?? cell));
  const [rises, falls] = [steps.some((step) => step > 0), steps.some((step) => step < 0)];
  if (rises && falls) return 'back';
  return rises ? 'up' : falls ? 'down' : 'stays';
}
