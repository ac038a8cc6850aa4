import type { ModelResult } from '../../model/result/result.ts';
import type { Text } from '../table/contract.ts';
import type { FigureModel } from './contract.ts';

export interface CoefficientPlotSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly term: string;
  readonly termLabel: Text;
  /** One entry a column of the table; `models` are the same fit under different covariances, in the same order. */
  readonly columns: readonly { readonly label: Text; readonly models: readonly ModelResult[] }[];
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** One coefficient over the columns of a table, with its 95% interval under each covariance. */
export function coefficientPlot(spec: CoefficientPlotSpec): FigureModel {
  throw new RangeError(`not written: ${spec.id}`);
}
