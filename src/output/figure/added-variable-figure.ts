import { roundSignificant } from '../../math/round-significant.ts';
import type { AddedVariable } from '../../model/result/added-variable.ts';
import type { Label, Text } from '../table/contract.ts';
import type { CurveFigure } from './contract.ts';

export interface AddedVariableSpec {
  readonly id: string;
  readonly number: string;
  /** Left out: a sentence of the program. */
  readonly title?: Text;
  readonly outcome: Label;
  readonly termLabel: Label;
  readonly result: AddedVariable;
  /** Standard error of the coefficient; null: none. */
  readonly se: number | null;
  readonly isSynthetic: boolean;
}

/** The outcome against a term, each net of the rest of the model, with the line whose slope is the coefficient. */
export function addedVariableFigure(spec: AddedVariableSpec): CurveFigure {
  const { id, number, outcome, termLabel: term, result, se, isSynthetic } = spec;
  const { points, estimate, nobs, partial_r2 } = result;
  const slope = estimate ?? 0;
  const xs = points.map(({ x }) => x);
  const [low, high] = [
    xs.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY),
    xs.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
  ];
  const shown = (value: number | null): number | string => (value === null ? '–' : roundSignificant(value, 3));
  return {
    kind: 'curves',
    ...{ id, number, isSynthetic },
    title: spec.title ?? { key: 'added.figure_title', values: { outcome, term } },
    categoryAxis: { key: 'added.axis', values: { term } },
    valueAxis: { key: 'added.value', values: { outcome } },
    series: [{ id: 'line', label: { key: 'added.line', values: { slope: shown(slope) } } }],
    points: points.length === 0 ? [] : [low, high].map((x) => ({ series: 'line', x, y: slope * x })),
    dots: points.map(({ x, y, rows }) => ({ x, y, count: rows })),
    reference: null,
    places: [],
    notes: [
      { key: 'added.figure_note', values: { rows: nobs, slope: shown(slope), se: shown(se), r2: shown(partial_r2) } },
      ...(points.some(({ rows }) => rows > 1) ? [{ key: 'added.cells_note' } as const] : []),
    ],
  };
}
