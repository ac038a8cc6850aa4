import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

// What the ending of --out says, and what a command says that lacks something.

const folder = mkdtempSync(join(tmpdir(), 'kaya-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'd.csv');
writeFileSync(
  file,
  `y,x,q,id,year\n${Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i * 7) % 11, i % 8, 2000 + Math.floor(i / 8)].join(',')).join('\n')}\n`,
);

const kaya = (argv: readonly string[], language = 'C') => runInside(argv, { LANG: language });

const threshold = ['y ~ q', '--regime', 'x', '--by', 'q', '--panel', 'id,year', '--boot', '0'];
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['reg', ['reg', file, 'y ~ x']],
  ['describe', ['describe', file]],
  ['threshold', ['threshold', file, ...threshold]],
];

describe.each(commands)('kaya %s --out', (name, command) => {
  test.each([
    ['json', 'json'],
    ['md', 'md'],
    ['tex', 'tex'],
    ['html', 'html'],
    ['csv', 'csv'],
    ['TeX', 'tex'],
    ['htm', 'html'],
    ['markdown', 'md'],
    ['txt', 'text'],
    ['log', 'text'],
  ])('t.%s is written as --format %s', async (ending, format) => {
    const path = join(folder, `${name}.v1.${ending}`);
    expect(await kaya([...command, '--out', path])).toMatchObject({ status: 0, out: '' });
    const { out } = await kaya([...command, '--format', format]);
    expect(readFileSync(path, 'utf8')).toBe(out);
  });

  test.each(['docx', 'xlsx', 'XLSX'])('t.%s is an archive of an office program', async (ending) => {
    const path = join(folder, `${name}.${ending}`);
    expect(await kaya([...command, '--out', path])).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(path).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  });

  test.each([
    ['t.tex', ['--format', 'md'], '.md beside --format md'],
    ['t.json', ['--format', 'text'], '.txt beside --format text'],
    ['t.csv', ['--json'], '.json beside --format json'],
    ['t.html', ['--format=csv'], '.csv beside --format csv'],
    ['t.pdf', [], '.tex'],
    ['t.rtf', ['--format', 'html'], '.html'],
    ['t.dta', [], '.csv'],
    ['t.xyz', [], '.txt'],
    ['t.v2', [], '.txt'],
  ])('%s with %j is refused', async (out, more, hint) => {
    const path = join(folder, `${name}-${out}`);
    const { status, err } = await kaya([...command, '--out', path, ...more]);
    expect([status, err]).toEqual([2, expect.stringContaining(hint)]);
    expect(err).toContain(`\`kaya ${name} --help\``);
    expect((await kaya([...command, '--out', path, ...more], 'zh_CN')).err).toContain(`全部选项见kaya ${name} --help`);
    expect(existsSync(path)).toBe(false);
  });

  test('an ending of no kind is a name beside --format', async () => {
    const path = join(folder, `${name}.v2`);
    expect(await kaya([...command, '--out', path, '--format', 'md'])).toMatchObject({ status: 0 });
    expect(readFileSync(path, 'utf8')).toBe((await kaya([...command, '--format', 'md'])).out);
  });

  test('--out - is no file: what is printed needs no --out', async () => {
    const { status, err } = await kaya([...command, '--out', '-']);
    expect([status, err]).toEqual([2, expect.stringContaining('--out does not take "-"')]);
    expect(existsSync('-')).toBe(false);
  });

  test('--json beside another --format', async () => {
    const { status, err } = await kaya([...command, '--json', '--format', 'csv']);
    expect([status, err]).toEqual([2, expect.stringContaining('beside --json')]);
  });
});

describe('what a command cannot do without is named', () => {
  const without = (flag: string): readonly string[] => {
    const at = threshold.indexOf(flag);
    return ['threshold', file, ...threshold.slice(0, at), ...threshold.slice(at + 2)];
  };
  test.each<[readonly string[], string, string]>([
    [
      without('--regime'),
      'kaya threshold needs --regime VARS, such as --regime x',
      'kaya threshold还需要--regime VARS',
    ],
    [without('--by'), 'kaya threshold needs --by VAR, such as --by x', 'kaya threshold还需要--by VAR'],
    [without('--panel'), 'kaya threshold needs --panel UNIT,TIME', 'kaya threshold还需要--panel UNIT,TIME'],
    [['reg', file], 'kaya reg needs FORMULA', 'kaya reg还需要FORMULA'],
    [['reg'], 'kaya reg needs DATA', 'kaya reg还需要DATA'],
    [['describe'], 'kaya describe needs DATA', 'kaya describe还需要DATA'],
    [['panel', 'why', 's', '--year', '2010', '--var', 'cp'], 'kaya panel why needs --unit CODE', '还需要--unit CODE'],
    [['panel', 'why', 's', '--city', '110000', '--var', 'cp'], 'kaya panel why needs --year YEAR', '还需要--year YEAR'],
    [['panel', 'build'], 'kaya panel build needs STUDY', 'kaya panel build还需要STUDY'],
    [['study', 'init'], 'kaya study init needs DIR', 'kaya study init还需要DIR'],
    [['registry', 'collect'], 'kaya registry collect needs --config FILE', '还需要--config FILE'],
    [['reg', file, 'y ~ x', '--vcov'], '--vcov needs a value, such as --vcov <TYPE>', '--vcov还需要'],
    [['reg', file, 'y ~ x', '--wild'], '--wild needs a value', '--wild还需要'],
  ])('%j', async (argv, en, zh) => {
    const english = await kaya(argv);
    expect([english.status, english.err]).toEqual([2, expect.stringContaining(en)]);
    expect(english.err).not.toContain('does not take');
    const chinese = await kaya(argv, 'zh_CN.UTF-8');
    expect([chinese.status, chinese.err]).toEqual([2, expect.stringContaining(zh)]);
    const command = ['panel', 'study', 'registry'].includes(argv[0]) ? `${argv[0]} ${argv[1]}` : argv[0];
    expect(english.err).toContain(`\`kaya ${command} --help\``);
  });

  test.each([
    ['regress', 'kaya reg'],
    ['feols', 'kaya reg'],
    ['xtreg', 'kaya reg'],
    ['summarize', 'kaya describe'],
    ['sum', 'kaya describe'],
    ['xthreg', 'kaya threshold'],
    ['init', 'kaya study init'],
    ['discribe', 'describe'],
  ])('kaya %s: %s was meant', async (typed, meant) => {
    const { status, err } = await kaya([typed, file]);
    expect([status, err]).toEqual([2, expect.stringContaining(`Did you mean ${meant}?`)]);
    expect((await kaya([typed, file], 'zh_CN')).err).toContain(meant);
  });

  test('a study folder that is taken: another folder, not --out', async () => {
    for (const [language, said] of [
      ['C', 'Name another folder.'],
      ['zh_CN', '请另选一个文件夹'],
    ]) {
      const { status, err } = await kaya(['study', 'init', folder], language);
      expect([status, err]).toEqual([1, expect.stringContaining(said)]);
      expect(err).not.toContain('--out');
    }
  });

  test('describe says which columns it prints', async () => {
    expect((await kaya(['describe', '--help'])).out).toContain('numbers and text');
  });
});

describe('describe says why a column is text that is otherwise numbers', () => {
  const cells = Array.from({ length: 9 }, (_, i) => `${i}.5`);
  const write = (name: string, column: readonly string[]): string => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, `x,z\n${column.map((cell, i) => `${cell},${i}`).join('\n')}\n`);
    return path;
  };
  test.each([
    ['yuan', '--missing "yuan"'],
    ['(0.14)', '-0.14'],
    ['"1,5"', '1.5'],
    ['12%', '12'],
    ['n/a', '--missing "n/a"'],
  ])('%s', async (cell, remedy) => {
    const path = write(`mixed-${remedy.length}`, [cell, ...cells]);
    const { status, err, out } = await kaya(['describe', path, '--json']);
    expect(status).toBe(0);
    expect(err).toContain(`x is text: 1 of its 10 filled cells is no number: "${cell.replaceAll('"', '')}" in line 2.`);
    expect(err).toContain(remedy);
    expect(JSON.parse(out).warnings).toMatchObject([{ code: 'column-is-text', detail: { name: 'x', not_numbers: 1 } }]);
    expect((await kaya(['describe', path], 'zh_CN')).err).toContain('x是文本：其10个非空单元格中有1个不是数值');
  });
  test('words, identifiers and a column that is not asked for say nothing', async () => {
    const quiet = [
      write(
        'words',
        cells.map((_, i) => `w${i}`),
      ),
      write(
        'ids',
        cells.map((_, i) => `0${i}`),
      ),
    ];
    for (const path of quiet) expect((await kaya(['describe', path])).err).toBe('');
    expect((await kaya(['describe', write('other', ['yuan', ...cells]), 'z'])).err).toBe('');
  });
});

