import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-plot-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'data.csv');
const rows = Array.from({ length: 120 }, (_, i) => {
  const [x, z] = [Math.sin(7 * i), Math.cos(5 * i)];
  return `f${i % 12},${2001 + Math.floor(i / 12)},${z},${x},${x - z + Math.sin(11 * i * i)}`;
});
writeFileSync(data, `firm,year,z,x,y\n${rows.join('\n')}\n`);

let count = 0;
async function plotted(...args: readonly string[]): Promise<{ svg: string; err: string }> {
  const file = join(folder, `figure${++count}.svg`);
  const said = await runInside([...args, '--plot', file]);
  expect(said.status, said.err).toBe(0);
  return { svg: readFileSync(file, 'utf8'), err: said.err };
}

test('coefficients are drawn where nothing else is asked for: one model, several models, in Chinese', async () => {
  const { svg } = await plotted('reg', data, 'y ~ x + z | firm');
  const printed = await runInside(['reg', data, 'y ~ x + z | firm', '--json']);
  const { coef } = JSON.parse(printed.out).models[0] as { coef: { term: string; estimate: number }[] };
  for (const { term, estimate } of coef) {
    expect(svg).toContain(`>${term}<`);
    expect(svg).toContain(`>${estimate.toFixed(3).replace('-', '−')} [`);
  }
  const two = await plotted('reg', data, 'y ~ x', 'y ~ x + z');
  expect(two.svg).toContain('>(1) y<');
  expect(two.svg).not.toContain('Intercept');
  expect((await plotted('reg', data, 'y ~ x', '--vcov', 'hc1', '--lang', 'zh')).svg).toContain('95%置信区间');
});

test.each([
  ['margins', ['y ~ x*z | firm', '--margins', 'x by z'], 'Effect of x on y'],
  ['curve', ['y ~ x + z | firm', '--curve', 'x'], 'specifications'],
  ['added_variable', ['y ~ x + z | firm', '--added-variable', 'x'], 'x, net of the rest'],
  ['permute', ['y ~ x + z | firm', '--permute', 'x', '--reps', '19'], 'placebo draws'],
])('the word asks for its figure: %s', async (_word, args, shown) => {
  expect((await plotted('reg', data, ...args)).svg).toContain(shown);
});

test('drawn for a column of a journal unless for a page, and of several figures the one that is named', async () => {
  const { svg } = await plotted('reg', data, 'y ~ x*z | firm', '--margins', 'x by z', '--plot-kind', 'coefficients');
  expect(svg).toContain('viewBox="0 0 380 ');
  expect(svg).toContain('>x:z<');
  const page = await plotted('reg', data, 'y ~ x | firm', '--plot-width', 'page');
  expect(page.svg).toContain('viewBox="0 0 720 ');
  const threshold = ['threshold', data, 'y ~ 1 | firm', '--regime', 'x', '--by', 'z', '--panel', 'firm,year'];
  expect((await plotted(...threshold, '--boot', '0', '--plot-kind', 'shares')).svg).toContain('>z&lt;=');
});

test('a figure that the command does not have is named with those that it has', async () => {
  const said = await runInside(['reg', data, 'y ~ x', '--plot', join(folder, 'b.svg'), '--plot-kind', 'margin']);
  expect(said.status).toBe(2);
  expect(said.err).toMatch(/--plot-kind does not take.*coefficients/s);
  expect(existsSync(join(folder, 'b.svg'))).toBe(false);
});

test('a second figure that was asked for has no place and is named', async () => {
  const { err } = await plotted('reg', data, 'y ~ x*z | firm', '--margins', 'x by z', '--curve', 'x');
  expect(err).toMatch(/shows: curve\. Asked for as well, with no place in it: margins/);
});

test('a threshold has its likelihood ratio', async () => {
  const { svg } = await plotted(
    ...['threshold', data, 'y ~ 1 | firm', '--regime', 'x', '--by', 'z', '--panel', 'firm,year', '--boot', '19'],
  );
  expect(svg).toContain('95% critical value');
});

test.each([
  [['--plot', 'figure.docx'], '--plot'],
  [['--plot', 'figure'], '--plot'],
  [['--plot', join(folder, 'a.svg'), '--out', join(folder, 'a.svg'), '--format', 'html'], '--out'],
  [['--plot', join(folder, 'a.svg'), '--reconcile'], '--plot'],
  [['--plot', join(folder, 'a.svg'), '--as', 'r'], '--plot'],
  [['--plot', join(folder, 'a.svg'), '--plot-width', 'wide'], '--plot-width'],
  [['--plot-width', 'page'], '--plot-width'],
  [['--plot-kind', 'margins'], '--plot-kind'],
])('is refused before the data are read: %j', async (more, option) => {
  const said = await runInside(['reg', join(folder, 'data.csv'), 'y ~ x | firm', ...more]);
  expect(said.status, said.err).toBe(2);
  expect(said.err).toContain(`${option} does not take`);
  expect(existsSync(join(folder, 'a.svg'))).toBe(false);
});
