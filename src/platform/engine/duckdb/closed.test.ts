import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWide } from '../../../../test/wide-engine.ts';
import { numberAt } from '../../../table/cell-at.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { ownTag } from '../../store/owner.ts';
import { tableReader } from '../table-reader.ts';
import { openDuckdb } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-closed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that an engine takes for a pattern, a place on the net, a setting, the end of a text. */
const nasty = [
  'a[1]',
  'a[!b]',
  '[',
  '*',
  '**',
  '?',
  '{a,b}',
  'q\'uo"te',
  'back\\slash',
  'new\nline',
  'per%41cent',
  'ha#sh',
  '-lead',
  '~',
  'http:',
  'sp ace',
  '城市 😀',
  '$(id)',
  'a;b',
];

async function made(): Promise<void> {
  const engine = await openWide();
  await engine.run(`COPY (SELECT 1 AS x) TO '${folder}/good.parquet' (FORMAT parquet)`);
  await engine.run(`COPY (SELECT 2 AS x) TO '${folder}/decoy.parquet' (FORMAT parquet)`);
  for (const [name, x] of [
    ['good', 1],
    ['decoy', 2],
  ] as const) {
    await engine.run(`ATTACH '${folder}/${name}.duckdb' AS made`);
    await engine.run(`CREATE TABLE made.t AS SELECT ${x} AS x`);
    await engine.run(`CREATE VIEW made.spy AS SELECT content AS x FROM read_text('/etc/passwd')`);
    await engine.run('CREATE VIEW made.dice AS SELECT random() AS x');
    await engine.run('DETACH made');
  }
  engine.close();
  writeFileSync(join(folder, 'good.csv'), 'x\n1\n');
  writeFileSync(join(folder, 'decoy.csv'), 'x\n2\n');
}

/** The file of a nasty name beside decoys that a pattern of that name would match. */
function planted(place: string, name: string, ending: string): string {
  mkdirSync(place, { recursive: true });
  for (const decoy of ['a1', 'ab', 'b', 'z', 'perAcent', 'x']) {
    copyFileSync(join(folder, `decoy${ending}`), join(place, `${decoy}${ending}`));
  }
  const path = join(place, `${name}${ending}`);
  copyFileSync(join(folder, `good${ending}`), path);
  return path;
}

beforeAll(made);

describe('a path is a path', () => {
  it.each(['.csv', '.parquet', '.duckdb'])(
    '%s: the file of that name is read and no other',
    async (ending) => {
      const part = ending === '.duckdb' ? '::t' : '';
      for (const [k, name] of nasty.entries()) {
        const file = planted(join(folder, 'files', String(k)), name, ending);
        const inFolder = planted(join(folder, 'folders', `${k}`, name), 'x', ending);
        for (const path of [file, inFolder]) {
          const { table } = await tableReader({ threads: 1 }).read(`${path}${part}`);
          expect([path, table.nrow, numberAt(table, 'x', 0)]).toEqual([path, 1, 1]);
        }
      }
    },
    60_000,
  );

  it('what is saved is at that path and nowhere else', async () => {
    const engine = await openDuckdb({ threads: 1 });
    await engine.load('t', columnTable({ x: numberColumn([1]) }));
    for (const [k, name] of nasty.entries()) {
      const path = join(folder, 'saved', String(k), `${name}.csv`);
      mkdirSync(dirname(path), { recursive: true });
      await engine.save({ table: 't' }, path, 'csv');
      expect(readdirSync(dirname(path))).toEqual([`${name}.csv`]);
      expect(readFileSync(path, 'utf8')).toBe('x\n1.0\n');
    }
    engine.close();
  });
});

describe('the engine is closed', () => {
  it('to files that it was not opened for, to the net, to extensions and to its own settings', async () => {
    const engine = await openDuckdb({ threads: 1, reads: [join(folder, 'good.parquet')] });
    const { relation } = await engine.openParquet(join(folder, 'good.parquet'));
    expect(numberAt(await engine.table(`SELECT x FROM ${relation}`), 'x')).toBe(1);
    for (const sql of [
      "SELECT * FROM read_text('/etc/passwd')",
      "SELECT * FROM read_csv('/etc/passwd')",
      "SELECT * FROM '/etc/passwd'",
      `SELECT * FROM read_parquet('${folder}/decoy.parquet')`,
      `SELECT * FROM read_parquet('${folder}/*.parquet')`,
      "SELECT * FROM glob('/etc/*')",
      "SELECT * FROM read_parquet('https://example.com/x.parquet')",
      `COPY (SELECT 1) TO '${folder}/written.csv' (FORMAT csv)`,
      `ATTACH '${folder}/good.duckdb' AS other`,
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET enable_external_access = true',
      "SET memory_limit = '100GB'",
      "SET temp_directory = '/tmp'",
      'RESET lock_configuration',
    ])
      await expect([
        sql,
        await engine.run(sql).then(
          () => 'ran',
          () => 'refused',
        ),
      ]).toEqual([sql, 'refused']);
    await expect(engine.openParquet(join(folder, 'decoy.parquet'))).rejects.toMatchObject({ code: 'file-not-found' });
    engine.close();
    expect(existsSync(join(folder, 'written.csv'))).toBe(false);
  });

  it.each(['spy', 'dice'])('to a view of a database, which may read or draw what it likes: %s', async (view) => {
    const path = `${join(folder, 'good.duckdb')}::${view}`;
    const error = await tableReader({ threads: 1 })
      .read(path)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file-unreadable', detail: { reason: 'database-view' } });
    expect(JSON.stringify(error)).not.toContain('root:');
  });

  it('its private folder goes with it, also when it could not be opened', async () => {
    const place = join(folder, 'place');
    const engine = await openDuckdb({ threads: 1, place });
    expect(readdirSync(place)).toHaveLength(1);
    engine.close();
    expect(readdirSync(place)).toEqual([]);
    await expect(openDuckdb({ threads: 1, place, memoryLimit: 'much' })).rejects.toThrow();
    expect(readdirSync(place)).toEqual([]);
  });

  it('what a killed process left is gone with the next engine, what a running or foreign one has is not', async () => {
    const place = join(folder, 'left');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = ownTag.replace(/^\d+-\d+/, `${dead}-1`);
    const elsewhere = left.replace(/[0-9a-f]{6}-[0-9a-f]{6}$/, '000000-000000');
    for (const tag of [left, elsewhere, ownTag])
      mkdirSync(join(place, `kaya-engine-${tag}-x`, 'spill'), { recursive: true });
    (await openDuckdb({ threads: 1, place })).close();
    expect(readdirSync(place).sort()).toEqual([elsewhere, ownTag].map((tag) => `kaya-engine-${tag}-x`).sort());
  });

  it('a temporary folder that reads as a pattern is not taken', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'tmp[1]');
    mkdirSync(process.env.TMPDIR);
    try {
      const { table } = await tableReader({ threads: 1 }).read(join(folder, 'good.parquet'));
      expect(numberAt(table, 'x')).toBe(1);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});
