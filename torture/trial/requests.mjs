import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBatch } from '../batch.mjs';

const BATCH = 50;

/** Panels of a unit `id`, a time `year` and numbers; each is strange in one way. */
const PANELS = {
  plain: () => undefined,
  'two rows': (_, i) => i > 1 && 'leave out',
  'one unit': () => ({ id: 1 }),
  'one period': () => ({ year: 2000 }),
  'no row': () => 'leave out',
  'a constant': () => ({ x: 3 }),
  'an empty column': () => ({ z: '' }),
  'an outcome that is a regressor': (cells) => ({ y: cells.x }),
  'an outcome of zeros': () => ({ y: 0 }),
  'twice the same': (cells) => ({ z: cells.x }),
  huge: (cells) => ({ x: `${cells.x}e300` }),
  'huge and small': (_, i) => ({ x: i % 2 === 0 ? '1e-300' : '1e300' }),
  'almost a constant': (_, i) => ({ x: 1e9 + i * 1e-6 }),
  gaps: (_, i) => (i % 3 === 0 || i % 7 === 0) && 'leave out',
  'a row twice': (_, i) => i === 7 && 'twice',
  'missing here and there': (_, i) => ({ [['y', 'x', 'z', 'id', 'year', 'side'][i % 6]]: i % 5 < 2 ? '' : 1 }),
  'units of one row': (_, i) => ({ id: i }),
  'all treated at once': () => ({ first: 2002 }),
  'none treated': () => ({ first: '' }),
  'treated before the sample': () => ({ first: 1990 }),
  'a treatment that moves': (_, i) => ({ first: 1999 + (i % 6) }),
  'one group': () => ({ side: 'east' }),
  'as many groups as rows': (_, i) => ({ side: `g${i}` }),
  'groups of strange names': (_, i) => ({ side: ['__proto__', '=1+1', '""', '\u0007'][i % 4] }),
  'times far apart': (_, i) => ({ year: (i % 6) * 1_000_000_007 }),
  'times that are no wholes': (_, i) => ({ year: 2000 + (i % 6) / 3 }),
  'times that are text': (_, i) => ({ year: `Q${i % 6}` }),
};

const NAMES = ['x', 'z', 'w', 'y', 'id', 'year', 'side', 'first', 'two words', '城市', 'nobody', '__proto__', ''];
const TERMS = [
  ...['x', 'z', 'w', 'log(x)', 'x:z', 'l(x, 1)', 'i(side)', 'i(side, x)', 'I(x^2)', '`two words`', '1', '-1', '..x'],
  ...[
    'event(first, year)',
    'event(first, year, leads=2, lags=2)',
    'event(x)',
    'event(first, year, leads=1e9, lags=-1)',
  ],
  ...[
    'event(first, year, ref=-9)',
    'event(first - year)',
    'sunab(first, year)',
    'sunab(year, first)',
    'sunab(side, year)',
  ],
  ...['sunab(first, year, ref=0)', 'sunab(first, year, ref.p=c(-1,-2), bin=3)', 'event(l(first), year):x'],
];
const EFFECTS = ['', '', ' | id', ' | id + year', ' | side', ' | id^year', ' | year[x]'];
const LISTS = [
  'all',
  'none',
  '',
  ',',
  'x, z',
  'x,,z',
  '*',
  'x*',
  'i(side)',
  'event',
  'sunab',
  'year::*',
  'c(x, z)',
  'x z',
  '-x',
  '1',
  '0',
];
const NUMBERS = ['0', '1', '2', '9', '19', '-1', '0.5', '1e9', '1e-9', 'NaN', 'Inf', 'many', ''];
const CONDITIONS = ['year > 2001', 'x > 1e9', 'side = 1', 'true', 'not', ''];

