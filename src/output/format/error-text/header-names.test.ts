import { expect, test } from 'vitest';
import { keyHeaders } from '../../../data/language/key-headers.ts';
import { errorTextEn } from './en.ts';
import { errorTextZh } from './zh.ts';

test.each(Object.entries(keyHeaders))('a table without a column of %s says its English in English', (role, aliases) => {
  const [header = ''] = aliases;
  const detail = { file: 'a.csv', header, aliases, known: ['a', 'b'], nearest: null };
  const text = errorTextEn['missing-header'](detail);
  const latin = aliases.find((alias) => /^[a-z]/.test(alias));
  expect(latin, role).toBeDefined();
  expect(text).toContain(`lacks the column ${header} (${latin}).`);
  expect(text).toContain(`would do: ${latin}, `);
  expect(errorTextZh['missing-header'](detail)).toContain(`缺少列${header}。`);
});

test('a header in letters, or of which no English is known, stands alone', () => {
  const said = (header: string, aliases: readonly string[]): string =>
    errorTextEn['missing-header']({ file: 'a.csv', header, aliases, known: ['a', 'b'], nearest: null });
  expect(said('code', ['code'])).toContain('lacks the column code.');
  expect(said('简称', ['简称'])).toContain('lacks the column 简称.');
});
