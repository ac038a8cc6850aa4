import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type SaidKey, saidSlots } from '../../src/error/said.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import { en } from '../../src/output/format/en.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { zh } from '../../src/output/format/zh.ts';
import { parseAnyStudy } from '../../src/study/language/load-any-study.ts';

/* What a fault says is a key of both languages: no English word in a Chinese sentence but names and what is typed. */

const keys = Object.keys(saidSlots) as SaidKey[];

/** Words that are typed as they stand, and names of formats, programs and methods. */
const typedWords = `none all significant 
  YAML JSON HTTP GET MB URL CR2 UTF Kaya kaya study panel registry scan simulate run why data tables derived
  samples split csw0 cities provinces text number headline REGISTRY_KEY windows limit response ok api query body
  https? key value name keep exclude where divide multiply missing pack exp pairs period all weeks? LAT LON KM
  UNIT TIME STEP NAME INSTRUMENT WIDTH FILE ref endog inst true false thompson vcov cluster conley coords kernel
  bartlett lag L nw dk ac kiefer cr3 plm xtreg re iid hc0 hc1 within hansen1999 omitted by at er ip curve leave_out leave_out_by wild rademacher webb
  permute permute_within adjust rw wy kink intercepts unit row log1p log WCR11 WCU11 wild_ar clusters ai pop sls 2sls Anderson Rubin C yyyy mm dd
  from score format json relax synthetic report models x l I c i __proto__ years use FILE::SHEET Stata Python SQL ISO
  levenshtein if null AbortSignal process mediators differences TERM chow suest east west
  event se sunab first since year list no_agg att TRUE bin reset aic bic hall tests llc ips fisher cd kind as
  hypotheses variants samples where replace add drop effects add_effects weights estimator plot family
  PATH Chromium Chrome Edge Debian Ubuntu chromium KAYA_BROWSER html
  Spark Connect SPARK_REMOTE spark engine sc host use_ssl token`;
const typed = new RegExp(`\\b(?:${typedWords.trim().split(/\s+/).join('|')})\\b`, 'g');

function foreign(sentence: string): string[] {
  return (
    sentence
      .replace(/\{[^}]*\}/g, '')
      .replace(typed, '')
      .match(/[A-Za-z]{2,}/g) ?? []
  );
}

test('every phrase has its slots in both languages, and no English in the Chinese one', () => {
  expect(keys.length).toBeGreaterThan(200);
  for (const key of keys) {
    const slots = [...new Set([...en[key].matchAll(/\{(\w+)[}:|]/g)].map(([, slot]) => slot))].sort();
    expect([key, slots]).toEqual([key, [...saidSlots[key]].sort()]);
    expect([key, foreign(zh[key])]).toEqual([key, []]);
  }
  expect(foreign('没有这个key，expected {found}')).toEqual(['expected']);
});

