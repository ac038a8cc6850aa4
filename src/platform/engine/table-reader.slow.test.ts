import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, it } from 'vitest';
import { openWide } from '../../../test/wide-engine.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { tableReader } from './table-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** More than is looked at as a whole before the engine reads it. */
const rows = 1_500_000;
const body = Array.from({ length: rows }, (_, i) => `row ${i},some text of the row,${i}.25,1\n`).join('');

it('reads a text that is too long to be looked at as a whole, and GB18030 that shows far behind its beginning', async () => {
  const engine = await openWide();
  try {
    const path = join(folder, 'large.csv');
    writeFileSync(path, `name,text,x,y\n${body}`);
    const { table } = await tableReader().read(path, { where: readRowCondition('y = 1') });
    expect([table.nrow, table.names.length, table.columns.x.kind]).toEqual([rows, 4, 'number']);
    writeFileSync(path, iconv.encode(`name,text,x,y\n${body}甲,乙,1,1\n`, 'gb18030'));
    const late = (await tableReader().read(path, { where: readRowCondition('y = 1') })).table;
    expect(late.nrow).toBe(rows + 1);
    expect(late.columns.text.kind === 'text' && late.columns.text.levels).toEqual(['some text of the row', '乙']);
  } finally {
    engine.close();
  }
});
