import { expect, test } from 'vitest';
import { readPanelKeys } from './panel-keys.ts';

test.each([
  [null, null],
  ['id,t', { unit: 'id', time: 't' }],
  [' id , t ', { unit: 'id', time: 't' }],
  ['id,t,5', { unit: 'id', time: 't', step: { every: 5, of: null } }],
  ['id,t,0.25', { unit: 'id', time: 't', step: { every: 0.25, of: null } }],
  ['id,t,month', { unit: 'id', time: 't', step: { every: 1, of: 'month' } }],
  ['id,t,2 weeks', { unit: 'id', time: 't', step: { every: 2, of: 'week' } }],
  ['id,t,3months', { unit: 'id', time: 't', step: { every: 3, of: 'month' } }],
  ['id,t,Year', { unit: 'id', time: 't', step: { every: 1, of: 'year' } }],
])('%s', (text, keys) => {
  expect(readPanelKeys(text)).toEqual(keys);
});

test.each(['id', 'id,', ',t', 'id,t,', 'id,t,0', 'id,t,-1', 'id,t,fortnight', 'id,t,number', 'id,t,5,6', ''])(
  '%s is refused',
  (text) => {
    expect(() => readPanelKeys(text)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  },
);
