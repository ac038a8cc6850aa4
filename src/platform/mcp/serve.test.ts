import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { setBudgets } from '../../error/budget.ts';
import { runKaya } from '../cli/run-kaya.ts';
import { runInside } from '../cli/testing/run-inside.ts';
import { openFolders } from './folders.ts';
import { serveTools } from './serve.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kaya 工具 ')));
const inside = join(scratch, 'data');
mkdirSync(inside);
const rows = Array.from({ length: 40 }, (_, i) => {
  const [firm, year] = [i % 8, 2000 + Math.floor(i / 8)];
  const x = Math.sin(i) + firm / 3;
  return `f${firm},${year},${x},${2 * x + Math.cos(3 * i)},${Math.cos(7 * i)}`;
});
const csv = `firm,year,x,y,z\n${rows.join('\n')}\n`;
writeFileSync(join(inside, 'a.csv'), csv);
writeFileSync(join(scratch, 'secret.csv'), csv);
afterAll(() => rmSync(scratch, { recursive: true }));

interface Reply {
  readonly id: number;
  readonly result: {
    readonly isError?: boolean;
    readonly content: readonly { readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
    readonly tools: readonly { readonly name: string; readonly inputSchema: { readonly properties: object } }[];
  };
}

let served: Promise<void>;

/** Requests of one client, one after another, and what was answered. */
async function talk(...requests: readonly { readonly method: string; readonly params: object }[]): Promise<Reply[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  const frame = { language: 'en', version: '0', run: runKaya, signal: new AbortController().signal } as const;
  served = serveTools(openFolders([inside]), frame, { input, output });
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  const send = (message: object): void => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const next = async (): Promise<Reply> => JSON.parse((await lines.next()).value as string) as Reply;
  const client = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
  send({ id: 0, method: 'initialize', params: client });
  await next();
  send({ method: 'notifications/initialized' });
  const replies: Reply[] = [];
  for (const [i, request] of requests.entries()) {
    send({ id: i + 1, ...request });
    replies.push(await next());
  }
  input.end();
  await served;
  return replies;
}

const call = (name: string, args: object) => ({ method: 'tools/call', params: { name, arguments: args } });

test('lists the commands as tools, typed by the words of a request', async () => {
  const [{ result }] = await talk({ method: 'tools/list', params: {} });
  expect(result.tools.map(({ name }) => name)).toEqual([
    'describe',
    'reg',
    'threshold',
    'study_init',
    'study_check',
    'study_run',
    'study_verify',
    'panel_why',
  ]);
  for (const name of ['describe', 'reg', 'threshold', 'study_init']) {
    const properties = result.tools.find((one) => one.name === name)?.inputSchema.properties ?? {};
    expect([name, ...Object.keys(properties)]).toEqual(expect.arrayContaining([name, 'text', 'number', 'missing']));
  }
  const reg = result.tools.find(({ name }) => name === 'reg')!;
  expect(Object.keys(reg.inputSchema.properties)).toEqual(
    expect.arrayContaining(['data', 'formula', 'vcov', 'ssc', 'weights', 'where', 'test', 'hausman', 'predict']),
  );
});

test('reg gives the document of kaya reg --json, and a sentence', async () => {
  const formula = 'y ~ x | firm + year';
  const [{ result }] = await talk(
    call('reg', { data: 'a.csv', formula, vcov: 'cluster:firm', panel: { unit: 'firm', time: 'year' } }),
  );
  const typed = ['reg', join(inside, 'a.csv'), formula, '--vcov', 'cluster:firm', '--panel', 'firm,year', '--json'];
  const said = await runInside(typed);
  expect(said.status, said.err).toBe(0);
  expect(result.structuredContent).toEqual(JSON.parse(said.out));
  expect(result.content[0].text).toBe('1 model; the first explains y on 40 rows.');
  expect(JSON.parse(result.content[1].text)).toEqual(JSON.parse(said.out));
});

test('what follows the fit is asked for by the same words', async () => {
  const [{ result }] = await talk(
    call('reg', { data: 'a.csv', formula: 'y ~ x + z | firm', test: ['x = z'], predict: 'p.csv' }),
  );
  expect(result.isError, result.content[0].text).not.toBe(true);
  expect(JSON.stringify(result.structuredContent)).toContain('x = z');
});

test('threshold and describe answer', async () => {
  const [threshold, describe] = await talk(
    call('threshold', {
      ...{ data: 'a.csv', formula: 'y ~ 1 | firm', regime: 'x', by: 'z', panel: 'firm,year', boot: 0, trim: 0.1 },
    }),
    call('describe', { data: 'a.csv', where: 'year > 2001' }),
  );
  expect(threshold.result.isError, threshold.result.content[0].text).not.toBe(true);
  expect(threshold.result.content[0].text).toMatch(/^Threshold at -?0\.\d+/);
  expect(describe.result.isError, describe.result.content[0].text).not.toBe(true);
  expect(describe.result.content[0].text).toBe('4 numeric variables, 1 text column.');
});

test.each([
  ['reg', { data: '../secret.csv', formula: 'y ~ x' }],
  ['reg', { data: join(scratch, 'secret.csv'), formula: 'y ~ x' }],
  ['reg', { data: 'a.csv', formula: 'y ~ x', predict: '../p.csv' }],
  ['describe', { data: '/etc/passwd' }],
  ['study_check', { study: '..' }],
  ['study_run', { study: '.', out: '../out' }],
])('%s touches nothing outside: %j', async (name, args) => {
  const [{ result }] = await talk(call(name, args));
  expect(result.isError).toBe(true);
  expect(result.content[0].text).toContain('outside the folders');
});

test.each([
  'data: { panel: ../secret.csv }',
  'data: { panel: [a.csv, ../secret.csv] }',
  'data: { panel: a.csv, join: [{ file: ../secret.csv, by: firm }] }',
  'data: { raw: .. }',
  'data: { tables: ../tables }',
  'data: { raw: raw, synthetic: { calibration: ../c.yaml } }',
  'pack: ../pack',
  `published: ${join(scratch, 'p.yaml')}`,
])('a study file that names %s is not read on', async (line) => {
  writeFileSync(join(inside, 'outside.yaml'), `kaya: 1\nid: x\ntitle: X\n${line}\n`);
  for (const [name, args] of [
    ['study_check', {}],
    ['study_run', { out: 'out' }],
    ['study_verify', { out: 'out' }],
    ['panel_why', { out: 'out', unit: '1', time: 2000, variable: 'x' }],
  ] as const) {
    const [{ result }] = await talk(call(name, { study: 'outside.yaml', ...args }));
    expect(result.isError).toBe(true);
    expect(result.content[0].text).toContain('outside the folders');
  }
});

test('a study is started, checked and run', async () => {
  const [init, check, run] = await talk(
    call('study_init', { folder: 'first', from: 'a.csv', outcome: 'y' }),
    call('study_check', { study: 'first' }),
    call('study_run', { study: 'first', out: 'first-out' }),
  );
  expect(init.result.isError, init.result.content[0].text).not.toBe(true);
  expect(init.result.structuredContent).toMatchObject({ file: join(inside, 'first', 'study.yaml') });
  expect(check.result.structuredContent).toMatchObject({ valid: true });
  expect(run.result.isError, run.result.content[0].text).not.toBe(true);
  expect(run.result.structuredContent).toMatchObject({
    report: join(inside, 'first-out', 'report.html'),
    synthetic: false,
  });
});

/** A study about a.csv in a folder of its own inside; `head` are further lines of it. */
function studyIn(name: string, data: string, head = ''): string {
  const folder = join(inside, name);
  mkdirSync(folder);
  const text = `kaya: 1\nid: s\ntitle: S\n${head}data: { ${data} }\npanel: { unit: firm, time: year }\n`;
  writeFileSync(join(folder, 'study.yaml'), `${text}models: { m: { formula: y ~ x } }\n`);
  return name;
}

test.each(['study_check', 'study_run', 'panel_why'])(
  '%s reads nothing outside for a study file or a link',
  async (name) => {
    const place = (kind: string): string => `${name}-${kind}`;
    const secret = join('..', '..', 'secret.csv');
    const link = join(inside, place('link.csv'));
    symlinkSync(join(scratch, 'secret.csv'), link);
    mkdirSync(join(scratch, place('pack')));
    writeFileSync(join(scratch, place('pack'), 'pack.yaml'), 'secret: 1\n');
    const studies = [
      studyIn(place('joined'), `panel: ../a.csv, join: [{ file: ${secret}, by: firm }]`),
      studyIn(place('linked'), `panel: ../${place('link.csv')}`),
      studyIn(place('packed'), 'tables: raw', `pack: ../../${place('pack')}\n`),
      studyIn(place('raw'), 'tables: raw'),
      studyIn(place('groups'), 'panel: ../a.csv'),
      place('whole'),
    ];
    mkdirSync(join(inside, place('raw'), 'raw'));
    symlinkSync(join(scratch, 'secret.csv'), join(inside, place('raw'), 'raw', 'a.csv'));
    mkdirSync(join(inside, place('groups'), 'reference'));
    symlinkSync(join(scratch, 'secret.csv'), join(inside, place('groups'), 'reference', 'groups.csv'));
    mkdirSync(join(inside, place('whole')));
    writeFileSync(join(scratch, place('study.yaml')), 'secret: 1\n');
    symlinkSync(join(scratch, place('study.yaml')), join(inside, place('whole'), 'study.yaml'));
    const more = name === 'study_check' ? {} : { out: 'made' };
    const why = name === 'panel_why' ? { unit: 'f1', time: 2001, variable: 'x' } : {};
    for (const study of studies) {
      const [{ result }] = await talk(call(name, { study, ...more, ...why }));
      expect(result.isError, study).toBe(true);
      expect(result.content[0].text, study).toContain('outside the folders');
    }
  },
);

test('a link inside the folder of results leads nothing out', async () => {
  const study = studyIn('kept', 'panel: ../a.csv');
  mkdirSync(join(inside, 'results'));
  mkdirSync(join(scratch, 'elsewhere'));
  symlinkSync(join(scratch, 'elsewhere'), join(inside, 'results', 'tables'));
  const [refused, made] = await talk(
    call('study_run', { study, out: 'results' }),
    call('study_run', { study, out: 'free' }),
  );
  expect(refused.result.content[0].text).toContain('outside the folders');
  expect(made.result.isError, made.result.content[0].text).not.toBe(true);
});

test('a fault is an answer in the words of the command, and the next call runs', async () => {
  const [wrong, unknown, right] = await talk(
    call('reg', { data: 'a.csv', formula: 'y ~ xx' }),
    call('reg', { data: 'a.csv', formula: 'y ~ x', weight: 'x' }),
    call('reg', { data: 'a.csv', formula: 'y ~ x' }),
  );
  expect(wrong.result.isError).toBe(true);
  expect(wrong.result.content[0].text).toContain('xx');
  expect(JSON.stringify(unknown)).toContain('weight');
  expect(right.result.isError).not.toBe(true);
});

test('a text that begins with a dash is no option', async () => {
  const [{ result }] = await talk(call('reg', { data: 'a.csv', formula: 'y ~ x', where: '--out=../x.json' }));
  expect(result.isError).toBe(true);
  expect(result.content[0].text).not.toContain('outside');
});

test('a column whose name holds a comma is one column', async () => {
  writeFileSync(join(inside, 'comma.csv'), 'a,"b,c"\n1,1\n2,2\n3,4\n');
  const [reply] = await talk(call('describe', { data: 'comma.csv', text: ['b,c'] }));
  expect(reply?.result.isError).toBeUndefined();
  expect(JSON.stringify(reply?.result.structuredContent?.texts)).toContain('b,c');
});

test('what stands behind :: leads to no file outside', async () => {
  const [read, write, run] = await talk(
    call('describe', { data: 'x::../../../secret.csv' }),
    call('reg', { data: 'a.csv', formula: 'y ~ x', predict: 'x::../../../stolen.csv' }),
    call('study_init', { folder: 'x::../../../stolen', from: 'a.csv' }),
  );
  for (const reply of [read, write, run]) {
    expect(reply?.result.isError).toBe(true);
    expect(reply?.result.content[0]?.text).toContain('outside');
  }
  expect(readdirSync(scratch).filter((name) => name.startsWith('stolen'))).toEqual([]);
});

test('a message beyond the budget ends the server in a sentence, not without a word', async () => {
  setBudgets({ message: 1000 });
  try {
    const long = talk(call('reg', { data: 'a.csv', formula: `y ~ ${'x + '.repeat(300)}x` }));
    // Nothing is answered any more.
    long.catch(() => undefined);
    await expect(served).rejects.toMatchObject({ code: 'over-budget', detail: { budget: 'message', limit: 1000 } });
  } finally {
    setBudgets({});
  }
});
