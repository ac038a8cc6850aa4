import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelResult } from '../../src/model/result/result.ts';
import { readPlainCsv } from '../read-csv.ts';
import { chromiumPath, hasChromium, launchChromium } from './chromium.ts';

/** What runs on both sides: plain JSON in, the results as JSON text out, every double in its shortest exact digits. */
const program = (model: string) => `
import { estimate, fitFamily } from ${JSON.stringify(model)};
function tableOf({ nrow, columns }) {
  const typed = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.kind === 'number'
    ? { kind: 'number', values: Float64Array.from(column.values, (value) => value ?? NaN) }
    : { kind: 'text', codes: Int32Array.from(column.codes), levels: column.levels }]));
  return { nrow, names: Object.keys(typed), columns: typed };
}
export function runAll(text) {
  const { models, family } = JSON.parse(text);
  const { table, ...rest } = family;
  const fitted = fitFamily({ ...rest, table: tableOf(table) });
  return [
    ...models.map(({ table, ...options }) => JSON.stringify(estimate({ ...options, table: tableOf(table) }))),
    JSON.stringify(Object.fromEntries(Object.entries(fitted).map(([key, value]) => [key, ArrayBuffer.isView(value) ? Array.from(value) : value]))),
  ];
}
`;

/** A golden case's data as JSON; missing cells are null. */
function dataOf(name: string) {
  const { nrow, columns } = readPlainCsv(new URL(`../golden/${name}/data.csv`, import.meta.url));
  const plain = Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [
      key,
      column.kind === 'number'
        ? { kind: 'number', values: Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)) }
        : { kind: 'text', codes: Array.from(column.codes), levels: column.levels },
    ]),
  );
  return { nrow, columns: plain };
}

const balanced = dataOf('balanced-two-way');
const gaps = dataOf('unbalanced-gaps');
const three = dataOf('three-effects');
const panel = { unit: 'unit', time: 'time' };
const models = [
  { table: balanced, formulas: ['y ~ csw0(x1, x2) | unit + time', 'y ~ x1 + x2'], vcov: 'cluster:unit', ssc: 'xtreg' },
  { table: balanced, formulas: ['y ~ x1 + x2 | unit'], vcov: 'hc3' },
  {
    table: gaps,
    formulas: ['y ~ x1 + log(x2) | unit + time', 'y ~ l(x1, 1) + f(x1, 2) | unit + time'],
    panel,
    vcov: 'iid',
  },
  {
    table: gaps,
    formulas: ['y ~ x1 + log(x2) | unit + time'],
    panel,
    weights: 'w',
    vcov: 'cluster:unit',
    ssc: 'reghdfe',
  },
  { table: gaps, formulas: ['y ~ d(x1) | unit'], panel, vcov: 'nw:2' },
  { table: three, formulas: ['y ~ x1 + x2 | firm + industry + year'], vcov: 'cluster:firm+year' },
  {
    table: dataOf('raw-powers'),
    formulas: [`y ~ ${Array.from({ length: 10 }, (_, k) => `I(x^${k + 1})`).join(' + ')}`],
  },
];
const family = {
  ...{ table: gaps, outcome: 'y', focal: 'x1', controls: ['x2', 'w', 'I(x2^2)'], subsets: 'all' },
  ...{ effects: 'unit + time', vcovs: ['iid', 'hc1', 'cluster:unit'] },
};

/** Numbers to twelve digits, and those of a size that only rounding has as 0. */
function digitsOf(text: string): unknown {
  const round = (value: number): number => (Math.abs(value) < 1e-14 ? 0 : Number(value.toPrecision(12)));
  return JSON.parse(text, (_, value) => (typeof value === 'number' ? round(value) : value));
}

describe.skipIf(!hasChromium)(`the estimator in a browser (${chromiumPath})`, () => {
  let folder = '';
  let browser: Browser;
  let inNode: readonly string[] = [];
  let inPage: readonly string[] = [];
  const faults: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kaya-model-'));
    const entry = join(folder, 'entry.mjs');
    await writeFile(entry, program(join(import.meta.dirname, '../../dist/model.js')));
    const build = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
    const { output } = await build.generate({ format: 'iife', name: 'kaya', minify: true });
    await build.close();
    const text = JSON.stringify({ models, family });
    const { runAll } = (await import(pathToFileURL(entry).href)) as { runAll: (given: string) => string[] };
    inNode = runAll(text);
    browser = await launchChromium();
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    await page.setContent('<!doctype html><title>kaya</title>');
    await page.addScriptTag({ content: output[0].code });
    inPage = await page.evaluate(
      (given) => (globalThis as unknown as { kaya: { runAll: (text: string) => string[] } }).kaya.runAll(given), // the bundle's name
      text,
    );
    await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('asks for nothing and complains of nothing', () => {
    expect(requests.filter((url) => !url.startsWith('about:'))).toEqual([]);
    expect(faults).toEqual([]);
    expect(inNode).toHaveLength(models.length + 1);
  });

  const cases = models.map(({ formulas, vcov }, at) => ({ at, name: `${formulas.join('; ')} ${vcov ?? 'iid'}` }));

  // Math.log is the engine's own: Node 20 and today's Chromium differ in its last digit, and with it what follows.
  test.each(cases.filter(({ name }) => name.includes('log(')))('$name: every number to twelve digits', ({ at }) => {
    expect(digitsOf(inPage[at])).toEqual(digitsOf(inNode[at]));
  });

  test.each(cases.filter(({ name }) => !name.includes('log(')))(
    '$name: every number as in Node, bit for bit',
    ({ at }) => {
      const results = JSON.parse(inNode[at]) as ModelResult[];
      expect(results.length).toBeGreaterThanOrEqual(models[at].formulas.length);
      for (const { coef } of results.slice(1)) for (const { se } of coef) expect(se).toBeGreaterThan(0);
      expect(inPage[at]).toBe(inNode[at]);
    },
  );

  test('a family of specifications: every number as in Node, bit for bit', () => {
    const { estimate } = JSON.parse(inNode[models.length]) as { estimate: number[] };
    expect(estimate.filter(Number.isFinite)).toHaveLength(8);
    expect(inPage[models.length]).toBe(inNode[models.length]);
  });
});
