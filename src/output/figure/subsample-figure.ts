import type { ModelResult } from '../../model/result/result.ts';
import type { Text } from '../table/contract.ts';
import type { ForestFigure } from './contract.ts';

export interface SubsampleFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly term: string;
  readonly termLabel: Text;
  /** One row each: a part of the panel, or a model. */
  readonly rows: readonly { readonly label: Text; readonly model: ModelResult }[];
  readonly isSynthetic: boolean;
}

/** One coefficient with its 95% interval in every part of the panel, or model, that has it: a row each, with its number of rows. */
export function subsampleFigure({
  id,
  number,
  title,
  term,
  termLabel,
  rows,
  isSynthetic,
}: SubsampleFigureSpec): ForestFigure {
  const found = rows.flatMap(({ label, model }, i) => {
    const { estimate, ci95 } = model.coef.find((one) => one.term === term) ?? { estimate: 0, ci95: null };
    return ci95 === null ? [] : [{ id: String(i), label, nobs: model.nobs, estimate, ci95 }];
  });
  return {
    kind: 'forest',
    ...{ id, number, title, isSynthetic },
    valueAxis: { key: 'figure.coefficient_axis', values: { term: termLabel } },
    rows: found.map(({ id: row, label, nobs }) => ({
      id: row,
      label: { key: 'figure.sample_row', values: { sample: label, nobs } },
    })),
    series: [{ id: 'estimate', label: termLabel }],
    marks: found.map(({ id: row, estimate, ci95: [low, high] }) => ({
      ...{ row, series: 'estimate', value: estimate, low, high },
    })),
    reference: 0,
    notes: [{ key: 'figure.interval_note' }],
  };
}
