import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBatch } from '../batch.mjs';

const BATCH = 200;

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]'];
for (const [name, before] of [...'bcdefghi'].map((letter, i) => [letter, 'abcdefgh'[i]]))
  laughs.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);

const SCRAPS = [
  ...[
    ':',
    ': ',
    '- ',
    '  ',
    '\t',
    '\n\n',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '%TAG ! tag:x,2000:\n',
    '#',
    '&a ',
    '*a',
    '*a ',
    '<<: *a',
    '<<: {a: 1}',
  ],
  ...[
    '!!binary "aGk="',
    '!!set {a, b}',
    '!!js/function x',
    '!x ',
    '!<tag:yaml.org,2002:int> 3',
    '? ',
    '? [a, b]\n: c',
    '| \n',
    '>+2\n',
    '"',
    "'",
    '`',
    '@',
    '\\',
  ],
  ...[
    'null',
    '~',
    'true',
    '0',
    '-1',
    '1e999',
    '.nan',
    '.inf',
    '0x1F',
    '0o17',
    '9'.repeat(400),
    '2003-01-01',
    '2003-01-01T00:00:00Z',
  ],
  ...[
    '城市',
    '（',
    '\u0000',
    '\u{1F600}',
    '\u202e',
    '\ufeff',
    'a'.repeat(2000),
    '__proto__: 1',
    'constructor: {}',
    'toString: x',
  ],
  ...[
    '{ a: b, c }',
    '[1, 2',
    '{',
    '}',
    '[]',
    '{}',
    '{ formula: y ~ l(x, 1) | city, vcov: iid }',
    '{ where: year in (2003, 2004), label: x }',
  ],
  ...[
    '/etc/passwd',
    '../../x',
    '/dev/zero',
    'C:\\x',
    'a*.csv',
    '`a b`',
    '"a\\x00b"',
    '"\\uD800"',
    'panel: &p {unit: *p}',
    'a: 1\na: 2',
  ],
  ...[
    '['.repeat(5000),
    '{a: '.repeat(3000),
    '- '.repeat(3000),
    `${'('.repeat(5000)}x${')'.repeat(5000)}`,
    `${'not '.repeat(5000)}x`,
    laughs.join('\n'),
  ],
];

/** A line put in, left out, doubled, moved in, its value taken away or another's; a scrap anywhere; the end cut off. */
function mutate(text, { whole, pick }) {
  const lines = text.split('\n');
  const at = whole(lines.length);
  const line = lines[at];
  const place = whole(line.length + 1);
  const value = /^(\s*(?:- )?[\w.]+: )(.*)$/.exec(line);
  switch (whole(10)) {
    case 0:
      lines[at] = line.slice(0, place) + pick(SCRAPS) + line.slice(place);
      break;
    case 1:
      lines[at] = line.slice(0, place) + line.slice(place + 1);
      break;
    case 2:
      lines.splice(at, 0, line);
      break;
    case 3:
      lines.splice(at, 1 + whole(4));
      break;
    case 4:
      lines[at] = ` ${line}`;
      break;
    case 5:
      lines[at] = value === null ? pick(SCRAPS) : value[1] + pick(SCRAPS);
      break;
    case 6:
      lines[at] = value === null ? '' : value[1];
      break;
    case 7:
      lines[at] = pick(lines);
      break;
    case 8:
      lines.splice(at, 0, pick(SCRAPS));
      break;
    default:
      return text.slice(0, whole(text.length + 1));
  }
  return lines.join('\n');
}

/** Studies that are mutated and checked; a check reads the headers of their data, where those are shipped. */
const STUDIES = ['ai-carbon-productivity', 'income-and-life-expectancy', 'carbon-productivity-of-countries'];

/** A small study with some of everything, which is mutated and run: what a check lets through must not break a run. */
const PANEL = (() => {
  const rows = Array.from({ length: 48 }, (_, i) => {
    const [x, w] = [Math.sin(7 * i), Math.cos(5 * i)];
    return `f${i % 8},${2001 + Math.floor(i / 8)},${w},${x},${x - w + Math.sin(11 * i * i)},${i % 8 < 4 ? 'east' : 'west'},${(i % 8) % 3 === 0 ? '' : 2003 + (i % 2)}`;
  });
  return `firm,year,w,x,y,side,first\n${rows.join('\n')}\n`;
})();
const SMALL = `kaya: 1
id: small
title: { en: Small, zh: 小 }
data:
  panel: panel.csv
  join:
    - { file: prices.csv, by: year, match: "m:1" }
panel: { unit: firm, time: year, groups: [side] }
derived:
  z: { formula: w + 2 * x, label: Sum }
labels: { x: Cost, "l(x, 1)": Cost before }
conventions: { vcov: [cluster:firm, hc1], ssc: fixest }
models:
  base: { formula: y ~ z + csw0(w) | firm + year }
  lags: { formula: "y ~ x + l(x, 1) | firm" }
  sides: { formula: y ~ x | firm, split: side }
  threshold:
    formula: y ~ w | firm + year
    threshold: { regime: x, by: w, boot: 9, seed: 1 }
tables:
  - { id: t1, kind: summary, title: Numbers, variables: [y, x, price] }
  - { id: t2, kind: regression, title: Base, models: [base, lags] }
  - { id: t3, kind: thresholds, title: Test, models: [threshold] }
figures:
  - { id: f1, kind: threshold_lr, title: Ratio, model: threshold }
`;

