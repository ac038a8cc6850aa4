import { describe, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { languages } from '../format/text-key.ts';
import { publishedColumns, publishedDescriptives, publishedModels } from '../testing/published-tables.ts';
import { type OutputFormat, renderDescriptives, renderModels } from './models.ts';

const options = (format: OutputFormat, language: 'en' | 'zh' = 'en') => ({ format, language, version: '0.1.0' });
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
    await expect(renderModels([clustered], options('text', language))).toMatchFileSnapshot(
      `golden/model.${language}.txt`,
    );
  });

  test('several models stand side by side', async () => {
    const text = renderModels([tiny, publishedModels[1], clustered], options('text', language));
    await expect(text).toMatchFileSnapshot(`golden/models.${language}.txt`);
  });

  test('descriptive statistics', async () => {
    await expect(renderDescriptives(descriptives, options('text', language))).toMatchFileSnapshot(
      `golden/describe.${language}.txt`,
    );
  });
});

test('JSON is the document of the contract, in full precision', () => {
  const json = renderModels(publishedModels, options('json'));
  expect(JSON.parse(json)).toEqual({ kaya: '0.1.0', models: publishedModels });
  expect(json.endsWith('}\n')).toBe(true);
});

test('CSV has one record a coefficient', () => {
  const lines = renderModels([clustered], options('csv')).trimEnd().split('\r\n');
  expect(lines.length).toBe(1 + clustered.coef.length);
  expect(lines[1]).toBe(
    `6,cp,,ai,0.098,${clustered.coef[0].se},${clustered.coef[0].stat},${clustered.coef[0].p},${clustered.coef[0].ci95?.join(',')},5149,270,cluster:city,${clustered.formula}`,
  );
});

test('many models are printed in groups that fit', () => {
  const many = Array.from({ length: 10 }, (_, i) => ({ ...publishedModels[1], id: `${i + 1}` }));
  const text = renderModels(many, options('text'));
  expect(text).toContain('(8)');
  expect(text.split('\n').filter((line) => /^ai /.test(line)).length).toBe(2);
  expect(text).toMatch(/\n +\(9\) +\(10\)\n/);
});

test('other formats are tables', () => {
  expect(renderModels([clustered], options('md'))).toContain('| trend | omitted |');
  expect(renderModels([clustered], options('tex'))).toContain('\\toprule');
  expect(renderModels([clustered], options('html'))).toMatch(/^<!doctype html>/);
  expect(renderDescriptives(descriptives, options('csv'))).toMatch(/^VarName,Obs,Missing,Mean/);
  expect(JSON.parse(renderDescriptives(descriptives, options('json'))).variables.length).toBe(13);
});

test.each(['docx', 'xlsx'] as const)('%s is announced, not there', (format) => {
  for (const call of [
    () => renderModels(publishedModels, options(format)),
    () => renderDescriptives(descriptives, options(format)),
  ]) {
    try {
      call();
      expect.unreachable();
    } catch (error) {
      expect(isStudyError(error, 'not-available')).toBe(true);
    }
  }
});
