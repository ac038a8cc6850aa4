import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type DescribeOptions, describe as describeData, fromColumns, type RegOptions, reg } from '../../src/model.ts';
import { kaya, scratchFolder } from './kaya.ts';

/** 36 firms, ten years, nine provinces, three regions; treated from 2004 on or never. */
const wave = (i: number, speed: number): number => Number((2 * Math.sin(speed * (i + 1) ** 1.37)).toFixed(6));
const places = Array.from({ length: 360 }, (_, i) => ({ i, firm: Math.floor(i / 10), year: 2000 + (i % 10) }));
const startOf = (firm: number): number | null => (firm % 4 === 0 ? null : 2003 + (firm % 4));
const isTreated = ({ firm, year }: { firm: number; year: number }): number =>
  Number(year >= (startOf(firm) ?? Number.POSITIVE_INFINITY));
const [x, w, own] = [1.7, 4.1, 2.9].map((speed) => places.map(({ i }) => wave(i, speed)));
const mediator = places.map(({ i }) => Number((0.5 * x[i] + wave(i, 0.7)).toFixed(6)));
const columns = {
  firm: places.map(({ firm }) => `f${firm}`),
  year: places.map(({ year }) => year),
  province: places.map(({ firm }) => `p${firm % 9}`),
  region: places.map(({ firm }) => ['east', 'central', 'west'][firm % 3]),
  start: places.map(({ firm }) => startOf(firm)),
  treated: places.map(isTreated),
  x,
  w,
  mediator,
  other: places.map(({ i }) => Number((0.3 * x[i] + wave(i, 5.3)).toFixed(6))),
  z: places.map(({ i }) => Number((x[i] + wave(i, 3.3)).toFixed(6))),
  weight: places.map(({ firm }) => 1 + (firm % 3)),
  y: places.map((place) => {
    const { i, firm } = place;
    return Number(
      (0.4 * x[i] + 0.3 * mediator[i] + 0.2 * w[i] + 0.3 * isTreated(place) + (firm % 7) + own[i]).toFixed(6),
    );
  }),
  y2: places.map(({ i, firm }) => Number((0.2 * x[i] + (firm % 5) + wave(i, 6.1)).toFixed(6))),
};
const table = fromColumns(columns);

const { folder, remove } = scratchFolder();
afterAll(remove);
const names = Object.keys(columns) as (keyof typeof columns)[];
const lines = places.map(({ i }) => names.map((name) => columns[name][i] ?? '').join(','));
writeFileSync(join(folder, 'panel.csv'), `${[names.join(','), ...lines].join('\n')}\n`);

/** What the command takes for words of the library: a list that is given again, a word alone for true. */
const optionsOf = (words: object): string[] =>
  Object.entries(words).flatMap(([word, value]) =>
    [value].flat().flatMap((one) => [`--${word.replaceAll('_', '-')}`, ...(one === true ? [] : [String(one)])]),
  );

