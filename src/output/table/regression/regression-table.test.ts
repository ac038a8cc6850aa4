import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStudyError } from '../../../error/study-error.ts';
import { tableDocument } from '../../document/blocks.ts';
import { formatTable } from '../../format/format-table.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { plainLayout, readLayout } from '../../layout/read.ts';
import type { LayoutWords } from '../../layout/schema.ts';
import { printNow, printTable, textFormats } from '../../testing/print-now.ts';
import { publishedModel, termLabels } from '../../testing/published-tables.ts';
import type { TableModel } from '../contract.ts';
import type { RegressionTableSpec } from './contract.ts';
import { regressionTable } from './regression-table.ts';

const spec: RegressionTableSpec = {
  id: 'table3',
  number: '3',
  title: 'Baseline',
  columns: [1, 2, 3, 6].map((column, i) => ({
    label: `(${i + 1})`,
    model: publishedModel(column),
    others: [publishedModel(column, 1.9)],
  })),
  terms: termLabels,
  r2: 'xtreg_within',
  statistic: 't',
  fixedEffects: [
    { effect: 'year', label: 'year effects' },
    { effect: 'city', label: 'city effects' },
  ],
  outcome: 'CP',
  notes: ['Own note.'],
  isSynthetic: true,
};

function laidOut(words: LayoutWords): TableModel {
  return regressionTable({ ...spec, layout: readLayout(words) });
}

/** Labels of the rows as text, empty ones as the statistic below. */
function labelsOf(table: TableModel): readonly string[] {
  return formatTable(table, 'en').rows.map(({ label, alone }) => (label.text === '' ? `  ${alone}` : label.text));
}

function faultOf(words: LayoutWords): readonly [string, string | null] {
  try {
    laidOut(words);
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return [error.detail.option, error.detail.suggestion];
    throw error;
  }
  return ['none', null];
}

test('a plain layout is the table without one', () => {
  expect(regressionTable({ ...spec, layout: plainLayout })).toEqual(regressionTable(spec));
});

test('terms are kept, dropped, put in order, renamed and grouped', () => {
  expect(labelsOf(laidOut({ below: 'none', keep: 'pop, ai' })).slice(0, 3)).toEqual(['AI', 'POP', 'year effects']);
  expect(labelsOf(laidOut({ below: 'none', drop: '_cons, f*' }))).not.toContain('_cons');
  expect(labelsOf(laidOut({ below: 'none', drop: 'f*' }))).not.toContain('FI');
  expect(labelsOf(laidOut({ below: 'none', order: 'st, g*' })).slice(0, 3)).toEqual(['ST', 'Gov', 'AI']);
  expect(labelsOf(laidOut({ below: 'none', rename: 'ai = Robots' })).slice(0, 2)).toEqual(['Robots', 'POP']);
  const grouped = laidOut({ below: 'none', group: 'Controls = pop, st' });
  expect(labelsOf(grouped).slice(0, 5)).toEqual(['AI', 'Controls', 'POP', 'ST', 'Ope']);
  expect(grouped.rows.slice(0, 5).map(({ isHead = false, isIndented = false }) => [isHead, isIndented])).toEqual([
    [false, false],
    [true, false],
    [false, true],
    [false, true],
    [false, false],
  ]);
});

test('a variable is renamed inside products, and not inside longer names', () => {
  const product = { ...publishedModel(1), coef: publishedModel(1).coef.map((one) => ({ ...one, term: 'ai:airline' })) };
  const table = regressionTable({
    ...spec,
    terms: [],
    columns: [{ label: '(1)', model: { ...product, coef: product.coef.slice(0, 1) } }],
    layout: readLayout({ rename: 'ai = AI', below: 'none' }),
  });
  expect(labelsOf(table)[0]).toBe('AI × airline');
});