describe('two clustering variables behind one colon', () => {
  test.each(['cluster:id year', 'cluster:id,year', 'cluster: id  year', 'cr1:id year', 'cluster id year'])(
    '%s',
    async (vcov) => {
      const told = async (text: string): Promise<unknown> =>
        JSON.parse((await kaya(['reg', file, 'y ~ x', '--vcov', text, '--json'])).out).models[0].vcov;
      expect(await told(vcov)).toEqual(await told('cluster:id+year'));
    },
  );
  test('a column with a blank in its name is that column', async () => {
    const path = join(folder, 'blank.csv');
    writeFileSync(path, readFileSync(file, 'utf8').replace('q,id,year', 'id year,id,year'));
    const { out } = await kaya(['reg', path, 'y ~ x', '--vcov', 'cluster:id year', '--json']);
    expect(JSON.parse(out).models[0].vcov.by).toEqual(['id year']);
  });
});

describe('no format loses a part in silence', () => {
  test('csv of a threshold has thresholds, tests, regimes and coefficients, each below its title', async () => {
    const { status, out } = await kaya(['threshold', file, ...threshold, '--format', 'csv']);
    expect(status).toBe(0);
    const blocks = out.split('\r\n\r\n');
    const titled = (words: string): string =>
      blocks.find((block) => /^"?# /.test(block) && block.includes(words)) ?? '';
    expect(titled('Threshold estimator')).toMatch(/\r\nTh-1,-?\d/);
    expect(titled('Threshold effect test')).toMatch(/\r\nSingle,\d/);
    expect(titled('Regimes')).toContain('\r\nq<=');
    expect(titled('Coefficients')).toContain('model,depvar,sample,term,estimate');
    expect(out).toMatch(/1,y,,x:\[q<=/);
  });

  test('csv of a model is its records; its warnings are said beside it', async () => {
    const { out, err } = await kaya(['reg', file, 'y ~ x', '--vcov', 'cluster:id', '--format', 'csv']);
    expect(out.trim().split('\r\n').length).toBe(3);
    expect(err).toContain('Only 8 clusters by id');
  });

  test('how models were fitted is in every format, and named where it is not', async () => {
    const explained = ['reg', file, 'y ~ x', 'y ~ x + q', '--explain'];
    for (const format of ['text', 'md', 'tex', 'html']) {
      expect((await kaya([...explained, '--format', format])).out).toContain('Plan: 2 models');
    }
    const { out, err } = await kaya([...explained, '--format', 'csv']);
    expect(out).not.toContain('Plan');
    expect(err).toContain('csv has no place for: Plan: 2 models');
  });

  test.each(['md', 'tex', 'html'])('a page of one model has its facts and warnings: %s', async (format) => {
    const { out } = await kaya(['reg', file, 'y ~ x', '--vcov', 'cluster:id', '--format', format]);
    for (const words of ['Residual df', 'Root MSE', '95% Conf.', 'Only 8 clusters by id']) {
      expect(out.replaceAll('\\%', '%')).toContain(words);
    }
  });

  test('the score of a simulation alone has a format', async () => {
    const { status, err } = await kaya([
      'simulate',
      'studies/ai-carbon-productivity',
      '--out',
      folder,
      '--format',
      'md',
    ]);
    expect([status, err]).toEqual([2, expect.stringContaining('--score')]);
  });

  test('bytes are not printed on a terminal', async () => {
    const { status, err } = await kaya(['reg', file, 'y ~ x', '--format', 'docx']);
    expect([status, err]).toEqual([2, expect.stringContaining('--out FILE')]);
  });
});
