import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type DescribeOptions,
  describe as describeData,
  estimate,
  fitModels,
  fromColumns,
  fromRows,
  isStudyError,
  type Row,
  reg,
  searchThreshold,
  threshold,
  toText,
} from '../model.ts';
import { render } from '../output.ts';

const wave = (i: number, speed: number): number => Math.sin(speed * (i + 1));
const rows: Row[] = Array.from({ length: 240 }, (_, i) => {
  const [firm, year] = [Math.floor(i / 8), 2000 + (i % 8)];
  const x = wave(i, 1.7);
  const q = wave(i, 0.37);
  return {
    firm: `f${firm}`,
    year,
    x,
    q,
    z: x + wave(i, 4.1),
    y: (q > 0 ? 2 : 0.5) * x + wave(firm, 2.3) + wave(i, 2.9),
  };
});
const table = fromRows(rows);
const formula = 'y ~ x | firm + year';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isStudyError(error)) return error.message;
    throw error;
  }
  return 'no error';
};

describe('reg', () => {
  test('has the numbers of estimate, from rows and from a table', () => {
    const [model] = estimate({ formulas: [formula], table, vcov: 'cluster:firm', ssc: 'fixest' });
    for (const data of [rows, table]) {
      const { models } = reg(data, formula, { vcov: 'cluster:firm' });
      expect(models).toHaveLength(1);
      expect(models[0]).toMatchObject({ coef: model.coef, nobs: 240, vcov: model.vcov });
    }
  });

  test('several formulas, covariances and what comes after the fit', () => {
    const result = reg(table, ['y ~ csw(x, z) | firm', 'y ~ x'], {
      ...{ vcov: ['hc1', 'cluster:firm'], test: 'x = 1', predict: true, fixef: true },
    });
    expect(result.models.map(({ coef }) => coef.length)).toEqual([1, 2, 2]);
    expect(result.others.map((others) => others.map(({ vcov }) => vcov.type))).toEqual([
      ['cluster'],
      ['cluster'],
      ['cluster'],
    ]);
    expect(result.models[0].tests).toHaveLength(1);
    expect(result.predictions?.nrow).toBe(720);
    expect(result.effects?.nrow).toBe(60);
  });

  test('where chooses rows as a filter of the data does', () => {
    const { models } = reg(table, formula, { where: "year > 2001 and firm != 'f3'" });
    const kept = rows.filter(({ year, firm }) => (year as number) > 2001 && firm !== 'f3');
    expect(models[0]).toMatchObject({ nobs: kept.length, coef: reg(kept, formula).models[0].coef });
    expect(messageOf(() => reg(table, formula, { where: 'yaer > 2001' }))).toContain('year');
  });

  test('is rendered in any format, laid out by the words of the command', async () => {
    const result = reg(table, formula, { vcov: ['cluster:firm', 'hc1'] });
    const tex = await render(result, 'tex', { layout: { stacked: true, title: 'T & T' } });
    expect(tex).toContain('\\caption{T \\& T}');
    expect(tex).toContain('HC1');
    expect(await render(result, 'docx')).toBeInstanceOf(Uint8Array);
    await expect(render(result, 'md', { layout: { spanners: 'A = 4' } })).rejects.toThrow(/4/);
  });

  test('adjusted p-values stand below the estimates of their family, and nowhere else', () => {
    const asked = { vcov: 'cluster:firm', family: 'x', adjust: 'bonferroni, holm' };
    const result = reg(table, ['y ~ x + z | firm', 'y ~ x + q'], asked);
    const [first, second] = result.models.map(({ coef }) => coef.find(({ term }) => term === 'x')?.p ?? Number.NaN);
    const text = toText(result, { layout: { below: ['p', 'adjusted'], digits: 12 } });
    const rows = text.split('\n');
    const below = rows.findIndex((row) => row.startsWith('x ')) + 2;
    expect(rows[below].match(/\[[^\]]+\]/g)).toHaveLength(2);
    // Bonferroni of two: the first method of the family.
    expect(result.families[0].members.map(({ adjusted }) => adjusted.bonferroni)).toEqual([
      2 * first,
      Math.min(1, 2 * second),
    ]);
    expect(rows.filter((row) => /\[/.test(row))).toHaveLength(1);
    expect(text).toContain('p adjusted for a family of hypotheses in brackets');
    expect(text).toContain('Bonferroni: adjusted so that one false rejection among the 2');
    expect(text.slice(0, text.indexOf('Family of hypotheses'))).not.toContain('Holm:');
    expect(() => toText(reg(table, formula), { layout: { below: 'adjusted' } })).toThrow(/family/);
  });

  test('prints itself, and is plain data all the same', () => {
    const result = reg(table, formula, { vcov: 'cluster:firm' });
    const text = toText(result);
    expect(text).toMatch(/x +\d/);
    expect(`${result}`).toBe(text);
    expect(inspect(result)).toBe(text);
    const stored = JSON.parse(JSON.stringify(result));
    expect(stored).toEqual({ ...result });
    expect(Object.keys(result)).not.toContain('toString');
    expect(toText(stored)).toBe(text);
    expect(toText(structuredClone(result), { language: 'zh' })).toContain('聚类');
    expect(toText(result.models)).toBe(toText(result));
    expect(toText(result.models[0])).toBe(toText(result));
    expect(toText(result, { layout: { style: 'aer', below: 'ci' } })).toContain('95% confidence intervals');
    expect(() => toText(result, { layout: { keep: 'nobody' } })).toThrow(/nobody/);
    expect(toText(reg(table, formula, { reconcile: true, vcov: 'cluster:firm' }))).toContain('reghdfe');
  });
});

