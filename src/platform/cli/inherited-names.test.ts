import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from './testing/run-inside.ts';

/* What every object of JavaScript has, as a column, a value of a group, a label, a model and a table: kept like any other. */

const scratch = mkdtempSync(join(tmpdir(), 'kaya-inherited-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const values = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'plain'];
const n = 72;
const lines = (header: string, value: (i: number) => string): string =>
  `${header}\n${Array.from({ length: n }, (_, i) => {
    const [unit, time] = [Math.floor(i / 12), 2000 + (i % 12)];
    const x = Math.sin(3 * i) + unit / 5;
    return [value(i), unit, time, (2 * x + Math.cos(7 * i)).toFixed(6), x.toFixed(6)].join(',');
  }).join('\n')}\n`;

beforeAll(() => {
  writeFileSync(
    join(scratch, 'odd.csv'),
    lines('constructor,toString,valueOf,__proto__,x', (i) => values[i % 6] ?? ''),
  );
  writeFileSync(
    join(scratch, 'plain.csv'),
    lines('side,unit,time,y,x', (i) => `abcdef`[i % 6] ?? ''),
  );
});

async function json(...argv: readonly string[]): Promise<{ readonly [key: string]: never }> {
  const ran = await runInside([...argv, '--json']);
  expect(ran.status, `${argv.join(' ')}\n${ran.err}`).toBe(0);
  return JSON.parse(ran.out);
}

const odd = join(scratch, 'odd.csv');
const plain = join(scratch, 'plain.csv');
const formulas = { odd: '__proto__ ~ x | toString', plain: 'y ~ x | unit' };

interface Estimated {
  readonly models: readonly {
    readonly split?: { readonly value: string };
    readonly coef: readonly { readonly estimate: number }[];
  }[];
}

test.each([
  [['--vcov=cluster:constructor'], ['--vcov=cluster:side']],
  [
    ['--panel=toString,valueOf', '--vcov=nw:1'],
    ['--panel=unit,time', '--vcov=nw:1'],
  ],
  [["--where=constructor <> '__proto__'"], ["--where=side <> 'a'"]],
])('values of a group: %j', async (ours, theirs) => {
  const [a, b] = [await json('reg', odd, formulas.odd, ...ours), await json('reg', plain, formulas.plain, ...theirs)];
  const slopes = ({ models }: Estimated) => models.map(({ coef }) => coef);
  expect(slopes(a as never)).toEqual(JSON.parse(JSON.stringify(slopes(b as never)).replaceAll('"y"', '"__proto__"')));
});

test('a split has a column for each of them, a dummy a row', async () => {
  const { models } = (await json('reg', odd, formulas.odd, '--split=constructor')) as unknown as Estimated;
  expect(models).toHaveLength(6);
  const text = await runInside(['reg', odd, '__proto__ ~ i(constructor)']);
  expect(text.status, text.err).toBe(0);
  for (const value of values.filter((one) => one !== '__proto__')) expect(text.out).toContain(value);
  const described = await json('describe', odd);
  expect(JSON.stringify(described)).toContain('__proto__');
  expect(JSON.stringify(described)).toContain('constructor');
});

test('a study has them as labels, models, tables, groups and joined columns', async () => {
  const folder = join(scratch, 'study');
  mkdirSync(folder);
  writeFileSync(join(folder, 'odd.csv'), readFileSync(odd));
  writeFileSync(
    join(folder, 'more.csv'),
    `constructor,hasOwnProperty,isPrototypeOf\n${values.map((value, i) => `${value},${i % 3},${value}`).join('\n')}\n`,
  );
  const study = {
    ...{ kaya: 1, id: 'odd', title: 'Odd' },
    data: { panel: 'odd.csv', join: [{ file: 'more.csv', by: 'constructor', match: 'm:1' }] },
    panel: {
      ...{ unit: 'toString', time: 'valueOf', groups: ['constructor', 'isPrototypeOf'] },
      sample: [{ exclude: "isPrototypeOf = 'plain' and hasOwnProperty = 7", reason: 'constructor' }],
    },
    labels: { x: 'constructor', hasOwnProperty: 'valueOf', constructor: 'toString' },
    derived: { propertyIsEnumerable: { formula: 'hasOwnProperty * 2', label: '__proto__' } },
    variables: { valueOf: ['x', 'hasOwnProperty'] },
    models: {
      constructor: { formula: '__proto__ ~ ..valueOf | toString', vcov: 'cluster:constructor' },
      toString: { formula: '__proto__ ~ x + propertyIsEnumerable | toString', split: 'isPrototypeOf' },
    },
    tables: [
      { id: 'constructor', kind: 'summary', title: '__proto__', variables: ['__proto__', 'x', 'hasOwnProperty'] },
      { id: 'toString', kind: 'regression', title: 'T', models: ['constructor'] },
    ],
    figures: [{ id: 'valueOf', kind: 'coefficients', title: '__proto__', table: 'toString', term: 'x' }],
    hypotheses: [{ id: 'constructor', text: '__proto__', table: 'toString', term: 'x', sign: 'positive' }],
  };
  // Where a key is __proto__ itself the file is refused by name: read-yaml.test.ts.
  writeFileSync(join(folder, 'study.yaml'), JSON.stringify(study));
  const out = join(scratch, 'out');
  const ran = await runInside(['study', 'run', folder, '--out', out]);
  expect(ran.status, ran.err).toBe(0);
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  expect(results.tables.map(({ id }: { id: string }) => id)).toEqual(['constructor', 'toString']);
  const [own] = results.tables[1].columns;
  expect(own.model.nobs).toBe(n);
  expect(own.model.coef.map(({ term }: { term: string }) => term)).toEqual(['x', 'hasOwnProperty']);
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  for (const value of values) expect(report).toContain(value);
  expect(report).not.toContain('[native code]');
  expect(report).not.toContain('[object Object]');
  expect(readFileSync(join(out, 'tables', 'constructor.csv'), 'utf8')).toContain('__proto__');
});