/** What may be said of each option, some of it without sense. */
const OPTIONS = {
  describe: {
    '--kind': ['summary', 'correlations', 'groups', 'balance', 'panel_tests', 'correlation', ''],
    '--method': ['pearson', 'spearman', 'both', 'kendall'],
    '--cases': ['pairwise', 'listwise', 'x'],
    '--below': ['p', 'n', 't', 'p,n,t', 'p,p', ''],
    '--adjust': ['bonferroni', 'holm', 'bh', 'by', 'rw', ''],
    '--by': NAMES,
    '--base': ['east', 'west', 'nobody', '__proto__', '1', ''],
    '--variances': ['unequal', 'equal', 'x'],
    '--effects': ['id', 'id + year', 'side', 'x', '', 'id +'],
    '--vcov': ['iid', 'hc1', 'cluster:id', 'cluster:id+year', 'dk', 'conley:100', 'cr2:side', 'nw:99', ''],
    '--ssc': ['fixest', 'reghdfe', 'none', 'x'],
    '--quantiles': ['stata', 'r7', 'x'],
    '--tests': ['llc', 'ips', 'fisher', 'cd', 'lm', 'all', 'llc,ips', 'x', ''],
    '--deterministic': ['none', 'constant', 'trend', 'x'],
    '--lags': [...NUMBERS, 'bic', 'aic', 'hall', 'aic 4', 'bic 99', 'aic -1'],
    '--demean': null,
    '--panel': ['id,year', 'id,year', 'id,year', 'year,id', 'id', 'x,z', 'id,year,0', 'id,year,month', ''],
    '--where': CONDITIONS,
    '--format': ['json', 'csv', 'tex', 'md', 'html'],
  },
  reg: {
    '--diagnose': ['vif', 'reset', 'serial', 'hetero', 'cd', 'lm', 'all', 'vif,vif', 'x', ''],
    '--test': LISTS,
    '--lincom': ['x', 'x + z', '0*x', 'x*z', '1e308*x*10', ''],
    '--nlcom': ['x/z', 'x/0', 'log(-x)', 'exp(x)^999', ''],
    '--wild': ['x', 'z', 'x = 0, z = 1', ...LISTS],
    '--wild-type': ['WCR11', 'WCR33', 'WCU13', 'x'],
    '--wild-weights': ['webb', 'mammen', 'normal', 'x'],
    '--wild-by': NAMES,
    '--wild-ar': null,
    '--clusters': LISTS,
    '--permute': LISTS,
    '--permute-by': NAMES,
    '--permute-within': NAMES,
    '--family': LISTS,
    '--adjust': ['bonferroni', 'holm', 'bh', 'by', 'rw', 'wy', 'holm, rw', ''],
    '--reps': ['9', '9', '19', '19', '0', '-1', '1', '1e12', 'x'],
    '--seed': NUMBERS,
    '--omitted': LISTS,
    '--rmax': NUMBERS,
    '--margins': ['x by z', 'x by side', 'x by x', 'x by z at z = 0, 1e300', 'x by', 'x:z by w'],
    '--mediators': ['z', 'z, w', 'y', 'x', 'side', 'nobody', ''],
    '--mediated': LISTS,
    '--leave-out': LISTS,
    '--leave-out-by': NAMES,
    '--curve': ['x', 'z', 'x, z', ...LISTS],
    '--curve-outcomes': ['z', 'y', 'log(x)', 'nobody', ''],
    '--curve-effects': ['id', 'none', 'id + year', 'x', ''],
    '--curve-samples': CONDITIONS,
    '--curve-keep': LISTS,
    '--curve-test': ['9', '1', '0', '-1', '1e12', 'x', ''],
    '--differences': LISTS,
    '--differences-how': ['chow', 'suest', 'permute', 'chow,suest,permute', 'x', ''],
    '--differences-order': ['east > west', '1 > *', '* > *', 'east', ''],
    '--equal': LISTS,
    '--split': NAMES,
    '--fsplit': NAMES,
    '--weights': NAMES,
    '--vcov': [
      'iid',
      'hc3',
      'cluster:id',
      'cluster:id+year',
      'cr2:id',
      'jackknife:side',
      'dk:1',
      'conley:9',
      'pcse',
      'kiefer',
      'nw:-1',
    ],
    '--ssc': ['fixest', 'reghdfe', 'xtreg', 'plm', 'adj=no', 'x'],
    '--re': null,
    '--hausman': null,
    '--mundlak': null,
    '--re-method': ['xtreg', 'swar', 'x'],
    '--relax': ['x:1', 'w:0.5', 'w:-1', 'w:', 'w:1e300'],
    '--estimator': ['liml', 'gmm', 'cue', 'fuller:1', 'kclass:-9', 'x'],
    '--orthog': ['w', 'x', ''],
    '--reconcile': null,
    '--explain': null,
    '--where': CONDITIONS,
    '--format': ['json', 'csv', 'tex', 'md', 'html'],
  },
};
/** Options that are drawn together, for one says nothing alone. */
const TOGETHER = {
  describe: [
    ['--kind=groups', '--by=side'],
    ['--kind=balance', '--by=side'],
    ['--kind=panel_tests', '--panel=id,year'],
    ['--kind=panel_tests', '--panel=id,year', '--tests=all'],
    ['--kind=correlations'],
    ['--kind=groups', '--by=side', '--effects=id'],
  ],
  reg: [
    ['--wild=x', '--vcov=cluster:id', '--reps=19'],
    ['--clusters=x', '--vcov=cluster:id', '--reps=19'],
    ['--permute=x', '--reps=19'],
    ['--family=x, z', '--adjust=rw', '--reps=19'],
    ['--margins=x by z'],
    ['--mediators=z', '--reps=39'],
    ['--leave-out=x', '--leave-out-by=id'],
    ['--curve=x', '--curve-test=9'],
    ['--curve=x', '--curve-outcomes=z', '--curve-effects=none'],
    ['--split=side', '--differences=x', '--differences-how=chow,suest,permute', '--reps=19'],
    ['--diagnose=all'],
    ['--re', '--hausman', '--mundlak'],
    ['--omitted=x'],
  ],
};

