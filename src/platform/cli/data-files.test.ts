import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runInside } from './testing/run-inside.ts';

// Identifiers, names and offending cells through the command line.

const cases = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));
const orSkipped = existsSync(cases) ? '' : ' (skipped: no ../shared/cases)';
const folder = mkdtempSync(join(tmpdir(), 'kaya-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Model {
  readonly nobs: number;
  readonly sample: string | null;
  readonly fixef: Readonly<Record<string, number>>;
  readonly vcov: { readonly clusters?: readonly number[] };
  readonly coef: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
}

/** The right values are printed to five decimals. */
const printed = 5;

const kaya = (...argv: string[]) => runInside(argv);

async function models(...argv: string[]): Promise<readonly Model[]> {
  const { status, out, err } = await kaya('reg', ...argv, '--json');
  expect([status, err.includes('fault of Kaya')]).toEqual([0, false]);
  return (JSON.parse(out) as { models: readonly Model[] }).models;
}

describe.skipIf(orSkipped !== '')(`cases with right values${orSkipped}`, () => {
  it.each(['ids_beyond_2_53', 'ids_underscore', 'ids_leading_zeros'])('%s', async (name) => {
    const [model] = await models(join(cases, `${name}.csv`), 'y ~ x | id');
    expect(model.fixef.id).toBe(3);
    expect(model.coef[0].estimate).toBeCloseTo(0.60969, printed);
    expect(model.coef[0].se).toBeCloseTo(0.10173, printed);
  });

  it('names_by_case, blank_header, offending_cell', async () => {
    const [byCase] = await models(join(cases, 'names_by_case.csv'), 'y ~ x + X');
    expect(byCase.coef.map(({ term }) => term)).toEqual(['(Intercept)', 'x', 'X']);
    const blank = await kaya('reg', join(cases, 'blank_header.csv'), 'y ~ x', '--json');
    expect([blank.status, blank.err]).toEqual([0, expect.stringContaining('col1')]);
    const offending = await kaya('reg', join(cases, 'offending_cell.csv'), 'y ~ x');
    expect([offending.status, offending.err]).toEqual([1, expect.stringMatching(/"n\/a" in line 4.*--missing "n\/a"/)]);
    const [mended] = await models(join(cases, 'offending_cell.csv'), 'y ~ x', '--missing', 'n/a');
    expect(mended.nobs).toBe(4);
  });
});

const outcome = [1, 1.4, 1.1, 5.2, 5.9, 5.4, 9.1, 9.7, 9.2];
const regressor = [0.2, 0.9, 0.4, 0.1, 1.3, 0.7, 0.3, 1.1, 0.8];
let files = 0;

/** Three identifiers, three rows each. */
function panelFile(ids: readonly string[]): string {
  const path = join(folder, `${++files}.csv`);
  const rows = outcome.map((y, i) => `${ids[Math.floor(i / 3)]},${2000 + (i % 3)},${y},${regressor[i]}\n`);
  writeFileSync(path, `id,year,y,x\n${rows.join('')}`);
  return path;
}

describe('an identifier is what was written, whatever is done with it', () => {
  const letters = panelFile(['a', 'b', 'c']);
  it.each([
    ['110101199003070011', '110101199003070012', '110101199003070013'],
    ['01', '1', '001'],
    ['1_11', '11_1', '1_12'],
    ['1e3', '1000', '10e2'],
    ['+7', '7', '07'],
    ['1.1', '1.10', '1.100'],
    ['0x10', '16', '020'],
    ['"1"', '"01"', '1.0'],
    ['9007199254740992', '9007199254740993', '9007199254740994'],
    ['.5', '0.5', '0.50'],
    ['1e+05', '100000', '1E5'],
    ['0.1', '0.10000000000000001', '0.100000000000000005'],
  ])('%s, %s, %s: the numbers of three letters', async (...ids) => {
    const path = panelFile(ids);
    const bare = ids.map((id) => id.replaceAll('"', ''));
    for (const options of [
      ['y ~ x | id'],
      ['y ~ x + i(id)', '--vcov', 'hc1'],
      ['y ~ x', '--vcov', 'cluster:id'],
      ['y ~ l(x)', '--panel', 'id,year'],
    ]) {
      const [own] = await models(path, ...options);
      const [right] = await models(letters, ...options);
      expect([own.nobs, own.fixef, own.vcov.clusters]).toEqual([right.nobs, right.fixef, right.vcov.clusters]);
      const x = (model: Model) => model.coef.find(({ term }) => term.includes('x'));
      expect(x(own)?.estimate).toBeCloseTo(x(right)?.estimate ?? Number.NaN, 12);
      expect(x(own)?.se).toBeCloseTo(x(right)?.se ?? Number.NaN, 12);
    }
    const split = await models(path, 'y ~ x', '--split', 'id');
    expect(split.map(({ sample, nobs }) => [sample, nobs]).sort()).toEqual(bare.map((id) => [id, 3]).sort());
    const [effects, predictions] = [join(folder, 'fixef.csv'), join(folder, 'predict.csv')];
    await models(path, 'y ~ x | id', '--fixef', effects, '--predict', predictions);
    const column = (file: string, j: number): string[] =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[j]);
    expect(column(effects, 1).sort()).toEqual([...bare].sort());
    expect(column(predictions, 1)).toEqual(bare.flatMap((id) => [id, id, id]));
  });

  it('a filter neither casts nor merges', async () => {
    const path = panelFile(['01', '1', '001']);
    const [one] = await models(path, 'y ~ x', '--where', "id = '01'");
    expect(one.nobs).toBe(3);
    const refused = await kaya('reg', path, 'y ~ x', '--where', 'id = 1');
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining("'1' in quotes")]);
  });

  it('--text and --number are known to every command, and unknown columns have a nearest name', async () => {
    const path = panelFile(['01', '02', '03']);
    const [asNumber] = await models(path, 'y ~ id', '--number', 'id');
    expect(asNumber.coef.map(({ term }) => term)).toEqual(['(Intercept)', 'id']);
    const refused = await kaya('reg', path, 'y ~ id');
    expect(refused.err).toContain('"01" in line 2 begins with a zero');
    for (const argv of [
      ['describe', path, '--text', 'yeer'],
      ['reg', path, 'y ~ x', '--text', 'yeer'],
      ['threshold', path, 'y ~ 1 | id', '--panel', 'id,year', '--regime', 'x', '--by', 'x', '--number', 'yeer'],
    ]) {
      const { status, err } = await kaya(...argv);
      expect([status, err]).toEqual([1, expect.stringContaining('Did you mean year?')]);
    }
    expect((await kaya('reg', path, 'y ~ x', '--text', 'x', '--number', 'x')).status).toBe(2);
  });
});

