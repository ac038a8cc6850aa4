import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import { runInside } from './testing/run-inside.ts';

// `kaya reg --engine duckdb` on files: the same numbers as from memory, whatever the rows are written in.

const folder = mkdtempSync(join(tmpdir(), 'kaya-engine-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

/** Rows as somebody types them: quotes, blanks, marks of missing cells, codes with leading zeros, numbers written in two ways. */
function csvOf(units: number): string {
  const stream = randomStream(units, 0);
  const lines = ['Firm;year; X ;"a ""b""";z;y'];
  for (let unit = 0; unit < units; unit++) {
    for (let year = 2000; year < 2006; year++) {
      const x = stream.uniform() + unit / 10;
      const z = stream.uniform();
      const y = 0.5 * x - z + unit / 5 + stream.uniform();
      const cell = stream.uniform() < 0.05 ? 'NA' : x.toPrecision(8);
      const group = ['east', ' west ', '"no;rth"'][unit % 3];
      lines.push(
        `${String(unit % 40).padStart(3, '0')};${year}${year % 2 === 0 ? '' : '.0'};${cell};${group}; ${z} ;${y}`,
      );
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

beforeAll(async () => {
  writeFileSync(at('rows.csv'), csvOf(30));
  writeFileSync(at('part-1.csv'), csvOf(12));
  writeFileSync(at('part-2.csv'), csvOf(15));
  const engine = await openDuckdb({ threads: 1 });
  const firm = 'CAST(i % 50 AS INTEGER)';
  const query = `SELECT ${firm} AS firm, 2000 + i // 50 AS year, DATE '2020-01-31' + CAST(i % 3 AS INTEGER) AS day,
    CASE WHEN i % 17 = 0 THEN 'NaN'::DOUBLE ELSE sin(i * 3.7) + (i % 50) / 9 END AS x, CAST(i % 4 AS FLOAT) AS k,
    CAST(sin(i * 1.3) * 2 AS DECIMAL(12, 6)) AS z, i % 2 = 0 AS even, cos(i * 0.7) + (i % 50) / 7 AS y
    FROM range(600) AS r(i)`;
  await engine.save({ query }, at('rows.parquet'), 'parquet');
  await engine.save({ query: `${query} WHERE i < 300` }, at('half-1.parquet'), 'parquet');
  await engine.save({ query: `${query} WHERE i >= 300` }, at('half-2.parquet'), 'parquet');
  // Files whose columns have other types, and stand in another order; decimals of as many digits as the engine takes.
  const rows = 'FROM range(300) AS r(i)';
  await engine.save(
    { query: `SELECT i % 30 AS firm, i % 7 AS x, sin(i) AS y ${rows}` },
    at('type-1.parquet'),
    'parquet',
  );
  const second = `SELECT cos(i) AS y, i % 30 AS firm, i % 7 + 0.4::DOUBLE AS x ${rows}`;
  await engine.save({ query: second }, at('type-2.parquet'), 'parquet');
  const free = await openDuckdb({ threads: 1, reads: [at('type-1.parquet'), at('type-2.parquet')] });
  const [a, b] = [await free.openParquet(at('type-1.parquet')), await free.openParquet(at('type-2.parquet'))];
  await free.save(
    { query: `SELECT y, firm, x::DOUBLE AS x FROM ${a.relation} UNION ALL SELECT y, firm, x FROM ${b.relation}` },
    at('types.parquet'),
    'parquet',
  );
  free.close();
  const long = `SELECT i % 30 AS firm, CAST(sin(i) * 1e9 AS DECIMAL(30, 10)) AS x, CAST(i // 30 % 5 AS DECIMAL(18, 3)) AS k,
    cos(i) AS y, 'a' || chr(0) || i // 30 % 3 AS nul, 9007199254740992 + 4 * (i // 30) AS id ${rows}`;
  await engine.save({ query: long }, at('long.parquet'), 'parquet');
  engine.close();
});

interface Model {
  readonly nobs: number;
  readonly coef: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
  readonly engine?: { readonly name: string; readonly version: string; readonly passes: number; readonly step: number };
}

async function model(...argv: string[]): Promise<Model> {
  const { status, out, err } = await runInside(['reg', ...argv, '--json']);
  expect([status, err.split('\n').filter((line) => line.includes('fault of Kaya'))]).toEqual([0, []]);
  const [first] = (JSON.parse(out) as { models: readonly [Model] }).models; // the document of `kaya reg`
  return first;
}

async function expectAlike(ours: readonly string[], theirs: readonly string[]): Promise<void> {
  const [engine, memory] = [await model(...ours), await model(...theirs)];
  expect(engine.engine).toMatchObject({ name: 'duckdb', version: expect.stringMatching(/^DuckDB v\d/) });
  expect(engine.engine?.passes).toBeGreaterThan(5);
  expect(engine.engine?.step).toBeLessThan(1e-12);
  expect(memory.engine).toBeUndefined();
  expect([engine.nobs, engine.coef.map(({ term }) => term)]).toEqual([
    memory.nobs,
    memory.coef.map(({ term }) => term),
  ]);
  engine.coef.forEach(({ estimate, se }, j) => {
    expect(estimate).toBeCloseTo(memory.coef[j].estimate, 11);
    expect(se).toBeCloseTo(memory.coef[j].se, 11);
  });
}

const both = async (...argv: string[]): Promise<void> =>
  expectAlike([...argv, '--engine', 'duckdb'], [...argv, '--engine', 'memory']);

describe('the same numbers by DuckDB', () => {
  it('from a csv with quotes, blanks, codes and two ways of writing a year', async () => {
    await both(at('rows.csv'), 'y ~ X + z | Firm + year', '--vcov', 'cluster:Firm');
    await both(
      at('rows.csv'),
      'y ~ log(X + 1) + i(`a "b"`) + i(year)',
      '--vcov',
      'hc1',
      '--where',
      '"Firm" <> \'007\'',
    );
    await both(at('rows.csv'), 'y ~ X + l(z, 1) | Firm', '--panel', 'Firm,year', '--text', 'Firm');
  });

  it('from Parquet with whole numbers, decimals, dates and truths', async () => {
    await both(at('rows.parquet'), 'y ~ x + z + even + i(day) | firm + year', '--vcov', 'cluster:firm+year');
    await both(at('rows.parquet'), 'y ~ x + i(k, z) | firm', '--vcov', 'hc1', '--where', "day >= date '2020-02-01'");
    await both(at('rows.parquet'), 'y ~ d(x, 1) | firm', '--panel', 'firm,year', '--missing', '3');
  });

  it('with decimals of any length, a NUL in a text, numbers beyond what is exact', async () => {
    await both(at('long.parquet'), 'y ~ x + i(k) | firm', '--vcov', 'cluster:firm');
    await both(at('long.parquet'), 'y ~ i(nul) | firm');
    await both(at('long.parquet'), 'y ~ I(id - 9007199254740992) | firm', '--number', 'id');
    const { status, err } = await runInside(['reg', at('long.parquet'), 'y ~ id', '--engine', 'duckdb']);
    expect([status, err]).toEqual([1, expect.stringContaining('--number id')]);
  });

  it('refuses numbers whose squares cannot be held, as memory does', async () => {
    const engine = await openDuckdb({ threads: 1 });
    await engine.save(
      { query: 'SELECT i AS x, 1e308 * sin(i) AS y FROM range(50) AS r(i)' },
      at('huge.parquet'),
      'parquet',
    );
    engine.close();
    const said = async (name: string) => (await runInside(['reg', at('huge.parquet'), 'y ~ x', '--engine', name])).err;
    expect(await said('memory')).toContain('cannot be held in double precision');
    expect(await said('duckdb')).toBe(await said('memory'));
  });

  it('from files that a pattern names, as from one', async () => {
    const formula = ['y ~ x + z | firm + year', '--vcov', 'cluster:firm'];
    const types = ['y ~ x + I(x > 3) | firm', '--vcov', 'hc1'];
    await expectAlike([at('half-*.parquet'), ...formula, '--engine', 'duckdb'], [at('rows.parquet'), ...formula]);
    await expectAlike([at('type-*.parquet'), ...types, '--engine', 'duckdb'], [at('types.parquet'), ...types]);
    const parts = await model(at('part-?.csv'), 'y ~ X + z', '--engine', 'auto');
    expect([parts.nobs > 140, parts.engine?.name]).toEqual([true, 'duckdb']);
  });
});

describe('choice and refusal', () => {
  it('takes small files into memory unless it is told otherwise, and says which engine it was', async () => {
    expect((await model(at('rows.csv'), 'y ~ X')).engine).toBeUndefined();
    const { out } = await runInside(['reg', at('rows.csv'), 'y ~ X', '--engine', 'duckdb', '--memory', '500M']);
    expect(out).toMatch(/sums by DuckDB v[\d.]+ in \d+ passes/);
  });

  it('shows every pass with its SQL and what it reads before anything runs', async () => {
    const { status, out } = await runInside([
      'reg',
      at('rows.parquet'),
      'y ~ x | firm + year',
      '--engine',
      'duckdb',
      '--explain',
    ]);
    expect([status, out.includes('reads the data, '), out.includes('GROUP BY'), /Coef\./.test(out)]).toEqual([
      0,
      true,
      true,
      false,
    ]);
    const json = await runInside(['reg', at('rows.parquet'), 'y ~ x + z', '--engine', 'duckdb', '--explain', '--json']);
    const { explained } = JSON.parse(json.out) as {
      explained: readonly [{ passes: readonly { id: string; sql: string }[] }];
    }; // the document
    expect(explained[0].passes.map(({ id }) => id)).toContain('products');
    expect(explained[0].passes.every(({ sql }) => sql !== '')).toBe(true);
  });

  it('refuses what DuckDB does not do, other files, and a size that is none', async () => {
    const drawn = await runInside(['reg', at('rows.csv'), 'y ~ X', '--engine', 'duckdb', '--permute', 'X']);
    expect([drawn.status, drawn.err]).toEqual([
      1,
      expect.stringMatching(/--permute goes through the rows.*--engine memory/),
    ]);
    writeFileSync(at('page.html'), '<table><tr><td>y</td><td>x</td></tr><tr><td>1</td><td>2</td></tr></table>');
    const html = await runInside(['reg', at('page.html'), 'y ~ x', '--engine', 'duckdb']);
    expect([html.status, html.err]).toEqual([1, expect.stringContaining('page.html')]);
    const size = await runInside(['reg', at('rows.csv'), 'y ~ X', '--engine', 'duckdb', '--memory', 'much']);
    expect([size.status, size.err]).toEqual([2, expect.stringContaining('4G')]);
    const other = await runInside(['reg', at('rows.csv'), 'y ~ X', '--engine', 'flink']);
    expect([other.status, other.err]).toEqual([2, expect.stringContaining('duckdb')]);
    const none = await runInside(['reg', at('nothing-*.parquet'), 'y ~ x']);
    expect([none.status, none.err]).toEqual([1, expect.stringContaining('nothing-*.parquet')]);
  });

  it('takes a server only where one is named, and never prints what lets it in', async () => {
    const spark = (...argv: string[]) => runInside(['reg', 'lake.trips', 'y ~ X', ...argv]);
    const nowhere = await spark('--engine', 'spark');
    expect([nowhere.status, nowhere.err]).toEqual([2, expect.stringMatching(/--spark sc:\/\/localhost:15002/)]);
    const alone = await spark('--spark', 'sc://h/;token=hidden');
    expect([alone.status, alone.err]).toEqual([2, expect.stringMatching(/--spark.*--engine spark beside it/)]);
    const wrong = await spark('--engine', 'spark', '--spark', 'https://u:hidden@h/;token=hidden');
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('sc://host:15002')]);
    const absent = await spark('--engine', 'spark', '--spark', 'sc://localhost:1/;token=hidden');
    expect([absent.status, absent.err]).toEqual([
      1,
      expect.stringMatching(/No server of Spark Connect answers at localhost:1/),
    ]);
    const sized = await spark('--engine', 'spark', '--spark', 'sc://localhost:1', '--memory', '4G');
    expect([sized.status, sized.err]).toEqual([2, expect.stringContaining('--memory')]);
    for (const { out, err } of [alone, wrong, absent]) expect(out + err).not.toContain('hidden');
  });

  it('leaves no folder of the engine behind', async () => {
    const rooms = (): readonly string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`kaya-engine-${process.pid}-`));
    await model(at('rows.csv'), 'y ~ X | Firm', '--engine', 'duckdb');
    expect(rooms()).toEqual([]);
  });
});
