import { expect, test } from 'vitest';
import { aroundFact, listedFacts } from './checks.ts';

test('words of facts are listed in each language where any is in two', () => {
  expect(listedFacts([])).toBe('-');
  expect(listedFacts(['a', 'b'])).toBe('a; b');
  const both = aroundFact({ en: 'list', zh: '名单' }, (words, language) => (language === 'zh' ? `${words}甲` : words));
  expect(listedFacts([both, 'b'])).toEqual({ en: 'list; b', zh: '名单甲；b' });
});
