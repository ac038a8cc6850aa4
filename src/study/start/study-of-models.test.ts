import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { studyOfModels } from './study-of-models.ts';

it('has the words of each model as they were asked for, the panel once, and one table of them all', () => {
  const text = studyOfModels({
    id: 'firms',
    title: 'Firms: a "first" look',
    file: 'firms.xlsx::Sheet 1',
    reading: { text: ['code'], number: [], missing: [] },
    panel: { unit: 'firm', time: 'year' },
    models: [
      {
        formula: 'y ~ x | firm',
        panel: { unit: 'firm', time: 'year' },
        vcov: 'cluster:firm',
        where: "region = 'East'",
      },
      { formula: ['y ~ x', '| firm'], hausman: true, threshold: { by: 'q', regime: 'z', boot: 10 } },
    ],
  });
  expect(parse(text)).toEqual({
    kaya: 1,
    id: 'firms',
    title: 'Firms: a "first" look',
    data: { panel: 'firms.xlsx::Sheet 1', text: ['code'] },
    panel: { unit: 'firm', time: 'year' },
    models: {
      m1: { formula: 'y ~ x | firm', vcov: 'cluster:firm', where: "region = 'East'" },
      m2: { formula: 'y ~ x | firm', hausman: true, threshold: { by: 'q', regime: 'z', boot: 10 } },
    },
    tables: [{ id: 'table1', kind: 'regression', title: { en: 'Models', zh: '模型' }, models: ['m1', 'm2'] }],
  });
});
