import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { describe as describeData } from '../../src/library/reg.ts';
import { describeKinds } from '../../src/model/describe/contract.ts';
import { type DescribeWords, describeSchema, wordsOfKind } from '../../src/model/describe/schema.ts';
import { flagOf } from '../../src/platform/cli/flags.ts';
import { runInside } from '../../src/platform/cli/testing/run-inside.ts';
import { tableKindOf } from '../../src/study/exhibit/catalog.ts';
import { makeTable } from '../../src/study/exhibit/make.ts';
import { parseAnyStudy } from '../../src/study/language/load-any-study.ts';
import { resolvePanelFileStudy } from '../../src/study/language/resolve-panel-file.ts';
import { table, writeData } from './every-field.ts';

/*
 * Every word of tables of the data through every path: the library, the command, a table of a study. A word of the kind changes what comes
 * out, one of another kind is refused by its name.
 */

const data = table();
const folder = mkdtempSync(join(tmpdir(), 'describe-words-'));
const file = join(folder, 'data.csv');
writeData(file);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Words = DescribeWords & { readonly kind: (typeof describeKinds)[number] };

const variables = ['y', 'x', 'w'];
const own: Readonly<Record<Words['kind'], Words>> = {
  summary: { kind: 'summary', variables },
  correlations: { kind: 'correlations', variables },
  groups: { kind: 'groups', variables, by: 'region' },
  balance: { kind: 'balance', variables, by: 'region' },
  panel_tests: { kind: 'panel_tests', variables, panel: 'city,year' },
};

/** Every word as it may be asked for, and what must stand beside it. */
const asked: Readonly<Record<string, { readonly words: DescribeWords; readonly beside?: DescribeWords }>> = {
  kind: { words: {} },
  variables: { words: { variables: ['y', 'z'] } },
  panel: { words: { panel: 'city,year' }, beside: { vcov: 'dk:2' } },
  where: { words: { where: 'year > 2003' } },
  quantiles: { words: { quantiles: 'r7' } },
  method: { words: { method: 'spearman' } },
  cases: { words: { cases: 'listwise' } },
  below: { words: { below: 'p, n' } },
  adjust: { words: { adjust: 'holm' } },
  vcov: { words: { vcov: 'cluster:city' } },
  ssc: { words: { ssc: 'none' }, beside: { vcov: 'cluster:city' } },
  by: { words: { by: 'year' } },
  base: { words: { base: 'West' } },
  variances: { words: { variances: 'equal' } },
  effects: { words: { effects: 'year' } },
  tests: { words: { tests: 'fisher, lm' } },
  deterministic: { words: { deterministic: 'trend' } },
  lags: { words: { lags: 'aic 1' } },
  demean: { words: { demean: true } },
};

test('every word is walked', () => {
  expect(Object.keys(asked).sort()).toEqual(Object.keys(describeSchema.shape).sort());
});

type Outcome = { readonly result: string } | { readonly refused: string };

function refusal(error: unknown): Outcome {
  if (isStudyError(error, 'bad-option')) return { refused: error.detail.option.replace(/^tables\.\w+\./, '') };
  if (isStudyError(error, 'study-invalid')) {
    // An unknown key is told by its name.
    return { refused: error.detail.faults.map(({ path }) => path.replace(/^tables\[0\]\.?/, '')).join(' ') };
  }
  throw error;
}

async function library(words: DescribeWords): Promise<Outcome> {
  try {
    return { result: JSON.stringify(describeData(data, words)) };
  } catch (error) {
    return refusal(error);
  }
}

async function command({ variables: names = [], ...words }: DescribeWords): Promise<Outcome> {
  const options = Object.entries(words).flatMap(([word, value]) => [
    flagOf(word) ?? word,
    ...(value === true ? [] : [String(value)]),
  ]);
  const { status, out, err } = await runInside(['describe', file, ...names, ...options, '--json']);
  if (status === 0) return { result: out };
  const named = Object.keys(asked).filter((word) => err.startsWith(`${flagOf(word)} `));
  return { refused: named.join(' ') };
}

async function study({ panel: _panel, ...words }: DescribeWords): Promise<Outcome> {
  const text = JSON.stringify({
    ...{ kaya: 1, id: 's', title: 'S', data: { panel: 'data.csv' }, panel: { unit: 'city', time: 'year' } },
    models: { line: { formula: 'y ~ x | city' } },
    tables: [{ id: 't', title: 'T', ...words }],
  });
  try {
    const parsed = parseAnyStudy(text, 'study.yaml', {}, data.names);
    if (parsed.kind !== 'panel-file') throw new Error('a study about a ready panel was asked for');
    const resolved = resolvePanelFileStudy(parsed.spec);
    const made = makeTable(resolved.tables[0], { study: resolved, panel: data, models: {}, isSynthetic: false });
    return { result: JSON.stringify([tableKindOf(made).results(made.obtained), made.blocks]) };
  } catch (error) {
    return refusal(error);
  }
}

const paths = { library, command, study };
const walk = Object.entries(paths).flatMap(([name, run]) =>
  describeKinds.flatMap((kind) =>
    Object.keys(asked)
      // What a unit and a period is stands with the panel of a study.
      .filter((word) => word !== 'kind' && !(name === 'study' && word === 'panel'))
      .map((word) => ({ name, run, kind, word })),
  ),
);

test.each(walk)('$name, $kind: $word', async ({ run, kind, word }) => {
  const { words, beside = {} } = asked[word];
  const isOwn = ['variables', 'panel', 'where', ...wordsOfKind[kind]].includes(word);
  const needs = isOwn
    ? Object.fromEntries(Object.entries(beside).filter(([name]) => wordsOfKind[kind].includes(name)))
    : {};
  const base = { ...own[kind], ...needs };
  const [without, outcome] = [await run(word === 'panel' ? own[kind] : base), await run({ ...base, ...words })];
  if (!('result' in without)) throw new Error(`the words of the kind itself are refused: ${without.refused}`);
  // A panel is only looked at by what asks for it.
  if (word === 'panel' && kind !== 'summary') expect('result' in outcome).toBe(true);
  else if (isOwn) expect('result' in outcome && outcome.result !== without.result).toBe(true);
  else expect('refused' in outcome ? outcome.refused : '').toMatch(new RegExp(`(^|[ .])${word}`));
  if (!isOwn) expect('refused' in outcome).toBe(true);
});