/** What the command prints as JSON. */
function printed(...argv: string[]): Record<string, unknown> {
  const run = kaya(folder, ...argv, '--json');
  expect(run.status, run.stderr).toBe(0);
  const { kaya: _, ...parts } = JSON.parse(run.stdout);
  return parts;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const two = 'y ~ x + w | firm + year';
const province = { vcov: 'cluster:province' } as const;
const draws = { reps: 99, seed: 7 } as const;

const asked: readonly (readonly [string, string | string[], RegOptions])[] = [
  ...['WCR11', 'WCR13', 'WCR31', 'WCR33', 'WCU11', 'WCU13', 'WCU31', 'WCU33'].map(
    (type) => [`wild ${type}`, two, { ...province, wild: 'x', wild_type: type } as RegOptions] as const,
  ),
  ...['webb', 'mammen', 'normal'].map(
    (weights) =>
      [`wild ${weights}`, two, { ...province, ...draws, wild: 'x', wild_weights: weights } as RegOptions] as const,
  ),
  [
    'wild, several ways, weights by one',
    two,
    { vcov: 'cluster:province+year', wild: 'x', wild_by: 'province', ...draws },
  ],
  ['wild of two restrictions', two, { ...province, wild: 'x = 0, w = 0' }],
  ['wild of instruments', 'y ~ w | firm + year | x ~ z', { ...province, wild: 'x', ...draws }],
  ['wild of Anderson and Rubin', 'y ~ w | firm + year | x ~ z', { ...province, wild: 'x', wild_ar: true, ...draws }],
  ['clusters', two, { ...province, clusters: 'x', ...draws }],
  ['permute rows', two, { ...province, permute: 'x', ...draws }],
  ['permute paths', two, { ...province, permute: 'x', permute_by: 'firm', ...draws }],
  ['permute within', two, { ...province, permute: 'x', permute_within: 'year', ...draws }],
  [
    'placebo earlier',
    'y ~ treated + w | firm + year',
    { ...province, panel: 'firm,year', placebo: 'treated', placebo_earlier: '1,2' },
  ],
  [
    'placebo dates',
    'y ~ treated + w | firm + year',
    { ...province, panel: 'firm,year', placebo: 'treated', placebo_dates: 'both', ...draws },
  ],
  [
    'family',
    ['y ~ x + w | firm + year', 'y2 ~ x + w | firm + year'],
    { ...province, family: 'x, w', adjust: 'bonferroni, holm, bh, by, rw, wy', ...draws },
  ],
  [
    'differences',
    two,
    {
      ...province,
      panel: 'firm,year',
      split: 'region',
      differences: 'x',
      differences_how: 'chow, suest, permute',
      differences_order: 'east > *',
      ...draws,
    },
  ],
  ['equal', two, { ...province, split: 'region', equal: 'x' }],
  ['mediators', two, { ...province, mediators: 'mediator, other', mediated: 'x', ...draws }],
  ['margins', 'y ~ x * w | firm + year', { ...province, margins: 'x by w' }],
  ['margins of three', 'y ~ x * w * other | firm + year', { ...province, margins: 'x by w at other = -1, 1' }],
  [
    'curve',
    'y ~ x + w + other | firm + year',
    {
      ...province,
      curve: ['x', 'z'],
      curve_outcomes: 'y2',
      curve_effects: ['firm', 'none'],
      curve_samples: 'year > 2003',
      curve_keep: 'w',
      curve_test: 19,
      permute_by: 'firm',
    },
  ],
  ['leave-out', two, { ...province, leave_out: 'x', leave_out_by: ['firm', 'province'] }],
  ['omitted', two, { ...province, omitted: 'x', rmax: 0.9 }],
  ['changes', 'y ~ x + csw0(w, other) | firm + year', { ...province, changes: 'x' }],
  ['dfbeta', two, { ...province, dfbeta: 'x', dfbeta_by: ['row', 'province'] }],
  ['added variable', two, { ...province, added_variable: 'x' }],
  ['diagnose', two, { ...province, panel: 'firm,year', diagnose: 'all' }],
  ['hausman, mundlak', two, { ...province, panel: 'firm,year', hausman: true, mundlak: true, re: true }],
  ['event', 'y ~ event(start, year) | firm + year', { ...province }],
  ['sunab', 'y ~ sunab(start, year) | firm + year', { ...province }],
  ['weights', two, { ...province, weights: 'weight', wild: 'x', dfbeta: 'x', omitted: 'x', leave_out: 'x' }],
];

test.each(asked)('kaya reg and the library have the same numbers: %s', (_, formula, words) => {
  const formulas = [formula].flat();
  const parts = printed('reg', 'panel.csv', ...formulas, ...optionsOf(words));
  const result = plain(reg(table, formula, words)) as Record<string, unknown>;
  expect(Object.keys(parts).length).toBeGreaterThan(0);
  for (const [part, value] of Object.entries(parts)) expect(result[part], part).toEqual(value);
});

const variants = [
  { label: 'Lagged', replace: { x: 'l(x, 1)' } },
  { label: 'Late', where: 'year > 2003' },
];

test('variants by a text of the command and by objects of the library', () => {
  const words = { ...province, panel: 'firm,year' } as const;
  const texts = ['Lagged: replace x = l(x, 1)', 'Late: where year > 2003'];
  const parts = printed('reg', 'panel.csv', two, ...optionsOf({ ...words, variants: texts, varied: 'x' }));
  const result = plain(reg(table, two, { ...words, variants, varied: 'x' })) as Record<string, unknown>;
  expect(parts).toHaveProperty('variants');
  for (const [part, value] of Object.entries(parts)) expect(result[part], part).toEqual(value);
});

const described: readonly (readonly [string, DescribeOptions])[] = [
  ['unit roots, dependence', { kind: 'panel_tests', panel: 'firm,year', tests: 'llc,ips,fisher,cd', lags: '1' }],
  ['correlations', { kind: 'correlations', below: 'p', adjust: 'holm' }],
  ['groups', { kind: 'groups', by: 'region', vcov: 'cluster:province' }],
  ['balance', { kind: 'balance', by: 'treated', effects: 'year' }],
];

test.each(described)('kaya describe and the library have the same numbers: %s', (_, words) => {
  const parts = printed('describe', 'panel.csv', 'y', 'x', 'w', ...optionsOf(words));
  expect(plain(describeData(table, { ...words, variables: ['y', 'x', 'w'] }))).toMatchObject(parts);
});
