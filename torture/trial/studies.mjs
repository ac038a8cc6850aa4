import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBatch } from '../batch.mjs';

const BATCH = 50;

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

/** Files of the study that are put beside the mutated one, so that what it reads is there. */
const STUDIES = ['ai-carbon-productivity', 'income-and-life-expectancy', 'carbon-productivity-of-countries'];

export const trial = {
  name: 'studies',
  promise: 'a study file is right or refused with file, line and column, whatever is written in it',
  unit: 'mutated study files',
  goal: 10_000,
  attempt(tools) {
    const { root, folder, whole, pick } = tools;
    const lines = Array.from({ length: BATCH }, (_, i) => {
      let text = readFileSync(join(root, 'studies', pick(STUDIES), 'study.yaml'), 'utf8');
      for (let k = 1 + whole(4); k > 0; k--) text = mutate(text, tools);
      const own = join(folder, String(i));
      mkdirSync(own);
      writeFileSync(join(own, 'study.yaml'), text);
      return ['study', 'check', own];
    });
    return runBatch(lines, ({ code, stderr }) => {
      if (code === 2 && !/study\.yaml:\d+:\d+ /.test(stderr)) return `exit 2 without a place: ${stderr.slice(0, 300)}`;
      return undefined;
    });
  },
};