test('a panel is told to `describe` as it is to `reg`: a text, or a mapping', () => {
  const asked: DescribeOptions = { kind: 'panel_tests', variables: ['x'] };
  const ofText = describeData(table, { ...asked, panel: 'firm,year' });
  expect(ofText.variables).toHaveLength(1);
  expect(describeData(table, { ...asked, panel: { unit: 'firm', time: 'year' } })).toEqual(ofText);
});

describe('threshold', () => {
  test('has the numbers of the search, and prints itself', async () => {
    const asked = { regime: 'x', by: 'q', panel: 'firm,year', boot: 20, vcov: ['cluster:firm', 'hc1'] } as const;
    const told: number[] = [];
    const result = await threshold(rows, 'y ~ z | firm + year', {
      ...{ ...asked, vcov: [...asked.vcov] },
      onReplicates: (done) => told.push(done),
    });
    const found = searchThreshold(table, {
      ...{ formula: 'y ~ z | firm + year', regime: 'x', by: 'q', boot: 20, vcov: 'cluster:firm' },
      panel: { unit: 'firm', time: 'year' },
    });
    expect(result.tests).toEqual(found.tests);
    expect(result.others.map(({ vcov }) => vcov.type)).toEqual(['hc1']);
    expect(told).toEqual([20]);
    expect(`${result}`).toContain('q<=');
    expect(toText(JSON.parse(JSON.stringify(result)))).toBe(String(result));
  });

  test('stands for one model', async () => {
    const asked = { regime: 'x', by: 'q', panel: 'firm,year' };
    await expect(threshold(rows, 'y ~ sw(z, q) | firm', asked)).rejects.toThrow(/formula does not take .*one model/s);
  });
});

describe('errors are told in sentences', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['an unknown column', () => reg(table, 'y ~ w'), /^y ~ w names w, which is not a column/],
    ['an option', () => reg(table, formula, { vcov: 'clustr:firm' }), /^vcov does not take "clustr:firm"/],
    ['a formula', () => reg(table, 'y ~ x |'), /^The formula cannot be read at character 8/],
    [
      'no rows',
      () => reg({ a: [1, 2] } as unknown as Row[], 'a ~ 1'),
      /^The data are a value of type object; expected a list of rows/,
    ],
    ['nothing', () => fromRows(null as unknown as Row[]), /^The data are null; expected a list of rows/],
    ['a list of lists', () => fromRows([[1, 2]] as unknown as Row[]), /row 1 an object by column/],
    ['no columns', () => fromColumns([] as never), /^The data are a list; expected columns by their names/],
    ['no values', () => fromColumns({ a: null } as never), /^The data are null; expected a list of values as column a/],
    ['columns', () => fromColumns({ a: [1], b: [] }), /^The column b has 0 values/],
    ['a generator', () => [...fitModels([{ id: '1', formula: 'y ~ nobody', table }])], /nobody/],
  ])('%s', (_, run, sentence) => {
    const message = messageOf(run);
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/^[a-z-]+ \{/);
  });

  test('in the stack too, and with code and data as they are', () => {
    try {
      fromColumns({ a: [1], b: [] });
    } catch (error) {
      if (!isStudyError(error, 'bad-table')) throw error;
      expect(error.detail.name).toBe('b');
      expect(error.stack?.startsWith(`StudyError: ${error.message}\n`)).toBe(true);
      return;
    }
    throw new Error('no error');
  });
});
