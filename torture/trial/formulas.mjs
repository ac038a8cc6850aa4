import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBatch } from '../batch.mjs';

const BATCH = 1000;

const NAMES = [
  'y',
  'x',
  'z',
  'id',
  'year',
  'side',
  '`two words`',
  '`',
  '``',
  '城市',
  'nobody',
  '__proto__',
  'constructor',
  '.',
];
const SIGNS = [
  '~',
  '|',
  '+',
  '-',
  '*',
  ':',
  '^',
  '/',
  '(',
  ')',
  '[',
  ']',
  ',',
  '=',
  '==',
  '!=',
  '<=',
  '>',
  '&',
  '%',
  '@',
  '{',
  '}',
];
const CALLS = [
  'log(',
  'I(',
  'i(',
  'l(x, ',
  'd(x, ',
  'f(x, ',
  'csw(',
  'sw(',
  'c(',
  'poly(',
  'winsor(',
  'exp(',
  'group_mean(',
  'i.',
  'c.',
];
const WORDS = ['and', 'or', 'not', 'in', 'missing', 'between', 'true', 'null', 'if', 'like', 'select'];
const TEXTS = [
  '0',
  '1',
  '-1',
  '1e308',
  '1e-400',
  '9'.repeat(400),
  '0x1F',
  "'a'",
  "'",
  '"a"',
  '"',
  '\\',
  '\u0000',
  '\u202e',
  '\u{1F600}',
  '（',
  '，',
  ' ',
  '\n',
  '\t',
  '',
];
const PIECES = [...NAMES, ...NAMES, ...SIGNS, ...SIGNS, ...CALLS, ...WORDS, ...TEXTS];
/** Written thousands of times within or after each other. */
const REPEATED = [
  ['(', 'x', ')'],
  ['log(', 'x', ')'],
  ['-', 'x', ''],
  ['not ', 'x > 1', ''],
  ['x + ', 'x', ''],
  ['x^', '2', ''],
  ['x:', 'x', ''],
  ['`', '', ''],
  ['[', '1', ']'],
  ['x and ', 'x > 1', ''],
];
const OPTIONS = ['--where', '--test', '--lincom', '--nlcom', '--vcov', '--weights', '--split', '--equal'];

/** A text that nobody typed: pieces in a row, or a sound one with a piece put in, or one that goes on for thousands of letters. */
function textOf(sound, { random, whole, pick }) {
  const how = random();
  if (how < 0.03) {
    const [open, middle, close] = pick(REPEATED);
    const times = pick([50, 500, 5000]);
    return open.repeat(times) + middle + close.repeat(times);
  }
  if (how < 0.45) {
    let text = sound;
    for (let k = 1 + whole(3); k > 0; k--) {
      const place = whole(text.length + 1);
      text = text.slice(0, place) + (random() < 0.7 ? pick(PIECES) : '') + text.slice(place + whole(3));
    }
    return text;
  }
  return Array.from({ length: 1 + whole(14) }, () => pick(PIECES)).join(random() < 0.5 ? ' ' : '');
}

const FORMULAS = [
  'y ~ x + z | id + year',
  'y ~ log(x) + l(z, 1) | id',
  'y ~ 1 | id | x ~ z',
  'y ~ i(side, x) + x:z',
  'csw(y, x) ~ z | id',
];
const TERMS = [
  'x',
  'z',
  'log(x)',
  'x^2',
  'l(x, 1)',
  'd(z)',
  'i(side)',
  'i(side, x)',
  'x:z',
  'x*z',
  'I(x + z)',
  '`two words`',
  '城市',
  'winsor(x, 5, 95)',
  '1',
  '0',
  'nobody',
  'sw(x, z)',
  'l(x, 0:2)',
  '(x + z)',
  'factor(id)',
  '-x',
];
const EFFECTS = ['id', 'year', 'side', 'id^year', 'id[x]', '0', 'nobody', 'id + year', 'csw0(id, year)', '城市'];

/** A formula of sound parts, which is computed more often than not. */
function soundFormula({ random, whole, pick }) {
  const terms = Array.from({ length: 1 + whole(4) }, () => pick(TERMS));
  const effects = random() < 0.7 ? ` | ${pick(EFFECTS)}` : '';
  const instruments = random() < 0.2 ? ` | ${pick(TERMS)} ~ ${pick(TERMS)} + ${pick(TERMS)}` : '';
  return `${pick(['y', 'y', 'log(y)', 'x', 'd(y)'])} ~ ${terms.join(' + ')}${effects}${instruments}`;
}

const SOUND = {
  '--where': "year >= 2002 and side in ('east', 'west') or not (x > 0.5)",
  '--test': 'x = z, x + 2*z = 0',
  '--lincom': 'x + 2*z',
  '--nlcom': 'x/z',
  '--vcov': 'cluster:id+year',
  '--weights': 'z',
  '--split': 'side',
  '--equal': 'x',
};

export const trial = {
  name: 'formulas',
  promise:
    'a formula, condition or test is computed or refused in a sentence, whatever is typed and however deeply it is nested',
  unit: 'formulas and conditions',
  goal: 50_000,
  prepare({ shared, random }) {
    const rows = ['y,x,z,id,year,side,two words,城市'];
    for (let i = 0; i < 60; i++) {
      const numbers = [random(), random(), random()].map((value) => value.toFixed(4));
      rows.push([...numbers, Math.floor(i / 6), 2000 + (i % 6), i % 4 < 2 ? 'east' : 'west', i % 7, i % 5].join(','));
    }
    writeFileSync(join(shared, 'data.csv'), `${rows.join('\n')}\n`);
  },
  attempt(tools) {
    const { shared, random, pick } = tools;
    const lines = Array.from({ length: BATCH }, () => {
      const isFormula = random() < 0.6;
      const option = pick(OPTIONS);
      const formula = isFormula
        ? random() < 0.4
          ? soundFormula(tools)
          : textOf(pick(FORMULAS), tools)
        : pick(FORMULAS);
      const options = isFormula ? [] : [`${option}=${textOf(SOUND[option], tools)}`];
      return ['reg', join(shared, 'data.csv'), '--panel=id,year', ...options, '--', formula];
    });
    return runBatch(lines);
  },
};