test('what stands below and beside an estimate', () => {
  const below = laidOut({ keep: 'ai', below: 'se, p, ci', effects: 'none', fit: 'none' });
  expect(labelsOf(below)).toEqual(['AI', '  AI, standard error', '  AI, p', '  AI, 95% interval']);
  const [first] = spec.columns;
  const ai = first?.model.coef[0];
  expect(below.rows.map(({ cells: [cell] }) => cell)).toEqual([
    { kind: 'estimate', value: ai?.estimate, p: ai?.p },
    { kind: 'statistic', value: ai?.se, isError: true, bracket: 'round' },
    { kind: 'p', value: ai?.p, bracket: 'round' },
    { kind: 'interval', low: ai?.ci95?.[0], high: ai?.ci95?.[1] },
  ]);
  const beside = laidOut({ keep: 'ai', beside: 't', effects: 'none', fit: 'nobs' });
  expect(beside.columns.map(({ id }) => id)).toEqual(['1', '1.t', '2', '2.t', '3', '3.t', '4', '4.t']);
  expect(beside.spanners?.at(-1)?.map(({ label, from, count }) => [label, from, count])).toEqual([
    ['(1)', 0, 2],
    ['(2)', 2, 2],
    ['(3)', 4, 2],
    ['(4)', 6, 2],
  ]);
  expect(labelsOf(beside)).toEqual(['AI', 'Obs']);
});

test('stacked, every covariance has a line with the stars of its own p', () => {
  const table = laidOut({ keep: 'ai', stacked: true, below: 'se', effects: 'none', fit: 'none' });
  expect(labelsOf(table)).toEqual(['AI', 'classical', 'clustered by city']);
  const [, iid, clustered] = table.rows.map(({ cells: [cell] }) => cell);
  const [first] = spec.columns;
  expect(iid).toMatchObject({ value: first?.model.coef[0]?.se, p: first?.model.coef[0]?.p });
  expect(clustered).toMatchObject({ value: first?.others?.[0]?.coef[0]?.se, p: first?.others?.[0]?.coef[0]?.p });
  expect(table.rows[0]?.cells[0]).toMatchObject({ kind: 'estimate', p: null });
});

test('panels stand below each other; rows that are alike in all of them stand once', () => {
  const table = laidOut({ keep: 'ai', below: 'none', panels: 'Panel A = 1-2; Panel B = 3-4' });
  expect(labelsOf(table)).toEqual([
    'Panel A',
    'AI',
    'R²',
    'Panel B',
    'AI',
    'R²',
    'year effects',
    'city effects',
    'Obs',
  ]);
  expect(table.columns).toHaveLength(2);
  expect(new Set(table.rows.map(({ id }) => id)).size).toBe(table.rows.length);
});

test('rows of the fit, of the author and notes', () => {
  const table = laidOut({
    keep: 'ai',
    below: 'none',
    effects: 'city',
    fit: 'nobs, rmse, clusters',
    rows: 'Region = East, West, North, All',
    notes: ['A.', 'B.'],
    only_notes: true,
  });
  expect(labelsOf(table)).toEqual(['AI', 'city effects', 'Region', 'Obs', 'RMSE', 'Clusters']);
  expect(table.notes).toEqual(['A.', 'B.']);
  expect(laidOut({ notes: 'A.' }).notes.slice(-2)).toEqual(['Own note.', 'A.']);
});

test('a transposed table has the same numbers at the other place', () => {
  const words = { keep: 'ai, pop', below: 'se', effects: 'none', fit: 'nobs' } as const;
  const table = laidOut(words);
  const turned = laidOut({ ...words, transpose: true });
  expect(turned.columns.map(({ id }) => id)).toEqual(['ai', 'pop', 'nobs']);
  expect(turned.rows.map(({ id }) => id)).toEqual(['1', '1.1', '2', '2.1', '3', '3.1', '4', '4.1']);
  const cellsOf = (one: TableModel): readonly string[] =>
    one.rows
      .flatMap(({ cells }) => cells.filter(({ kind }) => kind !== 'empty').map((cell) => JSON.stringify(cell)))
      .sort();
  expect(cellsOf(turned)).toEqual(cellsOf(table));
});

