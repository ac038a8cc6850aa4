import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { runRequest } from '../../src/model/request/run.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { modelWords, requestSchema } from '../../src/model/request/schema.ts';
import { thresholdSchema } from '../../src/model/request/threshold-schema.ts';
import { saidText } from '../../src/output/format/said-text.ts';
import { flagOf } from '../../src/platform/cli/flags.ts';
import { runInside } from '../../src/platform/cli/testing/run-inside.ts';
import { estimateModels } from '../../src/study/estimate-models.ts';
import { columnsDocument } from '../../src/study/exhibit/after-fit.ts';
import { parseAnyStudy } from '../../src/study/language/load-any-study.ts';
import { resolvePanelFileStudy } from '../../src/study/language/resolve-panel-file.ts';
import { asked, nested, table, type Words, writeData } from './every-field.ts';

/*
 * Every field of a request through every path. A field that is asked for changes the result, or is refused by its name: nothing
 * is dropped.
 */

const fields = [
  ...Object.keys(requestSchema.shape),
  ...Object.keys(thresholdSchema.shape).map((name) => `threshold.${name}`),
];
const data = table();
const folder = mkdtempSync(join(tmpdir(), 'every-field-'));
const file = join(folder, 'data.csv');
writeData(file);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a path gives for words: a result as text, or the fields that it is refused for. */
type Outcome = { readonly result: string } | { readonly refused: readonly string[] };

interface Path {
  readonly words: Words;
  readonly run: (words: Words) => Promise<Outcome>;
}

async function request(words: Words): Promise<Outcome> {
  try {
    // Words as somebody may type them.
    const done = await runRequest(readRequest(nested(words) as RequestWords), data);
    return { result: JSON.stringify({ ...done, fits: done.fits.length }) };
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return { refused: [error.detail.option] };
    if (isStudyError(error, 'not-available')) return { refused: [saidText(error.detail.feature, 'en').split(' ')[0]] };
    throw error;
  }
}

/** A model of a study about a ready panel. */
async function study(words: Words): Promise<Outcome> {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: { m: nested(words) },
  });
  try {
    const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
    if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
    const models = await estimateModels(resolvePanelFileStudy(parsed.spec), data);
    return { result: JSON.stringify(columnsDocument(models.m)) };
  } catch (error) {
    if (isStudyError(error, 'study-invalid')) {
      return { refused: error.detail.faults.map(({ path }) => path.replace(/^models\.m\./, '')) };
    }
    if (isStudyError(error, 'bad-option')) return { refused: [error.detail.option.replace(/^models\.m\./, '')] };
    if (isStudyError(error, 'not-available')) return { refused: [saidText(error.detail.feature, 'en').split(' ')[1]] };
    throw error;
  }
}

/** A command line; what it is refused for is told by the flag. */
function command(name: 'reg' | 'threshold'): (words: Words) => Promise<Outcome> {
  return async ({ formula, threshold, ...rest }) => {
    const flat = { ...rest, ...flattened(threshold) };
    const options = Object.entries(flat).flatMap(([field, value]) => optionOf(field, value));
    for (const path of written()) rmSync(path);
    const { status, out, err } = await runInside([name, file, String(formula), ...options, '--json']);
    if (status === 0) return { result: [out, ...written().map((path) => readFileSync(path, 'utf8'))].join('\n') };
    return {
      refused: fields.filter((field) => new RegExp(`(?<![\\w-])${flagOf(field) ?? field}(?![\\w-])`).test(err)),
    };
  };
}

/** Files that the last command wrote. */
function written(): readonly string[] {
  return ['predict', 'fixef'].map((name) => join(folder, `${name}.csv`)).filter((path) => existsSync(path));
}

const flattened = (threshold: unknown): Words =>
  Object.fromEntries(Object.entries((threshold ?? {}) as Words).map(([name, value]) => [`threshold.${name}`, value]));

function optionOf(field: string, value: unknown): readonly string[] {
  const flag = flagOf(field) ?? field;
  if (field === 'predict' || field === 'fixef') return [flag, join(folder, `${field}.csv`)];
  if (value === true) return [flag];
  return [value].flat().flatMap((one) => [flag, String(one)]);
}

const line = { formula: 'y ~ x + z | city' };
const searched = {
  formula: 'y ~ c | city',
  panel: 'city,year',
  where: 'city <= 20',
  ...{ 'threshold.regime': 'x', 'threshold.by': 'q', 'threshold.boot': 5 },
};
const { panel: _panel, ...searchedInStudy } = searched;

const paths: Readonly<Record<string, Path>> = {
  reg: { words: line, run: request },
  'reg after the fit': { words: { ...line, lincom: 'z + 1' }, run: request },
  reconcile: { words: { ...line, reconcile: true }, run: request },
  explain: { words: { ...line, explain: true }, run: request },
  threshold: { words: searched, run: request },
  'kaya reg': { words: line, run: command('reg') },
  'kaya threshold': { words: searched, run: command('threshold') },
  'a model of a study': { words: line, run: study },
  'a threshold model of a study': { words: searchedInStudy, run: study },
};

test('every field of the schema is walked', () => {
  expect(Object.keys(asked).sort()).toEqual([...fields].sort());
});

/** Honoured, refused by name, or dropped. */
async function fate({ words: own, run }: Path, field: string): Promise<'honoured' | 'refused' | 'dropped'> {
  const { beside = {}, words } = asked[field];
  // A study says its panel itself.
  const { panel: _panel, ...withoutPanel } = beside;
  for (const around of [{ ...own, ...beside }, { ...own, ...withoutPanel }, own]) {
    const without = await run(around);
    if ('refused' in without) continue;
    const outcome = await run({ ...around, ...words });
    if ('result' in outcome) return outcome.result === without.result ? 'dropped' : 'honoured';
    // Of two that do not go together either may be named.
    const named = Object.keys({ ...around, ...words }).flatMap((name) => [name, name.split('.')[1]]);
    return outcome.refused.some((name) => named.includes(name)) ? 'refused' : 'dropped';
  }
  throw new Error('the words of the path itself are refused');
}

/** What a path is walked with: not what its own words ask for, nor settings of a threshold that is not there. */
function fieldsOf(name: string): readonly string[] {
  const { words } = paths[name];
  const hasThreshold = 'threshold.by' in words || name.startsWith('kaya');
  const isMet = (field: string): boolean => words[field] === true || (field === 'threshold' && hasThreshold);
  return fields.filter((field) => !isMet(field) && (hasThreshold || !field.startsWith('threshold.')));
}

describe.each(Object.keys(paths))('%s', (name) => {
  test.each(fieldsOf(name))('%s is honoured, or refused by its name', async (field) => {
    expect(await fate(paths[name], field)).not.toBe('dropped');
  });
});

/** Fields that a path must honour, whatever else it refuses. */
const honoured: Readonly<Record<string, readonly string[]>> = {
  reg: Object.keys(requestSchema.shape),
  'kaya reg': Object.keys(requestSchema.shape).filter((field) => field !== 'threshold'),
  threshold: fields.filter((field) => field.startsWith('threshold.')),
  'kaya threshold': fields.filter((field) => field.startsWith('threshold.')),
  'a model of a study': ['formula', ...Object.keys(modelWords)],
  'a threshold model of a study': fields.filter((field) => field.startsWith('threshold.')),
};

test.each(Object.keys(honoured))('what %s is there for is honoured', async (name) => {
  const refused: string[] = [];
  for (const field of honoured[name]) if ((await fate(paths[name], field)) !== 'honoured') refused.push(field);
  expect(refused).toEqual([]);
});