/** Another with every further kind of table and figure, and what is asked for after a fit. */
const EXHIBITS = `kaya: 1
id: exhibits
title: Exhibits
data: { panel: panel.csv }
panel: { unit: firm, time: year }
models:
  sides: { formula: y ~ x + w | firm, vcov: cluster:firm, split: side, differences: x, reps: 9 }
  checks: { formula: y ~ x + w | firm, diagnose: all, leave_out: x, leave_out_by: year, omitted: x }
  event: { formula: "y ~ event(first, year) | firm + year", vcov: cluster:firm }
  cohorts: { formula: "y ~ sunab(first, year) | firm + year", vcov: cluster:firm }
  curve:
    formula: y ~ x + w | firm
    curve: x
    curve_test: 9
    curve_effects: none
  moved: { formula: y ~ x | firm, vcov: cluster:firm, permute: x, permute_within: year, reps: 9 }
  moderated: { formula: y ~ x*w | firm, margins: x by w }
  mediated: { formula: y ~ x | firm, mediators: w, reps: 9 }
tables:
  - { id: t1, kind: correlations, title: Correlations, variables: [y, x, w], below: "p, n", method: both }
  - { id: t2, kind: groups, title: Groups, variables: [y, x], by: side, variances: equal }
  - { id: t3, kind: balance, title: Balance, variables: [x, w], by: side, base: west }
  - { id: t4, kind: panel_tests, title: Roots, variables: [x, d(w)], tests: "ips, fisher, cd", lags: 0 }
  - { id: t5, kind: regression, title: All, models: [sides, checks, event, cohorts, curve, moved, moderated, mediated] }
  - id: t6
    kind: family
    title: Family
    family: [{ model: sides, term: x }, { model: moved, term: x }]
    adjust: [holm, rw]
    reps: 9
figures:
  - { id: f1, kind: event_study, title: Event, models: [event, cohorts] }
  - { id: f2, kind: placebo, title: Placebo, model: moved }
  - { id: f3, kind: margins, title: Margins, model: moderated }
  - { id: f4, kind: mediation_sensitivity, title: Sensitivity, model: mediated }
  - { id: f5, kind: specification_curve, title: Curve, model: curve }
  - { id: f6, kind: coefficients, title: Slopes, table: t5, term: x }
`;

export const trial = {
  name: 'studies',
  promise:
    'a study file is right or refused with file, line and column, whatever is written in it; what is right is run, or stops with a sentence',
  unit: 'mutated study files',
  goal: 10_000,
  attempt(tools) {
    const { root, folder, whole, pick } = tools;
    const lines = Array.from({ length: BATCH }, (_, i) => {
      const isRun = i % 5 === 0;
      const study = join(root, 'studies', pick(STUDIES));
      let text = isRun ? pick([SMALL, EXHIBITS]) : readFileSync(join(study, 'study.yaml'), 'utf8');
      for (let k = 1 + whole(isRun ? 2 : 3); k > 0; k--) text = mutate(text, tools);
      const own = join(folder, String(i));
      mkdirSync(own);
      writeFileSync(join(own, 'study.yaml'), text);
      if (!isRun) {
        for (const name of readdirSync(study))
          if (name !== 'study.yaml') symlinkSync(join(study, name), join(own, name));
        return ['study', 'check', own];
      }
      writeFileSync(join(own, 'panel.csv'), PANEL);
      writeFileSync(join(own, 'prices.csv'), 'year,price\n2001,1\n2002,2\n2003,3\n2004,4\n2005,5\n2006,6\n');
      return ['study', 'run', own, '--out', join(own, 'out'), '--threads=1'];
    });
    return runBatch(lines, ({ code, stderr }, index) => {
      if (lines[index][1] === 'check' && code === 2 && !/study\.yaml:\d+:\d+[: ]/.test(stderr))
        return `exit 2 without a place: ${stderr.slice(0, 300)}`;
      return undefined;
    });
  },
};
