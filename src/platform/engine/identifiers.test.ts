import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openWide } from '../../../test/wide-engine.ts';
import { type ColumnTable, cellText, textColumn } from '../../table/column.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { factorOf } from '../../table/factor.ts';
import { tableReader } from './table-reader.ts';

// One table in every format: identifiers come back as they were, whatever the format calls them.

const folder = mkdtempSync(join(tmpdir(), 'kaya-ids-'));
let engine: Awaited<ReturnType<typeof openWide>>;
beforeAll(async () => {
  engine = await openWide();
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const texts = (table: ColumnTable, name: string): (string | null)[] =>
  Array.from({ length: table.nrow }, (_, row) => cellText(table.columns[name], row));
const read = (path: string, options = {}) => tableReader().read(path, options);

describe('text identifiers', () => {
  const identifiers: Readonly<Record<string, readonly string[]>> = {
    digits: ['110101199003070011', '110101199003070012', '110101199003070013'],
    zeros: ['01', '1', '001'],
    under: ['1_11', '11_1', '1_12'],
    science: ['1e3', '1000', '10e2'],
    plus: ['+7', '7', '+07'],
    points: ['1.1', '1.10', '1.100'],
  };
  const names = Object.keys(identifiers);
  const rows = [0, 1, 2].map((row) => names.map((name) => identifiers[name][row]));

  it.each(['csv', 'quoted csv', 'xlsx', 'parquet', 'duckdb', 'dta'])('in %s', async (format) => {
    const path = join(folder, `text.${format.split(' ').at(-1)}`);
    let opened = path;
    const values = rows.map((row) => `(${row.map((cell) => `'${cell}'`).join(', ')})`).join(', ');
    const select = `SELECT * FROM (VALUES ${values}) t(${names.map((name) => `"${name}"`).join(', ')})`;
    if (format === 'csv') writeFileSync(path, [names, ...rows].map((row) => `${row.join(',')}\n`).join(''));
    else if (format === 'quoted csv')
      writeFileSync(path, [names, ...rows].map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\n`).join(''));
    else if (format === 'xlsx') {
      const cells = [names, ...rows].map((row) => row.map((value) => ({ value, type: String })));
      writeFileSync(path, await writeExcelFile(cells).toBuffer());
    } else if (format === 'parquet') await engine.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    else if (format === 'duckdb') {
      const own = await openWide();
      await own.run(`ATTACH '${path}' AS made; CREATE TABLE made.ids AS ${select}; DETACH made`);
      own.close();
      opened = `${path}::ids`;
    } else {
      const { writeDta } = await import('../../file/dta/write-dta.ts');
      const columns = Object.fromEntries(names.map((name) => [name, textColumn(identifiers[name])]));
      writeFileSync(path, writeDta({ nrow: 3, names, columns }, {}));
    }
    const { table } = await read(opened);
    for (const name of names) {
      expect([name, factorOf(table.columns[name]).count]).toEqual([name, 3]);
      expect(texts(table, name)).toEqual(identifiers[name]);
    }
  });
});

describe('whole numbers that a double does not hold', () => {
  const long = [110101199003070011n, 110101199003070012n, 110101199003070013n];

  it.each(['BIGINT', 'UBIGINT', 'HUGEINT', 'DECIMAL(20,0)', 'DECIMAL(38,0)'])('%s of a DuckDB table', async (type) => {
    const path = join(folder, `${type.replace(/\W/g, '_')}.duckdb`);
    const own = await openWide();
    const values = long.map((id, i) => `(${id}::${type}, ${i}::${type})`).join(', ');
    await own.run(`ATTACH '${path}' AS made; CREATE TABLE made.ids AS SELECT * FROM (VALUES ${values}) t(id, small)`);
    await own.run('DETACH made');
    own.close();
    const { table } = await read(`${path}::ids`);
    expect(texts(table, 'id')).toEqual(long.map(String));
    expect(table.columns.small).toMatchObject({ kind: 'number' });
  });

  it('parquet: exact beyond 2^53 and below, and an error that says how to compute with them', async () => {
    const path = join(folder, 'long.parquet');
    await engine.run(`COPY (SELECT * FROM (VALUES (9007199254740993, 9007199254740991, 1.5::DECIMAL(18,2)),
      (9007199254740992, -9007199254740991, NULL), (NULL, 0, 2.25)) t(id, edge, amount)) TO '${path}' (FORMAT parquet)`);
    const { table } = await read(path);
    expect(texts(table, 'id')).toEqual(['9007199254740993', '9007199254740992', null]);
    const { edge, amount } = table.columns;
    expect(edge.kind === 'number' && [...edge.values]).toEqual([9007199254740991, -9007199254740991, 0]);
    expect(amount.kind === 'number' && [...amount.values]).toEqual([1.5, Number.NaN, 2.25]);
    const asked = (await read(path, { number: ['id'] })).table.columns.id;
    expect(asked.kind === 'number' && asked.values[1]).toBe(9007199254740992);
    // Even then the two are two levels.
    expect(factorOf(asked).count).toBe(2);
  });

  it('decimals with more digits than a double keep their texts where two would be one number', async () => {
    const path = join(folder, 'decimal.parquet');
    await engine.run(`COPY (SELECT * FROM (VALUES (12345678901234567.12::DECIMAL(30,2)), (12345678901234567.13)) t(d))
      TO '${path}' (FORMAT parquet)`);
    const { d } = (await read(path)).table.columns;
    expect(d.kind).toBe('number');
    expect(factorOf(d).labels).toEqual(['12345678901234567.12', '12345678901234567.13']);
  });
});

describe('names that differ in case alone', () => {
  it('parquet: under their own names, and the filter tells them apart', async () => {
    const path = join(folder, 'case.parquet');
    await engine.run(`COPY (SELECT * FROM (VALUES (1, 5), (2, 6)) t(x, q)) TO '${path}' (FORMAT parquet)`);
    // The engine itself writes no such file: the name in the file is changed.
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf('\x01q'); at >= 0; at = bytes.indexOf('\x01q', at + 1)) bytes.write('X', at + 1);
    writeFileSync(path, bytes);
    const { table, kept } = await read(path, { where: readRowCondition('X = 6 and x = 2') });
    expect(table.names).toEqual(['x', 'X']);
    expect([texts(table, 'x'), texts(table, 'X'), [...(kept ?? [])]]).toEqual([
      ['1', '2'],
      ['5', '6'],
      [0, 1],
    ]);
  });

  it('xlsx and dta', async () => {
    const xlsx = join(folder, 'case.xlsx');
    writeFileSync(
      xlsx,
      await writeExcelFile(
        [
          ['x', 'X'],
          [1, 5],
          [2, 6],
        ].map((row) => row.map((value) => ({ value }))),
      ).toBuffer(),
    );
    const { writeDta } = await import('../../file/dta/write-dta.ts');
    const dta = join(folder, 'case.dta');
    const columns = {
      x: { kind: 'number', values: Float64Array.of(1, 2) },
      X: { kind: 'number', values: Float64Array.of(5, 6) },
    } as const;
    writeFileSync(dta, writeDta({ nrow: 2, names: ['x', 'X'], columns }, {}));
    for (const path of [xlsx, dta]) {
      const { table, kept } = await read(path, { where: readRowCondition('X = 6') });
      expect(table.names).toEqual(['x', 'X']);
      expect([texts(table, 'X'), [...(kept ?? [])]]).toEqual([
        ['5', '6'],
        [0, 1],
      ]);
    }
  });
});

describe('the reading options in every format', () => {
  const options = { text: ['id'], missing: ['-999', 'n/a'] };

  it.each(['csv', 'xlsx', 'parquet', 'dta'])('%s', async (format) => {
    const path = join(folder, `options.${format}`);
    if (format === 'csv') writeFileSync(path, 'id,x,g\n7,-999,n/a\n8,2,b\n');
    else if (format === 'xlsx') {
      const rows = [
        ['id', 'x', 'g'],
        [7, -999, 'n/a'],
        [8, 2, 'b'],
      ];
      writeFileSync(path, await writeExcelFile(rows.map((row) => row.map((value) => ({ value })))).toBuffer());
    } else if (format === 'parquet')
      await engine.run(
        `COPY (SELECT * FROM (VALUES (7, -999, 'n/a'), (8, 2, 'b')) t(id, x, g)) TO '${path}' (FORMAT parquet)`,
      );
    else {
      const { writeDta } = await import('../../file/dta/write-dta.ts');
      const columns = {
        id: { kind: 'number', values: Float64Array.of(7, 8) },
        x: { kind: 'number', values: Float64Array.of(-999, 2) },
        g: textColumn(['n/a', 'b']),
      } as const;
      writeFileSync(path, writeDta({ nrow: 2, names: ['id', 'x', 'g'], columns }, {}));
    }
    const { table } = await read(path, options);
    expect(table.columns.id).toMatchObject({ kind: 'text', levels: ['7', '8'] });
    expect([texts(table, 'x'), texts(table, 'g')]).toEqual([
      [null, '2'],
      [null, 'b'],
    ]);
    await expect(read(path, { text: ['idd'] })).rejects.toMatchObject({
      code: 'unknown-column',
      detail: { name: 'idd', where: '--text', nearest: 'id' },
    });
    await expect(read(path, { number: ['g'] })).rejects.toMatchObject({ code: 'not-numeric', detail: { name: 'g' } });
  });
});
