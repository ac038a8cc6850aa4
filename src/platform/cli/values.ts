import { StudyError } from '../../error/study-error.ts';
import { type PercentileRule, percentileRules } from '../../table/percentile.ts';
import type { DataFormat } from './command.ts';
import { badOption, refusal } from './usage.ts';

// Readers of option values: each returns the value, or throws bad-option.

/** A whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw badOption(option, value, `a whole number of at least ${least}`);
  };
}

/** A share, (0, 1]. */
export function share(option: string): (value: string) => number {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (number > 0 && number <= 1) return number;
    throw badOption(option, value, 'a number above 0 and at most 1');
  };
}

/** Names between commas. */
export function names(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whose percentiles. */
export function percentileRule(value: string): PercentileRule {
  const rule = percentileRules.find((known) => known === value.trim().toLowerCase());
  if (rule !== undefined) return rule;
  throw refusal('--quantiles', value, percentileRules);
}

const formats: readonly DataFormat[] = ['text', 'json', 'md', 'tex', 'html', 'csv'];
const plannedFormats: readonly string[] = ['docx', 'xlsx'];

export function dataFormat(value: string): DataFormat {
  const format = formats.find((known) => known === value);
  if (format !== undefined) return format;
  if (plannedFormats.includes(value)) throw new StudyError('not-available', { feature: `--format ${value}` });
  throw refusal('--format', value, formats);
}
