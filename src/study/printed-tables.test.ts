import { expect, test } from 'vitest';
import { table } from '../../test/request/every-field.ts';
import { estimateModels } from './estimate-models.ts';
import { makeTable } from './exhibit/make.ts';
import { parseAnyStudy } from './language/load-any-study.ts';
import { resolvePanelFileStudy } from './language/resolve-panel-file.ts';
import { printedDocument } from './printed-tables.ts';

const data = table();

/** The printed tables of a study of one model under two covariances. */
async function printedOf(report: object) {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: {
      m: { formula: 'y ~ x + z | city', vcov: ['iid', 'hc1'], samples: [{ where: 'year > 2001', label: 'Late' }] },
    },
    tables: [{ kind: 'regression', id: 't', title: 'T', models: ['m'] }],
    report,
  });
  const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
  if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
  const study = resolvePanelFileStudy(parsed.spec);
  const models = await estimateModels(study, data);
  const made = study.tables.map((one) => makeTable(one, { study, panel: data, models, isSynthetic: false }));
  return { printed: printedDocument(study, made, '1.2.3'), models };
}

test('a cell holds what is printed, the number behind it, its stars and their p', async () => {
  const { printed, models } = await printedOf({});
  const [{ id, kind, parts } = { id: '', kind: '', parts: [] }] = printed.tables;
  expect([printed.kaya, printed.study, printed.language, id, kind]).toEqual(['1.2.3', 's', 'en', 't', 'regression']);
  const [main, folded] = parts;
  expect(main?.columns).toEqual([{ id: '1', label: '(1)', of: 'y ~ x + z | city if year > 2001' }]);
  const coefficient = models.m?.[0]?.results[0].coef.find(({ term }) => term === 'x');
  const cell = main?.rows.find((row) => row.id === 'x')?.cells[0];
  expect(cell).toMatchObject({ kind: 'estimate', value: coefficient?.estimate, p: coefficient?.p });
  expect(cell?.text).toBe(`${coefficient?.estimate.toFixed(3).replace('-', '\u2212')}${cell?.stars ?? ''}`);
  expect(main?.rows.find((row) => row.id === 'nobs')?.cells[0]).toEqual({
    kind: 'count',
    text: String(models.m?.[0]?.results[0].nobs),
    value: models.m?.[0]?.results[0].nobs,
  });
  expect(folded?.below).toBe('Standard errors under each covariance');
});

test('decimals, stars and words are those of the report', async () => {
  const { printed } = await printedOf({ decimals: 5, stars: false, language: 'zh' });
  const cells = printed.tables.flatMap(({ parts }) => parts.flatMap(({ rows }) => rows.flatMap((row) => row.cells)));
  expect(printed.language).toBe('zh');
  expect(cells.filter((cell) => cell?.stars !== undefined)).toEqual([]);
  const estimates = cells.filter((cell) => cell?.kind === 'estimate');
  expect(estimates.length).toBeGreaterThan(0);
  for (const cell of estimates) expect(cell?.text).toMatch(/^\u2212?\d+\.\d{5}$/);
  expect(JSON.stringify(printed)).toContain('标准误');
});
