import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-covariances-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'd.csv');
const rows = Array.from({ length: 48 }, (_, i) => {
  const x = Math.sin(3 * i) + (i % 6) / 2;
  const y = x * (1 + ((i * i) % 7) / 7) + Math.cos(5 * i);
  return [y, x, Math.cos(i * i), i % 6, 2000 + Math.floor(i / 6)].join(',');
});
writeFileSync(file, `y,x,q,id,year\n${rows.join('\n')}\n`);

const both = ['--vcov', 'hc1', '--vcov', 'cluster:id'];
const reg = (...argv: readonly string[]) => runInside(['reg', file, 'y ~ x | id', ...argv], { LANG: 'C' });
const models = async (...argv: readonly string[]) => JSON.parse((await reg(...argv, '--json')).out).models;

describe('several covariances on a command line', () => {
  test('the first is the model, the others stand beside it as they do alone', async () => {
    const [both1] = await models(...both);
    const [first] = await models('--vcov', 'hc1');
    const [second] = await models('--vcov', 'cluster:id');
    const { other_vcov: others, ...own } = both1;
    expect(own).toEqual(first);
    expect(others).toEqual([second]);
    expect(first).not.toHaveProperty('other_vcov');
  });

  test('errors of every one below the table; stacked, in it', async () => {
    const [first] = await models('--vcov', 'hc1');
    const [second] = await models('--vcov', 'cluster:id');
    const shown = [first, second].map(({ coef: [{ se }] }) => se.toFixed(3));
    expect(shown[0]).not.toBe(shown[1]);
    const below = (await reg(...both)).out;
    const table = below.slice(below.indexOf('Standard errors under each covariance'));
    for (const se of shown) expect(table).toMatch(new RegExp(`[([]${se}[)\\]]`));
    const stacked = (await reg(...both, '--stacked')).out;
    expect(stacked).not.toContain('Standard errors under each covariance');
    for (const se of shown) expect(stacked).toMatch(new RegExp(`[([]${se}[)\\]]`));
    const refused = await reg(...both, '--stacked', '--beside', 'p');
    expect(refused.err).toContain('--stacked needs `se` or `t` alone below each estimate');
  });

  test('what comes after the fit is under each; csv has a row for each', async () => {
    const { out } = await reg(...both, '--test', 'x = 0');
    expect(out).toContain('Tests of linear restrictions; clustered by id (6 clusters)');
    const lines = (await reg(...both, '--format', 'csv')).out.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(',hc1,');
    expect(lines[2]).toContain(',cluster:id,');
  });

  test('tables under each have names of their own, and say of which model they are', async () => {
    const asked = ['reg', file, 'y ~ x | id', 'y ~ 1 | id | x ~ q', ...both, '--test', 'x = 0', '--format', 'tex'];
    const { out } = await runInside(asked, { LANG: 'C' });
    const names = Array.from(out.matchAll(/\\label\{([^}]+)\}/g), ([, name]) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(new Set(names).size).toBe(names.length);
    expect(out.match(/caption\{First stage of x, model \(2\)/g)).toHaveLength(2);
  });

  test('of a threshold model they stand beside it as well', async () => {
    const asked = ['threshold', file, 'y ~ 1 | id', '--regime', 'x', '--by', 'q', '--panel', 'id,year', '--boot', '0'];
    const { out } = await runInside([...asked, ...both, '--json']);
    const { model, other_vcov: others } = JSON.parse(out);
    expect(model.vcov.type).toBe('hc1');
    expect(others.map(({ vcov }: typeof model) => vcov.type)).toEqual(['cluster']);
    expect((await runInside([...asked, ...both], { LANG: 'C' })).out).toContain('clustered by id  [');
  });

  test('between commas they are refused with how they are given', async () => {
    const { status, err } = await reg('--vcov', 'hc1, cluster:id');
    expect(status).toBe(2);
    expect(err).toContain('--vcov given again for each of hc1, cluster:id');
  });

  test.each([
    [['describe', file, 'x', ...both], '--vcov'],
    [['reg', file, 'y ~ x | id', ...both, '--reconcile'], '--vcov'],
    [['reg', file, 'y ~ x | id', '--ssc', 'plm', '--ssc', 'none'], '--ssc'],
  ])('what takes one refuses the second by name: %j', async (argv, option) => {
    const { status, err } = await runInside(argv, { LANG: 'C' });
    expect({ status, begins: err.startsWith(`${option} `) }).toEqual({ status: 2, begins: true });
  });
});