/** What an error carries, as it is written out: a plain text of two English words in a row is a sentence. */
const written =
  /\b(?:expected|reason|feature|needs|role|where|found|status|instead|what|subject|example)(?:: *|, )(['`])(?:(?!\1).)*?[a-z]{2,} [a-z]{2,}(?:(?!\1).)*\1/g;

function sentencesIn(source: string): string[] {
  return [...source.matchAll(written)]
    .filter(({ index }) => !/'internal'|describe\($/.test(source.slice(Math.max(0, index - 120), index)))
    .map(([found]) => found);
}

test('no error carries an English sentence: what it says is a key', () => {
  const source = join(import.meta.dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    // Comments in scripts for other programs are English, as the programs are.
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^export[\\/]|output[\\/]format/.test(name),
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((name) =>
    sentencesIn(readFileSync(join(source, name), 'utf8')).map((text) => [name, text]),
  );
  expect(found).toEqual([]);
  expect(sentencesIn("{ path, reason: 'it is there already' }")).toHaveLength(1);
  expect(sentencesIn("StudyError('internal', { reason: 'a search without a result' })")).toEqual([]);
});

const head = 'kaya: 1\nid: a\ntitle: A\n';
const body = 'data: { panel: a.csv }\npanel: { unit: firm, time: year }\nmodels:\n  m: { formula: y ~ x }\n';
const whole = head + body;

/** A study with one text for another. */
const changed = (from: string, to: string): string => {
  expect(whole).toContain(from);
  return whole.replace(from, to);
};

const model = (words: string): string => changed('formula: y ~ x', `formula: y ~ x, ${words}`);

test.each([
  '',
  '- a',
  'a text',
  'one: 1\ntwo: 2',
  `${whole}title: B\n`,
  `${head}x: [1`,
  `\t${whole}`,
  `${whole}note: *a`,
  `${whole}y: "\\q"\n`,
  changed('id: a', 'id: 1 a'),
  changed('id: a', 'id: [a]'),
  changed('kaya: 1', 'kaya: 2'),
  changed('title: A', 'titel: A'),
  changed('title: A\n', ''),
  changed('unit: firm', 'unit: firn'),
  changed('unit: firm', 'unit: year'),
  changed('time: year', 'time: year, step: 0'),
  changed('time: year', 'time: year, step: fortnight'),
  changed('time: year', 'time: year, universe: a'),
  changed('time: year', 'time: year, sample: [{ reason: R }]'),
  changed('time: year', 'time: year, sample: [{ keep: "siz > 3", reason: R }]'),
  changed('time: year', 'time: year, sample: [{ keep: "size >", reason: R }]'),
  changed('time: year', 'time: year, sample: [{ keep: "year >= 2005Q1", reason: R }]'),
  changed('panel: a.csv', 'panel: a.csv, tables: raw'),
  changed('panel: a.csv', 'panel: a.csv, priority: [a]'),
  changed('panel: a.csv', 'panel: a.csv, text: [firm], number: [firm]'),
  changed('panel: a.csv', 'panel: a.csv, join: [{ file: b.csv, by: [firm, firm] }]'),
  changed('models:', 'derived: { y: log(x) }\nmodels:'),
  changed('models:', 'derived: { z: lgo(x) }\nmodels:'),
  changed('models:', 'derived: { z: "l(x, 1:3)" }\nmodels:'),
  changed('models:', 'derived: { z: { label: Z } }\nmodels:'),
  changed('models:', 'labels: { xx: X }\nmodels:'),
  changed('models:', 'pack: china-citys\nmodels:'),
  changed('y ~ x', 'y ~ xx'),
  changed('y ~ x', 'y ~ x +'),
  changed('y ~ x', 'y x'),
  changed('y ~ x', 'y ~ i.year'),
  changed('y ~ x', 'y ~ x | firm year'),
  changed('y ~ x', 'y ~ lgo(x)'),
  changed('y ~ x', 'y ~ ..controls'),
  model('vcov: clustr:firm'),
  model('vcov: cluster'),
  model('vcov: "conley:100"'),
  model('vcov: "dk:x"'),
  model('ssc: stata'),
  model('ssc: "adj=maybe"'),
  model('singletons: no'),
  model('estimator: liml'),
  model('relax: z'),
  model('weights: ww'),
  model('split: firm, fsplit: year'),
  model('test: xx = 1'),
  model('lincom: x +'),
  model('equal: x'),
  model('coords: "x, y"'),
  model('threshold: { regime: x, by: z }'),
  model('threshold: { regime: x, by: size, trim: 0.9 }'),
  model('threshold: { regime: x, by: size, boot: many }'),
  model('threshold: { regime: x, by: size }, hausman: true'),
  `${whole}tables: [{ id: t, kind: regresion, title: T, models: [m] }]\n`,
  `${whole}tables: [{ id: t, kind: regression, title: T, models: [n] }]\n`,
  `${whole}tables: [{ id: t, kind: regression, title: T, models: [] }]\n`,
  `${whole}tables: [{ id: t, kind: summary, title: T, variables: [q] }]\n`,
  `${whole}figures: [{ id: f, kind: coefficients, title: F, table: t, term: x }]\n`,
  `${whole}hypotheses: [{ id: H, text: T, table: t, term: x, sign: up }]\n`,
  `${whole}report: { decimals: 12 }\n`,
  `${whole}report: { headline: { table: t, term: x } }\n`,
])('a broken study is told in the language of its reader: %j', (text) => {
  const packs = { names: ['china-cities', 'countries'], read: () => expect.unreachable() };
  let told: unknown = null;
  try {
    parseAnyStudy(text, 'F', { packs }, ['firm', 'year', 'y', 'x', 'size']);
  } catch (error) {
    told = error;
  }
  if (!isStudyError(told, 'study-invalid')) throw told ?? new Error('nothing is wrong with it');
  const chinese = describeError(told, 'zh');
  const english = describeError(told, 'en');
  expect(english).not.toMatch(/[\u4e00-\u9fff]|undefined|\[object|\{\w+\}/);
  expect(chinese).not.toMatch(/undefined|\[object|\{\w+\}/);
  // Four words of English in a row are a sentence; names and what is typed stand between signs.
  expect(chinese.match(/(?<![\w~|+:"'./=-])[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/g) ?? []).toEqual([]);
  if (process.env.SHOW === '1') process.stdout.write(`${english}\n${chinese}\n`);
});
