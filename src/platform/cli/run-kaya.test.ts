import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { StudyError } from '../../error/study-error.ts';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function kaya(
  argv: readonly string[],
  environment: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Said> {
  const { status, out: stdout, err: stderr } = await runInside(argv, environment, signal);
  return { status, stdout, stderr };
}

test('help lists the commands on stdout', async () => {
  const { status, stdout, stderr } = await kaya(['--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const name of ['study', 'panel', 'simulate', 'describe', 'reg', 'doctor']) expect(stdout).toContain(name);
});

test('no command, or half of one: help on stderr and status 2', async () => {
  for (const argv of [[], ['study'], ['panel']]) {
    const { status, stdout, stderr } = await kaya(argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: kaya');
  }
});

test('the version alone', async () => {
  expect((await kaya(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [['stduy', 'run'], 'study'],
  [['study', 'chek', 'x'], 'check'],
  [['reg', 'd.csv', 'y ~ x', '--vcv', 'iid'], '--vcov'],
  [['reg', 'd.csv', 'y ~ x', '--format', 'txt'], 'text'],
  [['study', 'run', '--threads', 'two'], 'whole number'],
  [['study', 'run', '--threads=0'], 'at least 1'],
  [['simulate', 's', '--out', 'd', '--scale', '2'], 'at most 1'],
  [['reg', 'd.csv'], 'FORMULA'],
  [['threshold', 'd.csv', 'y ~ x', '--by', 'q', '--panel', 'i,t'], '--regime'],
  [['threshold', 'd.csv', 'y ~ x', '--by', 'q', '--regime', 'z'], '--panel'],
  [['reg', 'd.csv', 'y ~ x', '--vcov'], '--vcov <TYPE>'],
  [['reg', 'd.csv', 'y ~ x', '--ssc', 'plm', '--ssc', 'none'], 'given "plm" before'],
  [['study', 'check', 'a', 'b'], 'kaya study check'],
  [['--lang', 'fr', 'doctor'], 'en, zh'],
  [['study', 'init', join(folder, 'x'), '--template', 'ai-carbon'], 'ai-carbon-productivity'],
])('wrong usage is one paragraph with the nearest name: %j', async (argv, hint) => {
  const { status, stdout, stderr } = await kaya(argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(hint);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([[['serve', '--port', '80'], 'kaya serve']])('what this version lacks says so: %j', async (argv, feature) => {
  const { status, stdout, stderr } = await kaya(argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(feature);
  expect(stderr).toContain('not in this version');
});

test('the language comes from --lang anywhere, else from the locale', async () => {
  expect((await kaya(['serve'], { LANG: 'zh_CN.UTF-8' })).stderr).toMatch(/[\u4e00-\u9fff]/);
  expect((await kaya(['serve', '--lang', 'zh'])).stderr).toMatch(/[\u4e00-\u9fff]/);
  expect((await kaya(['--lang=en', 'serve'], { LANG: 'zh_CN.UTF-8' })).stderr).toContain('not in this version');
});

test('an interrupted command has the status of its signal', async () => {
  const stop = new AbortController();
  stop.abort(new StudyError('interrupted', { signal: 'SIGTERM' }));
  expect((await kaya(['study', 'check', join(folder, 'none')], {}, stop.signal)).status).toBe(143);
});

test('a new study checks, carries its folder as id, and is not made twice', async () => {
  const target = join(folder, '碳 study', 'my-panel');
  const made = await kaya(['study', 'init', target]);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(await kaya(['study', 'check', target])).toMatchObject({ status: 0, stderr: '' });
  const resolved = await kaya(['study', 'check', target, '--resolved']);
  expect(parse(resolved.stdout)).toMatchObject({
    id: 'my-panel',
    data: { synthetic: { scale: 0.02 } },
    report: { decimals: 3 },
  });
  const again = await kaya(['study', 'init', target]);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('not empty');
});

test('a faulty study: every fault on stderr, the same as JSON on stdout', async () => {
  mkdirSync(join(folder, 'faulty'));
  const file = join(folder, 'faulty', 'study.yaml');
  writeFileSync(
    file,
    'kaya: 1\nid: faulty\ntitle: T\npanel: { years: [2003, 2021] }\nmeasures: [cp, a1]\nmodel: {}\npack: china-cities\n',
  );
  const said = await kaya(['study', 'check', file]);
  expect(said).toMatchObject({ status: 2, stdout: '' });
  expect(said.stderr).toContain('study.yaml:6:1');
  const asJson = await kaya(['study', 'check', file, '--json']);
  expect(asJson.status).toBe(2);
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    valid: false,
    faults: [{ line: 6, column: 1, nearest: 'models' }],
  });
});

test('a missing study file names the nearest one', async () => {
  mkdirSync(join(folder, 'near'));
  writeFileSync(join(folder, 'near', 'study.yml'), '');
  const said = await kaya(['study', 'check', join(folder, 'near', 'study.yaml')]);
  expect(said.status).toBe(1);
  expect(said.stderr).toContain('study.yml');
});

test('every study of the package is valid', async () => {
  const studies = fileURLToPath(new URL('../../../studies/', import.meta.url));
  for (const name of readdirSync(studies)) {
    const said = await kaya(['study', 'check', join(studies, name)]);
    if (said.status === 0) expect(said.stderr).toBe('');
    else {
      // Data that its user downloads: the first file that is not there is named, and README.md says where it comes from.
      const missing = /There is no file .*\/([\w.-]+) \(/.exec(said.stderr)?.[1];
      expect(missing, said.stderr).toBeDefined();
      expect(readFileSync(join(studies, name, 'README.md'), 'utf8')).toContain(missing);
    }
  }
});

test('doctor reports, whatever is missing', async () => {
  const { status, stdout } = await kaya(['doctor', '--json']);
  expect(status).toBe(0);
  const version = (
    JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version;
  expect(JSON.parse(stdout)).toMatchObject({ kaya: version, node: process.versions.node, threads: expect.any(Number) });
  // What is not there is null, and has its line all the same.
  const { latex, libreOffice, latinFont } = JSON.parse(stdout);
  expect(Object.keys(latex)).toEqual(['pdflatex', 'xelatex', 'packages']);
  expect([libreOffice, latinFont].every((one) => one === null || typeof one === 'string')).toBe(true);
  const lines = (await kaya(['doctor'])).stdout;
  expect(lines).toMatch(/^kaya {10}/);
  for (const name of ['pdflatex', 'packages', 'LibreOffice', 'chinese font', 'browser'])
    expect(lines).toMatch(new RegExp(`^${name} +\\S`, 'm'));
});
