import { expect, it } from 'vitest';
import { StudyError } from '../../../error/study-error.ts';
import { describeDiagnostic } from '../diagnostic-text/describe.ts';
import { describeError } from './describe.ts';
import { shortDetail } from './short-detail.ts';

const long = `x${'城'.repeat(100_000)}`;

it('cuts what is too long for a sentence, at any depth, and keeps the rest as it is', () => {
  const detail = { name: long, known: ['a', long], deep: { rows: 3, none: null, of: [{ text: long }] }, path: long };
  const short = shortDetail(detail);
  expect(short.name).toBe(`${long.slice(0, 600)}…`);
  expect(short.known).toEqual(['a', short.name]);
  expect(short.deep).toEqual({ rows: 3, none: null, of: [{ text: short.name }] });
  expect(short.path).toBe(long);
  const values = new Float64Array(3);
  expect(shortDetail({ values, text: 'a'.repeat(1000) })).toEqual({ values, text: 'a'.repeat(1000) });
});

it('splits no pair of surrogates', () => {
  expect(shortDetail('😀'.repeat(600))).toBe(`${'😀'.repeat(300)}…`);
  expect(shortDetail(`x${'😀'.repeat(600)}`)).toBe(`x${'😀'.repeat(299)}…`);
});

it('has sentences that end, whatever a file holds', () => {
  for (const language of ['en', 'zh'] as const) {
    const known = Array.from({ length: 50 }, (_, i) => `${i}${long}`);
    const error = new StudyError('unknown-column', { name: long, where: '--where', known, nearest: long });
    expect(describeError(error, language).length).toBeLessThan(15_000);
    const names = Array.from({ length: 30_000 }, (_, i) => `1_${i}`);
    const note = { code: 'header-repeated', severity: 'warning', detail: { names: known, called: names } } as const;
    const text = describeDiagnostic(note, language);
    expect(text.length).toBeLessThan(30_000);
    expect(text).toContain('1_38, 1_39, … (+29,960)');
  }
});

it('shows of a long formula the part at fault, the caret below it', () => {
  const formula = `y ~ ${'x + '.repeat(5000)}^ ${'+ z '.repeat(5000)}`;
  const column = formula.indexOf('^') + 1;
  const detail = { formula, column, found: '^', expected: 'a term', suggestion: null };
  const lines = describeError(new StudyError('formula-syntax', detail), 'en').split('\n');
  expect(lines[1].length).toBeLessThan(300);
  expect(lines[1].indexOf('^')).toBe(lines[2].indexOf('^'));
});
