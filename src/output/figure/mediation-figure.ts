import { roundSignificant } from '../../math/round-significant.ts';
import type { MediatedPath, Mediation } from '../../model/result/mediation.ts';
import type { Label, Text } from '../table/contract.ts';
import type { CurveFigure } from './contract.ts';

export interface MediationFigureSpec {
  readonly id: string;
  readonly number: string;
  /** Left out: a sentence of the program. */
  readonly title?: Text;
  readonly result: Mediation;
  readonly path: MediatedPath;
  /** The printed name of a variable. */
  readonly nameOf?: (variable: string) => Label;
  readonly isSynthetic: boolean;
}

/** The indirect effect through one mediator over the correlation of the errors, with its band, and where it is zero. */
export function sensitivityFigure(spec: MediationFigureSpec): CurveFigure {
  const { result, path } = spec;
  const nameOf = spec.nameOf ?? ((variable: string): Label => variable);
  const { curve, rho_zero } = path.sensitivity;
  const values = { treatment: nameOf(result.treatment), mediator: nameOf(path.mediator) };
  const drawn = curve.flatMap(({ rho, interval }) =>
    interval === null ? [] : [{ x: rho, low: interval[0], high: interval[1] }],
  );
  const rho = roundSignificant(rho_zero, 2);
  return {
    kind: 'curves',
    id: spec.id,
    number: spec.number,
    title: spec.title ?? { key: 'mediation.curve_title', values },
    categoryAxis: { key: 'mediation.curve_axis' },
    valueAxis: { key: 'mediation.curve_value', values },
    series: [{ id: 'indirect', label: 'a·b' }],
    points: curve.map((point) => ({ series: 'indirect', x: point.rho, y: point.indirect })),
    ...(drawn.length === 0 ? {} : { bands: [{ series: 'indirect', isLight: false, points: drawn }] }),
    reference: { value: 0, label: '0' },
    places: [rho_zero],
    notes: [{ key: drawn.length === 0 ? 'mediation.curve_note_bare' : 'mediation.curve_note', values: { rho } }],
    isSynthetic: spec.isSynthetic,
  };
}
