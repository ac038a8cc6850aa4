import { expect, test } from 'vitest';
import type { TableModel } from '../output/table/contract.ts';
import { figureSchema, tableSchema } from './exhibit/catalog.ts';
import type { StudyTable } from './exhibit/contract.ts';
import { reportExhibits } from './report-exhibits.ts';

const title = { en: 'Title', zh: '标题' };
const tables = [
  { kind: 'summary', id: 'described', title: 'T', variables: ['x'] },
  { kind: 'regression', id: 'main', title: 'T', models: ['m'] },
  { kind: 'regression', id: 'checks', title: 'T', models: ['c'], part: 'robustness' },
].map((table) => tableSchema.parse(table) as never);
const figuresOf = (figures: readonly object[]) =>
  figures.map((figure) => ({ ...figureSchema.parse({ title: 'F', ...figure }), title }) as never);

/** Of each exhibit its part, its table and its figures. */
function placed(figures: readonly object[], made = ['described', 'main', 'checks']): readonly string[] {
  const blocks = (id: string) => [{ kind: 'table', table: { id } as TableModel }] as const;
  const own = figuresOf(figures);
  const exhibits = reportExhibits(
    { tables, figures: own, hypotheses: [] },
    {
      unmade: [],
      tables: made.map((id) => ({ id, blocks: blocks(id) }) as unknown as StudyTable),
      figures: own,
    },
  );
  return exhibits.map(({ part, table, figures: beside }) => {
    const ids = beside.map(({ id }) => id).join('+');
    return `${part}:${table === null ? '' : table[0].table.id}:${ids}`;
  });
}

test('tables of the data have a part of their own, others are results unless their author says otherwise', () => {
  expect(placed([])).toEqual(['data:described:', 'results:main:', 'robustness:checks:']);
});

test('a figure stands beside the table that it is drawn from, else beside the first table of its model', () => {
  const figures = [
    { kind: 'coefficients', id: 'f1', table: 'checks', term: 'x' },
    { kind: 'margins', id: 'f2', model: 'm' },
    { kind: 'event_study', id: 'f3', models: ['other', 'm'] },
  ];
  expect(placed(figures)).toEqual(['data:described:', 'results:main:f2+f3', 'robustness:checks:f1']);
});

test('a figure without a table, or of another part than its table, stands alone', () => {
  const figures = [
    { kind: 'placebo', id: 'f1', model: 'untabled' },
    { kind: 'margins', id: 'f2', model: 'm', part: 'robustness' },
  ];
  expect(placed(figures).slice(3)).toEqual(['results::f1', 'robustness::f2']);
});

test('a figure of the whole study stands first, before the tables', () => {
  const figures = [
    { kind: 'margins', id: 'f', model: 'm' },
    { kind: 'framework', id: 'all' },
  ];
  expect(placed(figures).slice(0, 3)).toEqual(['results::all', 'data:described:', 'results:main:f']);
});

test('what was not made is not there', () => {
  expect(placed([{ kind: 'margins', id: 'f', model: 'm' }], ['checks'])).toEqual(['robustness:checks:', 'results::f']);
});
