import { expect, test } from 'vitest';
import { coefficientPlot } from '../figure/coefficient-plot.ts';
import { publishedModel } from '../testing/published-tables.ts';
import { covarianceMethods } from './covariance-methods.ts';
import { inferenceTable } from './inference-table.ts';

const [iid, clustered] = [publishedModel(1), publishedModel(1, 2)];
const [other, otherClustered] = [publishedModel(2), publishedModel(2, 2)];
const columns = [
  { label: '(1)', models: [iid, clustered] },
  { label: '(2)', models: [otherClustered] },
  { label: '(3)', models: [otherClustered, other] },
];
const spec = { id: 't', number: '1', title: 'T', columns, notes: [], isSynthetic: false };

test('columns with other covariances, or in another order, are put under the name of their own', () => {
  const methods = covarianceMethods(columns);
  expect(methods.map(({ model }) => model.vcov.type)).toEqual(['iid', 'cluster']);
  for (const { model, models } of methods)
    for (const one of models) expect(one === null || one.vcov.type === model.vcov.type).toBe(true);
  const table = inferenceTable({ ...spec, terms: [{ term: 'ai', label: 'AI' }] });
  const errorOf = (row: number, column: number) => table.rows[row].cells[column];
  expect(errorOf(1, 0)).toMatchObject({ value: iid.coef[0].se });
  expect(errorOf(1, 1)).toMatchObject({ kind: 'empty' });
  expect(errorOf(1, 2)).toMatchObject({ value: other.coef[0].se });
  expect(errorOf(2, 1)).toMatchObject({ value: otherClustered.coef[0].se });
  expect(errorOf(2, 2)).toMatchObject({ value: otherClustered.coef[0].se });
});

test('two bandwidths of one covariance are two methods', () => {
  const dk = (lags: number) => ({ ...iid, vcov: { ...iid.vcov, type: 'dk', lags } });
  expect(covarianceMethods([{ models: [dk(1), dk(4)] }, { models: [dk(2)] }])).toHaveLength(2);
});

test('the intervals of a figure stand under the covariance that they have', () => {
  const figure = coefficientPlot({ ...spec, term: 'ai', termLabel: 'AI' });
  if (figure.kind !== 'intervals') throw new Error('a figure of intervals');
  expect(figure.series).toHaveLength(2);
  const second = figure.marks.filter(({ series }) => series === figure.series[1].id).map(({ category }) => category);
  expect(second).toEqual(['1', '2', '3']);
  const mark = figure.marks.find(({ category, series }) => category === '3' && series === figure.series[0].id);
  expect([mark?.low, mark?.high]).toEqual(other.coef[0].ci95);
});
