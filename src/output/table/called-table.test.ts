import { expect, test } from 'vitest';
import { formatText } from '../format/format-text.ts';
import { calledTable, calledText, nameCalled, namesApart } from './called-table.ts';
import type { TableModel, Text } from './contract.ts';

const names = {
  ai: 'AI',
  er: { en: 'ER', zh: '环境规制' },
  city: { en: 'City', zh: '城市' },
};
const said = (text: Text) => [formatText(text, 'en'), formatText(text, 'zh')];

test('variables in the words of a phrase are called by their labels, within a covariance as in a sentence', () => {
  const effect: Text = { key: 'margins.bins', values: { treatment: 'ai', moderator: 'er' } };
  const vcov: Text = {
    key: 'vcov.cluster',
    values: { parts: { key: 'vcov.cluster_part', values: { name: 'city', count: 7 } } },
  };
  const [en, zh] = said(calledText({ key: 'report.after_fit_vcov', values: { table: effect, vcov } }, names));
  expect(en).toContain('AI');
  expect(en).toContain('clustered by city (7 clusters)');
  expect(zh).toContain('环境规制');
  expect(zh).toContain('城市层面，7个聚类');
  expect(`${en}${zh}`).not.toMatch(/\bai\b|\ber\b/);
});

test('terms and restrictions are; a covariance as it is typed, and what the author wrote, are not', () => {
  expect(said(nameCalled('ai:er', names))).toEqual(['AI × ER', 'AI × 环境规制']);
  expect(said(nameCalled('ai = er', names))).toEqual(['AI = ER', 'AI = 环境规制']);
  expect(nameCalled('cluster:city', names)).toBe('cluster:city');
  expect(calledText({ en: 'the city', zh: '该 city' }, names)).toEqual({ en: 'the city', zh: '该 city' });
});

test('every part of a table is, codes and numbers apart', () => {
  const table: TableModel = {
    ...{ id: 't', number: '', title: 'ai', stub: 'er', isSynthetic: false },
    columns: [{ id: '1', label: 'city', sublabel: 'ai' }],
    rows: [
      {
        id: 'r',
        label: { kind: 'label', label: 'ai' },
        cells: [
          { kind: 'verbatim', text: 'ai', isCode: true },
          { kind: 'verbatim', text: '0.10', align: 'end' },
          { kind: 'verbatim', text: 'er', align: 'end' },
        ],
        aloneLabel: 'er',
      },
    ],
    notes: [{ key: 'margins.bent', values: { moderator: 'er' } }],
    spanners: [[{ label: 'ai', from: 0, count: 1 }]],
  };
  const made = calledTable(table, names);
  expect(said(made.title)).toEqual(['AI', 'AI']);
  expect(said(made.stub)).toEqual(['ER', '环境规制']);
  expect(made.columns[0]).toEqual({ id: '1', label: names.city, sublabel: 'AI' });
  expect(made.rows[0]?.label).toEqual({ kind: 'label', label: 'AI' });
  expect(made.rows[0]?.cells.slice(0, 2)).toEqual(table.rows[0]?.cells.slice(0, 2));
  expect(made.rows[0]?.cells[2]).toEqual({ kind: 'label', label: names.er, align: 'end' });
  expect(made.rows[0]?.aloneLabel).toEqual(names.er);
  expect(made.spanners?.[0]?.[0]?.label).toBe('AI');
  expect(formatText(made.notes[0] ?? '', 'zh')).toContain('环境规制');
});

test('two that would be called alike keep their names', () => {
  expect(namesApart(['cp', 'winsor(cp, 1, 99)', 'ai'], ['CP', 'CP', 'AI'])).toEqual(['cp', 'winsor(cp, 1, 99)', 'AI']);
  const row = (label: string) => ({ id: label, label: { kind: 'label', label } as const, cells: [] });
  const table: TableModel = {
    ...{ id: 't', number: '', title: '', stub: '', columns: [], notes: [], isSynthetic: false },
    rows: [row('ai'), row('log(ai)'), row('er')],
  };
  const { rows } = calledTable(table, { ...names, 'log(ai)': 'AI' });
  expect(rows.map(({ label }) => label)).toEqual([
    { kind: 'label', label: 'ai' },
    { kind: 'label', label: 'log(ai)' },
    { kind: 'label', label: names.er },
  ]);
});
