import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { cityStudy, shippedPacks, studyOf } from '../../../test/china-pack.ts';
import { groupsIn } from '../../platform/app/own-groups.ts';
import { parseRawStudy } from './load-study.ts';
import type { RawStudySpec } from './spec.ts';
import { writtenStudy } from './written-study.ts';

const shipped = readFileSync(new URL('../../../studies/ai-carbon-productivity/study.yaml', import.meta.url), 'utf8');

const own = { groups: groupsIn(fileURLToPath(cityStudy)) };

function written(text: string): string {
  const spec: RawStudySpec = parseRawStudy(text, 'study.yaml', shippedPacks, own);
  return stringify(writtenStudy(spec, studyOf(text, own)), { lineWidth: 120, aliasDuplicateObjects: false });
}

const resolved = (text: string) => studyOf(text, own);

const smallest = `kaya: 1
id: small
title: Small
pack: china-cities
panel: { years: [2003, 2021] }
measures: [cp, ai]
models: { m: { formula: cp ~ ai | city + year } }
`;

const studies: Readonly<Record<string, string>> = {
  shipped,
  smallest,
  'a measure of its own': smallest.replace(
    '[cp, ai]',
    '[cp, { id: ai, zeros: missing }, { id: dense, formula: population / area, unit: 人/平方公里, label: { en: Density, zh: 密度 }, missing: { ends: nearest, max_gap: 2, scale: log } }]',
  ),
  'filters and samples': smallest.replace(
    'year } }',
    'year, where: year > 2005, samples: [{ where: year < 2010, label: early }, { where: year >= 2010, label: { en: late, zh: 后期 }, assumption: true }] } }',
  ),
  'filling kept': smallest.replace('[cp, ai]', '[{ id: cp, missing: keep }, ai]'),
  tables: `${smallest}tables:\n  - { id: table7, kind: regression, title: T, models: [m], r2: overall }\n  - { id: one, kind: summary, title: T, variables: [cp] }\n`,
  figures: `${smallest}tables: [{ id: t1, kind: regression, title: T, models: [m] }]\nfigures: [{ id: f1, kind: coefficients, title: F, table: t1, term: ai }]\nhypotheses: [{ id: H1, text: C, table: t1, term: ai, sign: positive }]\n`,
  rules: smallest.replace(
    'panel:',
    'data: { rules: [{ indicator: gdp, years: 2009, divide: 10, reason: slip }], zero_is_missing: { fdi: true } }\npanel:',
  ),
  excluded: smallest.replace(
    '2021]',
    '2021], exclude: [{ cities: [毕节市], reason: none, assumption: true }, { provinces: [西藏自治区], reason: { en: a, zh: b } }], groups: [region]',
  ),
  threshold: smallest.replace(
    'cp ~ ai | city + year }',
    'cp ~ 1 | city + year, threshold: { regime: ai, by: ai, boot: 10 } }',
  ),
  conventions: `${smallest}conventions: { vcov: ['cluster:city', iid], ssc: reghdfe, statistic: t }\nvariables: { c: [ai] }\nlabels: { cp: 碳, 'ai:cp': product }\n`,
};

describe('a study with every default written out', () => {
  test.each(Object.entries(studies))('%s checks, and resolves to the same', (_, text) => {
    const again = written(text);
    expect(resolved(again)).toEqual(resolved(text));
    // Nothing is left to write out.
    expect(parse(written(again))).toEqual(parse(again));
  });

  test('keys of the program itself are not in it', () => {
    expect(written(shipped)).not.toMatch(/zeroIsMissing|maxGap|isNew|expanded/);
  });
});
