import { expect, test } from 'vitest';
import { describe as describeData, reg } from '../../library/reg.ts';
import { toText } from '../../library/to-text.ts';

const rows = Array.from({ length: 6 * 12 }, (_, k) => {
  const [i, t] = [1 + Math.floor(k / 12), k % 12];
  const x = Math.sin(3 * i + 7 * t * t) + 0.2 * i;
  return { i, t, x, flat: i, y: x + i / 3 + Math.cos(11 * i + 5 * t * t) };
});
const uneven = rows.filter(({ i, t }) => i !== 2 || t > 2);

test('tests of variables say how they were made and why one has no number, in both languages', () => {
  const result = describeData(uneven, { kind: 'panel_tests', panel: 'i,t', variables: ['y', 'd(x)', 'flat'], lags: 1 });
  const text = toText(result);
  expect(text).toMatch(/y +\. +-?\d+\.\d{4}/);
  expect(text).toContain('d(x)');
  for (const words of [
    '1 lag',
    'units have different periods',
    '6 units whose series does not vary',
    'no unit has enough',
  ]) {
    expect(text.replace(/\s+/g, ' ')).toContain(words);
  }
  const zh = toText(result, { language: 'zh' });
  expect(zh).toContain('单位根');
  expect(zh).not.toMatch(/\{\w+/);
});

test('a number of lags, a list of tests and what does not belong to other kinds', () => {
  const of = (words: object) => describeData(rows, { kind: 'panel_tests', panel: 'i,t', variables: ['y'], ...words });
  const named = (words: object) => {
    const result = of(words);
    return result.kind === 'panel_tests' ? result.variables[0].tests.map(({ test }) => test) : [];
  };
  expect(named({ tests: 'cd, levinlin' })).toEqual(['llc', 'cd']);
  expect(named({ tests: ['lm', 'madwu'] })).toEqual([
    'fisher-p',
    'fisher-z',
    'fisher-l',
    'fisher-pm',
    'lm',
    'scaled-lm',
  ]);
  for (const words of [{ lags: 'foo' }, { lags: '-1' }, { lags: 99 }, { tests: 'adf' }, { panel: undefined }]) {
    expect(() => of(words)).toThrow();
  }
});

test('lags that no unit has room for are told as they were asked', () => {
  const text = toText(describeData(rows, { kind: 'panel_tests', panel: 'i,t', variables: ['y'], lags: 11 }));
  expect(text.replace(/\s+/g, ' ')).toContain('11 lags');
});

test('checks of several models name theirs, in both languages', () => {
  const result = reg(uneven, ['y ~ x | i', 'y ~ x | i + t'], { panel: 'i,t', diagnose: 'all' });
  const text = toText(result).replace(/\s+/g, ' ');
  for (const words of [
    'Checks of the model',
    'chi2(6)',
    'pulls CD below zero',
    '(2) Serial correlation, within',
    'Variance inflation',
  ]) {
    expect(text).toContain(words);
  }
  expect(toText(result, { language: 'zh' })).toContain('方差膨胀因子');
});
