import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

/*
 * One small panel under plain names and under names with blanks, Chinese, points, quotes and signs, and of what every object has:
 * every option that takes a name gives the same numbers under both.
 */

const folder = mkdtempSync(join(tmpdir(), 'kaya-names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = ['y', 'x', 'z', 'w', 'unit', 'time', 'side', 'lat', 'lon'] as const;
type Plain = (typeof plain)[number];

const odd: readonly Readonly<Record<Plain, string>>[] = [
  {
    y: 'the y',
    x: 'the x',
    z: 'z 2',
    w: 'my w',
    unit: 'firm id',
    time: 'fiscal year',
    side: 'which side',
    lat: 'lat N',
    lon: 'lon E',
  },
  {
    y: '产出',
    x: '人工智能 指数',
    z: '工具（变量）',
    w: '权 重',
    unit: '城市',
    time: '年 份',
    side: '东 西',
    lat: '纬度',
    lon: '经度',
  },
  {
    y: '__proto__',
    x: 'constructor',
    z: 'toString',
    w: 'valueOf',
    unit: 'hasOwnProperty',
    time: 'isPrototypeOf',
    side: 'prototype',
    lat: '__defineGetter__',
    lon: 'length',
  },
  { y: 'y.1', x: 'a+b', z: "z's", w: 'w/h', unit: 'i,d', time: 't:1', side: 's|s', lat: '1st', lon: '2nd~' },
];

const n = 48;
const cell: Readonly<Record<Plain, (i: number) => number | string>> = {
  y: (i) => Math.sin(5 * i) + 0.3 * Math.cos(3 * i) + (i % 6),
  x: (i) => Math.cos(3 * i) + 0.2 * Math.sin(11 * i),
  z: (i) => Math.cos(3 * i) + Math.sin(2 * i * i),
  w: (i) => 1 + (i % 3),
  unit: (i) => Math.floor(i / 6),
  time: (i) => 2000 + (i % 6),
  side: (i) => (Math.floor(i / 6) % 2 === 0 ? 'east' : 'west'),
  lat: (i) => 30 + Math.floor(i / 6),
  lon: (i) => 110 + 0.5 * Math.floor(i / 6),
};

function write(file: string, names: readonly string[]): void {
  const rows = Array.from({ length: n }, (_, i) => plain.map((name) => cell[name](i)).join(','));
  writeFileSync(join(folder, file), `${names.map((name) => `"${name}"`).join(',')}\n${rows.join('\n')}\n`);
}

async function numbers(file: string, argv: readonly string[]): Promise<unknown> {
  const { status, out: stdout, err: stderr } = await runInside(['reg', join(folder, file), ...argv, '--json']);
  expect(status, `${argv.join(' ')}\n${stderr}`).toBe(0);
  const found: number[] = [];
  JSON.parse(stdout, (key, value: unknown) => {
    if (typeof value === 'number' && !['seconds', 'ms'].includes(key)) found.push(value);
    return value;
  });
  return found;
}

/** Options in plain names; `N(x)` is replaced by the name, `B(x)` by the name between backquotes. */
const asked: readonly (readonly string[])[] = [
  ['--panel', 'B(unit),B(time)', '--vcov', 'nw:1'],
  ['--vcov', 'cluster:B(unit)'],
  ['--vcov', 'cluster:B(unit)+B(time)'],
  ['--vcov', 'cluster(B(unit))'],
  ['--vcov', '~B(unit)'],
  ['--vcov', 'cr2:B(unit)'],
  ['--vcov', 'conley:300', '--coords', 'B(lat),B(lon)', '--panel', 'B(unit),B(time)'],
  ['--vcov', 'dk:1,time=B(time)', '--panel', 'B(unit),B(time)'],
  ['--weights', 'B(w)'],
  ['--weights', 'N(w)'],
  ['--weights', 'B(w) * 2'],
  ['--split', 'B(side)'],
  ['--fsplit', 'N(side)', '--equal', 'B(x)'],
  ['--test', 'B(x) = 0'],
  ['--test', '_b[N(x)] = 0'],
  ['--lincom', '2*B(x) - 1'],
  ['--nlcom', 'exp(B(x))'],
  ['--test', '*'],
];

describe.each(odd.map((names, k) => ({ names, k })))('names $k', ({ names, k }) => {
  beforeAll(() => {
    write('plain.csv', plain);
    write(
      `odd${k}.csv`,
      plain.map((name) => names[name]),
    );
  });

  const fill = (text: string, map: Readonly<Record<string, string>>): string =>
    text
      .replace(/B\((\w+)\)/g, (_, name: string) => `\`${map[name]}\``)
      .replace(/N\((\w+)\)/g, (_, name: string) => map[name]);
  const same = Object.fromEntries(plain.map((name) => [name, name]));
  // --weights N(w) is an expression where no column has that very name.
  test.each(asked.map((options) => [options.join(' '), options] as const))('%s', async (_, options) => {
    const argv = ['B(y) ~ B(x)', ...options];
    const ours = await numbers(
      `odd${k}.csv`,
      argv.map((text) => fill(text, names)),
    );
    expect(ours).toEqual(
      await numbers(
        'plain.csv',
        argv.map((text) => fill(text, same)),
      ),
    );
  });

  test.each([
    ['--orthog', 'B(z)'],
    ['--orthog', 'N(z)'],
    ['--relax', 'B(z):0.1'],
  ])('instruments: %s %s', async (option, value) => {
    const argv = ['B(y) ~ 1 | B(unit) | B(x) ~ B(z) + B(w)', option, value];
    const ours = await numbers(
      `odd${k}.csv`,
      argv.map((text) => fill(text, names)),
    );
    expect(ours).toEqual(
      await numbers(
        'plain.csv',
        argv.map((text) => fill(text, same)),
      ),
    );
  });
});