test('variables that a file calls the same have their names behind their label, in products as well', () => {
  const model = publishedModel(1);
  const [first] = model.coef;
  if (first === undefined) throw new Error('no coefficient');
  const coef = ['pop', 'ai:gdp', 'st'].map((term) => ({ ...first, term }));
  const columns = [{ label: '(1)', model: { ...model, coef, collinear: [] } }];
  const names = { pop: 'Population', gdp: 'Population', ai: 'AI', st: 'Structure' };
  const table = regressionTable({ ...spec, terms: [], columns, names, layout: readLayout({ below: 'none' }) });
  expect(labelsOf(table).slice(0, 3)).toEqual(['Population (pop)', 'AI × Population (gdp)', 'Structure']);
});

test('one panel has its head like several', () => {
  const table = laidOut({ keep: 'ai', below: 'none', panels: 'All cities = 1-4' });
  expect(labelsOf(table).slice(0, 2)).toEqual(['All cities', 'AI']);
});

test('panels of different outcomes say each, and errors that nobody has are not stacked', () => {
  const columns = spec.columns.map((column, i) => ({
    ...column,
    model: { ...column.model, depvar: i < 2 ? 'cp' : 'gdp' },
  }));
  const { outcome: _outcome, ...rest } = spec;
  const layout = readLayout({ panels: 'A = 1-2; B = 3-4', below: 'none', keep: 'ai' });
  const table = regressionTable({ ...rest, columns, layout });
  expect(labelsOf(table).filter((label) => label === 'Dependent variable')).toHaveLength(2);
  expect(table.rows[1]?.cells).toEqual(['cp', 'cp'].map((label) => ({ kind: 'label', label, align: 'end' })));
  const alone = spec.columns.map(({ others: _others, ...column }) => column);
  const stacked = readLayout({ stacked: true });
  expect(() => regressionTable({ ...spec, columns: alone, layout: stacked })).toThrow();
});

