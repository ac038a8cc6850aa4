import { expect, test } from 'vitest';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { formatText } from '../format/format-text.ts';
import type { LevelName } from '../table/after-fit-parts.ts';
import { sharedTexts } from './shared-notes.ts';

const names: Readonly<Record<string, string>> = { 北京市: 'Beijing', 上海市: 'Shanghai' };
const nameOf: LevelName = (column, level) =>
  column === 'province' && Object.hasOwn(names, level) ? { en: names[level] ?? '', zh: level } : level;

function said(levels: readonly string[], language: 'en' | 'zh'): string {
  const warning: Diagnostic = { code: 'singletons-kept', severity: 'note', detail: { count: 9, levels } };
  return sharedTexts([{ warnings: [] }, { warnings: [warning] }], nameOf)
    .map((text) => formatText(text, language))
    .join('\n');
}

test('levels of fixed effects have the names of the language', () => {
  const levels = ['province^year (北京市^2003, 上海市^2004, +7)', 'city (北京市)'];
  expect(said(levels, 'en')).toContain('(province^year (Beijing^2003, Shanghai^2004, +7), city (北京市))');
  expect(said(levels, 'zh')).toContain('北京市^2003');
  expect(said(levels, 'zh')).not.toContain('Beijing');
});

test('what is no level, and what is none of its column, stays as it is', () => {
  expect(said(['province[x] (北京市)'], 'en')).toContain('(province[x] (Beijing))');
  expect(said(['province^year (a, b^c^2003)'], 'en')).toContain('(province^year (a, b^c^2003))');
  expect(said(['several'], 'en')).toContain('(several)');
});
