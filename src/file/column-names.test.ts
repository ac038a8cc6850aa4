import { expect, test } from 'vitest';
import { namesWithoutCase } from './column-names.ts';

test('names that differ in case alone are numbered past those that are there', () => {
  expect(namesWithoutCase(['x', 'y'])).toEqual(['x', 'y']);
  expect(namesWithoutCase(['X', 'x', 'X_2', 'x_3'])).toEqual(['X', 'x_4', 'X_2', 'x_3']);
  expect(namesWithoutCase(['Ä', 'ä', 'Ä'])).toEqual(['Ä', 'ä_2', 'Ä_3']);
});
