import { expect, test } from 'vitest';
import { joinNames, namesJoined } from './joined-names.ts';
import { splitJoinedNames } from './name-list.ts';

test.each([
  [['id'], 'id'],
  [['id', 'year'], 'id^year'],
  [['id^year'], '`id^year`'],
  [['a', 'b^c', 'd'], 'a^`b^c`^d'],
  [['two words', '城市'], 'two words^城市'],
])('%j are %s, and back', (names, joined) => {
  expect(joinNames(names)).toBe(joined);
  expect(namesJoined(joined)).toEqual(names);
});

test('a list keeps a quoted name with the sign apart from two that it joins', () => {
  expect(splitJoinedNames('`a^b`, a^b, `two words`').map(namesJoined)).toEqual([['a^b'], ['a', 'b'], ['two words']]);
});
