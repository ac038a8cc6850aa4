import { expect, test } from 'vitest';
import { htmlTable } from '../document/table/html-table.ts';
import { tableStyle } from '../document/table/table-style.ts';
import type { FormattedTable } from '../format/format-table.ts';
import { pageStyle } from './page-style.ts';

const wide = (columns: number): FormattedTable => ({
  id: 't',
  name: 't',
  language: 'en',
  caption: '',
  numberAlone: null,
  title: '',
  stub: 'name',
  spanners: [],
  columns: Array.from({ length: columns }, (_, j) => ({
    id: `c${j}`,
    label: `a long heading ${j}`,
    sublabel: null,
    alone: '',
  })),
  rows: [],
  notes: [],
  rules: 'single',
  synthetic: null,
});

/** The rules of a style that say how text of a selector wraps. */
const wrapping = (style: string, selector: string): string[] =>
  style
    .split('\n')
    .filter((rule) => rule.includes('white-space') && (rule.split('{')[0] ?? '').split(',').includes(selector))
    .map((rule) => /white-space:(\w+)/.exec(rule)?.[1] ?? '');

test('headings of columns and names of rows wrap, numbers do not', () => {
  for (const style of [tableStyle, pageStyle]) {
    expect(wrapping(style, '.kaya-table thead th[scope=col]')).toEqual(['normal']);
    expect(wrapping(style, '.kaya-table tbody th')).toEqual(['normal']);
    expect(wrapping(style, '.kaya-table td')).toEqual(['nowrap']);
  }
  // Neither is taken back where tables are of the report's own data.
  expect(pageStyle).not.toMatch(/\.data thead th\{[^}]*nowrap/);
  expect(pageStyle).not.toMatch(/\.prose \.num\{[^}]*nowrap/);
});

test('a table of many columns is set smaller', () => {
  expect(htmlTable(wide(7))).toContain('<table class="kaya-table" ');
  expect(htmlTable(wide(8), { kind: 'data' })).toContain('<table class="kaya-table data many" ');
});
