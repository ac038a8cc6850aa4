import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-habits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'd.csv');
writeFileSync(
  file,
  `y,x,z,id,year\n${Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i % 7, i % 5, 2000 + (i % 6)].join(',')).join('\n')}\n`,
);

async function kaya(argv: readonly string[], language = 'C') {
  const { status, out: stdout, err: stderr } = await runInside(argv, { HOME: '/home/someone', LANG: language });
  return { status, stdout, stderr };
}

describe('options of other programs are told what they are here', () => {
  test.each<[string, readonly string[]]>([
    ['--vcov cluster:firm', ['y ~ x', '--cluster', 'firm']],
    ['--vcov cluster:firm+year', ['y ~ x', '--cluster', 'firm', 'year']],
    ['--vcov cluster:firm', ['y ~ x', '--cluster=firm']],
    ['--vcov cluster:firm+year', ['--cluster-by', 'firm,year', 'y ~ x']],
    ['vcov cluster:NAME', ['--clusters', 'firm,year', 'y ~ x']],
    ['--vcov hc1', ['y ~ x', '--robust']],
    ['--vcov hc1', ['y ~ x', '-r']],
    ['--vcov cluster:firm', ['y ~ x', '--vce', 'cluster firm']],
    ['--vcov hc3', ['y ~ x', '--se', 'HC3']],
    ['"y ~ x | id + year"', ['y ~ x', '--absorb', 'id', 'year']],
    ['"y ~ x | id + year"', ['y ~ x', '--fe', 'id,year']],
    ['"y ~ x | id + year"', ['y ~ x | id', '--fixed-effects', 'year']],
    ['"y ~ x | 0 | ENDOGENOUS ~ z"', ['y ~ x', '--iv', 'z']],
    ['--panel id,year', ['y ~ l(x)', '--index', 'id', 'year']],
    ['--panel firm,TIME', ['y ~ l(x)', '--id', 'firm']],
    ['--where "x > 1"', ['y ~ x', '--if', 'x > 1']],
    ['--split side', ['y ~ x', '--by', 'side']],
    ['--weights w', ['y ~ x', '--weight', 'w']],
    ['"y ~ x - 1"', ['y ~ x', '--noconstant']],
    ['--out t.txt', ['y ~ x', '-o', 't.txt']],
    ['--format tex', ['y ~ x', '--latex']],
    ['--re', ['y ~ x', '--random']],
    ['--diagnose vif', ['y ~ x', '--vif']],
    ['--diagnose serial', ['y ~ x', '--xtserial']],
    ['--diagnose hetero', ['y ~ x', '--xttest3']],
  ])('%s', async (meant, argv) => {
    for (const language of ['C', 'zh_CN.UTF-8']) {
      const { status, stdout, stderr } = await kaya(['reg', file, ...argv], language);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(meant);
    }
  });
});

describe('a formula without quotation marks', () => {
  test.each<[string, readonly string[]]>([
    ['"y ~ x + z"', ['y', '~', 'x', '+', 'z']],
    ['"y ~ x"', ['y', '/home/someone', 'x']],
    ['"y ~ x + z"', ['y', '~x', '+', 'z']],
    ['"y ~ x - 1"', ['y', '~', 'x', '-', '1']],
    ['"y ~ x + z"', ['y', 'x', 'z']],
    ['"y ~ x + z | id" --vcov cluster:id', ['reg', 'y', 'x', 'z,', 'absorb(id)', 'cluster(id)']],
    ['--panel id,year', ['y ~ l(x)', '--panel', 'id', 'year']],
    ['--panel id,year', ['--panel', 'id', 'year', 'y ~ l(x)']],
    ['--vcov cluster:id', ['y ~ x', '--vcov', 'cluster', 'id']],
  ])('%s', async (meant, argv) => {
    const { status, stdout, stderr } = await kaya(['reg', file, ...argv]);
    expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(meant);
  });

  test('of kaya threshold', async () => {
    const argv = ['threshold', file, 'y', '~', 'z', '--regime', 'x', '--by', 'z', '--panel', 'id,year'];
    expect((await kaya(argv)).stderr).toContain('"y ~ z"');
  });
});

describe('values that mean one thing only', () => {
  const json = async (argv: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await kaya(['reg', file, ...argv, '--json']);
    expect(status, stderr).toBe(0);
    return stdout;
  };
  test.each(['id year', 'id, year', '~id + year', 'c("id", "year")', 'id，year', '`id`,`year`'])(
    '--panel %s',
    async (panel) => {
      expect(await json(['y ~ l(x)', '--panel', panel])).toBe(await json(['y ~ l(x)', '--panel', 'id,year']));
    },
  );
  test.each(['~id', 'cluster(id)', 'cluster id', 'vce(cluster id)', 'cluster=id', 'cluster：id'])(
    '--vcov %s',
    async (vcov) => {
      expect(await json(['y ~ x', '--vcov', vcov])).toBe(await json(['y ~ x', '--vcov', 'cluster:id']));
    },
  );
  test('the result carries the canonical formula', async () => {
    expect(JSON.parse(await json(['y ～ c.x ＋ i.year ｜ factor(id)'])).models[0].formula).toBe('y ~ x + i(year) | id');
  });
});

describe('kaya help', () => {
  test('formula and vcov, in both languages', async () => {
    const formula = await kaya(['help', 'formula']);
    expect(formula).toMatchObject({ status: 0, stderr: '' });
    for (const said of ['i.year', 'factor()', 'C(year)', '| FIXED EFFECTS |']) expect(formula.stdout).toContain(said);
    expect((await kaya(['help', 'vcov'], 'zh_CN.UTF-8')).stdout).toContain('标准误');
  });
  test('a command, and a topic that is none', async () => {
    expect((await kaya(['help', 'study', 'check'])).stdout).toContain('Usage: kaya study check');
    const unknown = await kaya(['help', 'formulas']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('formula');
    expect((await kaya(['help'])).stdout).toContain('Usage: kaya');
  });
});

test.each<[string, readonly string[]]>([
  ['a setting of: --wild TERM', ['y ~ x', '--wild-type', 'WCU11']],
  ['about: --leave-out TERM', ['y ~ x', '--leave-out-by', 'id']],
  ['--permute TERM', ['y ~ x', '--permute-by', 'id']],
  ['--wild, --clusters, --mediators, --differences, --permute, --placebo, or --adjust rw', ['y ~ x', '--reps', '99']],
  ['no --split beside it', ['y ~ x', '--split', 'id', '--fsplit', 'id']],
  [
    '--weights does not take "z"; it takes no weights with random effects',
    ['y ~ x | id', '--hausman', '--weights', 'z'],
  ],
  ['--re of a model with instruments', ['y ~ 1 | id | x ~ z', '--re']],
  ['--fixef does not take "f.docx"; it takes a file name that ends in .csv', ['y ~ x | id', '--fixef', 'f.docx']],
  ['--predict does not take "p.png"; it takes a file name that ends in .csv', ['y ~ x | id', '--predict', 'p.png']],
])('a refusal says options as they are typed: %s', async (said, argv) => {
  const refused = await kaya(['reg', file, ...argv]);
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toContain(said);
});