describe('a cell that is no number is named with what helps', () => {
  it.each([
    ['n/a', '--missing "n/a"'],
    ['..', '--missing ".."'],
    ['—', '--missing "—"'],
    ['None', '--missing "None"'],
    ['-', '--missing "-"'],
    ['#N/A', '--missing "#N/A"'],
    ['"1,5"', 'decimal comma'],
    ['"1,234"', 'thousands'],
    ['12%', 'percentage'],
    ['１２', 'full-width'],
    ['−5', 'minus'],
    ['¥5', 'currency'],
    ['Inf', 'infinite'],
  ])('%s', async (cell, remedy) => {
    const path = join(folder, `${++files}.csv`);
    writeFileSync(path, `y,x\n1,1\n2,2\n3,${cell}\n5,4\n4,5\n`);
    const { status, err } = await kaya('reg', path, 'y ~ x');
    expect(status).toBe(1);
    expect(err).toContain(`"${cell.replaceAll('"', '')}" in line 4`);
    expect(err).toContain(remedy);
    expect((await kaya('--lang', 'zh', 'reg', path, 'y ~ x')).err).toContain('第4行');
    if (cell.startsWith('"')) return;
    const [mended] = await models(path, 'y ~ x', '--missing', cell);
    expect(mended.nobs).toBe(4);
  });
});
