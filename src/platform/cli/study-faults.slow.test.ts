import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type RandomStream, randomStream } from '../../math/random/philox.ts';
import { runInside } from './testing/run-inside.ts';

/*
 * Whatever stands in a study file, the program says what is wrong with it and where: never a fault of its own, never more of
 * the file than a few words. Mutations of the shipped study, seeded.
 */

const folder = mkdtempSync(join(tmpdir(), 'kaya-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function kaya(...argv: readonly string[]): Promise<Said> {
  const { status, out: stdout, err: stderr } = await runInside(argv, { LANG: 'C' });
  return { status, stdout, stderr };
}

const shipped = readFileSync(new URL('../../../studies/ai-carbon-productivity/study.yaml', import.meta.url), 'utf8');
const whole = 1;

function pick<T>(items: readonly T[], random: RandomStream): T {
  return items[Math.min(items.length - 1, Math.floor(random.uniform() * items.length))];
}

const scraps = [
  ...[
    ',',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ':',
    '- ',
    '#',
    ' # ',
    '"',
    "'",
    '&a ',
    '*a',
    '*nobody',
    '!tag ',
    '!!float ',
    '|',
    '>',
    '<<: ',
  ],
  ...[
    '\t',
    '\n',
    '\n\n',
    '  ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '@',
    '`',
    '\\',
    '?',
    '? ',
    '~',
    'null',
    'true',
    '0',
    '-1',
    '1e999',
  ],
  ...[
    '9'.repeat(400),
    '.nan',
    '2003-01-01',
    '0x1F',
    'a'.repeat(2000),
    '城市',
    '（',
    '，',
    '\u0000',
    '\u{1F600}',
    '__proto__: 1',
  ],
  ...[
    '{ a: b, c }',
    '[1, 2',
    '{ formula: y ~ l(x, 1) | city, vcov: iid }',
    '{ where: year in (2003, 2004), label: x }',
  ],
];

function mutate(text: string, random: RandomStream): string {
  const lines = text.split('\n');
  const at = Math.floor(random.uniform() * lines.length);
  const line = lines[at];
  const place = Math.floor(random.uniform() * (line.length + 1));
  const how = Math.floor(random.uniform() * 8);
  const value = /^(\s*(?:- )?[\w.]+: )(.*)$/.exec(line);
  if (how === 0) lines[at] = line.slice(0, place) + pick(scraps, random) + line.slice(place);
  else if (how === 1) lines[at] = line.slice(0, place) + line.slice(place + 1);
  else if (how === 2) lines.splice(at, 0, line);
  else if (how === 3) lines.splice(at, 1);
  else if (how === 4) lines[at] = ` ${line}`;
  else if (how === 5 && value !== null) lines[at] = value[1] + pick(scraps, random);
  else if (how === 6 && value !== null) lines[at] = value[1];
  else lines.splice(at, 1, pick(lines, random));
  return lines.join('\n');
}

const runs = 1200;

test('mutations of the shipped study are right or refused with a place', async () => {
  const random = randomStream(20240607, whole);
  const file = join(folder, 'study.yaml');
  for (let run = 0; run < runs; run++) {
    let text = shipped;
    const count = 1 + Math.floor(random.uniform() * 3);
    for (let k = 0; k < count; k++) text = mutate(text, random);
    writeFileSync(file, text);
    const { status, stderr } = await kaya('study', 'check', file);
    if (status === 0) continue;
    expect({ status, run }, stderr).toEqual({ status: 2, run });
    expect(stderr, `run ${run}`).toMatch(/study\.yaml:\d+:\d+ /);
    for (const said of stderr.split('\n')) expect(said.length, `run ${run}: ${said}`).toBeLessThan(1200);
  }
}, 600_000);

describe('files that are no study', () => {
  const csv = `city,year,secret\n${Array.from({ length: 300 }, (_, i) => `c${i},2003,PRIVATE${i}`).join('\n')}\n`;
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'firms.csv': csv,
    'quoted.csv': csv.replaceAll(',', '","').replaceAll('\n', '"\n"'),
    'semicolons.csv': csv.replaceAll(',', '; '),
    'colons.txt': csv.replaceAll(',', ': '),
    'table.tsv': csv.replaceAll(',', '\t'),
    'page.html': `<html><body>PRIVATE1 {{ a: b }} &amp; *x*</body></html>`,
    'data.json': JSON.stringify([{ secret: 'PRIVATE1' }]),
    'list.yaml': '- PRIVATE1\n- PRIVATE2\n',
    'word.yaml': 'PRIVATE1',
    'number.yaml': '42',
    'nothing.yaml': '',
    'comment.yaml': '# nothing\n',
    'bytes.yaml': Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
    'zip.xlsx': Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4, 5]),
    'utf16.yaml': new Uint8Array(Buffer.from('\ufeffkaya: 1\nid: PRIVATE1\n', 'utf16le')),
    'gbk.yaml': Uint8Array.from([0x6b, 0x3a, 0x20, 0xb3, 0xc7, 0xca, 0xd0]),
    'alias.yaml': `a: &a [x, x, x]\n${Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${'*a, '.repeat(9)}*a]`).join('\n')}\n`,
    'bomb.yaml': `a0: &a0 [1]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`).join('\n')}\n`,
    'nobody.yaml': 'kaya: *nobody\n',
    'loop.yaml': 'kaya: &a [*a]\n',
    'deep.yaml': `${'['.repeat(3000)}${']'.repeat(3000)}`,
    'keys.yaml': '? [a, b]\n: 1\n? { c: d }\n: 2\n1: 3\nnull: 4\ntrue: 5\n',
    'proto.yaml': '__proto__: { kaya: 1 }\nconstructor: 2\ntoString: 3\nmodels: { __proto__: { formula: y ~ x } }\n',
    'merge.yaml': 'a: &a { kaya: 1 }\n<<: *a\n<<: [*a, 3]\n',
    'two.yaml': 'kaya: 1\n---\nkaya: 1\n',
  };

  test.each(Object.keys(files))('%s', async (name) => {
    const path = join(folder, name);
    writeFileSync(path, files[name]);
    for (const argv of [
      ['study', 'run', path],
      ['study', 'check', path],
      ['study', 'check', path, '--json'],
      ['panel', 'build', path],
      ['simulate', path],
      ['panel', 'why', path, '--city', '110100', '--year', '2003', '--var', 'cp'],
    ]) {
      const { status, stdout, stderr } = await kaya(...argv);
      expect([1, 2], `${argv.join(' ')}: ${stderr}`).toContain(status);
      expect(stderr + stdout).not.toMatch(/PRIVATE[1-9]/);
      expect(stderr.length).toBeLessThan(6000);
    }
  });

  test('a folder without a study, and a folder in place of a file', async () => {
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'shadow', 'study.yaml'), { recursive: true });
    for (const name of ['empty', 'shadow', 'missing']) {
      const { status, stderr } = await kaya('study', 'check', join(folder, name));
      expect([1, 2], stderr).toContain(status);
      expect(stderr).not.toMatch(/EISDIR|ENOENT/);
    }
  });
});
