import { expect, test } from 'vitest';
import { table } from '../../test/request/every-field.ts';
import { answerMarkup } from '../output/report/answers.ts';
import { estimateModels } from './estimate-models.ts';
import { makeTable } from './exhibit/make.ts';
import { parseAnyStudy } from './language/load-any-study.ts';
import { resolvePanelFileStudy } from './language/resolve-panel-file.ts';
import { tableAnswers } from './table-answers.ts';

const data = table();

async function answersOf(spec: object, formula = 'y ~ x + z | city + year') {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    conventions: { vcov: ['iid', 'cluster:city'] },
    models: {
      m: { formula },
      east: { formula: 'y ~ x | city', where: "region = 'East'" },
    },
    tables: [{ id: 't', title: 'T', kind: 'regression', models: ['m', 'east'], ...spec }],
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const study = resolvePanelFileStudy(parsed.spec);
  const models = await estimateModels(study, data);
  const made = makeTable(study.tables[0], { study, panel: data, models, isSynthetic: false });
  return { answers: tableAnswers(made, study, data), models, made, study };
}

test('every row of a coefficient has its numbers under each covariance, and the same model elsewhere', async () => {
  const { answers, models, made } = await answersOf({});
  expect(answers?.rows.slice(0, 5)).toEqual(['x', 'x', 'z', 'z', null]);
  expect(answers?.rows).toHaveLength(made.blocks[0].table.rows.length);
  const [first, east] = answers?.columns ?? [];
  const { results } = models.m[0];
  expect(first.terms.z.map(({ se }) => se)).toEqual(results.map(({ coef }) => coef[1].se));
  expect(first.terms.x.map(({ vcov }) => vcov.type)).toEqual(['iid', 'cluster']);
  expect(Object.keys(east.terms)).toEqual(['x']);
  expect(east.sample).toBe("region = 'East'");
  expect(east.nobs).toBe(models.east[0].results[0].nobs);
  expect(first.elsewhere.map(({ program }) => program)).toEqual(['Stata', 'R', 'Python']);
  expect(first.elsewhere[0].lines).toMatch(/reghdfe y x z/);
});

test('of a panel from raw tables a number has the command that finds its raw cells', async () => {
  const { made, study } = await answersOf({});
  const raw = tableAnswers(made, { ...study, measures: [{ id: 'y' }] } as unknown as typeof study, data); // as far as it is asked for
  const line = raw?.columns[0].elsewhere.find(({ program }) => program === 'kaya panel why')?.lines;
  expect(line).toMatch(/^kaya panel why study\.yaml --unit \S+ --year \d+ --var y$/);
});

test('an outcome that is a change of a variable has the raw cells of that variable', async () => {
  const { made, study } = await answersOf({}, 'd(y, 1) ~ x + z | city + year');
  const raw = tableAnswers(made, { ...study, measures: [{ id: 'y' }] } as unknown as typeof study, data); // as far as it is asked for
  expect(raw?.columns[0].elsewhere.find(({ program }) => program === 'kaya panel why')?.lines).toMatch(/--var y$/);
  expect(tableAnswers(made, study, data)?.columns[0].formula).toContain('d(y, 1)');
});

test('a transposed table, and one with statistics beside its estimates, answers nothing', async () => {
  expect((await answersOf({ layout: { transpose: true } })).answers).toBeNull();
  expect((await answersOf({ layout: { beside: 'p' } })).answers).toBeNull();
});

test('answers are markup of the report alone', async () => {
  const { answers } = await answersOf({});
  const hostile = '<img src=x onerror=alert(1)>';
  const { columns } = answers ?? { columns: [] };
  const own = columns.map((column) => ({ ...column, formula: hostile, sample: hostile, place: hostile }));
  const markup = answerMarkup({ rows: answers?.rows ?? [], columns: own }, { city: hostile });
  expect(JSON.stringify(markup)).not.toContain('<img');
  expect(markup.terms.z[1]).toBeNull();
});
