import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-written-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'data.csv');
const link = join(folder, 'link.csv');
const rows = Array.from({ length: 40 }, (_, i) => {
  const [x, X] = [Math.sin(7 * i), Math.cos(5 * i)];
  return `f${i % 8},${2001 + Math.floor(i / 8)},${X},${x},${x - X + Math.sin(11 * i * i)}`;
});
const text = `firm,year,X,x,y\n${rows.join('\n')}\n`;
writeFileSync(data, text);
symlinkSync(data, link);

test.each([
  ['--out', ['describe', data, '--out', data]],
  ['--out', ['reg', data, 'y ~ x', '--out', link]],
  ['--predict', ['reg', link, 'y ~ x', '--predict', data]],
  ['--fixef', ['reg', data, 'y ~ x | firm', '--fixef', join(folder, '.', 'data.csv')]],
  ['--out', ['threshold', data, 'y ~ 1 | firm', '--regime', 'x', '--by', 'X', '--panel', 'firm,year', '--out', data]],
  ['--out', ['reg', data, 'y ~ x', '--predict', join(folder, 'p.csv'), '--out', join(folder, 'p.csv')]],
])('%s writes neither over the data nor over another result: %j', async (option, args) => {
  const said = await runInside(args);
  expect(said.status).toBe(2);
  expect(said.err).toContain(`${option} does not take`);
  expect(readFileSync(data, 'utf8')).toBe(text);
});

test.each(['panel.docx', 'panel', 'panel.csv.bak'])(
  'panel build --out %s: no table ends so, and nothing is built',
  async (name) => {
    const place = mkdtempSync(join(folder, 'build-'));
    writeFileSync(join(place, 'panel.csv'), text);
    writeFileSync(join(place, 'study.yaml'), study);
    const out = join(place, 'made', name);
    const refused = await runInside(['panel', 'build', place, '--out', out]);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain(`--out does not take "${out}"`);
    expect(refused.err).toContain('.parquet');
    expect(existsSync(join(place, 'made'))).toBe(false);
    const written = await runInside(['panel', 'build', place, '--out', join(place, 'built.parquet')]);
    expect(written.status, written.err).toBe(0);
  },
);

const study = `kaya: 1
id: own
title: Own
data: { panel: panel.csv }
panel: { unit: firm, time: year }
derived: { Y: X + x }
models: { m: { formula: 'y ~ x + X + Y', vcov: iid } }
tables: [{ id: t1, kind: regression, title: T, models: [m] }]
`;

test('a study does not write over the panel that it reads; columns that differ in case stay two', async () => {
  const place = join(folder, 'study');
  const out = join(place, 'out');
  mkdirSync(place);
  writeFileSync(join(place, 'panel.csv'), text);
  writeFileSync(join(place, 'study.yaml'), study);
  const over = await runInside(['study', 'run', place, '--out', place]);
  expect(over.status).toBe(2);
  expect(over.err).toContain(`it holds ${place}, which this command reads`);
  expect(readFileSync(join(place, 'panel.csv'), 'utf8')).toBe(text);

  const made = await runInside(['study', 'run', place, '--out', out]);
  expect(made.status, made.err).toBe(0);
  expect(readFileSync(join(out, 'panel.csv'), 'utf8').split(/\r?\n/)[0]).toBe('firm,year,X,x,y,Y');
  const where = 'X > 0 and x < 0';
  const [csv, parquet] = [
    ['reg', join(out, 'panel.csv'), 'Y ~ x', '--where', where, '--json'],
    ['reg', join(out, 'panel.parquet'), 'Y_2 ~ x_2', '--where', where.replace('x', 'x_2'), '--json'],
  ].map((args) => runInside(args));
  const estimates = async (ran: typeof csv): Promise<number[]> => {
    const { out: printed, err } = await ran;
    expect(err).toBe('');
    return JSON.parse(printed).models[0].coef.map(({ estimate }: { estimate: number }) => estimate);
  };
  expect(await estimates(parquet)).toEqual(await estimates(csv));
});
