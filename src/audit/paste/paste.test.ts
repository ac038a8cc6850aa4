import { expect, test } from 'vitest';
import { auditTables } from '../audit-tables.ts';
import { gridOfText } from './grid.ts';
import { setOfPasted } from './set.ts';
import { readPasted } from './table.ts';

const tabbed = `Table 3 Baseline results	Dependent variable: wage
	(1)	(2)
schooling	0.111***	0.096***
	(5.833)	(5.077)
age		0.395***
		(8.584)
_cons	0.173***	−2.059***
	(3.657)	(−7.794)
year	Yes	Yes
firm	Yes	Yes
Obs	5,149	5,149
R2	0.367	0.377
t statistics in parentheses, * p < 0.1, ** p < 0.05, *** p < 0.01.`;

const commas = `,(1),(2)
schooling,0.111***,0.096***
,(5.833),(5.077)
age,,0.395***
,,(8.584)
_cons,0.173***,-2.059***
,(3.657),(-7.794)
year,Yes,Yes
firm,Yes,Yes
Obs,"5,149","5,149"
R2,0.367,0.377
"t statistics in parentheses, * p < 0.1, ** p < 0.05, *** p < 0.01."`;

const aligned = `                 (1)         (2)
schooling      0.111***    0.096***
              (5.833)     (5.077)
age                        0.395***
                          (8.584)
_cons          0.173***   −2.059***
              (3.657)    (−7.794)
year             Yes         Yes
firm             Yes         Yes
Obs             5,149       5,149
R2              0.367       0.377
t statistics in parentheses, * p < 0.1, ** p < 0.05, *** p < 0.01.`;

const latex = String.raw`\begin{table}\caption{Baseline results}
\begin{tabular}{lcc}
\toprule
 & (1) & (2) \\ \midrule
schooling & 0.111\sym{***} & 0.096$^{***}$ \\
 & (5.833) & (5.077) \\
age & & 0.395*** \\
 & & (8.584) \\
\_cons & 0.173*** & $-2.059$*** \\
 & (3.657) & ($-7.794$) \\ \hline
year & Yes & Yes \\
firm & \multicolumn{1}{c}{Yes} & Yes \\
Obs & 5,149 & 5,149 \\
$R^2$ & 0.367 & 0.377 \\ \bottomrule
\end{tabular}
\footnotesize t statistics in parentheses, * p < 0.1, ** p < 0.05, *** p < 0.01.
\end{table}`;

const read = (text: string) => readPasted(gridOfText(text));

test.each([
  ['tabs', tabbed],
  ['commas', commas],
  ['blanks', aligned],
  ['LaTeX', latex],
])('a table is read from %s', (_, text) => {
  const { regression, unread, levels } = read(text);
  expect(unread).toEqual([]);
  expect(levels).toEqual([0.1, 0.05, 0.01]);
  const columns = regression?.columns ?? [];
  expect(columns.map(({ id, n, r2, effects }) => [id, n?.value, r2?.value, effects])).toEqual([
    ['(1)', 5149, 0.367, ['year', 'firm']],
    ['(2)', 5149, 0.377, ['year', 'firm']],
  ]);
  const cells = columns.map((column) =>
    column.cells.map(({ term, estimate, stars, statistic }) => [term, estimate.value, stars, statistic?.value]),
  );
  expect(cells).toEqual([
    [
      ['schooling', 0.111, 3, 5.833],
      ['_cons', 0.173, 3, 3.657],
    ],
    [
      ['schooling', 0.096, 3, 5.077],
      ['age', 0.395, 3, 8.584],
      ['_cons', -2.059, 3, -7.794],
    ],
  ]);
});

test('standard errors are known by the note, else by the stars; brackets of two numbers are an interval', () => {
  const told = read('\t(1)\nx\t0.50***\n\t(0.10)\nNote: standard errors in parentheses');
  expect(told.regression?.columns[0]?.cells[0]).toMatchObject({ statistic: null, error: { value: 0.1 } });
  const guessed = read('\t(1)\nx\t0.50***\n\t(0.10)\n\t[0.30, 0.70]\nz\t0.10\n\t(0.20)');
  expect(guessed.regression?.columns[0]?.cells[0]).toMatchObject({
    error: { value: 0.1 },
    interval: [{ value: 0.3 }, { value: 0.7 }],
  });
  const asked = readPasted(gridOfText('\t(1)\nx\t0.50***\n\t(5.00)'), 't');
  expect(asked.regression?.columns[0]?.cells[0]).toMatchObject({ statistic: { value: 5 }, error: null });
});

test('what is not understood is told with its line', () => {
  const { unread } = read(`${tabbed}\nClusters of something\tmany\tfew\nLog likelihood\t-12.3\t-11.1`);
  expect(unread).toEqual([
    { line: 14, text: 'Clusters of something many few' },
    { line: 15, text: 'Log likelihood -12.3 -11.1' },
  ]);
});

test('statistics of variables are read from a pasted table', () => {
  const { descriptives } = read('Variable\tObs\tMean\tSD\tMin\tMax\nwage\t5,149\t0.789\t0.841\t0\t12.870');
  expect(descriptives).toHaveLength(1);
  expect(descriptives[0]?.cells.min).toMatchObject({ value: 0, decimals: 3 });
  expect(descriptives[0]?.cells.obs).toMatchObject({ value: 5149, low: 5149, high: 5149 });
});

test('a pasted table is audited: a sign and a pair are found where they are', () => {
  const faulty = tabbed.replace('(−7.794)', '(5.077)').replace('−2.059***', '0.096***').replace('(8.584)', '(−8.584)');
  const { findings } = auditTables(setOfPasted(read(faulty), 19));
  expect(findings.map(({ rule, place }) => [rule, place.column, place.term])).toEqual([
    ['R02', '(2)', 'age'],
    ['R03', '(2)', '_cons'],
  ]);
});
