import { Command } from 'commander';
import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { randomStream } from '../../math/random/philox.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { searchThreshold } from '../../model/threshold/search-threshold.ts';
import { thresholdDocument } from '../../output/document/results/threshold.ts';
import { printNow, textFormats } from '../../output/testing/print-now.ts';
import type { TableReader } from '../../study/ports.ts';
import { columnTable, numberColumn, takeRows } from '../../table/column.ts';
import { replicatePool } from '../worker/replicate-pool.ts';
import { type GivenOptions, thresholdWords } from './request-words.ts';
import { thresholdOf } from './threshold.ts';
import { withThresholdOptions } from './threshold-options.ts';

/** 30 units, 8 periods; the slope of x is 1 where q <= 0.5 and 2 above. */
function simulatedReader(): TableReader {
  const random = randomStream(3, 1);
  const columns: Record<string, number[]> = { id: [], t: [], y: [], x: [], q: [], c: [], two: [] };
  for (let id = 0; id < 30; id++) {
    const own = random.normal();
    for (let t = 0; t < 8; t++) {
      const x = random.normal();
      const q = random.uniform();
      const c = random.normal();
      const row = { id, t, x, q, c, two: id % 2, y: own + c + (q > 0.5 ? 2 : 1) * x + 0.3 * random.normal() };
      for (const [name, value] of Object.entries(row)) columns[name].push(value);
    }
  }
  const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
  return { read: async () => ({ table, kept: null }) };
}

const progress = { step: () => undefined, detail: () => undefined, done: () => undefined, warn: () => undefined };
const context = { language: 'en', progress } as const;
const pool = replicatePool(1, new AbortController().signal);

const optionsOf = (given: GivenOptions) =>
  ({
    data: 'd.csv',
    words: thresholdWords('y ~ c | id + t', given),
    layout: {},
    ...{ plot: null, plotKind: null, plotWidth: null },
    as: null,
    format: 'json',
    out: null,
    threads: null,
  }) as const;

async function run(given: GivenOptions = {}): Promise<ThresholdResult> {
  const options = optionsOf({
    panel: 'id,t',
    regime: ['x'],
    by: 'q',
    boot: 99,
    ...given,
  });
  const done = await thresholdOf(options, simulatedReader(), context, pool.run);
  return done.threshold;
}

test('the document has the names of the contract', async () => {
  const result = await run();
  const document = JSON.parse(printNow(thresholdDocument(result, { version: '0.1.0' }), 'json', 'en'));
  expect(document.kaya).toBe('0.1.0');
  const [first] = document.tests;
  for (const key of ['thresholds', 'null', 'f', 'p', 'boot', 'crit', 'gamma', 'ci95', 'ssr', 'candidates']) {
    expect(first[key], key).toBeDefined();
  }
  expect(Object.keys(first.crit).sort()).toEqual(['1', '10', '5']);
  // 240 rows, ceil(0.01 x 240) = 3 on either side, all values distinct: cuts after row 3 … 237.
  expect(first.candidates).toBe(235);
  expect(first.gamma[0]).toBeGreaterThan(0.45);
  expect(first.gamma[0]).toBeLessThanOrEqual(0.5);
  expect(first.ci95[0][0]).toBeLessThanOrEqual(first.gamma[0]);
  expect(first.ci95[0][1]).toBeGreaterThanOrEqual(first.gamma[0]);
  expect(document.lr[0].gamma.length).toBe(235);
  expect(Math.min(...document.lr[0].lr)).toBe(0);
  // -2 ln(1 - sqrt(0.95)), printed as 7.35 by Hansen (1999).
  expect(document.lr[0].crit95).toBeCloseTo(7.3523, 4);
  const terms = document.model.coef.map((c: { term: string }) => c.term);
  expect(terms[0]).toBe('c');
  expect(terms.slice(1)).toEqual(document.regimes.map((r: { label: string }) => `x:[${r.label}]`));
  expect(document.regimes[0].nobs + document.regimes[1].nobs).toBe(240);
  expect(JSON.stringify(document)).not.toContain('NaN');
});

test('the same seed gives the same bytes, another seed other draws', async () => {
  const text = async (seed: number) => JSON.stringify(await run({ seed }));
  const first = await text(7);
  expect(await text(7)).toBe(first);
  expect(await text(8)).not.toBe(first);
});

test.each(['en', 'zh'] as const)('what a reader of xthreg looks for, in %s', async (language) => {
  const result = await run({ thresholds: 2, joint: true, boot: 19 });
  const text = printNow(thresholdDocument(result, { version: '0.1.0' }), 'text', language);
  for (const row of ['Th-1', 'Th-21', 'Th-22', 'RSS', 'MSE', 'F', `x:[${result.regimes[0].label}]`]) {
    expect(text).toContain(row);
  }
  expect(text).not.toMatch(/\{\w+\}/);
  const title = language === 'en' ? /Threshold effect test/ : /门槛效应检验/;
  for (const format of textFormats.filter((one) => one !== 'json')) {
    const printed = printNow(thresholdDocument(result, { version: '0.1.0' }), format, language);
    expect(printed).toMatch(title);
    for (const row of ['Th-1', 'Th-22']) expect(printed).toContain(row);
    for (const { label } of result.regimes) {
      expect(
        printed
          .replaceAll('$<$', '<')
          .replaceAll('$>$', '>')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('\\', ''),
      ).toContain(`x:[${label}]`);
    }
  }
});