function optionsOf(command, { random, pick }) {
  const known = OPTIONS[command];
  // One that is wrong refuses them all.
  const drawn = Array.from({ length: pick([0, 0, 0, 0, 1, 1, 3]) }, () => {
    const option = pick(Object.keys(known));
    return known[option] === null ? option : `${option}=${pick(known[option])}`;
  });
  return random() < 0.7 ? [...pick(TOGETHER[command]), ...drawn] : drawn;
}

function formulaOf({ random, whole, pick }) {
  const terms = random() < 0.7 ? ['x', 'z'] : [];
  for (let k = terms.length === 0 ? 1 + whole(3) : pick([0, 0, 1]); k > 0; k--) terms.push(pick(TERMS));
  const instruments = random() < 0.1 ? ` | ${pick(['x', 'z', 'w'])} ~ ${pick(['w', 'w + z', 'x', '1'])}` : '';
  const effects = pick(EFFECTS);
  return `${pick(['y', 'y', 'y', 'y', 'y', 'x', 'side', 'log(y)'])} ~ ${terms.join(' + ')}${effects === '' && instruments !== '' ? ' | 0' : effects}${instruments}`;
}

export const trial = {
  name: 'requests',
  promise: 'what is asked for of a model or of variables is computed or refused in a sentence, on whatever panel',
  unit: 'requests',
  goal: 20_000,
  prepare({ shared, random }) {
    for (const [name, change] of Object.entries(PANELS)) {
      const rows = ['id,year,y,x,z,w,side,first,two words,城市'];
      for (let i = 0; i < 96; i++) {
        const [y, x, z, w] = Array.from({ length: 4 }, () => random().toFixed(4));
        const id = Math.floor(i / 6);
        const cells = { id, year: 2000 + (i % 6), y, x, z, w, side: id % 4 < 2 ? 'east' : 'west' };
        Object.assign(cells, { first: id % 3 === 0 ? '' : 2001 + (id % 4), words: i % 7, city: i % 5 });
        const how = change(cells, i);
        const row = Object.values({ ...cells, ...(typeof how === 'object' ? how : {}) }).join(',');
        if (how !== 'leave out') rows.push(row, ...(how === 'twice' ? [row] : []));
      }
      writeFileSync(join(shared, `${name}.csv`), `${rows.join('\n')}\n`);
    }
  },
  attempt(tools) {
    const { shared, random, pick } = tools;
    const lines = Array.from({ length: BATCH }, () => {
      const file = join(shared, `${random() < 0.3 ? 'plain' : pick(Object.keys(PANELS))}.csv`);
      if (random() < 0.3) {
        const names = random() < 0.5 ? [] : [pick(NAMES), pick(['x', 'z'])];
        return ['describe', ...optionsOf('describe', tools), '--', file, ...names];
      }
      const panel = random() < 0.8 ? ['--panel=id,year'] : [];
      return ['reg', ...panel, ...optionsOf('reg', tools), '--', file, formulaOf(tools)];
    });
    return runBatch(lines);
  },
};
