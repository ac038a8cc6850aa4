import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { parsePublished } from './published.ts';

const text = readFileSync(new URL('../../../studies/ai-carbon-productivity/published.yaml', import.meta.url), 'utf8');
const numbers = parsePublished(text, 'published.yaml');

function find(table: string, column: string, term: string, cell: string) {
  return numbers.find((n) => n.table === table && n.column === column && n.term === term && n.cell === cell);
}

test('numbers keep what was printed, with value, decimals and stars', () => {
  expect(find('table3', '(6)', 'ai', 'estimate')).toEqual({
    table: 'table3',
    column: '(6)',
    term: 'ai',
    cell: 'estimate',
    printed: '0.098***',
    value: 0.098,
    decimals: 3,
    stars: 3,
  });
  expect(find('table3', '(6)', 'ai', 'stat')).toMatchObject({ printed: '(5.353)', value: 5.353, stars: 0 });
  expect(find('table2', 'min', 'ai', 'min')).toMatchObject({ printed: '−5.721', value: -5.721 });
  expect(find('table4', '(2)', '', 'nobs')).toMatchObject({ printed: '3534', value: 3534, decimals: 0 });
  expect(find('table5', '', 'cragg_donald_f', 'test')).toMatchObject({ value: 17213.8, decimals: 2 });
  expect(find('table3', '(1)', 'pop', 'estimate')).toBeUndefined();
});

test('every table of numbers is there', () => {
  const counts: Record<string, number> = {};
  for (const { table } of numbers) counts[table] = (counts[table] ?? 0) + 1;
  // Table 2: 13 variables x 6. Table 3: 27 coefficients, twice, and 6 N and 6 R2.
  expect(counts).toMatchObject({ table2: 78, table3: 66, table8: 21 });
  expect(Object.keys(counts)).toHaveLength(11);
});

test('a slip in the file has its place', () => {
  const broken = text.replace("'0.540'", "'O.540'").replace("'0.367', ", '');
  try {
    parsePublished(broken, 'published.yaml');
    expect.unreachable();
  } catch (error) {
    if (!isStudyError(error, 'study-invalid')) throw error;
    expect(error.detail.faults.map((fault) => problemText(fault.problem, 'en'))).toEqual([
      "'O.540' is not a printed number",
      '5 cells for 6 columns',
    ]);
    expect(error.detail.faults.every((fault) => fault.line > 1)).toBe(true);
  }
});
