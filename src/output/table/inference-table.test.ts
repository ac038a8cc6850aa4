import { expect, test } from 'vitest';
import type { ModelResult } from '../../model/result/result.ts';
import { formatText } from '../format/format-text.ts';
import { publishedModel } from '../testing/published-tables.ts';
import { inferenceTable } from './inference-table.ts';

const iid = publishedModel(1);
const clustered = publishedModel(1, 2);
const withClusters = (...clusters: number[]): ModelResult => ({
  ...clustered,
  vcov: { ...clustered.vcov, by: clusters.map((_, i) => ['city', 'year'][i]), clusters },
});
const tableOf = (...columns: (readonly ModelResult[])[]) =>
  inferenceTable({
    ...{ id: 't', number: '1', title: 'T', notes: [], isSynthetic: false },
    columns: columns.map((models, i) => ({ label: `(${i + 1})`, models })),
    terms: [{ term: 'ai', label: 'AI' }],
  });
const notesOf = ({ notes }: ReturnType<typeof tableOf>) => notes.map((note) => formatText(note, 'en')).join(' ');

test('clusters that all columns share stand in the note alone', () => {
  const table = tableOf([iid, withClusters(271)], [iid, withClusters(271)]);
  expect(table.rows.map(({ id }) => id)).toEqual(['ai', 'ai.iid', 'ai.cluster:city']);
  expect(notesOf(table)).toContain('(271 clusters)');
});

test('where columns differ in their clusters, each has its own below, and the note names no number', () => {
  const table = tableOf([iid, withClusters(271)], [iid], [iid, withClusters(31)]);
  const row = table.rows.find(({ id }) => id === 'clusters.cluster:city');
  expect(row?.cells).toEqual([{ kind: 'count', value: 271 }, { kind: 'empty' }, { kind: 'count', value: 31 }]);
  expect(row?.ruled).toBe(true);
  expect(notesOf(table)).toMatch(/clustered by city/);
  expect(notesOf(table)).not.toMatch(/clusters\)/);
});

test('clusters in two ways stand in one cell', () => {
  const table = tableOf([withClusters(271, 19)], [withClusters(31, 19)]);
  const row = table.rows.find(({ id }) => id.startsWith('clusters.'));
  expect(row?.cells.map((cell) => (cell.kind === 'label' ? cell.label : null))).toEqual(['271 × 19', '31 × 19']);
});
