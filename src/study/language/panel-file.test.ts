import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { StudyFault } from '../../error/codes.ts';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { problemText } from '../../output/format/error-text/problem.ts';
import { type AnyStudySpec, parseAnyStudy } from './load-any-study.ts';
import { resolvePanelFileStudy } from './resolve-panel-file.ts';
import { writtenPanelFileStudy } from './written-study.ts';

const small = `kaya: 1
id: firms
title: Firms
data:
  panel: firms.csv
panel:
  unit: firm
  time: quarter
  sample:
    - exclude: size < 5
      reason: Very small
derived:
  lsize: log(size)
  growth: { formula: d(lsize), label: Growth }
  large: { where: size > 100 }
models:
  base:
    formula: y ~ lsize + l(growth) | firm + quarter
    vcov: cluster:firm
tables:
  - { id: t1, kind: regression, title: Base, models: [base] }
`;
const columns = ['firm', 'quarter', 'y', 'size'];

function specOf(text: string): Extract<AnyStudySpec, { kind: 'panel-file' }>['spec'] {
  const read = parseAnyStudy(text, 'study.yaml', {}, columns);
  if (read.kind === 'panel-file') return read.spec;
  throw new Error('not a study about a ready panel');
}

function faultsOf(text: string, held: readonly string[] | null = columns): readonly StudyFault[] {
  try {
    parseAnyStudy(text, 'study.yaml', {}, held);
  } catch (error) {
    if (isStudyError(error, 'study-invalid')) return error.detail.faults;
    throw error;
  }
  return [];
}

/** The one fault of `small` with `old` replaced. */
function faultWith(old: string, replacement: string): string {
  expect(small).toContain(old);
  const faults = faultsOf(small.replace(old, replacement));
  expect(faults).toHaveLength(1);
  const { path, line, problem, nearest } = faults[0];
  return `${line} ${path}: ${problemText(problem, 'en')}${nearest === null ? '' : ` -> ${nearest}`}`;
}

test('a study about a ready panel is read, and resolves to what it leaves open', () => {
  const study = resolvePanelFileStudy(specOf(small), {
    labels: { size: 'Employees' },
    valueTexts: { size: new Map([[3, 'Large']]) },
  });
  expect(study).toMatchObject({
    data: { files: ['firms.csv'], join: [] },
    panel: { unit: 'firm', time: 'quarter', step: null },
    sample: [{ kind: 'exclude', where: { text: 'size < 5' } }],
    labels: {
      size: { en: 'Employees', zh: 'Employees' },
      'size::3': { en: 'Employees: Large', zh: 'Employees: Large' },
      growth: { en: 'Growth', zh: 'Growth' },
    },
  });
});

test('a column that no file has is a fault with its place, once the files were read', () => {
  expect(faultWith('y ~ lsize', 'y ~ lsise')).toContain("models.base.formula: unknown variable 'lsise' -> lsize");
  expect(faultWith('unit: firm', 'unit: frim')).toContain("7 panel.unit: unknown column 'frim'");
  expect(faultWith('where: size > 100', 'where: sise > 100')).toContain(
    "derived.large.where: unknown column 'sise' -> size",
  );
  expect(faultWith('exclude: size < 5', 'exclude: sise < 5')).toContain(
    "panel.sample[0].exclude: unknown column 'sise' -> size",
  );
  expect(faultWith('exclude: size < 5', 'exclude: size <')).toContain('the condition cannot be used');
  expect(faultWith('log(size)', 'log(sise)')).toContain("derived.lsize: unknown column 'sise' -> size");
  expect(faultsOf(small.replace('log(size)', 'log(sise)'), null)).toEqual([]);
});

test('a derived variable uses what stands before it, has one value a row and a name of its own', () => {
  expect(faultWith('d(lsize)', 'd(later)')).toContain("unknown column 'later'");
  expect(faultWith('d(lsize)', '"l(lsize, 1:3)"')).toContain('a range of periods is several variables');
  expect(faultWith('lsize: log(size)', 'lsize: log(size)\n  y: log(size)')).toContain("'y' is a column of the file");
});

test('keys of studies from raw tables are refused by name, and the other way round', () => {
  expect(faultWith('time: quarter', 'time: quarter\n  universe: in_286')).toBe(
    "9 panel.universe: 'universe' is a key of studies from raw tables (without data.panel), which this one is not",
  );
  expect(faultWith('models:', 'measures: [cp]\nmodels:')).toContain("'measures' is a key of studies from raw tables");
  const raw =
    'kaya: 1\nid: a\ntitle: A\npanel: { years: [2003, 2004] }\nmeasures: [cp]\nmodels: {}\nderived: { x: cp }\n';
  expect(faultsOf(raw).map(({ problem }) => problemText(problem, 'en'))).toEqual([
    "'derived' is a key of studies about a ready panel (data.panel: FILE), which this one is not",
  ]);
});

