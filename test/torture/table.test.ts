import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

test('the table of docs/reliability.md is that of the record', async () => {
  // @ts-expect-error a script without types
  const { withTable } = await import('../../torture/table.mjs');
  const page = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8');
  const file = join(root, 'torture', 'record.json');
  const record = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  expect(page).toBe(withTable(page, record));
  expect(withTable(page, { a: { promise: 'p | q', tries: 3, unit: 'kills', failed: 0, seed: 1 } })).toContain(
    '| p \\| q | 3 kills | 0 |',
  );
});