test.each([
  [{ regime: ['c'] }, 'bad-option'],
  [{ by: 'none' }, 'unknown-column'],
  [{ thresholds: 4 }, 'bad-option'],
  [{ trim: 0.6 }, 'bad-option'],
  [{ by: 'I(0*x)' }, 'no-threshold-candidate'],
  [{ trim: 0.499, by: 'two' }, null],
  [{ kink: true }, 'bad-option'],
  [{ joint: true }, 'bad-option'],
  [{ by: 'i(two)' }, 'bad-option'],
])('%j', async (given, code) => {
  const outcome = await run({ boot: 0, ...given }).catch((error: unknown) => error);
  if (code === null) expect((outcome as ThresholdResult).tests[0]).toMatchObject({ candidates: 1, gamma: [0] });
  else expect(isStudyError(outcome) ? outcome.code : outcome).toBe(code);
});

test('sensitivity: every trim, every unit left out, units drawn', async () => {
  const options = optionsOf({
    panel: 'id,t',
    regime: ['x'],
    by: 'q',
    boot: 0,
    sensitivity: true,
    shapeCheck: true,
  });
  const { threshold, sensitivity, shape } = await thresholdOf(options, simulatedReader(), context, pool.run);
  expect(sensitivity?.gamma).toEqual(threshold.tests[0].gamma);
  expect(sensitivity?.trims.map((one) => one.trim)).toEqual([0.01, 0.02, 0.05, 0.1, 0.15]);
  expect(sensitivity?.trims[0].gamma).toEqual(threshold.tests[0].gamma);
  expect(sensitivity?.without.length).toBe(30);
  const reader = await simulatedReader().read('', undefined);
  const column = reader.table.columns.id;
  const rows = Int32Array.from({ length: 240 }, (_, i) => i).filter(
    (i) => column.kind === 'number' && column.values[i] !== 7,
  );
  const own = searchThreshold(takeRows(reader.table, rows), {
    formula: 'y ~ c | id + t',
    regime: 'x',
    by: 'q',
    panel: { unit: 'id', time: 't' },
    boot: 0,
  });
  expect(sensitivity?.without[7]).toMatchObject({ unit: '7', gamma: own.tests[0].gamma });
  const json = printNow(thresholdDocument(threshold, { version: '0.1.0' }, { sensitivity, shape }), 'json', 'en');
  expect(Object.keys(JSON.parse(json))).toEqual(expect.arrayContaining(['tests', 'sensitivity', 'shape']));
  const [low, high] = sensitivity?.units.ci95[0] ?? [];
  expect(low).toBeLessThanOrEqual(0.5);
  expect(high).toBeGreaterThan(0.4);
  for (const language of ['en', 'zh'] as const) {
    const text = printNow(thresholdDocument(threshold, { version: '0.1.0' }, { sensitivity, shape }), 'text', language);
    expect(text).toContain(language === 'en' ? 'trim 0.05' : '修剪0.05');
    expect(text).toContain(language === 'en' ? 'Smooth transition' : '平滑转换');
    expect(text).not.toMatch(/\{\w+\}/);
  }
});

test('lagged and missing values: complete rows only, a balanced panel stays balanced', async () => {
  const lagged = await run({ regime: ['l(x, 1)'], by: 'l(q, 1)', boot: 9 });
  expect(lagged.model.nobs).toBe(210);
  expect(lagged.settings).toMatchObject({ balanced: true, draw: 'unit-block', by: 'l(q, 1)' });
  expect(lagged.model.coef.map((one) => one.term)[1]).toMatch(/^l\(x, 1\):\[l\(q, 1\)<=/);
  const missing = await run({ by: 'log(q - 0.1)', boot: 9 });
  expect(missing.settings.balanced).toBe(false);
  const { dropped } = missing.model;
  expect(missing.model.nobs + dropped.missing + (dropped.undefined ?? 0)).toBe(240);
  expect(dropped.undefined).toBeGreaterThan(10);
});

test('regimes between commas, brackets kept whole', () => {
  const command = withThresholdOptions(new Command('threshold')).exitOverride();
  command.action(() => undefined);
  command.parse(['d.csv', 'y ~ c', '--regime', 'x, l(w, 1)', '--by', 'q'], { from: 'user' });
  expect(command.opts().regime).toEqual(['x', 'l(w, 1)']);
});