test('a key that nothing reads where the panel comes from is refused', () => {
  const only = 'which this study does not have';
  expect(faultWith('panel: firms.csv', 'panel: firms.csv\n  priority: [a]')).toBe(
    `6 data.priority: only beside data.tables, ${only}`,
  );
  const series = 'series: { a: { unit: years, headers: [a] } }';
  expect(faultWith('panel: firms.csv', `panel: firms.csv\n  ${series}`)).toBe(
    `6 data.series: only beside data.tables, ${only}`,
  );
  expect(faultWith('title: Firms', 'title: Firms\npack: ./mine')).toContain(
    '4 pack: a pack names what raw tables hold',
  );
  for (const key of ['text: [firm]', 'number: [y]', 'missing: [x]', 'join: [{ file: a.csv, by: firm }]']) {
    const [name] = key.split(':');
    expect(faultWith('panel: firms.csv', `tables: raw\n  ${key}`)).toBe(
      `6 data.${name}: only beside data.panel, ${only}`,
    );
  }
});

test('statistics of a column of text are a fault before anything is estimated', () => {
  const text = `${small}  - { id: t2, kind: summary, title: All, variables: [y, firm] }\n`;
  const reading = { kindOf: (name: string) => (name === 'firm' ? 'text' : 'number') } as const;
  expect(() => parseAnyStudy(text, 'study.yaml', reading, columns)).toThrow(
    expect.objectContaining({
      detail: expect.objectContaining({
        faults: [
          expect.objectContaining({
            line: 22,
            path: 'tables[1].variables[1]',
            problem: said('fault.text_statistics', { name: 'firm' }),
          }),
        ],
      }),
    }),
  );
});

test('what a column holds is asked of columns alone', () => {
  const text = `${small}  - { id: t2, kind: summary, title: All, variables: [y, lsize, sixe] }\n`;
  const asked: string[] = [];
  const kindOf = (name: string) => {
    asked.push(name);
    return 'number' as const;
  };
  expect(() => parseAnyStudy(text, 'study.yaml', { kindOf }, columns)).toThrow(
    expect.objectContaining({
      detail: expect.objectContaining({
        faults: [expect.objectContaining({ path: 'tables[1].variables[2]', nearest: 'size' })],
      }),
    }),
  );
  expect(asked).toContain('y');
  expect(asked.filter((name) => !columns.includes(name))).toEqual([]);
});

test('a column is text or numbers, a key once, taken once', () => {
  expect(faultWith('panel: firms.csv', 'panel: firms.csv\n  text: [y, firm]\n  number: [firm]')).toBe(
    "7 data.number[0]: 'firm' is under text already",
  );
  const join = (words: string): string =>
    faultWith('panel: firms.csv', `panel: firms.csv\n  join: [{ file: a.csv, ${words} }]`);
  expect(join('by: [firm, firm]')).toContain("data.join[0].by[1]: key 'firm' is there twice");
  expect(join('by: firm, columns: [a, b, a]')).toContain("data.join[0].columns[2]: column 'a' is there twice");
  expect(faultWith('lsize: log(size)', 'lsize: log(size)\n  "": size')).toContain('give the new variable a name');
});

test('a derived variable is an expression or a condition', () => {
  expect(faultWith('{ where: size > 100 }', '{ label: Large }')).toContain(
    'derived.large: give either formula or where',
  );
});

test('a rule keeps or excludes, and a period is a number or a unit of the calendar', () => {
  expect(faultWith('exclude: size < 5', 'assumption: true')).toContain('give either keep or exclude');
  expect(faultWith('time: quarter', 'time: quarter\n  step: fortnight')).toContain('such as 5 or 2 weeks');
});

test('as it is printed with every default, a study checks and resolves to the same', () => {
  const spec = specOf(small);
  const study = resolvePanelFileStudy(spec);
  const printed = stringify(writtenPanelFileStudy(spec, study));
  expect(resolvePanelFileStudy(specOf(printed))).toEqual({ ...study, labels: expect.anything() });
});

test('an address in place of a file is refused, and nothing of it is repeated', () => {
  const secret = 'hunter2-and-more';
  const places: readonly (readonly [string, string])[] = [
    ['panel: firms.csv', `panel: 'https://me:${secret}@host/firms.csv'`],
    ['panel: firms.csv', `panel: [firms.csv, 's3://bucket/firms.csv?token=${secret}']`],
    ['panel: firms.csv', `panel: firms.csv\n  join: [{ file: ' HTTPS://host/a.csv#${secret}', by: firm }]`],
    ['panel: firms.csv', `panel: firms.csv\n  password: ${secret}`],
    ['panel: firms.csv', `panel: firms.csv\n  join: [{ file: a.csv, by: firm, token: ${secret} }]`],
  ];
  for (const [old, replacement] of places) {
    const faults = faultsOf(small.replace(old, replacement));
    expect(faults).toHaveLength(1);
    expect(JSON.stringify(faults)).not.toContain(secret);
  }
  expect(faultWith('panel: firms.csv', "panel: 'https://host/firms.csv'")).toContain(
    '5 data.panel: this is an address, and Kaya reads files alone',
  );
});
