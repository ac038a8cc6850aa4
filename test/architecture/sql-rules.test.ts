import { expect, test } from 'vitest';
import { repository } from './planted.ts';
import { duckdbSpellings, spellingOffenders } from './sql-rules.ts';
import { sourceFiles } from './tree.ts';

test("no file but the dialect's folder spells DuckDB's SQL", () => {
  const files = sourceFiles(repository, 'src');
  expect(files.length).toBeGreaterThan(300);
  expect(spellingOffenders(files)).toEqual([]);
});

test('a spelling elsewhere is seen', () => {
  const seen = (text: string): string[] => spellingOffenders([{ path: 'src/study/x.ts', text }]);
  expect(seen('engine.run(`CREATE TABLE x AS SELECT 1`)')).toEqual(['src/study/x.ts: CREATE TABLE']);
  expect(seen("const a = 'SELECT * EXCLUDE (b) FROM c GROUP BY ALL';")).toEqual([
    'src/study/x.ts: EXCLUDE (',
    'src/study/x.ts: GROUP BY ALL',
    'src/study/x.ts: EXCLUDE',
  ]);
  expect(seen('const a = `SELECT a::DOUBLE FROM b ORDER BY rowid`;')).toHaveLength(2);
  expect(seen("import { duckdb } from '../platform/engine/duckdb/dialect.ts';")).toEqual([
    'src/study/x.ts: its dialect',
  ]);
  expect(seen('const a = `SELECT $' + "{dialect.stored(name, 'long')} FROM b WHERE city = 1`;")).toEqual([]);
  expect(
    spellingOffenders([{ path: 'src/platform/engine/duckdb/open.ts', text: '`CREATE TABLE x AS SELECT 1`' }]),
  ).toEqual([]);
});

test('spellings are told as they are written', () => {
  expect(
    duckdbSpellings('CREATE OR REPLACE TABLE a AS SELECT product(x) FILTER (WHERE y), CAST(z AS INTEGER) FROM b'),
  ).toEqual(['CREATE OR REPLACE TABLE', 'product(', 'FILTER', 'CAST(']);
});
