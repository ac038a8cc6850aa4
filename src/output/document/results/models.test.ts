import { describe, expect, test } from 'vitest';
import type { ModelResult } from '../../../model/result/result.ts';
import { languages } from '../../format/text-key.ts';
import type { textColumnsTable } from '../../table/text-columns-table.ts';
import { printNow, type TextFormat } from '../../testing/print-now.ts';
import { publishedColumns, publishedDescriptives, publishedModels } from '../../testing/published-tables.ts';

import { descriptivesDocument } from './descriptives.ts';
import { modelsDocument } from './models.ts';

const version = '0.1.0';
const renderModels = (models: readonly ModelResult[], format: TextFormat, language: 'en' | 'zh' = 'en'): string =>
  printNow(modelsDocument(models, { version }), format, language);
const renderDescriptives = (
  rows: Parameters<typeof descriptivesDocument>[0],
  format: TextFormat,
  language: 'en' | 'zh' = 'en',
  texts: Parameters<typeof textColumnsTable>[0] = [],
): string => printNow(descriptivesDocument(rows, { version }, { texts }), format, language);
const clustered: ModelResult = {
  ...publishedColumns[5].models[1],
  collinear: ['trend'],
  dropped: { missing: 142, singleton: 3, where: 0 },
  warnings: [
    { code: 'collinear-dropped', severity: 'warning', detail: { terms: ['trend'] } },
    { code: 'singletons-dropped', severity: 'note', detail: { count: 3, levels: ['city (a, b, c)'] } },
  ],
};
const tiny: ModelResult = {
  ...publishedModels[0],
  depvar: 'gdp',
  sample: 'East',
  fixef: {},
  coef: publishedModels[0].coef.map((c) => ({ ...c, estimate: c.estimate / 1000, se: (c.se ?? 0) / 1000 })),
  r2: { ...publishedModels[0].r2, within: null, within_adj: null },
};
const descriptives = publishedDescriptives.map(({ statistics }) => statistics);

describe.each(languages)('%s', (language) => {
  test('one model is a block', async () => {
    await expect(renderModels([clustered], 'text', language)).toMatchFileSnapshot(`../golden/model.${language}.txt`);
  });

  test('several models stand side by side', async () => {
    const text = renderModels([tiny, publishedModels[1], clustered], 'text', language);
    await expect(text).toMatchFileSnapshot(`../golden/models.${language}.txt`);
  });

  test('descriptive statistics', async () => {
    await expect(renderDescriptives(descriptives, 'text', language)).toMatchFileSnapshot(
      `../golden/describe.${language}.txt`,
    );
  });
});

test('JSON is the document of the contract, in full precision', () => {
  const json = renderModels(publishedModels, 'json');
  expect(JSON.parse(json)).toEqual({ kaya: '0.1.0', models: publishedModels });
  expect(json.endsWith('}\n')).toBe(true);
});

test('CSV has one record a coefficient', () => {
  const lines = renderModels([clustered], 'csv').trimEnd().split('\r\n');
  expect(lines.length).toBe(1 + clustered.coef.length);
  expect(
    lines[1].startsWith(
      `6,cp,,ai,0.098,${clustered.coef[0].se},${clustered.coef[0].stat},${clustered.coef[0].p},${clustered.coef[0].ci95?.join(',')},5149,270,cluster:city,${clustered.formula},xtreg,${clustered.df_resid},${clustered.r2.overall},${clustered.r2.adj},${clustered.r2.within},${clustered.rmse},,`,
    ),
  ).toBe(true);
});

test('many models are printed in groups that fit', () => {
  const many = Array.from({ length: 10 }, (_, i) => ({ ...publishedModels[1], id: `${i + 1}` }));
  const text = renderModels(many, 'text');
  expect(text).toContain('(8)');
  expect(text.split('\n').filter((line) => /^ai /.test(line)).length).toBe(2);
  expect(text).toMatch(/\n +\(9\) +\(10\)\n/);
});

test('other formats are tables', () => {
  expect(renderModels([clustered], 'md')).toContain('| trend | omitted |');
  expect(renderModels([clustered], 'tex')).toContain('\\toprule');
  expect(renderModels([clustered], 'html')).toMatch(/^<!doctype html>/);
  expect(renderDescriptives(descriptives, 'csv')).toMatch(/^VarName,Obs,Missing,Mean/);
  expect(JSON.parse(renderDescriptives(descriptives, 'json')).variables.length).toBe(13);
});

test('columns of text are described in every format', () => {
  const texts = [
    { variable: 'city', obs: 1500, missing: 3, distinct: 271, most_common: '北京, "首都"', most_common_obs: 19 },
    { variable: 'note', obs: 0, missing: 1503, distinct: 0, most_common: null, most_common_obs: null },
    { variable: 'long', obs: 1, missing: 0, distinct: 1, most_common: 'x'.repeat(300), most_common_obs: 1 },
  ];
  const printed = (format: TextFormat): string => renderDescriptives(descriptives, format, 'en', texts);
  expect(printed('text')).toMatch(/VarName +Obs +Missing +Distinct +Most common +Its rows/);
  expect(printed('text')).toMatch(/city +1,?500 +3 +271 +北京, "首都" +19/);
  expect(printed('text')).toContain(`${'x'.repeat(39)}…`);
  expect(printed('md')).toContain('| city |');
  expect(printed('tex')).toContain('Most common');
  expect(printed('html').match(/<table/g)?.length).toBe(2);
  const lines = printed('csv').trim().split('\r\n');
  expect(lines[0]).toMatch(/^VarName,Obs,Missing,Mean,.*,Distinct,Most common,Its rows$/);
  expect(lines.at(-3)).toMatch(/^city,1500,3,,+271,"北京, ""首都""",19$/);
  expect(lines.at(-1)).toContain('x'.repeat(300));
  expect(new Set(lines.slice(0, -3).map((line) => line.split(',').length)).size).toBe(1);
  expect(JSON.parse(printed('json')).texts).toEqual(texts);
  expect(renderDescriptives([], 'text', 'en', texts)).not.toContain('Mean');
});

test('what is said of several models is said once, with their numbers', () => {
  const text = renderModels([clustered, publishedModels[1], clustered], 'text').replace(/\s+/g, ' ');
  expect(text.match(/trend/g)).toHaveLength(2);
  expect(text).toMatch(/\(1\), \(3\) [^()]*trend/);
});