test('a tiny estimate and its interval are not printed as 0', () => {
  const columns = spec.columns.slice(0, 1).map((column) => ({
    ...column,
    model: {
      ...column.model,
      coef: column.model.coef.map((one) => ({ ...one, estimate: 2.4e-7, se: 1e-7, ci95: [4e-8, 4.4e-7] as const })),
    },
  }));
  for (const below of ['se', 'ci', 'none', 'p'] as const) {
    const table = regressionTable({
      ...spec,
      columns,
      layout: readLayout({ below, keep: 'ai', fit: 'none', effects: 'none' }),
    });
    for (const { cells } of formatTable(table, 'en').rows)
      for (const { text } of cells)
        expect([below, text]).not.toEqual([below, expect.stringMatching(/^[([]?0\.0+(?:,|$)/)]);
  }
});

test('what the models have nothing for is refused by name, with the nearest', () => {
  const wrong: readonly (readonly [LayoutWords, string, string | null])[] = [
    [{ keep: 'pops' }, 'keep', 'pop'],
    [{ drop: 'z*' }, 'drop', null],
    [{ order: 'gof' }, 'order', 'gov'],
    [{ rename: 'aii = X' }, 'rename', 'ai'],
    [{ group: 'C = xx' }, 'group', null],
    [{ group: 'C = pop, ai; D = a*' }, 'group', null],
    [{ effects: 'citi' }, 'effects', 'city'],
    [{ headers: 'a, b' }, 'headers', null],
    [{ spanners: 'A = 3-5' }, 'spanners', null],
    [{ spanners: 'A = 1-2; B = 2-3' }, 'spanners', null],
    [{ panels: 'A = 1-2; B = 4' }, 'panels', null],
    [{ panels: 'A = 1-3' }, 'panels', null],
    [{ rows: 'A = 1, 2' }, 'rows', null],
    [{ stacked: true, below: 'ci' }, 'stacked', null],
    [{ stacked: true, beside: 'p' }, 'stacked', null],
    [{ transpose: true, panels: 'A = 1-2; B = 3-4' }, 'transpose', null],
    [{ below: 'se, se' }, 'below', null],
    [{ spanners: ';' }, 'spanners', null],
  ];
  for (const [words, option, suggestion] of wrong) {
    const [found, nearest] = faultOf(words);
    expect([words, found]).toEqual([words, option]);
    if (suggestion !== null) expect(nearest).toBe(suggestion);
  }
});

test('significant digits, and an error that is not 0 is never printed as 0', () => {
  const formatted = (
    digits: LayoutWords['digits'],
    block = laidOut({ keep: 'ai', below: 'se', ...(digits === undefined ? {} : { digits }) }),
  ) =>
    printNow(
      {
        title: '',
        blocks: [{ kind: 'table', table: block, asked: readLayout(digits === undefined ? {} : { digits }) }],
        data: {},
      },
      'text',
      'en',
    );
  expect(formatted('2 significant')).toMatch(/AI +0\.\d{2}\*/);
  expect(formatted(0)).not.toMatch(/\(0\)/);
});

/** Every way to lay a table out that these models have something for. */
const anyLayout = fc.record(
  {
    style: fc.constantFrom(
      'aer',
      'econometrica',
      'qje',
      'frontiers',
      'apa7',
      'jingji-yanjiu',
      'gongye-jingji',
      'chinese-economics',
    ),
    title: fc.constant('T'),
    headers: fc.constantFrom('numbers', 'names', 'outcomes'),
    spanners: fc.constantFrom('A = 1', 'A = 1-2; B = 4', { A: '2-3' }),
    stacked: fc.boolean(),
    below: fc.constantFrom('se', 't', 'p, ci', 'none'),
    beside: fc.constantFrom('se', 'p, ci'),
    stars: fc.constantFrom('none', '0.1, 0.05'),
    keep: fc.constantFrom('ai', '*'),
    group: fc.constantFrom('G = ai'),
    fit: fc.constantFrom('nobs', 'none', 'rmse, clusters, outcome_mean'),
    rows: fc.constantFrom('R = a, b, c, d'),
    only_notes: fc.boolean(),
    transpose: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('any layout is a table whose rows have a cell a column, in every format', () => {
  fc.assert(
    fc.property(anyLayout, (words) => {
      // Stacked errors are se or t alone; what does not go together is refused, as another test holds.
      fc.pre(words.stacked !== true || (words.beside === undefined && ['se', 't', undefined].includes(words.below)));
      const layout = readLayout(words as LayoutWords); // its words are those of the schema
      const table = regressionTable({ ...spec, layout });
      for (const { cells } of table.rows) expect(cells).toHaveLength(table.columns.length);
      for (const line of table.spanners ?? []) {
        for (const { from, count } of line) expect(from + count).toBeLessThanOrEqual(table.columns.length);
      }
      const document = tableDocument(table);
      for (const format of textFormats) expect(printNow(document, format, 'zh')).not.toContain('undefined');
    }),
    { numRuns: 60 },
  );
});

test('a house has its own caption, notes and numbers', () => {
  const table = regressionTable({ ...spec, layout: readLayout({ style: 'qje' }) });
  const { qje } = { qje: readLayout({ style: 'qje' }).house };
  const formatted = formatTable(table, 'en', qje?.numbers ?? publishedStyle, qje);
  expect(formatted.caption).toBe('TABLE III BASELINE');
  expect(formatted.notes[0]).toBe(
    'Notes. Standard errors in parentheses; ***, **, * significant at the 1%, 5%, 10% level.',
  );
  expect(formatted.rules).toBe('double');
  expect(printTable(table, 'tex', 'en')).toContain('Baseline');
});
