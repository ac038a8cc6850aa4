import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { type RandomStream, randomStream } from '../../math/random/philox.ts';
import { estimate } from '../../model/estimate-formula.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { runKaya } from './run-kaya.ts';

/*
 * Formulas and options put together from pieces of four languages, seeded: a result, or an error with its code in both
 * languages. Nothing that can be typed ends in a fault of the program.
 */

const folder = mkdtempSync(join(tmpdir(), 'kaya-typed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const n = 60;
const at = <T>(value: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => value(i));
const table = columnTable({
  y: numberColumn(at((i) => Math.sin(5 * i) + 0.1 * i)),
  x: numberColumn(at((i) => Math.cos(3 * i))),
  z: numberColumn(at((i) => Math.sin(11 * i) + Math.cos(3 * i))),
  id: numberColumn(at((i) => Math.floor(i / 6))),
  year: numberColumn(at((i) => 2000 + (i % 6))),
  side: textColumn(at((i) => (i % 4 < 2 ? 'east' : null))),
  'two words': numberColumn(at((i) => i % 7)),
  城市: numberColumn(at((i) => i % 5)),
  empty: numberColumn(at(() => null)),
});

function pick<T>(items: readonly T[], random: RandomStream): T {
  return items[Math.min(items.length - 1, Math.floor(random.uniform() * items.length))];
}

const pieces = [
  ...[
    'y',
    'x',
    'z',
    'id',
    'year',
    'side',
    '`two words`',
    '城市',
    'empty',
    'nobody',
    '`',
    '``',
    '.',
    '..',
    '..a',
    '...',
  ],
  ...[
    '~',
    '|',
    '+',
    '-',
    '*',
    ':',
    '/',
    '^',
    '**',
    '#',
    '##',
    '(',
    ')',
    '[',
    ']',
    ',',
    '=',
    '==',
    '<',
    '%in%',
    '%',
    '!',
    '&',
    '@',
    '$',
    '\\',
  ],
  ...[
    '0',
    '1',
    '-1',
    '1e999',
    '0x1',
    '9'.repeat(30),
    '1.',
    '.5',
    '2010.',
    '"a"',
    "'",
    '“',
    '”',
    '（',
    '）',
    '～',
    '｜',
    '，',
    '：',
    '１',
    '\u{1F600}',
  ],
  ...[
    'log(',
    'I(',
    'i(',
    'l(',
    'f(',
    'd(',
    'lag(',
    'factor(',
    'C(',
    'Q(',
    'c(',
    'poly(',
    'sw(',
    'csw0(',
    'winsor(x, 1, 99)',
    'np.log(',
    'offset(',
    'max(',
  ],
  ...[
    'i.year',
    'c.x',
    'L.x',
    'L(1/3).x',
    'D2.x',
    'LD.x',
    'ib2003.year',
    'ibn.year',
    '1.id',
    'L.',
    'i.',
    'c.(x z)',
    'L0.x',
    'L99999.x',
    'EntityEffects',
    'reg y x',
    ', robust',
    ', absorb(id)',
    'if x > 1',
    'feols(y ~ x | id, cluster = ~id)',
  ],
  ...[
    'l(x, 1:3)',
    'l(x, 99999999)',
    'i(year, ref = 2001)',
    'i(side)',
    'i(side, x)',
    'log(x)',
    'x^2',
    '(x ~ z)',
    '[x ~ z]',
    '(x = z)',
    'id^year',
    'id[year]',
  ],
];

function formula(random: RandomStream): string {
  const size = 1 + Math.floor(random.uniform() * 7);
  const words = (count: number): string =>
    Array.from({ length: count }, () => pick(pieces, random)).join(pick(['', ' ', ' + '], random));
  return random.uniform() < 0.7 ? `y ~ ${words(size)}` : words(size + 2);
}

const formulas = 6000;

test('formulas from pieces of every language', () => {
  const random = randomStream(20240608, 1);
  for (let run = 0; run < formulas; run++) {
    const text = formula(random);
    try {
      estimate({ formulas: [text], table, panel: { unit: 'id', time: 'year' } });
    } catch (error) {
      if (!isStudyError(error)) throw new Error(`run ${run}: ${JSON.stringify(text)}`, { cause: error });
      expect(['internal', 'engine-failure'], text).not.toContain(error.code);
      for (const language of ['en', 'zh'] as const) {
        const said = describeError(error, language);
        expect(said, text).not.toMatch(/undefined|\[object|NaN/);
        expect(said.length, text).toBeLessThan(1500);
      }
    }
  }
}, 600_000);

const values = [
  ...[
    '',
    ' ',
    ',',
    'id',
    'id,year',
    'id year',
    '`two words`',
    '"two words"',
    'nobody',
    'side',
    '城市',
    '1',
    '-1',
    '0',
    '1e9',
    '9'.repeat(40),
    'NaN',
  ],
  ...[
    '~id',
    'cluster(id)',
    'cluster:',
    'cluster:nobody',
    'cluster:`two words`',
    'cluster:side',
    'hc3',
    'nw:99',
    'dk',
    'conley:5',
    'cr2:id',
    'robust',
    'x',
    'x=0',
    'x = z',
    'l(x,1)',
    'log(x)',
  ],
  ...[
    'year > 2050',
    'nobody = 1',
    'x >',
    "side = 'east'",
    'drop table x',
    '; select 1',
    'x = "',
    '(x)',
    '1',
    'sum(x) > 1',
    '`two words` > 1',
    '(',
    'i(year)',
    'year::*',
    '*',
    '_b[x]',
    'z:0.1',
    'x:',
  ],
  ...['fixest', 'adj=no', 'reghdfe', 'gmm', 'liml', 'kclass:x', 'fuller:1', '\u{1F600}', 'a'.repeat(3000)],
];
const options = [
  ...[
    '--panel',
    '--vcov',
    '--ssc',
    '--weights',
    '--where',
    '--split',
    '--fsplit',
    '--coords',
    '--estimator',
    '--orthog',
    '--relax',
    '--test',
    '--lincom',
    '--nlcom',
    '--equal',
  ],
  ...[
    '--re',
    '--hausman',
    '--mundlak',
    '--reconcile',
    '--explain',
    '--json',
    '--cluster',
    '--robust',
    '--absorb',
    '--fe',
    '--singletons',
    '--missing',
    '--text',
    '--format',
    '--threads',
    '--seed',
  ],
];
const someFormulas = [
  'y ~ x',
  'y ~ x | id',
  'y ~ x + z | id + year',
  'y ~ 1 | id | x ~ z',
  'y ~ `two words` + x',
  'y ~ i(year) + x',
  'y ~ l(x)',
  'y',
];

const lines = 250;

test('options with values of every kind', async () => {
  const random = randomStream(20240609, 1);
  const file = join(folder, 'data.csv');
  const names = table.names.map((name) => `"${name}"`).join(',');
  const cell = (name: string, i: number): string => {
    const column = table.columns[name];
    if (column.kind === 'text') return column.codes[i] < 0 ? '' : column.levels[column.codes[i]];
    return Number.isNaN(column.values[i]) ? '' : String(column.values[i]);
  };
  writeFileSync(file, `${names}\n${at((i) => table.names.map((name) => cell(name, i)).join(',')).join('\n')}\n`);
  for (let run = 0; run < lines; run++) {
    const argv = ['reg', file, pick(someFormulas, random)];
    const count = 1 + Math.floor(random.uniform() * 3);
    for (let k = 0; k < count; k++) {
      argv.push(pick(options, random));
      if (random.uniform() < 0.9) argv.push(pick(values, random));
    }
    let said = '';
    const status = await runKaya(argv, {
      print: () => undefined,
      stderr: { write: (text: string) => (said += text) },
      environment: { LANG: random.uniform() < 0.5 ? 'zh_CN.UTF-8' : 'C' },
      signal: new AbortController().signal,
    });
    expect([0, 1, 2], `${JSON.stringify(argv)}\n${said}`).toContain(status);
  }
}, 600_000);
